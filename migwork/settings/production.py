"""For real people. Refuses to start without what it needs, and says what to set."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from migwork.settings.base import *  # noqa: F403
from migwork.settings.base import DEBUG, DEMO, EID, env

# Where only the demo's identity provider listens.
HERE = {"localhost", "127.0.0.1", "::1"}

HINTS = {
    "SECRET_KEY": 'python -c "import secrets; print(secrets.token_urlsafe(50))"',
    "MIGWORK_FIELD_KEYS": 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"',
    "DATABASE_URL": "postgres://user:password@host/name",
    "REDIS_URL": "redis://host:6379/0",
    "ALLOWED_HOSTS": "the portal's host names, separated by commas",
    "MIGWORK_SITE_URL": "the portal's public address, such as https://migwork.example.org",
}
missing = [f"  {name}: {hint}" for name, hint in HINTS.items() if not env.str(name, default="")]
if missing:
    raise ImproperlyConfigured("Set these in the environment:\n" + "\n".join(missing))
if DEBUG:
    raise ImproperlyConfigured("MIGWORK_DEBUG must not be on in production: error pages would show data.")
if DEMO:
    raise ImproperlyConfigured("MIGWORK_DEMO must not be on in production: the demo signs anybody in as anybody.")
for name, eid in EID.items():
    address = urlsplit(eid["url"])
    if eid["url"] and (address.scheme != "https" or address.hostname in HERE):
        raise ImproperlyConfigured(
            f"MIGWORK_{name.upper()}_URL must be the gateway's https address; the demo's provider is none."
        )

SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("MIGWORK_FIELD_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[env.str("MIGWORK_SITE_URL")])
# The proxy in front ends TLS and must set this header itself, dropping what a client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand before us: limits per address count the visitor's, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MIGWORK_PROXIES", default=1)
SECURE_SSL_REDIRECT = env.bool("MIGWORK_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31536000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
