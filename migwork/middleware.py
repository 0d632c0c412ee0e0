"""Middleware that knows no room."""

import hashlib
import time

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.db.utils import IntegrityError
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from migwork.db import sentence_of


class SayWhatMayRun:
    """The Content-Security-Policy of settings on every answer, written once: django-csp's own writes it for each."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request):
        response = self.get_response(request)
        # Django's own error pages, on a developer's machine, bring their style with them.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault(HEADER, self.policy)
        return response


class KeepOutOfCaches:
    """What a page shows to somebody with a session stays on no disk: "back" after signing out shows nothing.

    Visitors without a session or a message to them get the pages as they are: those may be cached.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        own = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
        if not own.isdisjoint(request.COOKIES) or not own.isdisjoint(response.cookies):
            response["Cache-Control"] = "private, no-store"
        return response


class RefuseNulls:
    """An address with a NUL in it is no address: the database could not look for it. 400.

    In what is posted, forms refuse it at the field.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class TurnViolationsIntoSentences:
    """A database constraint that a form did not foresee becomes a message, not an error page.

    Two people at once can still break a rule that the form had checked: the
    person is sent back to the page with the constraint's sentence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, IntegrityError) or request.method != "POST":
            return None
        messages.error(request, sentence_of(exception))
        return HttpResponseRedirect(self.page_of(request))

    @staticmethod
    def page_of(request) -> str:
        """The page where the form was: some addresses only take what is posted, and show nothing."""
        came_from = request.headers.get("Referer", "")
        if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
            return came_from
        return request.get_full_path()


class SendOnce:
    """A form that is sent twice does once what it asks for: the second answer leads where the first one led.

    A double tap without JavaScript, a reload, or a bad line sends again what is under way or done. Forms that would
    make a second thing carry {% once %}: a token of that one page, which is taken by the first to come. Whoever comes
    later waits a moment for the first one's answer. What was refused gives the token back: it may be tried again.
    """

    KEPT = 3600
    PATIENCE = 3.0
    UNDER_WAY = "-"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request.POST.get("once", "") if request.method == "POST" else ""
        if not token:
            return self.get_response(request)
        # A token says nothing to anybody else; and who goes back and writes something else means something else.
        sent = f"{request.user.pk}:{request.path}:{sorted(request.POST.lists())}"
        key = f"once:{hashlib.sha256(sent.encode()).hexdigest()}"
        if not cache.add(key, self.UNDER_WAY, self.KEPT):
            return HttpResponseRedirect(self.answer_to(key) or TurnViolationsIntoSentences.page_of(request))
        address = ""
        try:
            response = self.get_response(request)
            address = response.headers.get("Location", "") if 300 <= response.status_code < 400 else ""
        finally:
            if address:
                cache.set(key, address, self.KEPT)
            else:
                cache.delete(key)
        return response

    def answer_to(self, key) -> str:
        """Where the first sending led, once it is known."""
        end = time.monotonic() + self.PATIENCE
        while (address := cache.get(key)) == self.UNDER_WAY and time.monotonic() < end:
            time.sleep(0.05)
        return "" if address in (None, self.UNDER_WAY) else address
