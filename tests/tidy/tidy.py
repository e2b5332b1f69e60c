#!/usr/bin/env python3
"""Style and architecture as a test.

  tests/tidy/tidy.py [CHECK…] [--root DIR]     all checks, or those that are named
  tests/tidy/tidy.py --list                    their names, and what each holds
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
import documents
import kinds
import layers
import style
from tree import Tree

# CMakeLists.txt reads the names from these lines.
CHECKS = {
    "layers": layers.check_layers,
    "libraries": layers.check_libraries,
    "includes": layers.check_includes,
    "one_name": layers.check_one_name,
    "engines": kinds.check_engines,
    "rooms": kinds.check_rooms,
    "functions": style.check_functions,
    "files": style.check_files,
    "columns": style.check_columns,
    "promises": style.check_promises,
    "machine": style.check_machine,
    "hidden_tests": style.check_hidden_tests,
    "layout": style.check_layout,
    "links": documents.check_links,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checks", nargs="*", metavar="CHECK")
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    if arguments.list:
        for name, check in CHECKS.items():
            print(f"{name:14}{check.__doc__}")
        return 0
    unknown = [name for name in arguments.checks if name not in CHECKS]
    if unknown:
        parser.error(f"no check is called {unknown[0]}; see --list")
    tree = Tree(arguments.root)
    findings = []
    for name in arguments.checks or CHECKS:
        findings += sorted(CHECKS[name](tree))
    for finding in findings:
        print(finding)
    print(f"{len(findings)} to change" if findings else f"{len(tree.files)} files are tidy")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
