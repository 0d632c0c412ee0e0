"""The web process: `gunicorn migwork.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from migwork.roles import act_as_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migwork.settings.development")

act_as_application()
application = get_wsgi_application()

# All pages are loaded before the first is asked for, and what is loaded stays: Python need not look through it
# again and again for what can be thrown away.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
