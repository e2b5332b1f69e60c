"""From one database to another and back: the plan runs on a copy of the first and gives the dump of
the second, and its way back gives the former dump again; after each of them nothing differs. The
plan between equals is empty."""

import collections
import os
import re
import subprocess
import tempfile

from database import Failed, difference, entries, reported
from pins import Pins

LIMIT_S = 60


_NOTHING = "no difference\n"
# The code of an exception that nothing foresaw.
_BUG = "[failed]"


class Ended(Exception):
    """Why a pair goes no further: the verdict, the reason in a word, and all of it."""

    def __init__(self, verdict, reason="", detail=""):
        super().__init__(verdict)
        self.verdict, self.reason, self.detail = verdict, reason, detail


class Result:
    """What became of one direction of one pair."""

    def __init__(self, case, direction, verdict="", detail=""):
        self.case, self.direction = case, direction
        self.verdict, self.reason, self.detail = verdict, "", detail
        self.is_up = False
        self.unmanaged = set()

    def end(self, ended):
        self.verdict, self.reason, self.detail = ended.verdict, ended.reason, ended.detail
        if self.unmanaged and not self.is_crash:
            self.reason = f"{', '.join(sorted(self.unmanaged))} → {ended.verdict}: {ended.reason}"
            self.verdict = "needs later kinds"

    @property
    def is_crash(self):
        return self.verdict in ("crash", "hang")


def differing_kinds(expected, actual):
    """Kinds of dump entries that are missing, too many or other."""
    was, now = entries(expected), entries(actual)
    kinds = {head.split(" | ")[0] for head in was.keys() | now.keys()
             if was.get(head) != now.get(head)}
    return ", ".join(sorted(kinds))


class Migration:
    """Between two databases, in others that it makes for itself. What the two hold is read once:
    their dumps, and what the program makes of them as recorded catalogs."""

    def __init__(self, databases, schemac, case, stem):
        self.databases, self.schemac, self.case = databases, schemac, case
        self.work, self.scratch = f"{stem}_work", f"{stem}_scratch"
        self.dumps, self.recorded, self.unmanaged = {}, {}, {}

    def remember(self, database):
        self.forget(database)
        self.dumps[database] = self.databases.dump(database)

    def remembers(self, database):
        return database in self.dumps

    def forget(self, database):
        if database in self.recorded:
            os.unlink(self.recorded[database])
        for known in (self.dumps, self.recorded, self.unmanaged):
            known.pop(database, None)

    def rename(self, database, name):
        """What is remembered of a database is true of its new name."""
        self.forget(name)
        for known in (self.dumps, self.recorded, self.unmanaged):
            if database in known:
                known[name] = known.pop(database)

    def clean(self):
        for database in (self.work, self.scratch):
            self.databases.drop(database)

    def source(self, database):
        """What the program is to read: of a database that is remembered, its recorded catalog."""
        if database not in self.dumps:
            return self.databases.url(database)
        if database not in self.recorded:
            number, file = tempfile.mkstemp(".json", dir=self.databases.folder)
            os.close(number)
            _, said = self.run("pull", self.databases.url(database), "-o", file)
            self.recorded[database], self.unmanaged[database] = file, reported(said).keys()
        return self.recorded[database]

    def plan(self, source, target, *flags):
        """The SQL of a plan. Fails with a result where there is no plan."""
        return self.run("diff", self.source(source), self.source(target), *flags)[0]

    def run(self, command, *arguments):
        """What the program wrote: (its output, what it said beside it)."""
        try:
            done = subprocess.run([self.schemac, command, *arguments], capture_output=True,
                                  text=True, timeout=LIMIT_S, check=False, errors="replace",
                                  cwd=self.databases.folder)
        except subprocess.TimeoutExpired as error:
            raise Ended("hang", " ".join([command, *arguments[2:]])) from error
        if done.returncode < 0 or done.returncode > 2 or _BUG in done.stderr:
            raise Ended("crash", f"status {done.returncode}: {_first_error(done.stderr)}",
                        done.stderr[-2000:])
        if done.returncode == 1:
            raise Ended("refused", _first_error(done.stderr), done.stderr[-2000:])
        return done.stdout, done.stderr

    def migrate(self, source, target, direction, is_equal):
        """Up and down again, as far as it goes."""
        result = Result(self.case, direction)
        try:
            for database in (source, target):
                self.source(database)
                result.unmanaged |= self.unmanaged[database]
            plans = {"up": self.plan(source, target), "down": self.plan(source, target, "--down")}
            is_equal = is_equal and self.dumps[source] == self.dumps[target]
            if is_equal and _NOTHING not in plans["up"]:
                raise Ended("difference between equals", "", plans["up"])
            self.databases.create(self.work, source)
            self.follow("up", plans["up"], target)
            result.is_up = True
            self.follow("down", plans["down"], source)
            result.verdict = "passed"
        except Ended as ended:
            result.end(ended)
        return result

    def follow(self, way, sql, goal):
        """The plan runs, and leaves what the goal is: to pg_dump and to the program itself."""
        try:
            self.run_sql(sql)
        except Failed as failure:
            raise Ended(f"{way} does not run", _first_error(str(failure)),
                        f"{failure}\n{sql}") from failure
        expected, actual = self.dumps[goal], self.databases.dump(self.work)
        if expected != actual and self.restored(goal) != self.restored(self.work):
            raise Ended(f"{way} differs", differing_kinds(expected, actual),
                        f"{difference(expected, actual)}\n{sql}")
        left = self.plan(self.work, goal)
        if _NOTHING not in left:
            raise Ended(f"{way} leaves a difference", "", f"{left}\nafter\n{sql}")

    def restored(self, database):
        """The dump of what a dump restores: the server prints some texts that it prints otherwise
        once it has read them, and no statement brings back the first form."""
        self.databases.restore(database, self.scratch)
        return self.databases.dump(self.scratch)

    def run_sql(self, sql):
        if _NOTHING in sql:
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


