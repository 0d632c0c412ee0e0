"""The demo's identity provider: a second small process of `./dev run`, which exists in demo mode alone."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from devtools import identity, ports, processes, run
from devtools.paths import ROOT


def python(code, **env):
    """What a fresh Python says of it; only `env` of ours is set."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MIGWORK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", code], env={**clean, **env}, cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("demo", [{}, {"MIGWORK_DEMO": "0"}])
def test_it_refuses_outside_demo_mode(demo, tmp_path):
    env = {**demo, "MIGWORK_IDP_DATABASE": str(tmp_path / "idp.sqlite3"), "MIGWORK_IDP_SECRET": "s"}
    done = python("import portal.demo.idp.wsgi", **env)
    assert done.returncode != 0
    assert "MIGWORK_DEMO=1 only" in done.stderr
    assert not (tmp_path / "idp.sqlite3").exists()
    assert python("import portal.demo.idp.wsgi", **{**env, "MIGWORK_DEMO": "1"}).returncode == 0


@pytest.mark.parametrize("url", ["http://gateway.example", "https://127.0.0.1:21000", "https://localhost"])
def test_production_takes_no_gateway_of_this_machine(url):
    env = {
        "SECRET_KEY": "s" * 50,
        "MIGWORK_FIELD_KEYS": "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE=",
        "DATABASE_URL": "postgres://u@h/n",
        "REDIS_URL": "redis://h/0",
        "ALLOWED_HOSTS": "h",
        "MIGWORK_SITE_URL": "https://h",
    }
    assert python("import migwork.settings.production", **env).returncode == 0
    done = python("import migwork.settings.production", **env, MIGWORK_CIE_URL=url)
    assert "MIGWORK_CIE_URL must be the gateway's https address" in done.stderr


@pytest.mark.parametrize(
    ("env", "there"),
    [
        ({"MIGWORK_DEMO": "1"}, True),
        ({"MIGWORK_DEMO": "0"}, False),
        ({"MIGWORK_DEMO": "1", "MIGWORK_SPID_URL": "https://gateway.example"}, False),
    ],
)
def test_it_is_started_in_the_demo_and_leaves_room_for_a_gateway_of_ones_own(env, there, tmp_path, monkeypatch):
    monkeypatch.setattr(identity, "DEV", tmp_path)
    with identity.listening(env) as listener, ports.reserve(ports.pick("web")) as web:
        sockets = {"web": web, **({"idp": listener} if listener else {})}
        assert ("idp" in run.programs(sockets)) == there
        assert ("MIGWORK_SPID_URL" in identity.told(listener)) == there
        if there:
            assert listener.getsockname()[0] == "127.0.0.1"
            assert identity.told(listener)["MIGWORK_SPID_SECRET"] != identity.told(listener)["MIGWORK_SPID_SECRET"]


def test_it_starts_and_stops_with_the_portal(tmp_path, monkeypatch):
    """Its program, as `./dev run` starts, watches and ends each."""
    monkeypatch.setattr(identity, "DEV", tmp_path)
    monkeypatch.setattr(identity, "VENV", Path(sys.prefix))
    env = {**os.environ, "MIGWORK_DEMO": "1", "MIGWORK_SITE_URL": "http://localhost:8000"}
    env = {name: value for name, value in env.items() if name not in ("MIGWORK_SPID_URL", "MIGWORK_CIE_URL")}
    with identity.listening(env) as listener:
        told = identity.told(listener)
        argv = identity.command(listener.fileno())
        roster = processes.Roster(tmp_path / "roster.json")
        program = run.Program("idp", argv, {**env, **told}, roster, (listener.fileno(),), log=tmp_path / "idp.log")
        program.start()
        try:
            configuration = asked(f"{told['MIGWORK_SPID_URL']}/.well-known/openid-configuration")
            assert configuration["issuer"] == told["MIGWORK_SPID_URL"]
        finally:
            program.ask_to_end()
            program.end(grace=lambda: 10)
        assert program.process.returncode is not None
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{told['MIGWORK_SPID_URL']}/", timeout=2)


def asked(url):
    """The answer, once it is there."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)
        except (OSError, urllib.error.URLError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
