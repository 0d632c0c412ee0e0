"""What a phone keeps, and what it shows where there is no network."""

import pytest
from playwright.sync_api import Error

HAS_COPY = "async () => Boolean(await (await caches.open('migwork-copy')).match('/senza-rete/'))"
ALL_THAT_IS_KEPT = """async () => {
    let words = '';
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) words += request.url + await (await cache.match(request)).text();
    }
    return words;
}"""


def until(page, true):
    """Wait until what the browser is asked (an async function) is true."""
    for _tick in range(150):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {true}")


def without_network(page, path="/"):
    """What `path` shows where there is no network: "" when it is the browser's own page of error."""
    page.context.set_offline(True)
    try:
        page.goto(path)
        return page.locator("main").inner_text()
    except Error as nothing:
        if "ERR_INTERNET_DISCONNECTED" in nothing.message or "ERR_FAILED" in nothing.message:
            return ""
        raise
    finally:
        page.context.set_offline(False)
