#!/usr/bin/env python3
"""The files of examples/production hold what they say.

Each one is held against the schema or linter of the tool that reads it, and a copy with a mistake
in it must be refused, so that none of those passes whatever it is shown. Then the commands of each
run on a server, on a copy of examples/shop, as an owner who is no superuser and has a password,
begun before the database is there. Where a linter is not to be had, that is said.
"""

import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "bench"))
from server import Server  # noqa: E402

EXAMPLES = ROOT / "examples" / "production"
UNIT = "shop-migrations.service"
# What reads each file, and a mistake that it must find.
LINTED = {
    "compose.yaml": ("compose", "service_completed_successfully", "service_done"),
    "Dockerfile": ("dockerfile", "WORKDIR", "WORKDR"),
    "github-workflow.yml": ("workflow", "needs: check", "needs: chek"),
    "kubernetes-job.yaml": ("kubernetes", "backoffLimit", "backofLimit"),
}
PASSWORD = "it's a \"secret\" $HOME"


def complain(failed, what, text):
    failed.append(what)
    print(f"{what}:\n{text.strip()}")


def linters():
    """The folder that the packages are in, fetched where they are not; or why there is none."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None, "npm is not here (Debian: apt-get install npm)"
    lock = (HERE / "package-lock.json").read_bytes() + (HERE / "package.json").read_bytes()
    caches = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    caches /= "schemac"
    folder = caches / f"linters-{hashlib.sha256(lock).hexdigest()[:16]}"
    if folder.exists():
        return folder, ""
    caches.mkdir(parents=True, exist_ok=True)
    new = pathlib.Path(tempfile.mkdtemp(prefix="new-linters-", dir=caches))
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, new)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=new, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return None, f"npm cannot fetch the linters: {done.stderr.strip()[-300:]}"
        if not folder.exists():
            new.rename(folder)
        return folder, ""
    finally:
        shutil.rmtree(new, ignore_errors=True)


def lint(files, folder):
    """`files` is [(kind, path)]; what is said of them, and whether they pass."""
    done = subprocess.run(["node", HERE / "validate.mjs", folder,
                           *[f"{kind}={path}" for kind, path in files]],
                          capture_output=True, text=True, check=False)
    return done.stdout + done.stderr, done.returncode == 0


def check_by_packages(scratch, failed):
    folder, reason = linters()
    if folder is None:
        print(f"not held against a schema: {', '.join(LINTED)}: {reason}")
        return
    said, passed = lint([(kind, EXAMPLES / name) for name, (kind, *_) in LINTED.items()], folder)
    if not passed:
        complain(failed, "the linters find", said)
    for name, (kind, was, mistake) in LINTED.items():
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        (scratch / name).write_text(text.replace(was, mistake), encoding="utf-8")
        said, passed = lint([(kind, scratch / name)], folder)
        if passed or str(scratch / name) not in said:
            complain(failed, f"{name} may say `{mistake}`", said)
    print(f"held against their schemas: {', '.join(LINTED)}")


def verify_unit(text, scratch):
    """What systemd says of a unit; nothing where it is in order."""
    (scratch / UNIT).write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", scratch / UNIT],
                          capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if UNIT in line]
    return "\n".join(said)


def check_by_systemd(scratch, schemac, failed):
    if shutil.which("systemd-analyze") is None:
        print(f"not held against systemd: {UNIT}: systemd-analyze is not here")
        return
    # The program stands where it was built.
    text = (EXAMPLES / UNIT).read_text(encoding="utf-8").replace("/usr/bin/schemac", str(schemac))
    if said := verify_unit(text, scratch):
        complain(failed, f"systemd finds in {UNIT}", said)
    if not verify_unit(text.replace("ProtectHome", "ProtectHom"), scratch):
        complain(failed, f"{UNIT} may say `ProtectHom`", "systemd finds nothing")
    print(f"held against systemd: {UNIT}")


def command_of(name, pattern):
    match = re.search(pattern, (EXAMPLES / name).read_text(encoding="utf-8"), re.MULTILINE)
    if not match:
        raise SystemExit(f"examples/production/{name}: no command where one is looked for")
    return match


def commands(secret):
    """How each file runs the migrations, by file: a line for the shell, and whether the password is
    in the environment."""
    compose = command_of("compose.yaml", r"(?s)- \|\n(.*?)\n {4}entrypoint:")[1]
    in_list = r"\[(.*apply.*)\]"
    return {
        "compose.yaml": (compose.replace("$$", "$").replace("/run/secrets/database_password",
                                                            str(secret)), False),
        "Dockerfile": ("schemac " + command_of("Dockerfile", rf"^CMD {in_list}")[1].replace(
            ",", ""), True),
        "github-workflow.yml": (command_of("github-workflow.yml", r"run: (schemac apply.*)")[1],
                                True),
        "kubernetes-job.yaml": ("schemac " + command_of(
            "kubernetes-job.yaml", rf"args: {in_list}")[1].replace(",", ""), True),
        UNIT: (command_of(UNIT, r"^ExecStart=/usr/bin/(.*)")[1], True),
    }


def make_database(server):
    literal = "'" + PASSWORD.replace("'", "''") + "'"
    subprocess.run([server.clients / "psql", "-qX", "-v", "ON_ERROR_STOP=1",
                    server.url("postgres")], text=True, check=True, input=f"""
        set client_min_messages = error;
        drop database if exists shop with (force);
        do $$ begin create role shop login nosuperuser; exception when duplicate_object then end $$;
        alter role shop password {literal};
        create database shop owner shop;""")


def drop_database(server):
    subprocess.run([server.clients / "psql", "-qX", server.url("postgres"),
                    "-c", "drop database if exists shop with (force)"], check=True,
                   stderr=subprocess.DEVNULL)


def run_example(server, schemac, line, has_password, folder):
    """Runs a line as a container would, with the database there only a little later."""
    environment = {"PATH": f"{schemac.parent}:{os.environ['PATH']}",
                   "DATABASE_URL": f"postgres://shop@/shop?host={server.folder}"}
    if has_password:
        environment["PGPASSWORD"] = PASSWORD
    drop_database(server)

    def make_later():
        time.sleep(1)
        make_database(server)

    late = threading.Thread(target=make_later)
    late.start()
    done = subprocess.run(["/bin/sh", "-c", line], cwd=folder, env=environment, text=True,
                          capture_output=True, check=False, timeout=120)
    late.join()
    return done


def require_passwords(server):
    """Of the owner alone; the tests' own superuser goes on without."""
    rules = server.folder / "data" / "pg_hba.conf"
    rules.write_text("local all shop scram-sha-256\nlocal all all trust\n", encoding="utf-8")
    subprocess.run([server.clients / "psql", "-qXAt", server.url("postgres"),
                    "-c", "select pg_reload_conf()"], check=True, stdout=subprocess.DEVNULL)


