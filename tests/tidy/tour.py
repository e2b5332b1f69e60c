#!/usr/bin/env python3
"""Runs the commands that a document shows, and holds their output against what it shows.

  tests/tidy/tour.py --schemac build/dev/schemac README.md            fails where they differ
  tests/tidy/tour.py --schemac build/dev/schemac --update README.md   writes what came out

In a ```console block, `$ ` begins a command, `> ` goes on with it, all else is its output; a line
`…` stands for any lines. All blocks of a document run in one shell, in an empty folder, with an
empty database behind postgres://localhost/shop. A ```schema block is a schema that must compile.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from server import Server

MARK = "\x1e"
SHOWN_URL = "postgres://localhost/shop"
ANY = "…"


@dataclass
class Command:
    text: str
    shown: list = field(default_factory=list)
    seen: list = field(default_factory=list)


def read_block(lines):
    """The commands of one ```console block."""
    commands = []
    for line in lines:
        if line.startswith("$ "):
            commands.append(Command(line[2:]))
        elif (line + " ").startswith("> ") and commands and not commands[-1].shown:
            commands[-1].text += "\n" + line[2:]
        elif commands:
            commands[-1].shown.append(line)
        else:
            raise SystemExit(f"tour: a block begins with output: {line}")
    return commands


def write_block(commands):
    lines = []
    for command in commands:
        first, *rest = command.text.split("\n")
        lines += ["$ " + first, *(("> " + line).rstrip() for line in rest), *command.shown]
    return lines


def run(commands, schemac, url):
    """Runs all commands in one shell and fills in what they printed."""
    script = "exec 2>&1\n"
    for command in commands:
        script += f"{command.text.replace(SHOWN_URL, url)}\nprintf '{MARK}\\n'\n"
    with tempfile.TemporaryDirectory(prefix="schemac-tour-") as folder:
        environment = os.environ | {"PATH": f"{schemac.parent}:{os.environ['PATH']}",
                                    "HOME": folder, "LC_ALL": "C.UTF-8", "PAGER": "cat"}
        environment.pop("DATABASE_URL", None)
        printed = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, text=True,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 check=False).stdout
    # What differs from run to run has the same form in all of them.
    for shown in (url, url.partition("?")[0]):  # messages leave the parameters out
        printed = printed.replace(shown, SHOWN_URL)
    printed = printed.replace(folder, "~")
    printed = re.sub(r"\b20\d{12}(?=\D)", "20250224120000", printed)
    printed = re.sub(r"\b20\d\d-\d\d-\d\d([ T])\d\d:\d\d:\d\d(?:\.\d+)?",
                     r"2025-02-24\g<1>12:00:00", printed)
    printed = re.sub(r"\bPostgreSQL \d+\.\d+", "PostgreSQL 15.14", printed)
    outputs = printed.split(MARK + "\n")[:-1]
    if len(outputs) != len(commands):
        raise SystemExit(f"tour: the shell ended at `{commands[len(outputs)].text}`:\n{printed}")
    for command, output in zip(commands, outputs):
        command.seen = output.rstrip("\n").split("\n") if output.strip() else []


def same(shown, seen):
    """Whether the output is the one shown, where `…` stands for any lines."""
    if not shown:
        return not seen
    if shown[0].strip() == ANY:
        return any(same(shown[1:], seen[skip:]) for skip in range(len(seen) + 1))
    return bool(seen) and shown[0].rstrip() == seen[0].rstrip() and same(shown[1:], seen[1:])


def check_schema(text, schemac, where):
    """Compiles one ```schema block; returns what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="schemac-tour-") as folder:
        file = pathlib.Path(folder, "example.schema")
        file.write_text(text, encoding="utf-8")
        done = subprocess.run([schemac, "diff", "empty", file, "--shadow", "none"], cwd=folder,
                              capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"{where}: does not compile:\n{done.stderr}"


def tour(path, schemac, server, update):
    """Runs one document; returns what is wrong with it."""
    text = path.read_text(encoding="utf-8")
    wrong = []
    for match in re.finditer(r"(?ms)^```schema\n(.*?)^```$", text):
        line = text.count("\n", 0, match.start()) + 1
        wrong.append(check_schema(match[1], schemac, f"{path.name}:{line}"))
    consoles = list(re.finditer(r"(?ms)^```console\n(.*?)^```$", text))
    blocks = [read_block(match[1].splitlines()) for match in consoles]
    commands = [command for block in blocks for command in block]
    if commands:
        database = "tour_" + re.sub(r"\W", "_", path.stem.lower())
        server.load(database, "")
        run(commands, schemac, server.url(database))
    for command in commands:
        if same(command.shown, command.seen):
            continue
        if update:
            command.shown = command.seen
        else:
            difference = difflib.unified_diff(command.shown, command.seen, path.name, "printed",
                                              lineterm="")
            wrong.append(f"{path.name}: $ {command.text}\n" + "\n".join(difference))
    if update:
        for match, block in reversed(list(zip(consoles, blocks))):
            text = (text[:match.start(1)] + "\n".join(write_block(block)) + "\n"
                    + text[match.end(1):])
        path.write_text(text, encoding="utf-8")
    return [finding for finding in wrong if finding]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", nargs="+", type=pathlib.Path)
    parser.add_argument("--schemac", required=True, type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    wrong = []
    with Server() as server:
        for document in arguments.documents:
            wrong += tour(document, arguments.schemac.resolve(), server, arguments.update)
    print("\n\n".join(wrong) or "every command prints what is shown")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
