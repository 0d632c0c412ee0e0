"""A young person books a talk in four steps: what for, when, yes, done. And moves or cancels it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import YoungPersonRequired
from accounts.queries import reach
from intake import actions, calendars, queries
from intake.enums import AppointmentKind, AppointmentState, ParticipationState
from intake.forms import WishedLanguageFields
from intake.models import Appointment
from intake.models.wishes import READ_AND_COME
from intake.queries import agenda, people, wishes
from intake.workflow import OPEN_STATES
from migwork.attempts import attempt
from migwork.calendar import MOST_YEARS

HINTS = {
    AppointmentKind.RECEPTION: _("We meet for the first time. You tell us what you are looking for."),
    AppointmentKind.INTERVIEW: _("We take our time: what you can do, what you would like, where to begin."),
    AppointmentKind.PLAN_REVIEW: _("What you have done, what comes next, what has to change."),
}
FOR_STATE = {
    ParticipationState.REGISTERED: [AppointmentKind.RECEPTION],
    ParticipationState.RECEIVED: [AppointmentKind.INTERVIEW],
    ParticipationState.INTERVIEWED: [AppointmentKind.INTERVIEW, AppointmentKind.PLAN_REVIEW],
}
LATER = [AppointmentKind.PLAN_REVIEW, AppointmentKind.INTERVIEW]
YOURS = _("This hour is yours already.")
GONE = _("Somebody was quicker: this hour is taken. Choose another one.")


class OfMyWay(YoungPersonRequired, TemplateView):
    """A page about what the young person may book."""

    appointment = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.participation = queries.my_participation(request.user)
        self.is_open = self.participation is not None and self.participation.state in OPEN_STATES

    def elsewhere(self):
        """Where one goes on when nothing can be chosen."""
        return reverse("intake:booking")

    def get_context_data(self, **kwargs):
        return super().get_context_data(appointment=self.appointment, **kwargs)


class Booking(OfMyWay):
    """Step one: what for."""

    template_name = "intake/booking.html"

    def get_context_data(self, **kwargs):
        kinds, coming = [], {}
        if self.is_open:
            coming = agenda.talks_to_come(self.participation, self.now)
            kinds = FOR_STATE.get(self.participation.state, LATER)
        return super().get_context_data(
            is_open=self.is_open,
            has_way=self.participation is not None,
            asked=self.is_open and wishes.open_call(self.participation),
            coming=sorted(coming.values(), key=lambda row: row.starts_at),
            kinds=[(kind, kind.label, HINTS[kind]) for kind in kinds if kind not in coming],
            **kwargs,
        )


class ChoosingHours(OfMyWay):
    """A list of free hours by day, each a link to the page that asks once more."""

    template_name = "intake/booking_hours.html"

    def dispatch(self, request, *args, **kwargs):
        if not self.is_open:
            return HttpResponseRedirect(self.elsewhere())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        since = _day(self.request.GET.get("da", ""), timezone.localdate(self.now))
        hours = agenda.free_hours(
            self.participation, self.kind, self.now, since=since, everybody="tutti" in self.request.GET
        )
        return super().get_context_data(
            hours=hours, talk=AppointmentKind(self.kind), since=since, everybody="tutti" in self.request.GET, **kwargs
        )


def _day(text, today):
    """A day of an address, or None for what is none, or lies so far away that only a slip can mean it."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and abs(day.year - today.year) <= MOST_YEARS else None


