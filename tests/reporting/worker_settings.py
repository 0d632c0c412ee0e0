"""For a worker process beside the tests: their database and files, its own queue, and work that is really queued."""

import os
from pathlib import Path

from migwork.settings.test import *  # noqa: F403

MEDIA_ROOT = Path(os.environ["TEST_MEDIA_ROOT"])
CELERY_TASK_DEFAULT_QUEUE = os.environ["TEST_QUEUE"]
CELERY_TASK_ALWAYS_EAGER = False
