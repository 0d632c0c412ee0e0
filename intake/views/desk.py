"""The reception list, newcomers and walk-ins."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.actions import register_person
from accounts.queries import people_not_reached
from intake import actions, queries
from intake.enums import ContactChannel
from intake.forms import EndingForm, ReceptionForm, TellingForm, WalkInForm
from intake.models import Participation
from intake.permissions import can_read_talks
from intake.queries import outreach
from intake.queries.calendars import changes_since
from intake.queries.told import at_reception
from intake.queries.wishes import people_to_call
from intake.views import wishes
from intake.views.base import OfPerson, OperatorRequired, addresses, file_url
from intake.workflow import PARTICIPATION, QUEUE
from migwork.acting import ActingForm
from migwork.attempts import attempt

# How long a message that did not arrive is called to mind at the desk, and how many of them.
LOST_WITHIN = timedelta(days=30)
FIRST_LOST = 5


class ReceptionList(OperatorRequired, TemplateView):
    """Who waits, who comes today, whom I follow, and the search for anybody else."""

    template_name = "intake/reception_list.html"

    def get_context_data(self, **kwargs):
        user, now = self.request.user, timezone.now()
        text = self.request.GET.get("q", "").strip()[:100]
        if text:
            return super().get_context_data(q=text, found=self.found(text), **kwargs)
        told = at_reception(user, now, lost=now - LOST_WITHIN)
        covers = queries.covered_now(user, now) if told.has_covers else {}
        waiting, followed = queries.first_waiting(), queries.first_of_caseload(user, now, covers=covers)
        today = queries.next_talks(user, now)
        calls = people_to_call(now, queries.FIRST + 1) if told.has_calls else []
        return super().get_context_data(
            q="",
            now=now,
            waiting=listed(waiting[: queries.FIRST]),
            more_waiting=len(waiting) > queries.FIRST,
            today=today[: queries.FIRST],
            caseload=followed[: queries.FIRST],
            told=told,
            changed_since=changes_since(now),
            calls=wishes.listed(calls[: queries.FIRST], user),
            more_calls=len(calls) > queries.FIRST,
            lost=people_not_reached(now - LOST_WITHIN, FIRST_LOST) if told.has_lost else [],
            more_followed=len(followed) > queries.FIRST,
            **kwargs,
        )

    def found(self, text):
        """Whom one searched for; who is at the desk already is not put into the queue again."""
        rows = listed(queries.search_people(text, self.request.user))
        here = queries.at_the_desk(self.request.user, [row.pk for row in rows], timezone.now())
        for row in rows:
            row.here = here.get(row.pk)
        return rows


class WaitingList(OperatorRequired, TemplateView):
    """All who signed up and wait to be received, longest first."""

    template_name = "intake/waiting_list.html"

    def get_context_data(self, **kwargs):
        rows = queries.waiting(_moment(self.request.GET.get("dopo")))
        more = rows[queries.PAGE - 1].opened_at.isoformat() if len(rows) > queries.PAGE else ""
        return super().get_context_data(waiting=listed(rows[: queries.PAGE]), more=more, **kwargs)


def listed(rows):
    """Participations with what each line of a list needs: the name as in a list, two addresses."""
    file_of, receive, note = addresses("person-file"), addresses("reception-create"), addresses("note-create")
    join = addresses("queue-join")
    for row in rows:
        person = row.person
        row.name = f"{person.last_name} {person.first_name}"
        row.contact = person.phone_to_call or person.email_to_write or "–"
        row.file_url, row.receive_url, row.note_url = file_of(row.pk), receive(row.pk), note(row.pk)
        row.join_url = join(row.pk)
    return rows


def _moment(text) -> datetime | None:
    """The moment after which the list goes on; None for what is no aware time."""
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


class PersonCreate(OperatorRequired, ActingForm):
    """A walk-in: who they are and the first talk, on one page."""

    template_name = "intake/person_create.html"
    form_class = WalkInForm
    done = _("Received. The file is open.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = queries.queue_entry(request.user, request.GET.get("coda", ""))
        self.contact = outreach.contact(request.user, request.GET.get("contatto", ""))

    def get_initial(self):
        """Of whom waits in the queue, what is known already."""
        if self.contact:
            return {"channel": ContactChannel.STREET}
        if self.entry is None or self.entry.participation_id:
            return {}
        return {"first_name": self.entry.first_name, "need": wanted(self.entry, self.request.user)}

    def post(self, request, *args, **kwargs):
        if "fill" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form().filled()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Before a second record is made of somebody, one looks at who may be the same: once."""
        found = queries.likely_the_same(**{name: form.cleaned_data[name] for name in WalkInForm.TELLING})
        unseen = {row.key for row in found if row.is_strong} - set(self.request.POST.getlist("seen"))
        if unseen:
            return self.render_to_response(self.get_context_data(form=form, likely=found, ask=True))
        differences = form.differences()
        response = super().form_valid(form)
        for sentence in differences if form.is_valid() else ():
            messages.warning(self.request, sentence)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"likely": [], "ask": False, "contact": self.contact} | kwargs)

    @transaction.atomic
    def act(self, data):
        by, now = self.request.user, timezone.now()
        about = {name: data.pop(name) for name in WalkInForm.PERSON}
        person = register_person(**about, channel=data["channel"], by=by, now=now)
        self.participation = Participation.objects.get(person=person)
        actions.receive(participation=self.participation, **data, by=by, now=now)
        seat(self.entry, self.participation, by, now)
        if self.contact:
            actions.contact_takes_part(contact=self.contact, participation=self.participation, by=by, now=now)

    def get_success_url(self):
        return file_url(self.participation)