class BookingHours(ChoosingHours):
    """Step two: when."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in AppointmentKind:
            raise Http404


class Confirming(OfMyWay):
    """Is that right? Then one button."""

    def dispatch(self, request, *args, **kwargs):
        if not self.is_open:
            return HttpResponseRedirect(self.elsewhere())
        self.slot = agenda.free_hour(self.participation, self.kind, kwargs["slot"], self.now)
        if self.slot is None:
            mine = agenda.own_talk(self.participation, kwargs["slot"])
            if mine:  # the back button, or a second click
                messages.info(request, YOURS)
                return HttpResponseRedirect(reverse("intake:my-appointment", args=[mine.pk]))
            messages.error(request, GONE)
            return HttpResponseRedirect(self.hours_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"form": None} | kwargs,
            hour=self.slot,
            whom=people.met(self.slot.operator_id),
            talk=AppointmentKind(self.kind),
            hours_url=self.hours_url(),
        )


class BookingConfirm(Confirming):
    """Steps three and four: is that right? Yes."""

    template_name = "intake/booking_confirm.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in AppointmentKind:
            raise Http404

    def hours_url(self):
        return reverse("intake:booking-hours", args=[self.kind])

    def form(self, data=None):
        languages = people.languages_of_talks()
        mine = self.participation.person.language
        return WishedLanguageFields(
            data, languages=languages, initial={"language": mine if mine in {row.code for row in languages} else None}
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"form": kwargs.pop("form", None) or self.form()}, **kwargs)

    def post(self, request, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        booked = []

        def book():
            booked.append(
                actions.book_slot(
                    participation=self.participation,
                    slot=self.slot,
                    kind=self.kind,
                    **form.cleaned_data,
                    by=request.user,
                    now=self.now,
                )
            )

        if attempt(request, book):
            return HttpResponseRedirect(reverse("intake:my-appointment", args=[booked[0].pk]) + "?fatto=1")
        return HttpResponseRedirect(self.hours_url())


class OfMyAppointment(OfMyWay):
    """A page about one's own appointment."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.appointment = get_object_or_404(
            Appointment.objects.filter(participation__person=request.user.person).select_related(
                "operator", "participation__person", "participation__edition", "mediation__language"
            ),
            pk=kwargs["pk"],
        )
        self.participation = self.appointment.participation
        self.kind = self.appointment.kind
        self.is_coming = self.appointment.state == AppointmentState.BOOKED and self.appointment.starts_at > self.now
        self.is_open = self.is_coming and self.participation.state in OPEN_STATES

    def elsewhere(self):
        return reverse("intake:my-appointment", args=[self.appointment.pk])


class MyAppointment(OfMyAppointment):
    """When, where, with whom; move it, cancel it."""

    template_name = "intake/my_appointment.html"

    def get_context_data(self, **kwargs):
        reachable = reach(self.request.user.person)
        return super().get_context_data(
            is_coming=self.is_coming,
            may_move=self.is_open,
            whom=people.met(self.appointment.operator_id),
            mediation=getattr(self.appointment, "mediation", None),
            just_done="fatto" in self.request.GET and self.is_coming,
            wants_earlier=self.is_open and wishes.wants_earlier(self.appointment),
            earlier_now=self.is_open and wishes.has_earlier_hours(self.appointment, self.now),
            may_ask_earlier=self.is_open and self.appointment.starts_at > self.now + READ_AND_COME,
            reachable=bool(reachable),
            reminds=bool(reachable and self.participation.edition.reminder_days),
            **kwargs,
        )


class MyAppointmentFile(OfMyAppointment):
    """The appointment as a file that a calendar takes."""

    def get(self, request, *args, **kwargs):
        if not self.is_coming:
            raise Http404
        content = calendars.appointment_file(self.appointment, now=self.now, language=get_language())
        return HttpResponse(
            content,
            content_type=f"{calendars.CONTENT_TYPE}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{calendars.FILE_NAME}"'},
        )


class MoveHours(OfMyAppointment, ChoosingHours):
    """Another hour for the same talk."""


class MoveConfirm(OfMyAppointment, Confirming):
    """From this hour to that one?"""

    template_name = "intake/booking_confirm.html"

    def hours_url(self):
        return reverse("intake:appointment-move", args=[self.appointment.pk])

    def post(self, request, **kwargs):
        moved = attempt(
            request,
            lambda: actions.move_appointment(
                appointment=self.appointment, slot=self.slot, by=request.user, now=self.now
            ),
        )
        return HttpResponseRedirect(self.elsewhere() + "?fatto=1" if moved else self.hours_url())


class AppointmentCancel(OfMyAppointment):
    """You don't come?"""

    template_name = "intake/appointment_cancel.html"

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.is_coming else HttpResponseRedirect(self.elsewhere())

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.cancel_own_appointment(appointment=self.appointment, by=request.user, now=self.now),
            _("Cancelled. Thank you for telling us: somebody else can have that hour."),
        )
        return HttpResponseRedirect(self.elsewhere())
