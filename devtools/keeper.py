"""Keeps one server running for as long as a `./dev` command holds its lease, then stops it.

The lease is a shared file lock: the kernel drops it however its holder ends, also by kill -9, so the
server stops with the last command that needs it and two commands can share one.

    python -m devtools.keeper postgres FOLDER LOG [--fast]
"""

import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path
from subprocess import SubprocessError

from . import ports
from .engines import ENGINES
from .paths import ROOT
from .processes import Roster, birth, stop
from .terminal import Stop, tail

START_LIMIT = 60


def main(argv):
    name, home, log = argv[0], Path(argv[1]), Path(argv[2])
    engine = ENGINES[name](home, durable="--fast" not in argv)
    state = home / "state.json"
    ending = []
    for sig in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sig, lambda *_: ending.append(True))
    try:
        Roster(home / "roster.json").end_leftovers(engine.stop_signal, grace=20)
        engine.prepare(log)
        child, port = start(engine, home, log)
    except (Stop, OSError, RuntimeError, SubprocessError) as problem:
        write(state, {"error": f"{problem}"})
        return 1
    me = os.getpid()
    write(state, {"keeper": me, "born": birth(me), "port": port})
    with (home / "lease").open("w") as lease:
        while not ending and not is_free(lease):
            if child.poll() is not None:
                time.sleep(1)
                child, port = start(engine, home, log, port)
            time.sleep(0.2)
        stop(child, grace=30, sig=engine.stop_signal)
        Roster(home / "roster.json").clear()
        state.unlink(missing_ok=True)
    return 0


def start(engine, home, log, port=None):
    """Start the server on its remembered port, or on another if that was taken meanwhile."""
    memory = home / "port"
    remembered = int(memory.read_text()) if memory.exists() else None
    for attempt in range(4):
        port = port or ports.pick((ROOT, home, attempt), remembered)
        child = engine.start(port, log)
        roster = Roster(home / "roster.json")
        roster.add(engine.name, child.pid)
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline and child.poll() is None:
            if engine.is_ready(port):
                memory.write_text(str(port))
                return child, port
            time.sleep(0.05)
        stop(child, sig=engine.stop_signal)
        if ports.is_free(port):
            break
        port = remembered = None
    raise RuntimeError(f"{tail(log)}\n\n{engine.name} does not start; its log is {log}.")


def is_free(lease):
    """Whether no command holds the lease; if so it is ours until we end, and newcomers wait."""
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write(path, value):
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(value))
    draft.replace(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
