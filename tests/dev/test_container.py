"""Dockerfile and docker-compose.yml, as far as they can be checked without an engine."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("prepare", "web", "worker", "beat")
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "migwork.settings.production",
    "SECRET_KEY": "x" * 50,
    "MIGWORK_FIELD_KEYS": "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE=",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "migwork.example.org",
    "MIGWORK_SITE_URL": "https://migwork.example.org",
}


def instructions():
    """The Dockerfile's instructions as (name, rest), continuation lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def env_file():
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment(service):
    return COMPOSE["services"][service].get("environment", {})


def run(argv):
    """A command in an environment that holds what production needs and nothing of ours."""
    env = {"PATH": os.environ["PATH"], **PRODUCTION}
    return subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_what_is_copied_is_there():
    stages = {rest.split(" AS ")[1] for name, rest in instructions() if name == "FROM" and " AS " in rest}
    for name, rest in instructions():
        if name != "COPY":
            continue
        words = rest.split()
        if words[0].startswith("--from="):
            assert words[0].removeprefix("--from=") in stages
        else:
            assert [w for w in words[:-1] if not (ROOT / w).exists()] == []


def test_the_image_runs_known_tools_and_not_as_root():
    known = {"npm", "python", "/venv/bin/pip", "apt-get", "rm", "useradd", "install"}
    for name, rest in instructions():
        if name == "RUN":
            for command in rest.split("&&"):
                words = [w for w in shlex.split(command) if "=" not in w.split("/")[0]]
                assert words[0] in known
    assert dict(instructions())["USER"] == "migwork"


def test_every_build_command_of_the_portal_exists():
    commands = re.findall(r"python manage\.py (\w+)", (ROOT / "Dockerfile").read_text())
    assert commands == ["messages", "collectstatic"]
    for command in commands:
        assert run([sys.executable, "manage.py", "help", command]).returncode == 0


def test_the_secret_parts_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".dev", ".git"} <= set(ignored)


def test_production_says_what_it_lacks_and_compose_gives_it():
    bare = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "migwork.settings.production"}
    argv = [sys.executable, "-c", "import migwork.settings.production"]
    done = subprocess.run(argv, cwd=ROOT, env=bare, capture_output=True, text=True, timeout=60, check=False)
    lacking = set(re.findall(r"^  (\w+): ", done.stderr, re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL"} <= lacking
    assert lacking <= set(env_file()) | set(environment("web"))


def test_every_variable_is_one_that_something_reads():
    settings = "".join(path.read_text() for path in (ROOT / "migwork" / "settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings)) | set(re.findall(r"\$\{(\w+)", compose_text()))
    read |= {"DJANGO_SETTINGS_MODULE", "PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
    image = {pair.split("=")[0] for name, rest in instructions() if name == "ENV" for pair in rest.split()}
    assert (set(env_file()) | set(environment("web")) | image) - read == set()


def compose_text():
    return (ROOT / "docker-compose.yml").read_text()


def test_services_wait_for_what_is_checked_and_keep_their_data():
    services = COMPOSE["services"]
    assert set(services) == {*OURS, "postgres", "redis"}
    for service in services.values():
        for other, need in service.get("depends_on", {}).items():
            if need["condition"] == "service_healthy":
                assert "healthcheck" in services[other]
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("service", OURS)
def test_all_processes_share_image_settings_and_files(service):
    described = COMPOSE["services"][service]
    assert described["image"] == "migwork"
    assert described["environment"] == environment("web")
    assert described["volumes"] == ["media:/data/media"]


@pytest.mark.parametrize("source", ["compose", "image"])
def test_the_web_command_starts_the_portal(source):
    import json

    argv = COMPOSE["services"]["web"]["command"] if source == "compose" else json.loads(dict(instructions())["CMD"])
    done = run([sys.executable, "-m", *argv, "--check-config"])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("service", ["worker", "beat"])
def test_the_celery_commands_are_understood(service):
    argv = [sys.executable, "-m", *COMPOSE["services"][service]["command"]]
    done = run([*argv, "--help"])
    assert done.returncode == 0, done.stderr
    refused = run([*argv, "--no-such-option", "--help"])
    assert refused.returncode != 0
    report = run([sys.executable, "-m", "celery", "-A", "migwork", "report"])
    assert "redis" in report.stdout


def test_the_workers_health_is_asked_in_words_celery_knows():
    argv = COMPOSE["services"]["worker"]["healthcheck"]["test"][1:]
    assert run([sys.executable, "-m", *argv, "--help"]).returncode == 0


def test_the_first_command_prepares_the_portal():
    from django.core.management import get_commands

    program, name = COMPOSE["services"]["prepare"]["command"][1:]
    assert program == "manage.py"
    assert get_commands()[name] == "portal"


def test_the_web_is_healthy_only_as_seen_through_the_proxy(client, settings, db):
    """The probe's headers are what production asks for: an allowed host, and TLS ended in front."""
    probe = COMPOSE["services"]["web"]["healthcheck"]["test"][-1]
    compile(probe, "probe", "exec")
    settings.ALLOWED_HOSTS = ["migwork.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = {"Host": "migwork.example.org", "X-Forwarded-Proto": "https"}
    assert all(f"'{header}'" in probe for header in asked)
    address = re.search(r"http://127\.0\.0\.1:8000(/[\w/]+)", probe)[1]
    assert client.get(address, headers=asked).status_code == 200
    assert client.get(address, headers={"Host": "migwork.example.org"}).status_code == 301
