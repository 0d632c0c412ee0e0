"""The web process: `gunicorn migwork.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from migwork.roles import act_as_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migwork.settings.development")

act_as_application()
application = get_wsgi_application()
