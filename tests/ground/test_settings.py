"""Settings: nothing needed in development, everything named in production, and nothing open where people are real."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "migwork.settings.production",
    "SECRET_KEY": "for this test only " * 3,
    "MIGWORK_FIELD_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgres://localhost/none",
    "REDIS_URL": "redis://localhost/0",
    "ALLOWED_HOSTS": "migwork.example.org",
    "MIGWORK_SITE_URL": "https://migwork.example.org",
}
DEVELOPMENT = {"DJANGO_SETTINGS_MODULE": "migwork.settings.development"}


def python(code, environment):
    """Run `code` in a fresh process that has only `environment`."""
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
        cwd=settings.BASE_DIR,
        env=path | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_development_needs_nothing():
    done = python("print('started')", DEVELOPMENT)
    assert done.stdout == "started\n", done.stderr


def test_production_starts_with_all_it_needs():
    done = python("from django.conf import settings; print(settings.DEBUG, settings.DEMO)", PRODUCTION)
    assert done.stdout == "False False\n", done.stderr


def test_production_names_all_that_is_missing():
    done = python("print('started')", {"DJANGO_SETTINGS_MODULE": "migwork.settings.production"})
    assert "started" not in done.stdout
    assert all(name in done.stderr for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE")


@pytest.mark.parametrize("missing", [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"])
def test_production_refuses_without(missing):
    done = python("print('started')", {k: v for k, v in PRODUCTION.items() if k != missing})
    assert "started" not in done.stdout
    assert f"  {missing}: " in done.stderr


@pytest.mark.parametrize("name", ["MIGWORK_DEBUG", "MIGWORK_DEMO"])
def test_production_refuses_what_would_open_it(name):
    done = python("print('started')", PRODUCTION | {name: "1"})
    assert "started" not in done.stdout
    assert name in done.stderr


@pytest.mark.parametrize("url", ["http://eid.example.org", "https://localhost:8010", "https://127.0.0.1/idp"])
def test_production_refuses_a_gateway_that_is_none(url):
    done = python("print('started')", PRODUCTION | {"MIGWORK_CIE_URL": url})
    assert "started" not in done.stdout
    assert "MIGWORK_CIE_URL" in done.stderr


def test_a_gateway_is_a_door_and_forms_may_lead_there():
    code = """
from django.conf import settings
apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
print([app["provider_id"] for app in apps], settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"])
"""
    assert python(code, PRODUCTION).stdout == """[] ["'self'"]\n"""
    done = python(code, PRODUCTION | {"MIGWORK_SPID_URL": "https://eid.example.org/spid"})
    assert done.stdout == """['spid'] ["'self'", 'https://eid.example.org']\n""", done.stderr
