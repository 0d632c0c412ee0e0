"""What is told about applications: to the young person, to the partner's staff, to the host's tutor."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.models import User
from accounts.queries import reach
from foundation.communications.actions import cancel, queue
from foundation.communications.enums import Channel
from internships.enums import ApplicationState as S
from internships.enums import HostAnswer, TurnedDown
from internships.links import application_page
from internships.models import ApplicationLink
from migwork.links import absolute_url


def cause(application) -> str:
    return f"application:{application.pk}"


def application_sent(application, *, now: datetime) -> None:
    """It arrived: to the young person, and to who answers at the partner."""
    _tell_person(application, "application_sent", "sent", now)
    _tell_staff(application.offer, "application_new", cause(application), now, cause=cause(application))


def application_withdrawn(application, *, now: datetime) -> None:
    """Who answers at the partner hears that somebody took it back; nobody is reminded of it any more."""
    cancel(cause=cause(application), now=now)
    _tell_staff(application.offer, "application_withdrawn", f"{cause(application)}:withdrawn", now)


def application_answered(application, *, now: datetime) -> None:
    """Where it stands now, in the young person's words. Each answer once; an interview moved is told again."""
    key = f"{application.state}:{application.interview_at}:{now.isoformat()}"
    _tell_person(application, f"application_{application.state}", key, now)


def host_asked_about(link, *, now: datetime) -> None:
    """The host's tutor gets the link to one application: no name in the subject, the words behind the link."""
    application = link.application
    offer = application.offer
    with override(settings.LANGUAGE_CODE):
        until = date_format(timezone.localtime(link.ends_at), "j F Y")
    _tell_host(
        link.tutor,
        "application_host",
        f"application-link:{link.pk}",
        {
            "title": offer.opportunity.title,
            "called": application.person.short_name,
            "promoter": offer.opportunity.organisation.short_name,
            "contact": offer.answered_by.name,
            "link": application_page(link),
            "until": until,
        },
        now,
        cause=cause(application),
    )


def host_has_answered(application, *, now: datetime) -> None:
    """Who answers at the partner hears what the host said."""
    key = f"{cause(application)}:host:{application.host_answer}"
    answer = HostAnswer(application.host_answer).label
    _tell_staff(application.offer, "application_host_answered", key, now, answer=answer)


def offer_late(offer, count: int, *, now: datetime) -> None:
    """Applications wait for days: partner and host are reminded, the host with the links it has."""
    key = f"offer:{offer.pk}:late:{timezone.localdate(now)}"
    _tell_staff(offer, "offer_late", key, now, count=count, days=settings.APPLICATION_PAUSE_DAYS)
    links = ApplicationLink.objects.filter(
        application__offer=offer,
        application__state=S.SENT,
        application__reminded_at=now,
        revoked_at=None,
        ends_at__gt=now,
    ).select_related("tutor")
    by_tutor: dict = {}
    for link in links.order_by("created_at", "pk"):
        by_tutor.setdefault(link.tutor, []).append(application_page(link))
    for tutor, addresses in by_tutor.items():
        context = _of_offer(offer, links=addresses, days=settings.APPLICATION_PAUSE_DAYS)
        _tell_host(tutor, "offer_late_host", f"{key}:{tutor.pk}", context, now)


def offer_paused(offer, *, now: datetime) -> None:
    """It takes nobody until there is an answer: to the partner, the host, and all who wait."""
    key = f"offer:{offer.pk}:paused:{now.isoformat()}"
    _tell_staff(offer, "offer_paused", key, now)
    if offer.host_tutor is not None:
        _tell_host(offer.host_tutor, "offer_paused_host", f"{key}:host", _of_offer(offer), now)
    for application in offer.applications.unanswered().select_related("participation__person"):
        application.offer = offer
        _tell_person(application, "application_paused", key, now)


def _tell_person(application, template, key, now) -> None:
    person = application.person
    if not (way := reach(person)):
        return
    channel, to = way
    with override(person.language):
        at = application.interview_at and timezone.localtime(application.interview_at)
        words = {
            "day": date_format(at, "l j F") if at else "",
            "time": date_format(at, "H:i") if at else "",
            "reason": str(TurnedDown(application.reason).label) if application.reason else "",
        }
    queue(
        key=f"{cause(application)}:person:{key}",
        channel=channel,
        to=to,
        language=person.language,
        template=f"internships/messages/{template}",
        context={
            "person": person,
            "application": application,
            "title": application.offer.opportunity.title,
            "host": application.offer.unit.host,
            "promoter": application.offer.opportunity.organisation.short_name,
            "url": absolute_url("internships:application-detail", application.pk),
            **words,
        },
        now=now,
        about=person,
        cause=cause(application),
        topic="internships",
        before=application.interview_at if application.state == S.INVITED else None,
    )


def _of_offer(offer, **more) -> dict:
    return {
        "title": offer.opportunity.title,
        "host": offer.unit.host,
        "promoter": offer.opportunity.organisation.short_name,
        "contact": offer.answered_by.name,
        "url": absolute_url("internships:offer-detail", offer.pk),
        **more,
    }


def _readers(offer) -> list[User]:
    """Who answers its applications; the partner's administrators once they work there no more."""
    rows = User.objects.filter(
        is_active=True, memberships__is_active=True, memberships__organisation=offer.opportunity.organisation_id
    ).exclude(email=None)
    own = list(rows.filter(pk=offer.answered_by_id).distinct())
    return own or list(rows.filter(memberships__role="partner_admin").distinct().order_by("pk"))


def _tell_staff(offer, template, key, now, *, cause="", **more) -> None:
    for user in _readers(offer):
        queue(
            key=f"{key}:staff:{user.pk}",
            channel=Channel.EMAIL,
            to=user.email,
            language=user.language,
            template=f"internships/messages/{template}",
            context=_of_offer(offer, **more),
            now=now,
            cause=cause,
        )


def _tell_host(tutor, template, key, context, now, *, cause="") -> None:
    queue(
        key=key,
        channel=Channel.EMAIL if tutor.email else Channel.SMS,
        to=tutor.email or tutor.phone,
        language=settings.LANGUAGE_CODE,
        template=f"internships/messages/{template}",
        context={"name": tutor.name, **context},
        now=now,
        cause=cause,
    )
