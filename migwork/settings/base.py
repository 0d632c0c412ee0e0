"""Settings that every environment shares. Values that differ come from the environment.

development.py runs with no environment at all; production.py refuses to start
without what it needs and says what is missing; test.py is for `./dev test`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from migwork.settings.beat import CELERY_BEAT_SCHEDULE  # noqa: F401

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- What this installation is -------------------------------------------------
# Demo mode shows a page that signs one in as each role and keeps mail and SMS on
# a page of the portal. The URLs of both exist only while this is true.
DEMO = env.bool("MIGWORK_DEMO", default=False)
DEBUG = env.bool("MIGWORK_DEBUG", default=False)
SITE_URL = env.str("MIGWORK_SITE_URL", default="http://localhost:8000").rstrip("/")

# --- Rooms, in the order of the process (docs: the last may import the first) ------
ROOMS = [
    "portal",
    "reporting",
    "internships",
    "pathways",
    "intake",
    "accounts",
    "programme",
    "foundation.questionnaires",
    "foundation.documents",
    "foundation.communications",
    "foundation.files",
    "foundation.privacy",
    "migwork",
]
INSTALLED_APPS = [
    *ROOMS,
    "accounts.administration_config.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before all that may refuse a request: error pages get the headers too.
    "migwork.middleware.SayWhatMayRun",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "migwork.middleware.KeepOutOfCaches",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Whose page it is, for the copy that a young person's phone keeps; around the one that ends sessions.
    "portal.middleware.SayWhoseCopy",
    # A second factor before any work; the ends of sessions.
    "accounts.middleware.WatchSession",
    "migwork.middleware.RefuseNulls",
    "migwork.middleware.SendOnce",
    "migwork.middleware.TurnViolationsIntoSentences",
]

ROOT_URLCONF = "migwork.urls"
WSGI_APPLICATION = "migwork.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "migwork.context_processors.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ---------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL", default="postgres://localhost/migwork"),
        "ENGINE": "migwork.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Statements that come back are prepared: PostgreSQL parses and plans them once per connection.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
        "ATOMIC_REQUESTS": False,
    }
}
# The role in which web and worker work: it can add events, never change them. "none": they stay the owner.
DATABASE_ROLE = env.str("MIGWORK_DATABASE_ROLE", default="migwork_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {"BACKEND": "migwork.cache.Cache", "LOCATION": REDIS_URL},
    # What every page of a process may share and which may be a minute old: no way to Redis and back.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CSRF_FAILURE_VIEW = "accounts.views.tokens.form_waited"
# In a signed cookie: in the session each message would cost two writes, the second on the page that shows it.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

MEDIA_ROOT = Path(env.str("MIGWORK_MEDIA_ROOT", default=str(BASE_DIR / ".dev" / "media")))
STORAGES = {
    # Documents hold personal data: kept outside the web root, handed out by views that ask for the right.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"base_url": None}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("MIGWORK_STATIC_ROOT", default=str(BASE_DIR / ".dev" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- People and their sign-in ---------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# E-mails are unique without regard to case, by a functional constraint that this check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "accounts.backends.ByPassword",
    "accounts.backends.ByCode",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    # Last: it alone asks outside, and only where the others had nothing to say.
    {"NAME": "accounts.passwords.Breached"},
]
LOGIN_URL = "account_login"
# Passwordless: a code by e-mail or SMS opens the door. Our own page signs up (accounts/views/people.py), because
# allauth's would keep a row of who never confirms; allauth signs in, counts attempts and limits rates.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# No password among these: the sign-in form asks for none. Staff who want one have a page of their own.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
# The code that signs one up or in is the proof of the address; an administrator vouches for staff.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "confirm_login_code": "accounts.forms.SignInCodeForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = True
# A whole class signs up behind one address of its school; a code costs an SMS.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "login": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    # allauth counts five wrong codes in the session, which requests sent all at once read as it was before the others.
    "try_code": "10/15m/key",
    "reauthenticate": "10/m/user",
    "claim": "10/m/ip,5/h/key",
    "new_contact": "5/m/user,20/d/user",
    "invitation": "30/m/ip",
    "sign_link": "60/m/ip,30/m/key",
    "outside_link": "60/m/ip,30/m/key",
    "sign_code": "5/m/key",
    # Files that somebody compares with what was made.
    "document_check": "30/m/ip",
    "host_part": "60/m/ip,30/m/key",
    # A class room of people who left, or who had a talk, behind one address.
    "follow_up_link": "60/m/ip,30/m/key",
    "feedback_link": "60/m/ip,30/m/key",
    # A class is behind one address: each enters a name, and some do it twice.
    "group_join": "60/m/ip",
    # Codes of certificates that nobody was given; and names typed for one that was.
    "certificate_miss": "20/15m/ip",
    "certificate_name": "30/m/ip,20/h/key",
    "offer_link": "60/m/ip,30/m/key",
    "assessment_link": "60/m/ip,30/m/key",
    "internship_link": "60/m/ip,30/m/key",
    # Kept as one types: a save every few seconds.
    "evaluation_link": "120/m/ip,60/m/key",
    "search_link": "60/m/ip,30/m/key",
    # A tutor with twenty interns confirms them one after the other.
    "host_link": "120/m/ip,60/m/key",
    "host_application": "60/m/ip,30/m/key",
}
# Who changes an address or a factor proves themselves again, unless they did so within five minutes.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# Passwords may be compared with those known from breaches: of the hash five letters leave. Empty: not asked.
PASSWORD_RANGE_URL = env.str("MIGWORK_PASSWORD_RANGE_URL", default="")
# After how many seconds a session ends: unused, and in any case.
SESSION_IDLE = {"staff": 30 * 60, "young": 30 * 86400}
SESSION_LONGEST = {"staff": 10 * 3600, "young": 90 * 86400}
# For a copy of all one's data: how long ago, in seconds, one may have signed in.
FRESH_SIGN_IN = 900
# The cookie lives as long as the longest of them; accounts/middleware.py ends sessions before.
SESSION_COOKIE_AGE = max(SESSION_LONGEST.values())

# --- Second factors: an app or a passkey for staff, a passkey for whoever likes one ------
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.FactorCodeForm",
    "reauthenticate": "accounts.forms.FactorCodeAgainForm",
    "activate_totp": "accounts.forms.FirstAppCodeForm",
    "add_webauthn": "accounts.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# As for the other doors: a whole class behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# Our own page signs up; a passkey is offered right after.
MFA_PASSKEY_SIGNUP_ENABLED = False
# A code proved the address, or an administrator vouches for it: allauth keeps no row of either.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "MiG-Work"
# Telephones' clocks go wrong by a minute.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True


# --- SPID and CIE, through a gateway that speaks OpenID Connect ---------------------------
def origin(url: str) -> str:
    """Scheme and host of `url`, as a Content-Security-Policy names them."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def _eid(name: str) -> dict:
    return {
        "url": env.str(f"MIGWORK_{name}_URL", default=""),
        "client": env.str(f"MIGWORK_{name}_CLIENT", default=""),
        "secret": env.str(f"MIGWORK_{name}_SECRET", default=""),
        # The least level that is asked for and accepted.
        "acr": env.str(f"MIGWORK_{name}_ACR", default="https://www.spid.gov.it/SpidL2"),
    }


