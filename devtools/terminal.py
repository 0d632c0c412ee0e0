"""What the person in front of the terminal reads: steps, their time, and one sentence when it fails."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

from .paths import LOG, ROOT


class Stop(Exception):
    """Ends the command with a sentence that says what to do."""


def say(text=""):
    print(text, flush=True)


def tail(path, lines=25):
    """The last lines of a log."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


@contextmanager
def step(title):
    """Show that a long step runs: a clock that ticks on a terminal, a line now and then elsewhere."""
    started, ended = time.monotonic(), threading.Event()
    live = sys.stdout.isatty()

    def tick():
        while not ended.wait(1 if live else 15):
            seconds = int(time.monotonic() - started)
            if live:
                print(f"\r  {title} … {seconds} s ", end="", flush=True)
            else:
                say(f"  {title} … {seconds} s")

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    word = "failed"
    try:
        yield
        word = "done"
    finally:
        ended.set()
        ticker.join()
        seconds = time.monotonic() - started
        say(f"{chr(13) if live else ''}  {title}: {word} in {seconds:.1f} s   ")


def run_step(title, argv, *, log, env=None, cwd=ROOT):
    """Run one command as a step, its output in a log of which the end is shown when it fails."""
    path = LOG / log
    with step(title), path.open("ab") as out:
        result = subprocess.run(
            [os.fspath(part) for part in argv],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if result.returncode:
            raise Stop(f"{tail(path)}\n\n“{title}” failed; the whole log is {path.relative_to(ROOT)}.")
