"""The commands' side of our servers: take a lease, have a keeper started, wait, let go."""

import fcntl
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

from . import secrets
from .engines import ENGINES, clean_env
from .paths import ROOT
from .processes import birth
from .terminal import Stop, step


@contextmanager
def servers(home, log, *, durable=True):
    """The addresses of a PostgreSQL and a Redis, kept alive inside the block.

    DATABASE_URL and REDIS_URL win; for the rest we run servers of our own below `home`.
    """
    secrets.load()  # before two keepers could each make up their own
    given = {"postgres": os.environ.get("DATABASE_URL"), "redis": os.environ.get("REDIS_URL")}
    leases = [Lease(name, home / name, log / f"{name}.log", durable) for name, url in given.items() if not url]
    held = []
    try:
        for lease in leases:
            lease.take()
            held.append(lease)
        starting = [lease for lease in leases if not lease.is_up()]
        if starting:
            with step("Starting " + " and ".join(lease.name for lease in starting)):
                for lease in starting:
                    lease.launch()
                for lease in starting:
                    lease.wait_up()
        found = Addresses({**given, **{lease.name: ENGINES[lease.name].url(lease.port()) for lease in leases}})
        found.leases = leases
        yield found
    finally:
        for lease in held:
            lease.let_go()
        for lease in held:
            lease.wait_down()


class Addresses(dict):
    """The servers' URLs by name, for as long as we hold their leases."""

    def keep_up(self):
        """Have a keeper that was killed replaced; it finds its port again."""
        for lease in self.leases:
            if not lease.is_up():
                lease.launch()
                lease.wait_up()


def is_needed(home):
    """Whether some command holds a server's lease now."""
    try:
        with (home / "lease").open() as lease:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


class Lease:
    """A share in one server."""

    def __init__(self, name, home, log, durable):
        self.name, self.home, self.log, self.durable = name, home, log, durable
        self.state = home / "state.json"
        self.keeper = None

    def take(self):
        """Hold the lease; waits while a keeper is stopping its server."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.file = (self.home / "lease").open("w")
        deadline = time.monotonic() + 40
        while True:
            try:
                fcntl.flock(self.file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Stop(f"{self.name} of the last start does not stop; see {self.log}.") from None
                time.sleep(0.1)

    def launch(self):
        """Start a keeper, unless another command just did."""
        self.mutex = (self.home / "starting").open("w")
        fcntl.flock(self.mutex, fcntl.LOCK_EX)
        if self.is_up():
            return
        self.state.unlink(missing_ok=True)
        argv = [sys.executable, "-m", "devtools.keeper", self.name, self.home, self.log]
        with self.log.open("ab") as out:
            self.keeper = subprocess.Popen(
                [os.fspath(part) for part in argv] + ([] if self.durable else ["--fast"]),
                cwd=ROOT,
                env={**clean_env(), "PYTHONPATH": os.fspath(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def wait_up(self):
        while not self.is_up():
            problem = self._read().get("error")
            if problem or (self.keeper and self.keeper.poll() is not None):
                raise Stop(problem or f"{self.name} does not start; see {self.log}.")
            time.sleep(0.05)
        self.mutex.close()

    def is_up(self):
        state = self._read()
        return bool(state.get("born")) and birth(state["keeper"]) == state["born"]

    def port(self):
        return self._read()["port"]

    def let_go(self):
        self.last = self._read()
        fcntl.flock(self.file, fcntl.LOCK_UN)

    def wait_down(self):
        """Wait until the server is stopped, unless another command still needs it."""
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and self._keeper_lives() and not self._is_shared():
            time.sleep(0.05)
        self.file.close()

    def _keeper_lives(self):
        if self.keeper is not None:
            return self.keeper.poll() is None
        return bool(self.last.get("born")) and birth(self.last["keeper"]) == self.last["born"]

    def _is_shared(self):
        """Another command holds the lease: a shared lock can be had, an exclusive one can't."""
        if self._can(fcntl.LOCK_EX):
            return False
        return self._can(fcntl.LOCK_SH)

    def _can(self, kind):
        try:
            fcntl.flock(self.file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        fcntl.flock(self.file, fcntl.LOCK_UN)
        return True

    def _read(self):
        try:
            return json.loads(self.state.read_text())
        except (OSError, ValueError):
            return {}
