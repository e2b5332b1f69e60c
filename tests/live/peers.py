#!/usr/bin/env python3
"""Pairs of schemas from other tools' suites, there and back (see migration.py).

  tests/live/peers.py                        all pairs
  tests/live/peers.py --both                 from the second to the first and back as well
  tests/live/peers.py --suite migra --case dependencies --verbose
  tests/live/peers.py --every 10             a tenth of them

Fails where the program crashes or hangs, where a pair does not pass that is not in pins.tsv, and
where one passes that is.
"""

import argparse
import concurrent.futures
import csv
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from database import CORPUS, ROOT, Databases, Failed, Server
from migration import Migration, Result, report, show


class Pair:
    def __init__(self, databases, arguments, number, row):
        self.databases = databases
        self.directions = ("up", "reverse") if arguments.both else ("up",)
        self.name = f"{row['suite']}/{row['case']}"
        self.is_equal = row["same_dump"] == "y"
        self.folder = CORPUS / "peers" / row["suite"] / row["case"]
        self.before, self.after = f"pair_{number}_before", f"pair_{number}_after"
        self.migration = Migration(databases, arguments.schemac.resolve(), self.name,
                                   f"pair_{number}")

    def run(self):
        try:
            for database, file in ((self.before, "before.sql"), (self.after, "after.sql")):
                self.databases.create(database)
                if (self.folder / "roles.sql").exists():
                    self.databases.load("postgres", self.folder / "roles.sql")
                # Run twice, because some files name things before they make them.
                self.databases.load(database, *[self.folder / file] * 2)
                self.migration.remember(database)
            ends = {"up": (self.before, self.after), "reverse": (self.after, self.before)}
            return [self.migration.migrate(*ends[direction], direction, self.is_equal)
                    for direction in self.directions]
        except Failed as failure:
            return [Result(self.name, direction, "not loaded", str(failure))
                    for direction in self.directions]
        finally:
            self.migration.clean()
            for database in (self.before, self.after):
                self.databases.drop(database)


def read_cases(arguments):
    with open(CORPUS / "peers" / "manifest.tsv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rows = [row for row in rows
            if (arguments.suite in (None, row["suite"]) and arguments.case in (None, row["case"]))
            and row["loads_before"] != "n" and row["loads_after"] != "n"]
    return rows[::arguments.every]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite")
    parser.add_argument("--case")
    parser.add_argument("--both", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--schemac", type=pathlib.Path, default=ROOT / "build/dev/schemac")
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no pairs at {CORPUS}: nothing to run")
        return 0
    cases = read_cases(arguments)
    with Server() as server, tempfile.TemporaryDirectory(prefix="schemac-peers-") as folder:
        databases = Databases(server, folder)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            pairs = [Pair(databases, arguments, number, row)
                     for number, row in enumerate(cases)]
            results = []
            for found in pool.map(Pair.run, pairs):
                results += found
                if arguments.verbose:
                    show(found)
    return report(results)


if __name__ == "__main__":
    sys.exit(main())
