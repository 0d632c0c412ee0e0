"""The queue of the day."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from intake import actions, queries
from intake.enums import ParticipationState
from intake.forms import QueueForm
from intake.permissions import can_read_talks
from intake.views.base import OfPerson, OperatorRequired, addresses, file_url
from intake.views.telling import TellingWho
from migwork.acting import ActingForm
from migwork.attempts import attempt


class QueueOfDay(OperatorRequired, ActingForm):
    """Who is at the desk. The page asks for its list again every ten seconds, and gets nothing if nothing changed."""

    template_name = "intake/queue.html"
    form_class = QueueForm
    success_url = reverse_lazy("intake:queue")
    done = _("In the queue.")
    beside = {"first_name": "first_name"}

    def get(self, request, *args, **kwargs):
        queue = queries.queue_of_day(request.user, timezone.now())
        if request.htmx and request.GET.get("v") == queue.version:
            return HttpResponse(status=204)
        if request.htmx:
            return self.response_class(request, "intake/_queue.html", listed(queue, request.user))
        return self.render_to_response(self.get_context_data(queue=queue))

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        queue = kwargs.pop("queue", None) or queries.queue_of_day(user, now)
        return super().get_context_data(expected=queries.expected_today(user, now), **listed(queue, user), **kwargs)

    def act(self, data):
        actions.join_queue(**data, by=self.request.user, now=timezone.now())


def listed(queue, user) -> dict:
    """The queue with what each entry offers: where the file is, where one is received."""
    file_of, receive = addresses("person-file"), addresses("reception-create")
    create = reverse("intake:person-create")
    for row in (*queue.here, *queue.gone):
        known = row.participation
        row.file_url = file_of(known.pk) if known else ""
        first = receive(known.pk) if known and known.state == ParticipationState.REGISTERED else ""
        row.receive_url = f"{first if known else create}?coda={row.pk}" if first or not known else ""
    return {"queue": queue, "reads_talks": can_read_talks(user)}


class QueueJoin(OfPerson, View):
    """Somebody the desk knows came in."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.join_queue(participation=self.participation, by=request.user, now=self.now),
            _("In the queue."),
        )
        return HttpResponseRedirect(reverse("intake:queue"))


class QueueWho(OperatorRequired, TellingWho):
    """Who is there by a first name only?"""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = queries.queue_entry(request.user, kwargs["pk"])
        if self.entry is None or self.entry.participation_id:
            raise Http404
        self.name, self.back_url, self.back_label = self.entry.first_name, reverse("intake:queue"), _("Queue")

    def tie(self, participation):
        actions.tie_queue_entry(entry=self.entry, participation=participation, by=self.request.user, now=timezone.now())
        return reverse("intake:queue")


class QueueStep(OperatorRequired, View):
    """Call, put back, receive, or see off somebody in the queue."""

    http_method_names = ["post"]
    steps = {
        "chiama": actions.call_from_queue,
        "aspetta": actions.put_back_into_queue,
        "ricevi": actions.receive_from_queue,
        "uscita": actions.leave_queue,
    }

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = queries.queue_entry(request.user, kwargs["pk"])
        if self.entry is None or kwargs["step"] not in self.steps:
            raise Http404

    def post(self, request, step, **kwargs):
        act = self.steps[step]
        done = attempt(request, lambda: act(entry=self.entry, by=request.user, now=timezone.now()))
        known = self.entry.participation
        if done and step == "ricevi" and known:
            return HttpResponseRedirect(file_url(known))
        return HttpResponseRedirect(reverse("intake:queue"))
