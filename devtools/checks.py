"""`./dev test`: everything a change must pass, the first failure ends it."""

import fcntl
import os
import re
import subprocess
import time

from . import environment, machine
from .paths import DEV, PYTHON, ROOT, VENV
from .processes import foreground
from .servers import servers
from .terminal import Stop, say, step

HOME = DEV / "test"
# What a whole run may take on two cores, in seconds, without and with the long tests.
LIMITS = {False: 10 * 60, True: 40 * 60}
CORES = 2
# So many tests a whole run names, slowest first.
SLOWEST = 10


def test(arguments):
    """Check the change; what is not `--all` goes to pytest. The time it took ends the output."""
    everything, rest = split(arguments)
    environment.prepare()
    HOME.mkdir(exist_ok=True)
    HOME.chmod(0o711)
    chromium, no_browser = machine.want_chromium(PYTHON, environment.tool_env())
    for missing in filter(None, (machine.want_pango(), no_browser)):
        if not rest:
            raise Stop(missing)
        machine.note(missing)
    with only_one(), servers(HOME, HOME / "log", durable=False) as addresses:
        addresses["redis"] = own_redis(addresses["redis"])
        env = test_env(addresses, chromium)
        environment.compile_messages(env)

        def work():
            for title, argv in checks().items():
                check(title, argv, env)
            say("  Running the tests")
            return foreground(pytest(everything, rest), env=env, cwd=ROOT)

        return timed(work, limit=None if rest else LIMITS[everything])


def timed(work, *, limit, cores=None, clock=time.monotonic):
    """Do the work, say how long it took, and fail if that is over the limit; returns the exit code.

    The set-up (environment, browser, servers) is not counted: it is done once, as fast as the network
    allows. Without a limit (a part of the tests), or on a smaller machine than the limit is for, the
    time is only said.
    """
    began = clock()
    code = work()
    seconds = clock() - began
    say(f"\n  The checks and tests took {spell(seconds)} (without the set-up).")
    if limit is None or seconds <= limit or (cores or usable_cores()) < CORES:
        return code
    say(
        f"  Too slow: on {CORES} cores or more they may take {spell(limit)}. pytest's list of the {SLOWEST} slowest "
        "tests, above, says where the time went."
    )
    return code or 1


def spell(seconds):
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def usable_cores():
    """The cores that we may use, not those that the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def split(arguments):
    """Whether the long tests run too, and what goes to pytest."""
    return "--all" in arguments, [a for a in arguments if a != "--all"]


def checks():
    """What is checked before the tests, quickest first."""
    tools = VENV / "bin"
    manage = [PYTHON, ROOT / "manage.py"]
    return {
        "Style (ruff)": [tools / "ruff", "check", "--quiet", "."],
        "Order of the rooms (import-linter)": [tools / "lint-imports"],
        "Migrations complete": [*manage, "makemigrations", "--check", "--dry-run"],
        "Translations complete": [*manage, "messages", "--check"],
    }


def check(title, argv, env):
    """One check as a step; what it printed is shown only if it fails."""
    with step(title):
        done = subprocess.run(
            [os.fspath(part) for part in argv], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Stop(f"{done.stdout}{done.stderr}\n“{title}” failed.")


def pytest(everything, rest):
    # Whoever is done takes over from the other: the last tests are the longest.
    argv = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    argv += [] if everything else ["-m", "not slow"]
    argv += rest or [f"--durations={SLOWEST}"]
    return argv


def test_env(addresses, chromium):
    """Where the servers are and nothing else: the tests choose their own settings, whatever runs beside them."""
    env = environment.portal_env(addresses)
    mine = [name for name in env if name.startswith(("MIGWORK_", "EMAIL_"))]
    for name in [*mine, "SECRET_KEY", "ALLOWED_HOSTS", "PORT"]:
        env.pop(name, None)
    env["DJANGO_SETTINGS_MODULE"] = "migwork.settings.test"
    if chromium:
        env["CHROMIUM"] = os.fspath(chromium)
    return env


def own_redis(url):
    """With a Redis from outside, the tests take its database 15, so that they never meet the portal's keys."""
    if not os.environ.get("REDIS_URL"):
        return url
    return re.sub(r"(?<=[^/])(/\d*)?$", "/15", url, count=1)


class only_one:
    """One test run per checkout: a second one waits."""

    def __enter__(self):
        self.lock = (HOME / "run.lock").open("w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another ./dev test runs in this checkout; waiting for it to end …")
            fcntl.flock(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.lock.close()
