"""The web process: `gunicorn migwork.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migwork.settings.development")

application = get_wsgi_application()
