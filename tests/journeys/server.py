"""A portal that can be killed."""

import os
import signal
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection


class Server:
    """A portal in a process of its own, on the test's database, that can be killed as a power cut would."""

    def __init__(self, port):
        self.url = f"http://localhost:{port}"
        self.process = None

    def start(self):
        database = connection.settings_dict
        where = f"{database['HOST']}:{database['PORT']}"
        who = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgres://{who}@{where}/{database['NAME']}",
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        }
        port = self.url.rsplit(":", 1)[1]
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _attempt in range(100):
            try:
                urlopen(f"{self.url}/health/live", timeout=5)
                return
            except HTTPError:
                return
            except (URLError, OSError):
                time.sleep(0.3)
        raise AssertionError("the server did not start")

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