def wanted(entry, user) -> str:
    """What somebody in the queue came for, for those who read what people confide."""
    return entry.wants if can_read_talks(user) else ""


def seat(entry, participation, by, now):
    """Whoever waited in the queue sits at the desk, if they were still waiting."""
    if entry and "receive" in QUEUE.verbs(entry.state) and entry.participation_id in (None, participation.pk):
        actions.receive_from_queue(entry=entry, participation=participation, by=by, now=now)


class Duplicates(OperatorRequired, View):
    """Who may be here already, while one types. Posted, because names do not belong into addresses."""

    http_method_names = ["post"]

    def post(self, request):
        found = queries.likely_the_same(**TellingForm(request.POST).typed())
        return render(request, "intake/_likely.html", {"likely": found, "ask": False})


class ReceptionCreate(OfPerson, ActingForm):
    """The first talk with somebody who signed up online."""

    template_name = "intake/reception_create.html"
    form_class = ReceptionForm
    done = _("Received.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = queries.queue_entry(request.user, request.GET.get("coda", ""))

    def get_initial(self):
        channel = self.participation.channel
        initial = {} if channel == ContactChannel.WEB else {"channel": channel}
        if self.entry and self.entry.participation_id == self.participation.pk:
            initial["need"] = wanted(self.entry, self.request.user)
        return initial

    @transaction.atomic
    def act(self, data):
        actions.receive(participation=self.participation, **data, by=self.request.user, now=self.now)
        seat(self.entry, self.participation, self.request.user, self.now)

    def get_success_url(self):
        return file_url(self.participation)


class ParticipationEnd(OfPerson, ActingForm):
    """Close a way with its outcome, or stop it before its end."""

    template_name = "intake/participation_end.html"
    form_class = EndingForm
    done = _("Closed. You can open it again from the file.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "may_close": "close" in PARTICIPATION.verbs(self.participation.state)}

    def act(self, data):
        actions.end_participation(participation=self.participation, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation)


class ParticipationReopen(OfPerson, View):
    """Take up a way that had ended."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.reopen_participation(participation=self.participation, by=request.user, now=self.now),
            _("Open again."),
        )
        return HttpResponseRedirect(reverse("intake:person-file", args=[self.participation.pk]))
