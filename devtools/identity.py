"""The demo's identity provider, to try SPID and CIE with: a second small process beside the portal's."""

import secrets
from contextlib import contextmanager

from . import ports
from .paths import DEV, ROOT, VENV

PROVIDERS = ("SPID", "CIE")


def wanted(env):
    """In demo mode, unless the person set the address of a gateway of their own."""
    return env["MIGWORK_DEMO"] == "1" and not any(env.get(f"MIGWORK_{name}_URL") for name in PROVIDERS)


@contextmanager
def listening(env):
    """Its open socket, on this machine alone; None where it is not wanted."""
    if not wanted(env):
        yield None
        return
    memory = DEV / "idp-port"
    remembered = int(memory.read_text()) if memory.exists() else None
    with ports.reserve(ports.pick(f"{ROOT} idp", remembered)) as listener:
        memory.write_text(str(listener.getsockname()[1]))
        yield listener


def told(listener):
    """What both processes know of each other: where it listens, and a secret of this start."""
    if listener is None:
        return {}
    secret = secrets.token_urlsafe(24)
    env = {"MIGWORK_IDP_DATABASE": f"{DEV / 'idp.sqlite3'}", "MIGWORK_IDP_SECRET": secret}
    for name in PROVIDERS:
        env[f"MIGWORK_{name}_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}"
        env[f"MIGWORK_{name}_CLIENT"] = f"migwork-{name.lower()}"
        env[f"MIGWORK_{name}_SECRET"] = secret
    return env


def command(listener):
    """One process: its sessions and keys live in its memory and in a file made anew at each start."""
    gunicorn = "--workers 1 --threads 2 --graceful-timeout 2 --no-control-socket"
    return [VENV / "bin" / "gunicorn", "portal.demo.idp.wsgi", "--bind", f"fd://{listener}", *gunicorn.split()]
