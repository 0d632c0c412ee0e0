"""Messages: the young person's one thread, the operator's many."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.access import SignedInRequired, note_opening
from accounts.enums import Role
from accounts.permissions import check
from foundation.privacy.enums import AccessReason
from intake import actions, queries
from intake.forms import MessageForm
from intake.models import Participation
from intake.permissions import check_can_write_message, is_own
from intake.views.base import OfPerson, addresses
from migwork.acting import ActingForm
from migwork.attempts import attempt


def read_until(rows, *, from_person):
    """The moment of the last unread message of one side, for the form that says "read"; "" where none waits."""
    unread = [row.at for row in rows if row.from_person == from_person and row.read_at is None]
    return unread[-1].isoformat() if unread else ""


class Messages(SignedInRequired, View):
    """A young person writes with who follows them; an operator sees with whom they write."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check(request.user.person is not None or Role.OPERATOR in request.user.roles)
        page = MyThread if request.user.person is not None else Threads
        self.page = page.as_view()

    def get(self, request):
        return self.page(request)

    def post(self, request):
        return self.page(request)


class Threads(SignedInRequired, TemplateView):
    """The operator's threads: who waits for an answer first."""

    template_name = "intake/threads.html"

    def get_context_data(self, **kwargs):
        rows = queries.threads_of(self.request.user, timezone.now())
        thread = addresses("thread")
        for row in rows:
            row.url = thread(row.pk)
        return super().get_context_data(threads=rows, **kwargs)


class MyThread(SignedInRequired, ActingForm):
    """The young person's thread, and the box below it."""

    template_name = "intake/my_messages.html"
    form_class = MessageForm
    done = gettext_lazy("Sent.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.participation = queries.my_participation(request.user)

    def get_context_data(self, **kwargs):
        way = self.participation
        rows = queries.thread_of(way) if way else []
        return super().get_context_data(
            participation=way,
            thread=rows,
            until=read_until(rows, from_person=False),
            covers=queries.who_stands_in(way, self.now) if way else [],
            **kwargs,
        )

    def act(self, data):
        check(self.participation is not None)
        actions.write_message(participation=self.participation, text=data["text"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("intake:messages")


class ThreadDetail(OfPerson, ActingForm):
    """The operator's side of a thread: of whom they follow, or stand in for today."""

    template_name = "intake/thread.html"
    form_class = MessageForm
    done = gettext_lazy("Sent.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_write_message(request.user, self.participation, self.now)

    def get(self, request, *args, **kwargs):
        note_opening(request, self.participation.person, why=AccessReason.FOLLOWS)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        rows = queries.thread_of(self.participation)
        return super().get_context_data(thread=rows, until=read_until(rows, from_person=True), **kwargs)

    def act(self, data):
        actions.write_message(participation=self.participation, text=data["text"], by=self.request.user, now=self.now)

    def get_success_url(self):
        return reverse("intake:thread", args=[self.participation.pk])


class ThreadRead(SignedInRequired, View):
    """What waited has been read: said by the page itself, or by a button where there is no JavaScript."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Participation.objects.visible_to(request.user).select_related("person")
        self.participation = get_object_or_404(rows, pk=kwargs["pk"])
        check_can_write_message(request.user, self.participation, timezone.now())

    def post(self, request, pk):
        until, now = _moment(request.POST.get("until", "")), timezone.now()
        if until is not None:
            read = {"participation": self.participation, "until": until, "by": request.user, "now": now}
            attempt(request, lambda: actions.read_messages(**read), "" if request.htmx else _("Noted as read."))
        if request.htmx:
            return HttpResponse()
        own = is_own(request.user, self.participation)
        return HttpResponseRedirect(reverse("intake:messages") if own else reverse("intake:thread", args=[pk]))


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
