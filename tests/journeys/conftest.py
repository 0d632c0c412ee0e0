"""A person's way through the portal, in a real Chromium on a phone of 360 × 740 (with --all also at 1280).

    def test_visitor(page, edition):
        page.goto("/")
        page.get_by_role("link", name="Parliamone").click()
        assert_accessible(page)
        screenshot(page, "talk")

- `page`: a visitor. `signed_in(user)`: another person's page, in a browser of their own, past the sign-in.
- A console error, a script's exception or an answer ≥ 400 fails the test; where one is
  meant, `with tolerate(page, 403): …`.
- `latest_message(to)`: the last mail or SMS to an address. Work in the background is done at once.
- The clock is the real one: times come from `now`, never from a literal.
"""

import os
import re
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from devtools.machine import find_chromium
from foundation.communications.models import OutgoingMessage
from tests.journeys.server import Server

# Playwright drives the browser by an event loop, in which Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DEVICES = {
    "phone": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
# For `tolerate`: the network is away, or nobody is there to answer.
NO_ANSWER = 0
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = django_settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = django_settings.BASE_DIR / ".dev" / "screenshots"


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(django_settings.BASE_DIR / "tests" / "journeys"):
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def now(transactional_db):
    """Browsers live in real time."""
    return timezone.now()


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run: the one of CHROMIUM, the machine's, or Playwright's own."""
    found = find_chromium()
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS + as_root)
        yield started
        started.close()


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.slow)])
def device(request):
    return request.param


@pytest.fixture
def new_page(browser, live_server, device, settings):
    """Makes pages, each in a browser profile of its own (`options` are Playwright's for a new context).

    What went wrong on any of them fails the test.
    """
    settings.SITE_URL = live_server.url
    contexts, faults = [], []

    def make(**options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="it-IT",
            timezone_id="Europe/Rome",
            reduced_motion="reduce",
            **DEVICES[device],
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.device = device
        page.tolerated = set()
        watch(page, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def watch(page, faults):
    """Note in `faults` whatever goes wrong on `page`."""

    def answered(response):
        if response.status >= 400 and response.status not in page.tolerated:
            faults.append(f"{response.status} {response.request.method} {response.url}")

    def said(message):
        # Chromium says of each failed answer what `answered` has judged already; and htmx, of what was
        # still under way when the person went on to another page.
        noise = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
        if NO_ANSWER in page.tolerated:
            # The last is of the service worker's script, looked for when the network went.
            noise += ("htmx:sendError", "htmx:timeout", "An unknown error occurred when fetching the script")
        if message.type == "error" and not message.text.startswith(noise):
            faults.append(f"{page.url}: console: {message.text}")

    page.on("response", answered)
    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


@pytest.fixture
def server(live_server):
    """A second portal on the same database, which the test may kill and start again."""
    server = Server(int(live_server.url.rsplit(":", 1)[1]) + 1)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(new_page):
    """A visitor."""
    return new_page()


@pytest.fixture
def signed_in(new_page, live_server, client):
    """`signed_in(operator)`: their page, with the session that signing in would have given."""

    def enter(user) -> Page:
        client.force_login(user, backend="accounts.backends.ByPassword")
        page = new_page()
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        client.cookies.clear()
        return page

    return enter


@contextmanager
def tolerate(page, *statuses):
    """Within, answers with these statuses on `page` are meant."""
    page.tolerated |= set(statuses)
    yield
    page.tolerated -= set(statuses)


def assert_accessible(page):
    """axe finds nothing against WCAG 2.2 AA on the page as it stands, and nothing hangs over its right edge."""
    page.wait_for_load_state()  # a click returns when the next page has begun, perhaps without its first element
    page.evaluate(AXE.read_text())
    result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", WCAG)
    faults = [
        f"{v['id']}: {v['help']}\n    " + "\n    ".join(node["html"] for node in v["nodes"])
        for v in result["violations"]
    ]
    overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overhang > 0:
        faults.append(f"the page is {overhang} pixels wider than the screen")
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def screenshot(page, name):
    """Keep a picture of the whole page in .dev/screenshots/<device>/, where somebody looks at it: not in CI."""
    if os.environ.get("CI"):
        return
    folder = SCREENSHOTS / page.device
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state()
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def latest_message(to: str) -> str:
    """The text of the last mail or SMS that left to `to`."""
    message = OutgoingMessage.objects.filter(to=to, sent_at__isnull=False).order_by("-created_at").first()
    assert message is not None, f"nothing was sent to {to}"
    return message.text


def code_in(text: str) -> str:
    """The code that a message carries: the first word of at least six capitals and digits."""
    found = re.search(r"\b[A-Z0-9]{3,}-?[A-Z0-9]{3,}\b", text)
    assert found, f"no code in: {text}"
    return found[0]


__all__ = ["assert_accessible", "code_in", "expect", "latest_message", "screenshot", "tolerate"]
