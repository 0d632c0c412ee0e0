"""Middleware that knows no room."""

from django.contrib import messages
from django.db.utils import IntegrityError
from django.http import HttpResponseRedirect

from migwork.db import sentence_of


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
        return HttpResponseRedirect(request.get_full_path())
