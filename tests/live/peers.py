#!/usr/bin/env python3
"""Pairs of schemas from other tools' suites, in both directions, as a report: the plan from one
database to the other runs on a copy of the first and gives the dump of the second, and its way
back gives the former dump again.

  tests/live/peers.py                        all pairs
  tests/live/peers.py --suite migra --case dependencies --verbose
  tests/live/peers.py --every 10             a tenth of them

Fails where the program crashes or hangs, and nowhere else.
"""

import argparse
import collections
import concurrent.futures
import csv
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from database import CORPUS, ROOT, Databases, Failed, Server, entries, reported

LIMIT_S = 60


class Result:
    """What became of one direction of one pair."""

    def __init__(self, case, direction, verdict, reason="", detail=""):
        self.case, self.direction = case, direction
        self.verdict, self.reason, self.detail = verdict, reason, detail

    @property
    def is_crash(self):
        return self.verdict in ("crash", "hang")


def differing_kinds(expected, actual):
    """Kinds of dump entries that are missing, too many or other."""
    was, now = entries(expected), entries(actual)
    kinds = {head.split(" | ")[0] for head in was.keys() | now.keys()
             if was.get(head) != now.get(head)}
    return ", ".join(sorted(kinds))


class Pair:
    def __init__(self, databases, schemac, suite, case):
        self.databases, self.schemac = databases, schemac
        self.name = f"{suite}/{case}"
        self.folder = CORPUS / "peers" / suite / case
        stem = re.sub(r"\W", "_", f"{suite}_{case}")[:50] + f"_{abs(hash(self.name)) % 10**6}"
        self.before, self.after, self.work = (f"{stem}_{part}" for part in "baw")

    def run(self):
        try:
            for database, file in ((self.before, "before.sql"), (self.after, "after.sql")):
                self.databases.create(database)
                if (self.folder / "roles.sql").exists():
                    self.databases.load("postgres", self.folder / "roles.sql")
                # Run twice, because some files name things before they make them.
                self.databases.load(database, *[self.folder / file] * 2)
            return [self.migrate(self.before, self.after, "up"),
                    self.migrate(self.after, self.before, "reverse")]
        except Failed as failure:
            return [Result(self.name, "up", "not loaded", "", str(failure))]
        finally:
            for database in (self.before, self.after, self.work):
                self.databases.drop(database)

    def plan(self, source, target, *flags):
        """(status, SQL, what was said beside it)."""
        command = [str(self.schemac), "diff", self.databases.url(source),
                   self.databases.url(target), *flags]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S,
                                  check=False, errors="replace", cwd=self.databases.folder)
        except subprocess.TimeoutExpired:
            return "hang", "", ""
        return done.returncode, done.stdout, done.stderr

    def migrate(self, source, target, direction):
        def result(verdict, reason="", detail=""):
            return Result(self.name, direction, verdict, reason, detail)

        plans = {}
        for way, flags in (("up", []), ("down", ["--down"])):
            status, sql, said = self.plan(source, target, *flags)
            if status == "hang":
                return result("hang", way)
            if status < 0 or status > 2:
                return result("crash", f"status {status}", said[-2000:])
            if status == 1:
                return result("refused", _first_error(said), said[-2000:])
            plans[way] = sql
        unmanaged = ", ".join(sorted(reported(said)))
        self.databases.drop(self.work)
        self.databases.create(self.work, source)
        for way, goal in (("up", target), ("down", source)):
            try:
                self.run_sql(plans[way])
            except Failed as failure:
                verdict = "needs later kinds" if unmanaged else f"{way} does not run"
                reason = _first_error(str(failure))
                return result(verdict, f"{unmanaged} → {reason}" if unmanaged else reason,
                              f"{failure}\n{plans[way]}")
            expected, actual = self.databases.dump(goal), self.databases.dump(self.work)
            if expected != actual:
                kinds = differing_kinds(expected, actual)
                verdict = f"{way} differs" if not unmanaged else "needs later kinds"
                return result(verdict, f"{unmanaged} → {kinds}" if unmanaged else kinds,
                              plans[way])
        return result("passed")

    def run_sql(self, sql):
        if "no difference" in sql[:20]:
            return
        with tempfile.NamedTemporaryFile("w", suffix=".sql", dir=self.databases.folder) as file:
            file.write(sql)
            file.flush()
            self.databases.psql(self.work, "-f", file.name)


def _first_error(text):
    for line in text.splitlines():
        match = re.search(r"(?:ERROR|error): +(.*)", line)
        if match:
            return re.sub(r'[`"][^`"]*[`"]', "…", match[1])[:100]
    return text.strip().splitlines()[-1][:100] if text.strip() else ""


def report(results, verbose):
    total = collections.Counter(result.verdict for result in results)
    print("| verdict | directions |\n| --- | --- |")
    for verdict, count in total.most_common():
        print(f"| {verdict} | {count} |")
    reasons = collections.defaultdict(list)
    for result in results:
        if result.verdict != "passed":
            reasons[result.verdict, result.reason].append(f"{result.case} ({result.direction})")
    print("\n| verdict | reason | directions | for example |\n| --- | --- | --- | --- |")
    for (verdict, reason), cases in sorted(reasons.items(), key=lambda item: -len(item[1])):
        print(f"| {verdict} | {reason} | {len(cases)} | {', '.join(cases[:3])} |")
    for result in results:
        if result.verdict != "passed" and (verbose or result.is_crash):
            print(f"\n## {result.case} {result.direction}: {result.verdict}, {result.reason}\n"
                  f"{result.detail}")


def read_cases(arguments):
    with open(CORPUS / "peers" / "manifest.tsv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rows = [row for row in rows
            if (arguments.suite in (None, row["suite"]) and arguments.case in (None, row["case"]))
            and row["loads_before"] != "n" and row["loads_after"] != "n"]
    return [(row["suite"], row["case"]) for row in rows[::arguments.every]]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite")
    parser.add_argument("--case")
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
            pairs = [Pair(databases, arguments.schemac.resolve(), *case) for case in cases]
            results = [result for found in pool.map(Pair.run, pairs) for result in found]
    report(results, arguments.verbose)
    return 1 if any(result.is_crash for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