def summary(results, direction):
    mine = [result for result in results if result.direction == direction]
    loaded = [result for result in mine if result.verdict != "not loaded"]
    causes = collections.Counter(result.verdict for result in loaded if result.verdict != "passed")
    rest = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()))
    return (f"{direction}: {sum(result.is_up for result in loaded)} of {len(loaded)} loaded pairs "
            f"pass up, {len(loaded) - sum(causes.values())} down; the rest by cause: "
            f"{rest or 'none'}")


def show(results):
    """All of what those that did not pass have to say."""
    for result in results:
        if result.verdict != "passed":
            print(f"\n## {result.case} {result.direction}: {result.verdict}, {result.reason}\n"
                  f"{result.detail}", flush=True)


def report(results):
    """Says what became of them; gives the program's status."""
    reasons = collections.defaultdict(list)
    for result in results:
        if result.verdict != "passed":
            reasons[result.verdict, result.reason].append(f"{result.case} ({result.direction})")
    print("\n| verdict | reason | directions | for example |\n| --- | --- | --- | --- |")
    by_number = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    for (verdict, reason), cases in by_number:
        examples = ", ".join(cases[:3])
        print(f"| {verdict} | {reason} | {len(cases)} | {examples} |")
    show(result for result in results if result.is_crash)
    print()
    for direction in sorted({result.direction for result in results}, reverse=True):
        print(summary(results, direction))
    return 1 if unexpected(results) or any(result.is_crash for result in results) else 0


def unexpected(results):
    """How many ended otherwise than they were to, after saying which."""
    pins, count = Pins(), 0
    for result in results:
        if result.verdict == "not loaded":
            continue
        expected, word = pins.judge(f"{result.case} {result.direction}",
                                    result.verdict == "passed")
        if not expected:
            count += 1
            print(f"{word} {result.case} {result.direction}: {result.verdict} {result.reason}")
    return count
