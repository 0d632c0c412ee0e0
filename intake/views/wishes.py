"""No hour suits: to be told of an earlier one, to be called. And the desk's list of calls."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from intake import actions
from intake.enums import AppointmentKind
from intake.forms import CallForm, CallMeForm
from intake.models import CallRequest
from intake.permissions import can_read_talks, check_can_write_note
from intake.queries import wishes
from intake.queries.followup import to_call_after_leaving
from intake.views.base import OperatorRequired, about_person, addresses
from intake.views.booking import OfMyAppointment, OfMyWay
from migwork.acting import ActingForm
from migwork.attempts import attempt

CALL_ME = reverse_lazy("intake:call-me")


class EarlierHour(OfMyAppointment, View):
    """Tell me when an earlier hour becomes free; or no more."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        stop = "stop" in request.POST
        act = actions.stop_asking_for_earlier if stop else actions.ask_for_earlier
        said = (
            _("As you like: we tell you nothing.") if stop else _("Fine: we write to you when an earlier hour is free.")
        )
        attempt(request, lambda: act(appointment=self.appointment, by=request.user, now=self.now), said)
        return HttpResponseRedirect(self.elsewhere())


class CallMe(OfMyWay, ActingForm):
    """No hour is right: leave a number, and somebody calls."""

    template_name = "intake/call_me.html"
    form_class = CallMeForm
    success_url = CALL_ME

    def dispatch(self, request, *args, **kwargs):
        if self.participation is None:
            return HttpResponseRedirect(reverse("intake:booking"))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"phone": self.participation.person.phone_to_call}

    def act(self, data):
        kind = self.request.GET.get("per", "")
        actions.ask_for_call(
            participation=self.participation,
            **data,
            kind=kind if kind in AppointmentKind else "",
            by=self.request.user,
            now=self.now,
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=wishes.open_call(self.participation), **kwargs)


class CallMeNoMore(OfMyWay, View):
    """Not to be called any more."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        asked = self.participation and wishes.open_call(self.participation)
        if asked:
            attempt(
                request,
                lambda: actions.withdraw_call(request=asked, by=request.user, now=self.now),
                _("As you like: we do not call."),
            )
        return HttpResponseRedirect(reverse("intake:booking"))


def listed(rows, user):
    """People to call, each with the address where one notes the call."""
    answer, note = addresses("call-answer"), addresses("note-create")
    file_of = addresses("person-file")
    may_note = can_read_talks(user)
    return [
        {
            "row": row,
            "person": row.participation.person,
            "phone": row.request.phone if row.request else row.participation.person.phone_to_call,
            "file_url": file_of(row.participation.pk),
            "note_url": (answer(row.request.pk) if row.request else note(row.participation.pk)) if may_note else "",
        }
        for row in rows
    ]


def left_listed(rows, user):
    """Who left and has not answered, each with the two ways to go on: type what they tell, or note the call."""
    file_of, note = addresses("person-file"), addresses("note-create")
    may_note = can_read_talks(user)
    for row in rows:
        row.person = row.participation.person
        row.file_url = file_of(row.participation_id)
        row.told_url = reverse("intake:follow-up-told", args=[row.participation_id, row.pk])
        row.note_url = note(row.participation_id) if may_note else ""
    return rows


class Calls(OperatorRequired, TemplateView):
    """Everybody whom the desk is to call; of those who left, all or only whom I followed."""

    template_name = "intake/call_list.html"

    def get_context_data(self, **kwargs):
        user, now, mine = self.request.user, timezone.now(), "mie" in self.request.GET
        left = to_call_after_leaving(now, operator=user if mine else None)
        return super().get_context_data(
            calls=listed(wishes.people_to_call(now), user), left=left_listed(left, user), mine=mine, **kwargs
        )


class CallAnswer(OperatorRequired, ActingForm):
    """Call somebody who asked for it, and note what came of it."""

    template_name = "intake/call_answer.html"
    form_class = CallForm
    success_url = reverse_lazy("intake:reception-list")
    beside = {"text": "text"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = CallRequest.objects.visible_to(request.user).select_related(
            "participation__person", "participation__operator", "done_by"
        )
        self.call = get_object_or_404(rows, pk=kwargs["pk"])
        check_can_write_note(request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**about_person(self.call.participation), call=self.call, **kwargs)

    def act(self, data):
        reached = data["outcome"] == CallForm.REACHED
        actions.answer_call(
            request=self.call,
            text=data["text"] or str(_("Called: nobody answered.")),
            reached=reached,
            by=self.request.user,
            now=timezone.now(),
        )
        said = _("Noted: off the list.") if reached else _("Noted: they stay on the list.")
        messages.success(self.request, said)
