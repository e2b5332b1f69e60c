#!/usr/bin/env python3
"""Writes the pages of docs/hazards from what `schemac explain` says.

  docs/hazards/update.py PROGRAM            rewrites them; PROGRAM is build/dev/schemac
  docs/hazards/update.py --check PROGRAM    fails where what is committed differs
"""

import argparse
import difflib
import json
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
MADE = "<!-- made by docs/hazards/update.py from compiler/safety/catalogue_*.cpp -->\n"


def code_block(sql):
    return f"```sql\n{sql}```\n"


def heading(hazard):
    return f"{hazard['code']} {hazard['title']}"


def anchor(text):
    """How the usual renderers name a heading."""
    kept = "".join(c for c in text.lower() if c.isalnum() or c in "_- ")
    return kept.replace(" ", "-")


def hazard_section(hazard):
    out = f"\n## {heading(hazard)}\n\n{hazard['effect']}\n\n"
    out += f"- **Severity**: {hazard['severity']}\n"
    if hazard["lock"]:
        out += f"- **Lock**: {hazard['lock']}\n"
    if hazard["versions"]:
        out += f"- **PostgreSQL**: {hazard['versions']}\n"
    out += f"- **Way out**: {hazard['way_out']}\n\n"
    if hazard["setup"]:
        out += "Where there is\n\n" + code_block(hazard["setup"]) + "\n"
    fails = f" (SQLSTATE {hazard['fails']})" if hazard["fails"] else ""
    out += f"this is what it warns of{fails}:\n\n" + code_block(hazard["bad"])
    return out + "\nand this is not:\n\n" + code_block(hazard["good"])


def family_page(family):
    out = f"# {family['name']} hazards\n\n{MADE}\n{family['doc']}\n"
    return out + "".join(map(hazard_section, family["hazards"]))


def index_page(families):
    out = (f"# Hazards\n\n{MADE}\n"
           "What a reviewer of a migration must look at. `schemac explain CODE` prints the same "
           "page;\nhow a hazard is accepted says [the command line]"
           "(../commands.md#hazards-and-how-to-accept-them). Those\nin bold are looked for in "
           "what `generate` writes.\n")
    for family in families:
        page = family["prefix"].lower() + ".md"
        out += (f"\n## {family['name']}\n\n{family['doc']}\n\n"
                "| code | severity | |\n| --- | --- | --- |\n")
        for hazard in family["hazards"]:
            code = f"[{hazard['code']}]({page}#{anchor(heading(hazard))})"
            if hazard["in_plans"]:
                code = f"**{code}**"
            out += f"| {code} | {hazard['severity']} | {hazard['title']} |\n"
    return out


def pages(program):
    made = subprocess.run([program.resolve(), "--format", "json", "explain"], check=True,
                          capture_output=True, text=True, cwd=FOLDER).stdout
    families = json.loads(made)["result"]["families"]
    return {"README.md": index_page(families),
            **{family["prefix"].lower() + ".md": family_page(family) for family in families}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    made = pages(arguments.program)
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    if made == committed:
        return 0
    if arguments.check:
        for name in sorted(made.keys() | committed.keys()):
            sys.stdout.writelines(difflib.unified_diff(
                committed.get(name, "").splitlines(True), made.get(name, "").splitlines(True),
                f"docs/hazards/{name}", "made"))
        print(f"docs/hazards is not as the catalogue says: run docs/hazards/update.py "
              f"{arguments.program}")
        return 1
    for name in committed.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
