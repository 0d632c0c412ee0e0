"""What every page must keep to, whichever test asks for it.

`StrictClient` stands in for Django's test client. On each HTML response it
refuses inline scripts and styles, event handlers in attributes, tags of a
template that came out unrendered, POST forms without a CSRF token, ids used
twice and controls without a label. A GET or HEAD that writes fails. Work that
waits for the commit is done, as it would be in production.

`Undefined` makes a template variable that does not exist an error, in our own
templates; those of libraries rely on Django's silence.
"""

import re
import sys
import sysconfig
from contextlib import ExitStack
from html.parser import HTMLParser

from django.db import connection
from django.test import Client, TestCase
from django.urls import Resolver404, resolve
from django.utils import timezone

# What opening a page may write: the session, and who opened what.
WRITABLE_BY_GET = {"django_session", "privacy_access"}
# Signing in through an identity provider ends in a GET that must write.
WRITING_GETS = {"openid_connect_callback"}
WRITE = re.compile(r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)
DATA_BLOCKS = {"application/json", "application/ld+json"}
NEED_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
LIBRARIES = sysconfig.get_paths()["purelib"]


class Undefined(str):
    """For an engine's `string_if_invalid`: complains instead of rendering nothing."""

    def __new__(cls):
        return super().__new__(cls, "undefined: %s")

    def __mod__(self, variable):
        frame, origin = sys._getframe(1), None
        while frame and origin is None:
            if frame.f_code.co_name in ("render", "render_annotated"):
                origin = getattr(frame.f_locals.get("self"), "origin", None)
            frame = frame.f_back
        if origin is not None and str(origin.name).startswith(LIBRARIES):
            return ""
        raise AssertionError(f"Undefined template variable “{variable}” in {origin and origin.name}")


class PageCheck(HTMLParser):
    """Reads one page and collects what is wrong with it in `faults`."""

    def __init__(self, html: str):
        super().__init__()
        self.faults, self.ids, self.controls = [], set(), []
        self.labelled, self.label_depth = set(), 0
        self.form, self.form_has_token, self.in_data_block = None, False, False
        self.feed(html)
        self.close()
        for attributes in self.controls:
            if attributes.get("id") not in self.labelled:
                self.faults.append(f"control without a label: {attributes}")

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        self.check_attributes(tag, attributes)
        if tag == "style":
            self.faults.append("inline <style>")
        elif tag == "script":
            self.in_data_block = attributes.get("type") in DATA_BLOCKS
            if "src" not in attributes and not self.in_data_block:
                self.faults.append("inline <script>")
        elif tag == "form":
            self.form, self.form_has_token = attributes, False
        elif tag == "label":
            self.label_depth += 1
            self.labelled.add(attributes.get("for", ""))
        elif tag in ("input", "select", "textarea"):
            self.check_control(tag, attributes)

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)

    def check_attributes(self, tag, attributes):
        for name, value in attributes.items():
            if name == "style":
                self.faults.append(f"inline style on <{tag}>: {value}")
            if name.startswith("on"):
                self.faults.append(f"event handler {name} on <{tag}>")
            if (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"script in {name} of <{tag}>")
            self.check_rendered(value or "")
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.faults.append(f"id used twice: {attributes['id']}")
            self.ids.add(attributes["id"])

    def check_control(self, tag, attributes):
        if attributes.get("name") == "csrfmiddlewaretoken":
            self.form_has_token = True
        if tag == "input" and attributes.get("type") in NEED_NO_LABEL:
            return
        if self.label_depth or attributes.get("aria-label") or attributes.get("aria-labelledby"):
            return
        self.controls.append(attributes)

    def check_rendered(self, text):
        if not self.in_data_block and ("{{" in text or "{%" in text or "{#" in text):
            self.faults.append(f"unrendered template tag: {text.strip()[:80]}")

    def handle_data(self, data):
        self.check_rendered(data)

    def handle_endtag(self, tag):
        if tag == "script":
            self.in_data_block = False
        elif tag == "label":
            self.label_depth -= 1
        elif tag == "form" and self.form is not None:
            if self.form.get("method", "get").lower() == "post" and not self.form_has_token:
                self.faults.append(f"POST form without a CSRF token: {self.form}")
            self.form = None


def check_page(response):
    """Fail with every fault of an HTML response. Django's own administration keeps its own rules."""
    request = response.request
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    if request["PATH_INFO"].startswith("/admin/"):
        return
    faults = PageCheck(response.content.decode()).faults
    if faults:
        raise AssertionError(f"{request['REQUEST_METHOD']} {request['PATH_INFO']}: " + "; ".join(faults))


class Statements:
    """A database wrapper that notes the tables written to while it is in force, and counts the queries."""

    def __init__(self):
        self.written, self.queries = set(), 0

    def __call__(self, execute, sql, params, many, context):
        text = sql if isinstance(sql, str) else sql.as_string()
        self.written.update(WRITE.findall(text))
        self.queries += not text.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, params, many, context)


class StrictClient(Client):
    """Django's test client with the checks above. `response.queries`: how many queries the answer took."""

    def force_login(self, user, backend=None):
        """Signed in as one is who has just proved their second factor too."""
        super().force_login(user, backend)
        session = self.session
        now = int(timezone.now().timestamp())
        session.update({"accounts_second_factor": True, "since": now, "seen": now})
        session.save()

    def request(self, **request):
        safe = request["REQUEST_METHOD"] in ("GET", "HEAD")
        statements = Statements()
        with ExitStack() as stack:
            stack.enter_context(TestCase.captureOnCommitCallbacks(execute=True))
            stack.enter_context(connection.execute_wrapper(statements))
            response = super().request(**request)
        response.queries = statements.queries
        written = statements.written - WRITABLE_BY_GET
        if safe and written and not may_write(request["PATH_INFO"]):
            raise AssertionError(f"{request['REQUEST_METHOD']} {request['PATH_INFO']} wrote to {sorted(written)}")
        check_page(response)
        return response


def may_write(path: str) -> bool:
    try:
        return resolve(path).url_name in WRITING_GETS
    except Resolver404:
        return False
