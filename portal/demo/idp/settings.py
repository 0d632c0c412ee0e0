"""Settings of the demo's identity provider; nothing of the portal's."""

import secrets
from pathlib import Path

import environ
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
HERE = Path(__file__).resolve().parent

if not env.bool("MIGWORK_DEMO", default=False):
    raise ImproperlyConfigured("This identity provider lets anybody in as anybody: it exists with MIGWORK_DEMO=1 only.")

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "portal.demo.idp.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": env.str("MIGWORK_IDP_DATABASE")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Cookies know no ports: the portal's beside it have other names.
SESSION_COOKIE_NAME = "idp_sessionid"
CSRF_COOKIE_NAME = "idp_csrftoken"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LANGUAGE_CODE = "it"
USE_TZ = True

LOGIN_URL = "pick"
IDP_OIDC_ADAPTER = "portal.demo.idp.adapter.Adapter"
IDP_OIDC_PRIVATE_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    .decode()
)
# Whom it serves: the portal, as two clients. The portal asks with the same secret.
PORTAL = env.str("MIGWORK_SITE_URL", default="http://localhost:8000")
CLIENTS = {"spid": "migwork-spid", "cie": "migwork-cie"}
CLIENT_SECRET = env.str("MIGWORK_IDP_SECRET")
