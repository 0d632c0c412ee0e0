"""What an intern is told, through the outbox."""

from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.queries import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from internships.enums import InternshipState
from internships.host_link import token_of
from migwork.links import absolute_url

TOLD = (
    InternshipState.AGREED,
    InternshipState.RUNNING,
    InternshipState.COMPLETED,
    InternshipState.CANCELLED,
)


def tell(internship, *, now: datetime) -> None:
    """Write to the intern when their internship is agreed, starts, is completed or called off; each once."""
    person = internship.participation.person
    if internship.state not in TOLD or not (way := reach(person)):
        return
    channel, to = way
    queue(
        key=f"internship:{internship.pk}:{internship.state}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"internships/messages/{internship.state}",
        context={
            "person": person,
            "internship": internship,
            "host": internship.unit.host,
            "url": absolute_url("internships:internship-detail", internship.pk),
        },
        now=now,
        about=person,
        cause=f"internship:{internship.pk}",
        topic="internships",
    )


def tell_disputed(internship, on: date, *, now: datetime) -> None:
    """Tell the intern, and the promoter's tutor, that the host says a day is not right."""
    _tell_of_day("day_disputed", internship, on, now)


def tell_not_here(internship, on: date, *, now: datetime) -> None:
    """Tell the intern, and the promoter's tutor, that the host says they did not come."""
    _tell_of_day("day_absent", internship, on, now)


def tell_amended(internship, on: date, *, now: datetime) -> None:
    """Tell the intern that a day of a closed month was put right."""
    _tell_intern("day_amended", internship, on, now, url=_my_days(internship))


def tell_month_closed(internship, first: date, *, now: datetime) -> None:
    """Tell the intern that a month is closed, and where to read it."""
    _tell_intern("month_closed", internship, first, now, url=_my_days(internship))


def tell_paid(allowance, *, now: datetime) -> None:
    """Tell the intern that a month's allowance was paid."""
    url = absolute_url("internships:allowance", allowance.internship_id)
    _tell_intern("allowance_paid", allowance.internship, allowance.first, now, url=url)


def _my_days(internship) -> str:
    return absolute_url("internships:my-days", internship.pk)


def _tell_of_day(template, internship, on, now) -> None:
    _tell_intern(template, internship, on, now, url=_my_days(internship))
    tutor = internship.promoter_tutor
    if tutor.email:
        month = absolute_url("internships:register-month", internship.pk, f"{on:%Y-%m}")
        _queue(f"{template}_staff", internship, on, now, (Channel.EMAIL, tutor.email), settings.LANGUAGE_CODE, month)


def _tell_intern(template, internship, on, now, *, url) -> None:
    person = internship.participation.person
    if way := reach(person):
        _queue(template, internship, on, now, way, person.language, url, about=person)


def _queue(template, internship, on, now, way, language, url, about=None) -> None:
    channel, to = way
    with override(language):
        names = {"day": date_format(on, "l j F"), "month": date_format(on, "F Y")}
    queue(
        # The same may be said of a day again, after it was put right.
        key=f"internship:{internship.pk}:{template}:{on}:{now:%Y%m%d%H%M%S%f}",
        channel=channel,
        to=to,
        language=language,
        template=f"internships/messages/{template}",
        context={"person": about, "internship": internship, "host": internship.unit.host, "url": url, **names},
        now=now,
        about=about,
        cause=f"internship:{internship.pk}",
        topic="internships" if about else "",
    )


def send_link(link, *, now: datetime) -> None:
    """Send a host's tutor their link: by mail, else by SMS."""
    _send_to_host(link, "host_link", now)


def remind_of_days(link, days: int, *, now: datetime) -> None:
    """Tell a host's tutor how many days wait for their answer, with their link. No names of interns."""
    _send_to_host(link, "host_days", now, days=days)


def _send_to_host(link, template, now, **context) -> None:
    tutor = link.tutor
    queue(
        key=f"{template.replace('_', '-')}:{link.pk}:{now:%Y%m%d%H%M%S%f}",
        channel=Channel.EMAIL if tutor.email else Channel.SMS,
        to=tutor.email or tutor.phone,
        language=settings.LANGUAGE_CODE,
        template=f"internships/messages/{template}",
        context={
            "tutor": tutor,
            "host": tutor.host,
            "url": absolute_url("internships:host-home", token_of(link)),
            **context,
        },
        now=now,
        cause=f"host-link:{link.pk}",
    )
