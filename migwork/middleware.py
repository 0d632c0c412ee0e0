"""Middleware that knows no room."""

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import BadRequest
from django.db.utils import IntegrityError
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from migwork.db import sentence_of


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
