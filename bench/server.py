"""A private PostgreSQL for one benchmark: in memory, on a Unix socket, without durability."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

SETTINGS = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "autovacuum": "off", "shared_buffers": "512MB", "max_locks_per_transaction": "1024",
}


def _programs():
    """The folder of the newest server's programs."""
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"),
                         key=lambda path: int(path.parent.name), reverse=True):
        if (folder / "postgres").exists():
            return folder
    found = shutil.which("postgres")
    if found is None:
        raise SystemExit("bench: no PostgreSQL server; run `scripts/packages test`")
    return pathlib.Path(found).parent


class Server:
    """Runs from `with` to its end; stops by the id of its process, whatever happened inside."""

    def __init__(self):
        self.programs = _programs()
        self._process = None
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="schemac-bench-", dir=memory))
        # A server refuses to run as root, who then steps down to the package's own user.
        self._user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        os.chmod(self.folder, 0o755)

    def _as_user(self):
        if not self._user:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        data = self.folder / "data"
        subprocess.run([self.programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust",
                        "-E", "UTF8", "--locale=C", "--no-sync"], check=True, cwd="/",
                       stdout=subprocess.DEVNULL, **self._as_user())
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        with open(self.folder / "log", "w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", data, "-k", self.folder, *options], cwd="/",
                stdout=log, stderr=log, start_new_session=True, **self._as_user())
        for _ in range(300):
            if subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder],
                              check=False).returncode == 0:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit("bench: the server did not start:\n" + (self.folder / "log").read_text())

    def __exit__(self, *_):
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # a fast shutdown
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database):
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def load(self, database, text):
        """Makes a database and runs the SQL of `text` in it."""
        psql = [self.programs / "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1"]
        subprocess.run([*psql, "-c", f"CREATE DATABASE {database}", self.url("postgres")],
                       check=True)
        # Statement by statement: the server takes several times as long for 10,000 tables in one
        # transaction.
        subprocess.run([*psql, self.url(database)], input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([*psql, "-c", "VACUUM ANALYZE", self.url(database)], check=True)

    def drop(self, database):
        subprocess.run([self.programs / "psql", "-q", "-X", "-c", f"DROP DATABASE {database}",
                        self.url("postgres")], check=True)
