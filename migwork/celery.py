"""The Celery application: `celery -A migwork worker` and `celery -A migwork beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migwork.settings.development")

app = Celery("migwork")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
