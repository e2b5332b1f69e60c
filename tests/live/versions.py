#!/usr/bin/env python3
"""All cases and the corpus on each version of PostgreSQL that is here.

  tests/live/versions.py              13 to 18
  tests/live/versions.py 13 18        these alone
  tests/live/versions.py 18 --only cases
  tests/live/versions.py --sample     a tenth of the cases on each, another tenth on every version

Servers are those of SCHEMAC_SERVERS, else those that scripts/servers has fetched, and Debian's.
Where no pg_dump talks to a server, its catalogs decide.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from database import ROOT, installed

VERSIONS = range(13, 19)


def _run(command):
    """Shows what a program says and returns its last line and whether it went well."""
    last = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return last, process.returncode == 0


def _run_version(version, build, only, sample):
    dumps = version <= max(installed("pg_dump"), default=0)
    print(f"PostgreSQL {version}: {'pg_dump' if dumps else 'no pg_dump fits, the catalogs decide'}",
          flush=True)
    part = ["--part", f"{version - VERSIONS.start + 1}/10"] if sample else []
    parts = {
        "cases": [build / "tests/schemac-test", "--live", "auto", "--server", str(version), *part],
        "corpus": [sys.executable, ROOT / "tests/live/corpus.py", "--server", str(version),
                   "--schemac", build / "schemac"],
    }
    if sample:
        only = "cases"
    return [_run(command) for name, command in parts.items() if only in (None, name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", nargs="*", type=int, metavar="VERSION")
    parser.add_argument("--only", choices=["cases", "corpus"])
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/dev")
    arguments = parser.parse_args()
    if "SCHEMAC_SERVERS" not in os.environ:
        os.environ["SCHEMAC_SERVERS"] = subprocess.run(
            [ROOT / "scripts/servers", "--folder"], check=True, capture_output=True,
            text=True).stdout.strip()
    results = {}
    for version in arguments.versions or VERSIONS:
        if version in installed("postgres"):
            results[version] = _run_version(version, arguments.build.resolve(), arguments.only,
                                            arguments.sample)
    print()
    for version in arguments.versions or VERSIONS:
        said = "; ".join(re.sub(r" on PostgreSQL \d+", "", line) for line, _ in
                         results.get(version, [("not here: scripts/servers fetches it", True)]))
        print(f"PostgreSQL {version}: {said}")
    return 0 if all(well for parts in results.values() for _, well in parts) else 1


if __name__ == "__main__":
    sys.exit(main())
