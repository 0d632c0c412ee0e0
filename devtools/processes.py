"""Child processes that never outlive us.

On Linux the kernel signals a child when its parent dies, however that dies. Elsewhere, and for
what slips through, each child is written down with its moment of birth: the next start ends it.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(argv, *, env, log, cwd, death_signal=signal.SIGTERM, user=None, pass_fds=()):
    """Start a child in a session of its own (Ctrl-C reaches only us) that is told when we die.

    Call it from the main thread: the kernel watches the thread that forked.
    """
    identity = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with open(log, "ab") as out:  # noqa: PTH123 - a path of any kind
        return subprocess.Popen(
            [os.fspath(part) for part in argv],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
            preexec_fn=_die_with(os.getpid(), death_signal),
            **identity,
        )


def _die_with(parent, death_signal):
    """What a fresh child does first: ask the kernel for a signal when its parent dies."""

    def before_exec():
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:
                os._exit(1)

    return before_exec


def foreground(argv, *, env, cwd):
    """Run a command on our terminal and return its exit code.

    Ctrl-C reaches it from the terminal, so we only wait; SIGTERM is handed on.
    """
    child = subprocess.Popen(
        [os.fspath(part) for part in argv], cwd=cwd, env=env, preexec_fn=_die_with(os.getpid(), signal.SIGTERM)
    )
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        return child.wait()
    finally:
        for sig, handler in before.items():
            signal.signal(sig, handler)


def birth(pid):
    """When a process was born, as text, or None: tells it from a later one with the same number."""
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            return None
        return None if fields[0] == "Z" else fields[19]
    found = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def stop(process, grace=10.0, sig=signal.SIGTERM):
    """Ask a child to end, then end it and whatever it started."""
    if process.poll() is None:
        process.send_signal(sig)
        with suppress(subprocess.TimeoutExpired):
            process.wait(grace)
    kill_group(process.pid)
    process.wait()


def kill_group(leader):
    """End all that is left of a child's process group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


class Roster:
    """The children of the last start, written down so that the next one can end what it left."""

    def __init__(self, path):
        self.path = path
        self.entries = {}

    def add(self, name, pid):
        self.entries[name] = [pid, birth(pid)]
        self._write()

    def clear(self):
        self.entries = {}
        self.path.unlink(missing_ok=True)

    def _write(self):
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(self.entries))
        draft.replace(self.path)

    def end_leftovers(self, sig=signal.SIGTERM, grace=5.0):
        """End the recorded processes that still live; returns their names."""
        try:
            recorded = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return []
        alive = {name: pid for name, (pid, born) in recorded.items() if born and birth(pid) == born}
        for pid in alive.values():
            os.kill(pid, sig)
        deadline = time.monotonic() + grace
        while time.monotonic() < deadline and any(birth(pid) == recorded[n][1] for n, pid in alive.items()):
            time.sleep(0.05)
        for pid in alive.values():
            kill_group(pid)
        self.clear()
        return sorted(alive)
