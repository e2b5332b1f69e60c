"""Databases of a live test: made, loaded, dumped, compared."""

import functools
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Schemas and pairs that others wrote; not part of the project.
CORPUS = pathlib.Path(os.environ.get("SCHEMAC_CORPUS", ROOT.parent / "shared" / "corpus"))
sys.path.insert(0, str(ROOT / "bench"))
from server import Server, installed  # noqa: E402, F401
import catalogs  # noqa: E402


class Failed(Exception):
    """A step that did not do what it must; the text says which and how."""


def run(command, limit_s=120, expected=(0,), **options):
    """What a program wrote. Fails on another status than those expected, and on a hang."""
    shown = " ".join(map(str, command))
    try:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True,
                              errors="replace", timeout=limit_s, check=False, **options)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{shown}\nran for more than {limit_s} seconds") from error
    if done.returncode not in expected:
        raise Failed(f"{shown}\nended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr}")
    return done


@functools.cache
def _normaliser():
    """The corpus's own, run in this process because a pair needs it six times."""
    spec = importlib.util.spec_from_file_location("normdump", CORPUS / "normdump.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.normalise


class Databases:
    """What a server's databases are asked for, by name."""

    def __init__(self, server, folder):
        self.server = server
        self.folder = folder

    def url(self, name):
        return self.server.url(name)

    def psql(self, name, *arguments, stop=True, limit_s=120):
        return run([self.server.clients / "psql", "-X", "-q", "-v",
                    f"ON_ERROR_STOP={int(stop)}", *arguments, self.url(name)], limit_s,
                   expected=(0,) if stop else (0, 1, 2, 3))

    def create(self, name, template="template0"):
        """Anew, where there was one of that name."""
        self.drop(name)
        self.psql("postgres", "-c", f'create database "{name}" template "{template}"')

    def drop(self, name):
        statement = f'drop database if exists "{name}" with (force)'
        try:
            self.psql("postgres", "-c", statement)
        except Failed:
            self._drop_subscriptions(name)
            self.psql("postgres", "-c", statement)

    def _drop_subscriptions(self, name):
        """A database that has some does not go; those of dumps are connected to nothing."""
        self.psql(name, "-c", """do $$ declare s name; begin
                    for s in select subname from pg_subscription
                             where subdbid = (select oid from pg_database
                                              where datname = current_database()) loop
                      execute format('alter subscription %I disable', s);
                      execute format('alter subscription %I set (slot_name = none)', s);
                      execute format('drop subscription %I', s);
                    end loop; end $$""", stop=False)

    def load(self, name, *files):
        """Runs files as far as they go: what they cannot make, no comparison needs."""
        for file in files:
            self.psql(name, "-f", file, stop=False)

    def restore(self, source, target):
        """Makes `target` anew from a dump of `source`."""
        self.create(target)
        with tempfile.NamedTemporaryFile("w", suffix=".sql", dir=self.folder) as file:
            file.write(self._pg_dump(source))
            file.flush()
            self.load(target, file.name)

    @functools.cached_property
    def has_dump(self):
        """Whether there is a pg_dump that talks to this server: it refuses newer ones."""
        return self.server.version <= max(installed("pg_dump"), default=0)

    def _pg_dump(self, name):
        return run([self.server.clients / "pg_dump", "-s", "-N", "schemac",
                    self.url(name)]).stdout

    def dump(self, name, logical=True):
        """pg_dump's view of the schema, the runner's own tables left out, in a form that
        compares: `logical` leaves the order of columns aside. Without a pg_dump that fits, what
        the catalogs say."""
        if self.has_dump:
            return _normaliser()(self._pg_dump(name), is_logical=logical)
        return catalogs.describe(lambda sql: self.psql(name, "-At", "-c", sql).stdout)


# How pg_dump calls what the language does not know yet, where that is not its own name.
_CALLED = {"extended statistics": "STATISTICS"}


def entries(dump):
    """A normalised dump's entries by their heading: `TABLE | public | t`."""
    found = {}
    for part in re.split(r"(?m)^-- (?=[A-Z_ ]+ \| )", dump)[1:]:
        head, _, body = part.partition("\n")
        found[head] = found.get(head, "") + body
    return found


def reported(said):
    """What a command said is not managed: plural names and what of each."""
    note = r"(?m)^note: (?:\d+ )?([a-z ]+?) (?:is|are) not managed: (.*?)(?: \[\S+\])?$"
    return dict(re.findall(note, said))


# What belongs to a relation, and is not managed where the relation is not.
_PARTS = {"TABLE", "TABLE ATTACH", "FOREIGN TABLE", "INDEX", "INDEX ATTACH", "CONSTRAINT",
          "FK CONSTRAINT", "DEFAULT", "TRIGGER", "COMMENT", "SEQUENCE", "SEQUENCE OWNED BY", "VIEW",
          "MATERIALIZED VIEW"}


def _speaks_of(relations):
    """Whether text holds the name of one of them."""
    if not relations:
        return lambda text: False
    names = "|".join(map(re.escape, relations))
    return re.compile(rf"(?<![\w.])(?:{names})(?!\w)").search


def _squeezed(text):
    return text.replace(" ", "").replace('"', "")


def managed(dump, reports):
    """A dump without the entries of what was reported as not managed."""
    later = tuple(_CALLED.get(plural, plural.upper().removesuffix("S")) for plural in reports)
    named = _squeezed(" ".join(reports.values()))
    relations = [name for plural, names in reports.items()
                 if plural.endswith(("tables", "partitions")) for name in names.split(", ")]
    speaks_of = _speaks_of(relations)
    kept = []
    for head, body in entries(dump).items():
        kind, schema, name = head.split(" | ", 2)
        if kind in later or (kind == "COMMENT" and name.startswith(later)):
            continue
        # Rights on what is not managed, or belongs to an extension: `function armor(bytea)`.
        if kind == "ACL" and _squeezed(f"{schema}.{name.partition(' ')[2]}") in named:
            continue
        if kind in _PARTS and speaks_of(body):
            continue
        kept.append(f"-- {head}\n{body.strip()}\n")
    return "\n".join(kept)


def difference(before, after, limit=40):
    """The first lines in which two dumps differ, "" where they do not."""
    import difflib
    parts = [text.split("\n\n") for text in (before, after)]
    # Only what differs is compared line by line: large dumps have many lines in common.
    common = set(parts[0]) & set(parts[1])
    if parts[0] != parts[1] and common.issuperset(parts[0] + parts[1]):
        common = set()
    shown = ["\n\n".join(part for part in side if part not in common).splitlines()
             for side in parts]
    lines = list(difflib.unified_diff(*shown, "expected", "actual", n=2, lineterm=""))
    return "\n".join(lines[:limit])


def expect_same(before, after, what):
    found = difference(before, after)
    if found:
        raise Failed(f"{what}: dumps differ\n{found}")
