"""A small HTTP client that measures: one connection kept open, each answer read to its end."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Request:
    """What is asked. `body` gives the form to post for the n-th request, or None for GET.

    `path` is one address for all requests, or gives that of the n-th.
    """

    path: object
    cookies: dict = field(default_factory=dict)
    body: object = None
    expect: int = 200

    def at(self, n: int) -> str:
        """The address of the n-th request."""
        return self.path(n) if callable(self.path) else self.path


class Wrong(Exception):
    """The portal answered something else than expected: its figures would be worth nothing."""


def ask(connection, request, n, encoding="gzip"):
    """Send the n-th `request`; (seconds, bytes of the body). Wrong if the status is not the expected one."""
    headers = {"Accept-Encoding": encoding, "Host": "localhost", "Accept-Language": "it"}
    if request.cookies:
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in request.cookies.items())
    path = request.at(n)
    body = request.body(n) if request.body else None
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.perf_counter()
    connection.request("POST" if body is not None else "GET", path, body=body, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    took = time.perf_counter() - started
    if answer.status != request.expect:
        raise Wrong(f"{path} answered {answer.status}, not {request.expect}")
    return took, len(data)


def one_client(port, request, *, seconds, first=0):
    """Times of one client asking for `seconds` (at least 15 times), in seconds, in order."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, n, end = [], first, time.perf_counter() + seconds
    while len(times) < 15 or time.perf_counter() < end:
        times.append(ask(connection, request, n)[0])
        n += 1
    connection.close()
    return times


def throughput(port, request, *, clients=8, seconds=1.5, first=0):
    """Requests per second with `clients` at once."""
    counts, wrong = [0] * clients, []
    end = time.perf_counter() + seconds

    def run(i):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            while time.perf_counter() < end:
                ask(connection, request, first + i * 100_000 + counts[i])
                counts[i] += 1
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(clients)]
    started = time.perf_counter()
    [t.start() for t in threads]
    [t.join() for t in threads]
    if wrong:
        raise wrong[0]
    return sum(counts) / (time.perf_counter() - started)


def size(port, request):
    """(raw, compressed) bytes of the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    raw = ask(connection, request, 900_001, encoding="identity")[1]
    compressed = ask(connection, request, 900_002)[1]
    connection.close()
    return raw, compressed


def p95(times):
    return statistics.quantiles(times, n=20)[-1]
