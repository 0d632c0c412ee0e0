"""The Celery application: `celery -A migwork worker` and `celery -A migwork beat`."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init, worker_process_init

from migwork.roles import act_as_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migwork.settings.development")

app = Celery("migwork")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# Signals hold their receivers weakly: this one lives with the module.
@worker_init.connect
@worker_process_init.connect
@beat_init.connect
def _take_role(**kwargs):
    act_as_application()
