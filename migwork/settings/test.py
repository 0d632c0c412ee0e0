"""For pytest: the demo's pages exist, mail goes to the portal's page, files to a folder of the run."""

import atexit
import shutil
import tempfile
from pathlib import Path

from migwork.settings.development import *  # noqa: F403
from migwork.settings.development import DATABASES, STORAGES

DEMO = True
DEBUG = False
FILES = Path(tempfile.mkdtemp(prefix="migwork-test-"))
atexit.register(shutil.rmtree, FILES, ignore_errors=True)
MEDIA_ROOT, STATIC_ROOT = FILES / "media", FILES / "static"
STATIC_ROOT.mkdir()
COMMUNICATIONS_TRANSPORTS = {
    "email": "foundation.communications.transports.page",
    "sms": "foundation.communications.transports.page",
}
# The live server's threads must not outlive the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Hashing passwords slowly protects people; in tests there are none.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": _MEMORY, "process": _MEMORY}
# Background work is done at once, in the process that asked for it.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
