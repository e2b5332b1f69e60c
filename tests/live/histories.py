#!/usr/bin/env python3
"""Consecutive versions of projects, as their own migrations made them, there and back (see
migration.py): each step that changes the schema is a pair.

  tests/live/histories.py                    all of them
  tests/live/histories.py --both             from the later to the earlier and back as well
  tests/live/histories.py crates_io --from 20 --to 40 --verbose

Fails where the program crashes or hangs, where a pair does not pass that is not in pins.tsv, and
where one passes that is.
"""

import argparse
import concurrent.futures
import csv
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True
from database import CORPUS, ROOT, Databases, Failed, Server
from migration import Migration, Result, report, show

# What only holds inside of a transaction, and what opens one.
_NEEDS_ONE = re.compile(r"\block\s+table\b|commit\s+and\s+chain", re.IGNORECASE)
_OPENS_ONE = re.compile(r"^\s*(begin|start transaction)\s*;", re.IGNORECASE | re.MULTILINE)


class History:
    def __init__(self, databases, arguments, name):
        self.databases, self.arguments, self.name = databases, arguments, name
        self.folder = CORPUS / "histories" / name
        self.before, self.after = f"{name}_before", f"{name}_after"
        self.migration = Migration(databases, arguments.schemac.resolve(), name, name)

    def run(self):
        try:
            self.databases.load("postgres", self.folder / "roles.sql")
            self.databases.create(self.before)
            self.databases.load(self.before, self.folder / "pre.sql")
            with open(self.folder / "steps.tsv", newline="", encoding="utf-8") as file:
                steps = list(csv.DictReader(file, delimiter="\t"))
            return [result for step in steps[:self.arguments.to] for result in self.take(step)]
        finally:
            self.migration.clean()
            for database in (self.before, self.after):
                self.databases.drop(database)

    def take(self, step):
        """One step further, and the pair that it makes."""
        number = int(step["n"])
        file = next(self.folder.glob(f"steps/{number:04}_*.up.sql"))
        is_pair = step["up_ok"] == "y" and step["changed"] == "y"
        if not is_pair or number < self.arguments.first:
            self.load(self.before, file)
            self.migration.forget(self.before)
            return []
        self.databases.create(self.after, self.before)
        # Settings of a database do not come with a copy.
        settings = re.findall(r'ALTER DATABASE :"DBNAME" SET [^;]*;',
                              (self.folder / "pre.sql").read_text(encoding="utf-8"))
        for setting in settings:
            self.databases.psql(self.after, "-c",
                                setting.replace(':"DBNAME"', f'"{self.after}"'), stop=False)
        self.load(self.after, file)
        results = self.migrate(f"{self.name}/{step['step']}")
        self.databases.drop(self.before)
        self.databases.psql("postgres", "-c",
                            f'alter database "{self.after}" rename to "{self.before}"')
        self.migration.rename(self.after, self.before)
        return results

    def migrate(self, case):
        self.migration.case = case
        ends = {"up": (self.before, self.after), "reverse": (self.after, self.before)}
        directions = ("up", "reverse") if self.arguments.both else ("up",)
        try:
            if not self.migration.remembers(self.before):
                self.migration.remember(self.before)
            self.migration.remember(self.after)
            results = [self.migration.migrate(*ends[direction], direction, False)
                       for direction in directions]
        except Failed as failure:
            results = [Result(case, direction, "not loaded", str(failure))
                       for direction in directions]
        if self.arguments.verbose:
            show(results)
        return results

    def load(self, database, file):
        text = file.read_text(encoding="utf-8")
        whole = ["-1"] if _NEEDS_ONE.search(text) and not _OPENS_ONE.search(text) else []
        self.databases.psql(database, *whole, "-f", file, stop=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="STEP")
    parser.add_argument("--to", type=int, default=None, metavar="STEP")
    parser.add_argument("--both", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--schemac", type=pathlib.Path, default=ROOT / "build/dev/schemac")
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no histories at {CORPUS}: nothing to run")
        return 0
    names = arguments.names or sorted(path.parent.name
                                      for path in (CORPUS / "histories").glob("*/steps.tsv"))
    with Server() as server, tempfile.TemporaryDirectory(prefix="schemac-histories-") as folder:
        databases = Databases(server, folder)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            histories = [History(databases, arguments, name) for name in names]
            results = [result for found in pool.map(History.run, histories) for result in found]
    return report(results)


if __name__ == "__main__":
    sys.exit(main())