def check_commands(scratch, schemac, failed):
    secret = scratch / "database_password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    with Server() as server:
        require_passwords(server)
        for name, (line, has_password) in commands(secret).items():
            folder = scratch / "project"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(ROOT / "examples" / "shop", folder)
            done = run_example(server, schemac, line, has_password, folder)
            said = done.stdout + done.stderr
            if done.returncode != 0 or not re.search(r"(?m)^applied \d{14}_the_shop$", said):
                complain(failed, f"{name}: `{line}` ends with {done.returncode}", said)
            elif not re.search(r"(?m)^waiting: ", said):
                complain(failed, f"{name}: `{line}` does not say that it waits", said)
            if PASSWORD in said:
                complain(failed, f"{name}: `{line}` shows the password", said)
        check_pull_request(server, schemac, scratch / "project", failed)
        print(f"ran as an owner with a password: {', '.join(commands(secret))}")


def check_pull_request(server, schemac, folder, failed):
    """What the workflow does before a merge: with a server for the proofs, by its URL."""
    line = command_of("github-workflow.yml", r"run: (schemac check.*)")[1]
    done = subprocess.run(["/bin/sh", "-c", line], cwd=folder, text=True, capture_output=True,
                          check=False, timeout=300,
                          env={"PATH": f"{schemac.parent}:{os.environ['PATH']}",
                               "SCHEMAC_SHADOW": server.url("postgres")})
    if done.returncode != 0:
        complain(failed, f"`{line}` ends with {done.returncode}", done.stdout + done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemac", type=pathlib.Path, required=True)
    schemac = parser.parse_args().schemac.resolve()
    failed = []
    with tempfile.TemporaryDirectory(prefix="schemac-production-") as name:
        scratch = pathlib.Path(name)
        check_by_packages(scratch, failed)
        check_by_systemd(scratch, schemac, failed)
        check_commands(scratch, schemac, failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
