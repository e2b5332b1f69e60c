#!/usr/bin/env python3
"""What lint says of single statements, against what servers were measured to do.

Reads the shapes and the measurements that lie beside the project (../shared/hazards), lints each
shape behind the fixture it was measured on, and compares: a rewrite, a scan or a build of a
relation under SHARE or a stronger lock is what a reviewer must hear of. Prints what was missed (no
false negative is allowed) and what was said for nothing (2 % of a family at most).
"""

import argparse
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

STRONG = {"Share": 5, "ShareRowExclusive": 6, "Exclusive": 7, "AccessExclusive": 8}
WORDS = {"SHARE": 5, "SHARE ROW EXCLUSIVE": 6, "EXCLUSIVE": 7, "ACCESS EXCLUSIVE": 8}
ALL = {"-": 0, "AccessShare": 1, "RowShare": 2, "RowExclusive": 3, "ShareUpdateExclusive": 4,
       **STRONG}
LOCKS = {"": 0, "ACCESS SHARE": 1, "ROW SHARE": 2, "ROW EXCLUSIVE": 3, "SHARE UPDATE EXCLUSIVE": 4,
         **WORDS}
FALSE_POSITIVES_MAX = 0.02

# Findings that tell a reviewer of a rewrite, a scan or a build.
HEAVY = re.compile("RW(?!112|113)|SC|LK110|LK112|LK119|DS107|DS108")

# Where the effects of the statement say it and no finding does, and why.
QUIET = {"VW07": "REFRESH … CONCURRENTLY is the way out of LK119: readers go on"}


def load_shapes(hazards):
    os.environ.setdefault("SCRATCH", "/nonexistent")
    spec = importlib.util.spec_from_file_location("measure_locks", hazards / "measure_locks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(hazards, version):
    """Case → {relation: (lock, works, existing)}, or None where the statement fails."""
    cases = {}
    with open(hazards / "locks.tsv", encoding="utf-8") as file:
        next(file)
        for line in file:
            row = line.rstrip("\n").split("\t")
            if row[0].split(".")[0] != str(version):
                continue
            case, relation, role, lock, rewrite, scan, made = row[1], *row[3:9]
            if lock in ("ERROR", "setup-error", "HARNESS"):
                cases[case] = None
                continue
            entry = cases.setdefault(case, {})
            if relation in ("-", "sq", "t_b_seq") or "index of" in role or made == "created":
                continue
            works = rewrite == "y" or scan == "y"
            note = row[11] if len(row) > 11 else ""
            entry[relation] = (ALL[lock], works, note)
    return cases


def lint(schemac, folder, path, version):
    run = subprocess.run(
        [schemac, "lint", str(path), "--format", "json", "--notes", "--server-version",
         str(version)], capture_output=True, text=True, cwd=folder)
    if run.returncode not in (0, 2):
        sys.exit(f"{path}: {run.stdout}{run.stderr}")
    return json.loads(run.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemac", default="build/release/schemac")
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--version", type=int, default=15)
    parser.add_argument("--locks", action="store_true", help="compare every lock as well")
    arguments = parser.parse_args()
    hazards = pathlib.Path(arguments.shared).resolve() / "hazards"
    if not (hazards / "locks.tsv").exists():
        print(f"{hazards} is not there: nothing is compared")
        return
    schemac = str(pathlib.Path(arguments.schemac).resolve())
    shapes = load_shapes(hazards)
    truth = measured(hazards, arguments.version)
    families, failed = {}, False
    for case in shapes.CASES:
        rows = truth.get(case["id"])
        if rows is None:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            zone = "SET timezone = 'UTC';\n"
            pre = case.get("pre", "")
            if "timezone" in pre:
                zone, pre = "", ""
            fixture = shapes.FIXTURE.replace("%", "%%").replace("{R}", str(shapes.ROWS))
            (folder / "1.sql").write_text(fixture)
            (folder / "2.sql").write_text(pre + "\n")
            (folder / "3.sql").write_text(zone + "SET lock_timeout = 0;\n" + case["stmt"] + ";\n"
                                          if "one transaction" not in case["shape"] else
                                          "BEGIN;\n" + case["stmt"] + ";\nCOMMIT;\n")
            result = lint(schemac, folder, "3.sql", arguments.version)
        said = {}
        for statement in result["result"]["statements"]:
            for effect in statement["effects"]:
                if not effect["existing"]:
                    continue
                works = effect["rewrites"] or effect["scans"] or effect["builds"]
                old = said.get(effect["relation"], (0, False))
                said[effect["relation"]] = (max(old[0], LOCKS[effect["lock"]]), old[1] or works)
        must = any(works and lock >= STRONG["Share"] for lock, works, _ in rows.values())
        says = any(works and lock >= STRONG["Share"] and relation not in ("sq", "t_b_seq")
                   for relation, (lock, works) in said.items())
        heard = any(HEAVY.match(f["code"]) for f in result["findings"])
        if case["id"] in QUIET and must and says and not heard:
            heard = True
        family = families.setdefault(re.match("[A-Z]+", case["id"])[0], [0, 0, 0])
        family[0] += 1
        codes = ",".join(sorted({f["code"] for f in result["findings"]}))
        if must and not (says and heard):
            family[1] += 1
            print(f"missed      {case['id']}: {case['shape'][:90]} [{codes}]")
        if (says or heard) and not must:
            family[2] += 1
            print(f"for nothing {case['id']}: {case['shape'][:90]} [{codes}]")
        if arguments.locks:
            for relation in sorted(set(rows) | set(said)):
                have, want = said.get(relation, (0, 0))[0], rows.get(relation, (0, 0, ""))[0]
                if have != want:
                    print(f"lock        {case['id']} {relation}: said {have}, measured {want}")
    for name, (count, missed, nothing) in sorted(families.items()):
        print(f"{name}: {count} shapes, {missed} missed, {nothing} for nothing")
        failed = failed or missed > 0 or nothing > FALSE_POSITIVES_MAX * count
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
