"""Runs with no environment at all. Never for real people's data."""

from migwork.settings.base import *  # noqa: F403
from migwork.settings.base import DEMO, env

SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "0" * 40)
# Fernet keys, newest first, for what people confide in talks.
FIELD_KEYS = env.list("MIGWORK_FIELD_KEYS", default=["ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE="])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if DEMO:
    COMMUNICATIONS_TRANSPORTS = {
        "email": env.str("MIGWORK_EMAIL_TRANSPORT", default="foundation.communications.transports.page"),
        "sms": env.str("MIGWORK_SMS_TRANSPORT", default="foundation.communications.transports.page"),
    }
# Passkeys without HTTPS, which localhost does not have.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
