"""The commands of `./dev`."""

import os
import shutil
import signal
import sys

from . import checks, engines, environment, machine
from .paths import DEV, LOG, PYTHON, ROOT
from .processes import foreground
from .run import only_one, run
from .servers import is_needed, servers
from .terminal import Stop, run_step, say

USAGE = "usage: ./dev COMMAND …"


def manage(arguments):
    """manage.py, with the servers it needs."""
    environment.prepare()
    with servers(DEV, LOG) as addresses:
        env = environment.portal_env(addresses, port=os.environ.get("PORT") or remembered_port())
        if arguments[:1] not in (["messages"], ["help"], ["check"], ["migrate"]):
            environment.compile_messages(env)
            environment.migrate(env)
        return foreground([PYTHON, ROOT / "manage.py", *arguments], env=env, cwd=ROOT)


def bench(arguments):
    """The measures, on a database of their own next to the portal's."""
    environment.prepare()
    with servers(DEV, LOG) as addresses:
        addresses["postgres"] = addresses["postgres"].rpartition("/")[0] + "/bench"
        addresses["redis"] = addresses["redis"].rpartition("/")[0] + "/14"
        env = environment.portal_env(addresses)
        environment.compile_messages(env)
        environment.migrate(env)
        environment.collect_static(env)
        machine.note(machine.want_pango())
        return foreground([PYTHON, ROOT / "manage.py", "bench", *arguments], env=env, cwd=ROOT)


def reset(arguments):
    """Empty the portal: data, keys, logs. The Python environment and the fetched libraries stay."""
    if arguments not in ([], ["--yes"]):
        raise Stop("usage: ./dev reset [--yes]")
    if not DEV.exists():
        say("  There is nothing to empty.")
        return 0
    if not arguments:
        answer = input("Delete all data of this checkout's portal, for good? Type yes: ") if sys.stdin.isatty() else ""
        if answer.strip().lower() != "yes":
            raise Stop("Nothing was deleted. Without a terminal: ./dev reset --yes")
    checks.HOME.mkdir(exist_ok=True)
    with only_one(), checks.only_one():
        for name in engines.ENGINES:
            if is_needed(DEV / name):
                raise Stop("Another ./dev command uses the data of this checkout; end that one first.")
        for path in DEV.iterdir():
            if path.name not in KEPT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for stamp in (DEV / "stamps").iterdir():
            if stamp.name not in ("venv", "python", "node-modules", "front-end"):
                stamp.unlink()
        if os.geteuid() == 0:
            shutil.rmtree(engines.outside(), ignore_errors=True)
    say("  Emptied. ./dev run starts afresh.")
    return 0


KEPT = ("stamps", "cache", "run.lock", "setup.lock", "test")


def lock(arguments):
    """Pin the libraries of pyproject.toml with hashes, in the two requirements files."""
    environment.prepare()
    recipe = [PYTHON, "-m", "uv", "pip", "compile", "--system-certs", "--universal", "--generate-hashes"]
    recipe += ["--no-header", "--no-annotate", "pyproject.toml", *arguments]
    env = environment.tool_env()
    argv = [*recipe, "-o", "requirements.txt"]
    run_step("Pinning what production needs", argv, log="setup.log", env=env)
    argv = [*recipe, "--group", "dev", "-o", "requirements-dev.txt"]
    run_step("Pinning what development needs", argv, log="setup.log", env=env)
    return 0


def show_help(arguments=()):
    say(f"{USAGE}\n")
    for name, (_, line) in COMMANDS.items():
        say(f"  {name:<8}{line}")
    return 0


COMMANDS = {
    "run": (run, "set everything up and start the portal with its demo (--debug: error pages; PORT=8080 ./dev run)"),
    "test": (checks.test, "everything a change must pass; arguments go to pytest (--all: the long tests too)"),
    "manage": (manage, "manage.py in the same environment, for example: ./dev manage shell"),
    "bench": (bench, "measure every main page (--persons N, --opportunities N, --json FILE)"),
    "reset": (reset, "delete the portal's data and logs (--yes: without asking)"),
    "lock": (lock, "pin the libraries of pyproject.toml with their hashes (-U: to their newest versions)"),
    "help": (show_help, "these lines"),
}


def remembered_port():
    try:
        return (DEV / "port").read_text()
    except OSError:
        return 8000


def main(argv):
    """Run one command; returns the exit code."""
    name, arguments = (argv[0], argv[1:]) if argv else ("help", [])
    if name in ("-h", "--help"):
        name = "help"
    if name not in COMMANDS:
        say(f"There is no ./dev {name}.\n")
        show_help()
        return 2
    os.chdir(ROOT)
    # SIGTERM and a closed terminal end a command as cleanly as Ctrl-C does.
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sig, signal.default_int_handler)
    try:
        return COMMANDS[name][0](arguments)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
