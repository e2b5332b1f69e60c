#!/usr/bin/env python3
"""Puts the made part into docs/language.md.

  docs/reference/update.py PROGRAM            rewrites it; PROGRAM is build/dev/schemac-reference
  docs/reference/update.py --check PROGRAM    fails where what is committed differs
"""

import argparse
import difflib
import pathlib
import subprocess
import sys

DOCUMENT = pathlib.Path(__file__).resolve().parents[1] / "language.md"
BEGIN = "<!-- made by docs/reference from the field tables of compiler/kinds -->\n"
END = "<!-- end of what is made -->\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    made = subprocess.run([arguments.program.resolve()], check=True, capture_output=True,
                          text=True).stdout
    committed = DOCUMENT.read_text(encoding="utf-8")
    before, begin, rest = committed.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{DOCUMENT}: the lines that enclose the made part are missing")
    updated = before + BEGIN + made + "\n" + END + after
    if updated == committed:
        return 0
    if arguments.check:
        sys.stdout.writelines(difflib.unified_diff(
            committed.splitlines(True), updated.splitlines(True), "docs/language.md", "made"))
        print(f"docs/language.md is not as the field tables say: run docs/reference/update.py "
              f"{arguments.program}")
        return 1
    DOCUMENT.write_text(updated, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
