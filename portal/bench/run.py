"""Measures every page against the floor, in rounds that take turns, so that a slow minute hits both."""

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.bench.client import Request, Wrong, one_client, p95, size, throughput
from portal.bench.pages import Page

# As `./dev run` starts it.
GUNICORN = ["--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"]
ROUNDS = 5


@dataclass
class Row:
    """What one page costs. Times in milliseconds, sizes in bytes of the HTML."""

    page: str
    queries: int
    median: float
    p95: float
    per_second: float
    raw: int
    compressed: int
    ratio: float
    limit: float

    @property
    def good(self) -> bool:
        return self.ratio <= self.limit and self.queries <= 12


@contextmanager
def serving(application: str):
    """The port of a gunicorn that serves `application` with the production settings of `./dev run`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "ALLOWED_HOSTS": "localhost,127.0.0.1"}
    argv = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN]
    process = subprocess.Popen([*argv, "--log-level", "error"], env=env, cwd=settings.BASE_DIR, start_new_session=True)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if process.poll() is not None:
                    raise Wrong(f"gunicorn does not start {application}") from None
                time.sleep(0.1)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def queries(request: Request) -> int:
    """How many SQL queries the answer takes, the session's and the user's among them."""
    client = Client(headers={"accept-language": "it"}, SERVER_NAME="localhost")
    client.cookies.load(request.cookies)
    with CaptureQueriesContext(connection) as context:
        path = request.at(900_000)
        if request.body is None:
            answer = client.get(path)
        else:
            form = "application/x-www-form-urlencoded"
            answer = client.post(path, data=request.body(900_000), content_type=form)
    if answer.status_code != request.expect:
        raise Wrong(f"{path} answered {answer.status_code}, not {request.expect}")
    return sum(not query["sql"].startswith(NO_QUERY) for query in context.captured_queries)


NO_QUERY = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def measure(pages: list[Page], *, rounds: int = ROUNDS, say=print) -> list[Row]:
    """One Row a page: the ratio is the median of the rounds, each of the page and the floor in turn."""
    rows = []
    with serving("migwork.wsgi") as portal, serving("portal.bench.floor:application") as floor:
        ground = Request("/")
        one_client(floor, ground, seconds=1.5)
        for k, page in enumerate(pages):
            first = (k + 1) * 10_000_000
            one_client(portal, page.request, seconds=0.5, first=first)
            times, ratios = [], []
            for n in range(rounds):
                low = statistics.median(one_client(floor, ground, seconds=0.3))
                some = one_client(portal, page.request, seconds=0.5, first=first + (n + 1) * 100_000)
                times += some
                ratios.append(statistics.median(some) / low)
            raw, compressed = size(portal, page.request)
            rows.append(
                Row(
                    page=page.name,
                    queries=queries(page.request),
                    median=statistics.median(times) * 1000,
                    p95=p95(times) * 1000,
                    per_second=throughput(portal, page.request, first=first + 1_000_000),
                    raw=raw,
                    compressed=compressed,
                    ratio=statistics.median(ratios),
                    limit=page.limit,
                )
            )
            say(line(rows[-1]))
    return rows


HEAD = (
    f"{'page':24}{'SQL':>5}{'median ms':>11}{'p95 ms':>9}{'req/s ×8':>10}{'bytes':>9}{'gzip':>8}{'× floor':>9}  limit"
)


def line(row: Row) -> str:
    return (
        f"{row.page:24}{row.queries:>5}{row.median:>11.2f}{row.p95:>9.2f}{row.per_second:>10.0f}{row.raw:>9}"
        f"{row.compressed:>8}{row.ratio:>9.2f}  {'≤' if row.good else '>'} {row.limit}"
    )


def as_json(rows: list[Row], **about) -> dict:
    return {**about, "pages": [{**asdict(r), "good": r.good} for r in rows]}