# Without an address there is neither button nor door.
EID = {"spid": _eid("SPID"), "cie": _eid("CIE")}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": provider,
                "name": provider.upper(),
                "client_id": eid["client"],
                "secret": eid["secret"],
                "settings": {
                    "server_url": eid["url"],
                    "fetch_userinfo": True,
                    "token_auth_method": "client_secret_basic",
                    "auth_params": {"acr_values": eid["acr"]},
                },
            }
            for provider, eid in EID.items()
            if eid["url"]
        ],
    }
}
SOCIALACCOUNT_ADAPTER = "accounts.adapter.EidAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

# --- What people sign, claim and are told ---------------------------------------------------
CLAIM_DAYS = 30
# So many days ahead can appointments be booked.
SLOTS_AHEAD_DAYS = 60
# How often in an hour another calendar may ask for an operator's agenda.
CALENDAR_FEED_PER_HOUR = 60
SIGNING_DAYS = 30
INVITATION_DAYS = 7
# How many days before a paper ends its owner is reminded.
PAPER_REMINDERS = [60, 15]
# An activity without dates to come that nobody looked at for this long: its partner is asked whether it is still
# right, once; without an answer within the days of notice it leaves the catalogue. A season; two weeks, for holidays.
ACTIVITY_CHECK_DAYS = env.int("MIGWORK_ACTIVITY_CHECK_DAYS", default=90)
ACTIVITY_CHECK_NOTICE_DAYS = env.int("MIGWORK_ACTIVITY_CHECK_NOTICE_DAYS", default=14)
# Within how many days whoever somebody is referred to answers.
REFERRAL_DAYS = env.int("MIGWORK_REFERRAL_DAYS", default=7)
# How many days before that they are reminded.
REFERRAL_REMINDER_DAYS = 2
# Applications for internships. Without an answer for so many days, partner and host are reminded; after more, the
# offer takes nobody else until they answer.
APPLICATION_REMINDER_DAYS = env.int("MIGWORK_APPLICATION_REMINDER_DAYS", default=5)
APPLICATION_PAUSE_DAYS = env.int("MIGWORK_APPLICATION_PAUSE_DAYS", default=12)
# The share answered within so many days stands on the offers, once there were so many applications in so long a time.
APPLICATION_RATE_DAYS = env.int("MIGWORK_APPLICATION_RATE_DAYS", default=10)
APPLICATION_RATE_LEAST = env.int("MIGWORK_APPLICATION_RATE_LEAST", default=5)
APPLICATION_RATE_MONTHS = env.int("MIGWORK_APPLICATION_RATE_MONTHS", default=12)
# How long a host's link to an application opens, and how long what led to nothing is kept after its end.
APPLICATION_LINK_DAYS = env.int("MIGWORK_APPLICATION_LINK_DAYS", default=30)
APPLICATION_KEEP_DAYS = env.int("MIGWORK_APPLICATION_KEEP_DAYS", default=180)
# The notice in force: templates/portal/privacy.html. Whoever read an older one is shown the new one once.
PRIVACY_NOTICE = "2026-3"

LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"

# --- Language and time ------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
FORMAT_MODULE_PATH = "migwork.formats"
LOCALE_PATHS = [BASE_DIR / "migwork" / "locale"]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True

# --- What leaves the house -----------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="MiG-Work <migwork@localhost>")
# Where people write about privacy and about what does not work.
CONTACT_EMAIL = env.str("MIGWORK_CONTACT_EMAIL", default="migwork@localhost")
# An HTTP gateway for SMS, and the secret with which providers report what arrived.
SMS_URL = env.str("MIGWORK_SMS_URL", default="")
SMS_TOKEN = env.str("MIGWORK_SMS_TOKEN", default="")
SMS_SENDER = env.str("MIGWORK_SMS_SENDER", default="MiG-Work")
DELIVERY_TOKEN = env.str("MIGWORK_DELIVERY_TOKEN", default="")
# How messages leave, by channel: dotted paths of functions send(message) -> provider's reference.
COMMUNICATIONS_TRANSPORTS = {
    "email": env.str("MIGWORK_EMAIL_TRANSPORT", default="foundation.communications.transports.smtp"),
    "sms": env.str(
        "MIGWORK_SMS_TRANSPORT", default=f"foundation.communications.transports.{'sms_gateway' if SMS_URL else 'none'}"
    ),
}

# --- Work in the background -------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Safety ---------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Browsers hold the redirect after a POST to this too: the buttons of SPID and CIE lead out.
        "form-action": [SELF, *sorted({origin(eid["url"]) for eid in EID.values() if eid["url"]})],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# What stands below these addresses opens a door to whoever knows it: it gets into no log.
KEYS_BELOW = [
    *("/firma/", "/account/invito/", "/agenda/calendario/"),
    *("/seguito/", "/come-e-andata/", "/invii/risposta/"),
    *("/ricerche/ferma/", "/com-era/", "/posto/", "/percorsi/come-va/"),
    *("/tirocini/da-confermare/", "/tirocini/azienda/", "/tirocini/candidatura/"),
    *("/tirocini/copia/", "/tirocini/valutazione/", "/tirocini/sei-mesi-dopo/"),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_keys": {"()": "migwork.logs.HideKeys"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hide_keys"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
