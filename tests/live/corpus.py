#!/usr/bin/env python3
"""Real schemas there and back: loaded, pulled, built anew from what was pulled, edited, migrated
and rolled back, with the same dump and an empty diff after each step.

  tests/live/corpus.py                       the ten that must pass
  tests/live/corpus.py --all                 all there are
  tests/live/corpus.py --regress             what PostgreSQL's own tests leave behind
  tests/live/corpus.py chinook flowable --keep DIR

Fails where one does not pass that is not in pins.tsv, or one passes that is.
"""

import argparse
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from database import (CORPUS, ROOT, Databases, Failed, Server, expect_same, managed, reported,
                      run)
from edits import EDITS, Schema
from pins import Pins

REQUIRED = ["chinook", "danbooru", "killbill", "flowable", "temporal_visibility",
            "hive_metastore_013", "dolphinscheduler", "thingsboard", "h_crates_io", "h_hydra"]


class Trip:
    """One schema's way."""

    def __init__(self, name, databases, schemac, folder):
        self.name = name
        self.databases = databases
        self.schemac = schemac
        self.folder = folder
        self.original, self.built = f"{name}_original", f"{name}_built"
        self.notes = []
        self.later = {}  # what was reported as not managed

    def command(self, *arguments, expected=(0,)):
        return run([self.schemac, *arguments], expected=expected, cwd=self.folder).stdout

    def dump(self, database, logical=True):
        """Without what a kind that comes later would have to bring; that must have been said."""
        return managed(self.databases.dump(database, logical), self.later)

    def run(self):
        files = [CORPUS / folder / f"{self.name}{part}.sql"
                 for folder in ("schemas", "regress") for part in (".roles", "")]
        self.databases.create(self.original)
        self.databases.load(self.original, *[file for file in files if file.exists()])
        self.pull()
        self.build()
        self.edit()

    def pull(self):
        done = run([self.schemac, "init", "--from", self.databases.url(self.original)],
                   cwd=self.folder)
        self.later = reported(done.stderr)
        self.notes += [f"not managed: {what}: {names[:80]}" for what, names in self.later.items()]
        self.expect_no_difference(self.original, "after the pull")

    def build(self):
        self.databases.create(self.built)
        self.command("apply", "--url", self.databases.url(self.built))
        expect_same(self.dump(self.original, logical=False),
                    self.dump(self.built, logical=False), "built from what was pulled")
        self.expect_no_difference(self.built, "after the build")

    def edit(self):
        url = self.databases.url(self.built)
        dumps = []
        for edit in EDITS:
            done = edit(Schema(self.folder / "schema"))
            if done is None:
                self.notes.append(f"{edit.__name__} found nothing to edit")
                continue
            dumps.append(self.dump(self.built))
            self.command("generate", edit.__name__)
            self.command("apply", "--url", url)
            if self.dump(self.built) == dumps[-1]:
                raise Failed(f"{done}: applied, and the dump is the same")
            self.expect_no_difference(self.built, done)
        for before in reversed(dumps):
            self.command("rollback", "--url", url)
            expect_same(before, self.dump(self.built), "rolled back")

    def expect_no_difference(self, database, when):
        """Neither against the files nor against the revisions."""
        for source in ("schema", "@head"):
            out = self.command("diff", self.databases.url(database), source, "--exit-code",
                               expected=(0, 2))
            if "no difference" not in out:
                raise Failed(f"diff to {source} {when}:\n{out}")

    def clean(self):
        for name in (self.original, self.built):
            self.databases.drop(name)


def case_of(name):
    return f"{'regress' if (CORPUS / 'regress' / f'{name}.sql').exists() else 'schemas'}/{name}"


def run_one(name, server, schemac, keep, pins):
    """Whether it ended as it was to."""
    with tempfile.TemporaryDirectory(prefix="schemac-corpus-") as temporary:
        folder = pathlib.Path(keep or temporary) / name
        folder.mkdir(parents=True)
        trip = Trip(name, Databases(server, folder), schemac, folder)
        failure = None
        try:
            trip.run()
        except Failed as failed:
            failure = failed
        finally:
            expected, word = pins.judge(case_of(name), failure is None)
            print(f"{word:6} {name}", *trip.notes, sep="\n       ")
            if failure is not None:
                print(f"       {pins.cause(case_of(name))}" if expected else failure)
            sys.stdout.flush()
            trip.clean()
        return expected


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--regress", action="store_true")
    parser.add_argument("--keep", help="a folder for the projects that are made")
    parser.add_argument("--server", type=int, metavar="MAJOR", help="version of PostgreSQL")
    parser.add_argument("--schemac", type=pathlib.Path, default=ROOT / "build/dev/schemac")
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no schemas at {CORPUS}: nothing to run")
        return 0
    names = arguments.names or REQUIRED
    if arguments.all or arguments.regress:
        folder = CORPUS / ("regress" if arguments.regress else "schemas")
        names = sorted(path.stem for path in folder.glob("*.sql")
                       if not path.stem.endswith(".roles"))
    schemac = arguments.schemac.resolve()
    with Server(arguments.server) as server:
        # Proofs run on the server that is there, instead of one for each command.
        os.environ.setdefault("SCHEMAC_SHADOW", server.url("postgres"))
        pins = Pins()
        ended = sum(run_one(name, server, schemac, arguments.keep, pins) for name in names)
    pinned = sum(pins.cause(case_of(name)) is not None for name in names)
    print(f"{ended} of {len(names)} schemas end as they are to, {pinned} of them pinned")
    return 0 if ended == len(names) else 1


if __name__ == "__main__":
    sys.exit(main())
