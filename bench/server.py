"""A private PostgreSQL for one benchmark: in memory, on a Unix socket, without durability."""

import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time

SETTINGS = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "autovacuum": "off", "shared_buffers": "512MB", "max_locks_per_transaction": "1024",
}


def installed(program):
    """Folders that hold a program, by major version: those of SCHEMAC_SERVERS, and Debian's."""
    roots = ["/usr/lib/postgresql", *os.environ.get("SCHEMAC_SERVERS", "").split(":")[::-1]]
    folders = [folder for root in filter(None, roots)
               for folder in pathlib.Path(root).glob("[0-9]*/bin")]
    return {int(folder.parent.name): folder for folder in folders if (folder / program).exists()}


def _folder_of(program, version=None):
    """Where a program is: of that major version, or of the newest."""
    folders = installed(program)
    on_path = shutil.which(program)
    if version or folders:
        found = folders.get(version or max(folders))
    else:
        found = pathlib.Path(on_path).parent if on_path else None
    if found is None:
        raise SystemExit(f"PostgreSQL's {program} is missing; run `scripts/packages test`, or for "
                         "other versions than Debian's scripts/servers")
    return found


def _major_version(programs):
    said = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True,
                          text=True).stdout
    return int(re.search(r"\d+", said)[0])


class Server:
    """Runs from `with` to its end; stops by the id of its process, whatever happened inside."""

    def __init__(self, version=None):
        self.programs = _folder_of("postgres", version)
        self.version = _major_version(self.programs)
        self.clients = _folder_of("psql")  # not every server comes with one
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
            if subprocess.run([self.clients / "pg_isready", "-q", "-h", self.folder],
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
        psql = [self.clients / "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1"]
        subprocess.run([*psql, "-c", f"CREATE DATABASE {database}", self.url("postgres")],
                       check=True)
        # Statement by statement: the server takes several times as long for 10,000 tables in one
        # transaction.
        subprocess.run([*psql, self.url(database)], input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run([*psql, "-c", "VACUUM ANALYZE", self.url(database)], check=True)

    def drop(self, database):
        subprocess.run([self.clients / "psql", "-q", "-X", "-c", f"DROP DATABASE {database}",
                        self.url("postgres")], check=True)
