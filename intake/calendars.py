"""Appointments as calendar files (RFC 5545): for the young person's telephone, for an operator's other calendar.

Other calendars belong to others, and families read along: no name of a young person, no word of what it is about.
Moments are written in UTC, so that no calendar has to know when the clocks change in Milan.
"""

from datetime import UTC, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.communications.hooks import Attachment
from intake.enums import AppointmentMode, AppointmentState
from intake.models import Appointment
from migwork.calendar_files import CONTENT_TYPE, calendar_of
from migwork.links import absolute_url

FILE_NAME = "appuntamento.ics"
CALLED_OFF = (AppointmentState.EXCUSED, AppointmentState.CANCELLED)


FEED_LASTS = timedelta(hours=1)


def feed(appointments, *, now, language) -> bytes:
    """An operator's agenda for another calendar: what kind of talk, initials, where. Nobody's name, no file's address.

    Whoever runs that calendar reads along, and so does whoever it is shared with: the name stands in the portal.
    """
    with translation.override(language):
        calendar = calendar_of("PUBLISH", [_line(row, now) for row in appointments])
    calendar.add("x-wr-calname", "MiG-Work")
    calendar.add("refresh-interval", FEED_LASTS, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar.to_ical()


def _line(appointment, now):
    person = appointment.participation.person
    initials = "".join(f" {name[:1].upper()}." for name in (person.called, person.last_name) if name)
    event = _event(appointment, f"{appointment.get_kind_display()} ·{initials}", now)
    event.add("sequence", appointment.moves)
    if appointment.mode == AppointmentMode.PLACE and appointment.place:
        event.add("location", appointment.place)
    elif appointment.mode != AppointmentMode.PLACE:
        # The link of a video call would let anybody in.
        event.add("location", appointment.get_mode_display())
    day = timezone.localdate(appointment.starts_at)
    event.add("url", f"{absolute_url('intake:agenda')}?giorno={day:%Y-%m-%d}")
    return event


def _event(appointment, summary: str, now):
    from icalendar import Event

    event = Event()
    # The same name however often the appointment moves: a calendar finds by it what it has already.
    event.add("uid", f"{appointment.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", _utc(appointment.starts_at))
    event.add("dtend", _utc(appointment.ends_at))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    return event


def _utc(moment):
    return moment.astimezone(UTC)


def sequence_of(appointment) -> int:
    """The version of an appointment: of two files a calendar believes the higher."""
    return appointment.moves + (appointment.state in CALLED_OFF)


def appointment_file(appointment, *, now, to="", language="it") -> bytes:
    """The calendar file of one appointment, in `language`.

    With the address `to` it comes by mail, as an invitation, so that the entry moves and goes
    by itself when the appointment does; without, it is one that somebody takes from the page.
    """
    is_off = appointment.state in CALLED_OFF
    method = "CANCEL" if is_off else "REQUEST" if to else "PUBLISH"
    with translation.override(language):
        event = _event(appointment, _("Appointment · MiG-Work"), now)
        event.add("sequence", sequence_of(appointment))
        event.add("status", "CANCELLED" if is_off else "CONFIRMED")
        event.add("last-modified", _utc(appointment.booked_at))
        if appointment.mode == AppointmentMode.PHONE:
            event.add("location", _("By telephone: we call you"))
        elif appointment.place:
            event.add("location", appointment.place)
        if not is_off and appointment.participation.person.user_id:
            event.add("description", _("See, move or cancel it: %(page)s") % {"page": _page(appointment)})
        _add_parties(event, to)
        return calendar_of(method, [event]).to_ical()


def _page(appointment) -> str:
    return absolute_url("intake:my-appointment", appointment.pk)


def _add_parties(event, to):
    """Who invites, by which a calendar accepts later changes; and whom: the address to which the mail goes."""
    from icalendar import vCalAddress, vText

    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(name or "MiG-Work")
    event.add("organizer", organizer)
    if to:
        attendee = vCalAddress(f"mailto:{to}")
        attendee.params["partstat"] = vText("ACCEPTED")
        attendee.params["rsvp"] = vText("FALSE")
        event.add("attendee", attendee)


def attachments(message, now) -> list[Attachment]:
    """The calendar file of a mail about an appointment that is to come, or is called off. For the outbox."""
    key = _appointment_of(message.cause)
    rows = Appointment.objects.select_related("participation__person").filter(pk=key) if key else ()
    for appointment in rows:
        if appointment.state in (AppointmentState.BOOKED, *CALLED_OFF) and appointment.ends_at > now:
            method = "CANCEL" if appointment.state in CALLED_OFF else "REQUEST"
            content = appointment_file(appointment, now=now, to=message.to, language=message.language)
            maintype, subtype = CONTENT_TYPE.split("/")
            return [Attachment(FILE_NAME, content, maintype, subtype, (("method", method), ("charset", "utf-8")))]
    return []


def _appointment_of(cause: str) -> UUID | None:
    kind, _colon, key = cause.partition(":")
    if kind != "appointment":
        return None
    try:
        return UUID(key)
    except ValueError:
        return None
