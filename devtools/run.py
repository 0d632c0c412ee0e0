"""`./dev run`: the portal with all its processes, watched until someone ends it."""

import fcntl
import os
import signal
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from . import environment, identity, machine, ports
from .paths import DEV, LOG, ROOT, VENV
from .processes import Roster, kill_group, spawn, stop
from .servers import servers
from .terminal import Stop, say, step, tail

READY_WITHIN = 90


def run(arguments):
    """Start everything; returns when Ctrl-C or SIGTERM ended it."""
    debug = "--debug" in arguments
    unknown = [a for a in arguments if a != "--debug"]
    if unknown:
        raise Stop(f"./dev run knows only --debug, not {' '.join(unknown)}.")
    environment.prepare()
    pango = machine.want_pango()
    with only_one(), listening() as listener, servers(DEV, LOG) as addresses:
        port = listener.getsockname()[1]
        env = environment.portal_env(addresses, port=port, debug=debug)
        environment.compile_messages(env)
        environment.migrate(env)
        environment.collect_static(env)
        environment.load_demo(env)
        machine.note(pango)
        with identity.listening(env) as idp:
            sockets = {"web": listener, **({"idp": idp} if idp else {})}
            serve(programs(sockets), {**env, **identity.told(idp)}, sockets, addresses.keep_up)
    return 0


@contextmanager
def only_one():
    """One running portal per checkout."""
    with (DEV / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop("The portal of this checkout already runs; end that one first (Ctrl-C).") from None
        yield


@contextmanager
def listening():
    """The web's port, ours from the first step to the last."""
    memory = DEV / "port"
    remembered = int(memory.read_text()) if memory.exists() else None
    wanted = os.environ.get("PORT")
    listener = ports.reserve_web(wanted, remembered)
    if listener is None:
        raise Stop(f"Port {wanted or 8000} is taken; choose another: PORT=8080 ./dev run")
    with listener:
        if not wanted:
            memory.write_text(str(listener.getsockname()[1]))
        yield listener


def programs(sockets):
    """What runs besides the servers, in the order in which it is started; each of `sockets` goes to its program."""
    tools = VENV / "bin"
    # No control socket: gunicorn would put it into the home folder, where two checkouts meet.
    # Preloaded: both workers share one import, which makes the start faster.
    gunicorn = "--workers 2 --threads 4 --graceful-timeout 5 --preload --no-control-socket"
    celery = [tools / "celery", "-A", "migwork"]
    worker = "worker --loglevel INFO --concurrency 2 --without-gossip"
    web = sockets["web"].fileno()
    idp = {"idp": identity.command(sockets["idp"].fileno())} if "idp" in sockets else {}
    return {
        "web": [tools / "gunicorn", "migwork.wsgi", "--bind", f"fd://{web}", *gunicorn.split()],
        **idp,
        "worker": [*celery, *worker.split()],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", DEV / "beat-schedule"],
    }


def serve(argvs, env, sockets, keep_servers_up):
    port = sockets["web"].getsockname()[1]
    roster = Roster(DEV / "roster.json")
    left = roster.end_leftovers()
    if left:
        say(f"  Ended what the last start left: {', '.join(left)}")
    if os.geteuid() == 0:
        # Root was the person's choice; Celery's advice against it would be the only warning in a clean log.
        env = {**env, "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    handed = {name: (listener.fileno(),) for name, listener in sockets.items()}
    crew = [Program(name, argv, env, roster, handed.get(name, ())) for name, argv in argvs.items()]
    ending = Ending()
    try:
        with step("Starting the portal"):
            crew[0].start()
            wait_ready(port, crew[0], ending)
        for program in crew[1:]:
            program.start()
        if not ending.asked:
            greet(port, env)
        while not ending.asked:
            keep_servers_up()
            for program in crew:
                program.keep_up()
            ending.wait(0.3)
    finally:
        say("\n  Stopping (once more Ctrl-C: at once) …")
        for program in crew:
            program.ask_to_end()
        for program in crew:
            program.end(grace=lambda: 0.2 if ending.asked > 1 else 15)
        roster.clear()
    say("  Stopped. What you entered is kept; ./dev run brings it back.")


class Ending:
    """Counts how often someone asked us to end."""

    def __init__(self):
        self.asked = 0
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, self._ask)

    def _ask(self, *_):
        self.asked += 1

    def wait(self, seconds):
        """Sleep, but wake at once when asked to end."""
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(0.05)


class Program:
    """One child that is started again when it dies."""

    def __init__(self, name, argv, env, roster, pass_fds=(), log=None, calm=30.0):
        self.name, self.argv, self.env, self.roster, self.pass_fds = name, argv, env, roster, pass_fds
        self.log = log or LOG / f"{name}.log"
        self.calm = calm
        self.process = None
        self.pause = 0.5
        self.due = None

    def start(self):
        self.process = spawn(self.argv, env=self.env, log=self.log, cwd=ROOT, pass_fds=self.pass_fds)
        self.roster.add(self.name, self.process.pid)
        self.born = time.monotonic()
        self.due = None

    def keep_up(self):
        """Start it again if it died: soon the first time, ever later if it keeps dying."""
        if self.due is not None:
            if time.monotonic() >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        kill_group(self.process.pid)
        if time.monotonic() - self.born > self.calm:
            self.pause = 0.5
        self.due = time.monotonic() + self.pause
        line = f"{self.name} ended ({reason(code)}); starting it again in {self.pause:g} s"
        with self.log.open("a") as out:
            out.write(f"[dev] {time.strftime('%Y-%m-%d %H:%M:%S')} {line}\n")
        say(f"  {line}; see .dev/log/{self.log.name}")
        self.pause = min(self.pause * 2, 30)

    def ask_to_end(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, grace):
        """Wait for it to end as long as `grace()` still allows, then end it and all it started."""
        if not self.process:
            return
        asked = time.monotonic()
        while self.process.poll() is None and time.monotonic() - asked < grace():
            time.sleep(0.05)
        stop(self.process, grace=0)


def reason(code):
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def wait_ready(port, web, ending):
    """Until the portal says that it can work; fails with the end of its log."""
    deadline = time.monotonic() + READY_WITHIN
    answer = ""
    while not ending.asked:
        if web.process.poll() is not None:
            raise Stop(f"{tail(web.log)}\n\nThe portal does not start; see .dev/log/web.log.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=3).close()
            return
        except urllib.error.HTTPError as problem:
            answer = problem.read(500).decode(errors="replace")
        except OSError as problem:
            answer = f"{problem}"
        if time.monotonic() > deadline:
            raise Stop(f"The portal is not ready after {READY_WITHIN} s: {answer}. Logs: .dev/log/")
        time.sleep(0.1)


def greet(port, env):
    address = f"http://localhost:{port}"
    say(f"\n  MiG-Work runs at {address}")
    if env["MIGWORK_DEMO"] == "1":
        say(f"  Demo sign-ins (one click per role), mail and SMS: {address}/demo/")
    say("  Logs: .dev/log/ · End with Ctrl-C.\n")
