"""The two commands as a newcomer types them: a clone in a folder with a space, an empty home, nothing set."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import ClassVar

import pytest

from devtools.paths import ROOT

pytestmark = pytest.mark.slow
MINUTES = 60


@pytest.fixture(scope="module")
def checkout():
    """A fresh clone of what is committed."""
    folder = Path(tempfile.mkdtemp(prefix="migwork whole "))
    subprocess.run(["git", "clone", "-q", ROOT, folder / "my portal"], check=True)
    yield folder / "my portal"
    for run in Run.started:
        if run.process.poll() is None:
            run.end()
    env = environment(folder / "my portal")
    subprocess.run(["./dev", "reset", "--yes"], cwd=folder / "my portal", env=env, check=False)
    shutil.rmtree(folder)


def environment(checkout):
    keep = {"PATH", "LANG"} | {
        n for n in os.environ if n.startswith(("PIP_", "UV_", "npm_config_", "SSL_", "NODE_EXTRA"))
    }
    home = checkout.parent / "home"
    home.mkdir(exist_ok=True, mode=0o700)
    return {**{n: os.environ[n] for n in keep if n in os.environ}, "HOME": str(home), "PORT": str(free_port())}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """`./dev run` in `checkout`, from its start until it is asked to end."""

    started: ClassVar[list] = []

    def __init__(self, checkout):
        self.started.append(self)
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ["./dev", "run"], cwd=checkout, env=environment(checkout), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True,
        )  # fmt: skip
        self.said = ""

    def wait_for_address(self):
        """The address it prints; fails with all that it said if it ends before."""
        for line in self.process.stdout:
            self.said += line
            if "End with Ctrl-C" in line:
                self.seconds = time.monotonic() - self.began
                return re.search(r"runs at (http://localhost:\d+)", self.said).group(1)
        pytest.fail(f"./dev run ended:\n{self.said}")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode


def processes_in(checkout):
    """Command lines of processes that work in this checkout."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(checkout) in command or str(checkout) in str((entry / "cwd").readlink()):
                found.append(command)
        except OSError:
            continue
    return found


def browse():
    """A browser without pictures: keeps cookies, follows redirects."""
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_run_from_nothing_and_again(checkout):
    first = Run(checkout)
    address = first.wait_for_address()
    assert f"{address}/demo/" in first.said
    assert first.seconds < 10 * MINUTES
    browser = browse()
    assert "MiG-Work" in browser.open(f"{address}/", timeout=30).read().decode()
    demo = browser.open(f"{address}/demo/", timeout=30).read().decode()
    form = re.search(r'<form[^>]*action="(/demo/[^"]+)"[^>]*>(.*?)</form>', demo, re.DOTALL)
    fields = re.findall(r'<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.group(2))
    signed_in = browser.open(address + form.group(1), urllib.parse.urlencode(fields).encode(), timeout=30)
    assert signed_in.status == 200
    assert first.end() == 0
    assert processes_in(checkout) == []
    logs = "".join(log.read_text() for log in (checkout / ".dev" / "log").glob("*.log"))
    assert "Traceback" not in logs
    assert " ERROR" not in logs

    # The machine may be busy with other tests: the best of three starts counts.
    starts = []
    while not starts or (min(starts) >= 10 and len(starts) < 3):
        later = Run(checkout)
        again = later.wait_for_address()
        assert "MiG-Work" in browse().open(f"{again}/opportunita/", timeout=30).read().decode()
        assert later.end() == 0
        assert processes_in(checkout) == []
        starts.append(later.seconds)
    assert min(starts) < 10, starts
