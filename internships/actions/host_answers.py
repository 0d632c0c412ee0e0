"""A host answers an application by the link in its mail: no account, nothing happens on opening."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.privacy.actions import record
from internships import notifications
from internships.actions.choosing import change, locked_application, refuse
from internships.actions.response_clock import open_again
from internships.enums import ApplicationState as S
from internships.enums import HostAnswer, TurnedDown
from internships.models import Application, ApplicationLink
from internships.permissions import check_can_choose
from migwork.errors import NotNow


@transaction.atomic
def ask_host_about(*, application, tutor=None, by, now: datetime) -> ApplicationLink:
    """Send the host's tutor the application, or send it again by a new link. By the partner's staff.

    The link before it opens nothing any more.
    """
    application = locked_application(application)
    check_can_choose(by, application)
    check_not_limited(application.person)
    tutor = tutor or application.offer.host_tutor
    if tutor is None or tutor.host_id != application.offer.unit.host_id:
        raise NotNow(_("This offer names no tutor of the host: choose one in the offer first."), code="tutor")
    if not application.is_waiting:
        raise NotNow(_("This application waits for no answer any more."), code="over")
    return send_to_host(application, tutor=tutor, by=by, now=now)


def send_to_host(application, *, tutor=None, by=None, now: datetime) -> ApplicationLink:
    """A new link for a locked application, by mail or SMS."""
    application.links.filter(revoked_at=None).update(revoked_at=now)
    link = ApplicationLink.objects.create(
        application=application,
        tutor=tutor or application.offer.host_tutor,
        created_at=now,
        created_by=by,
        ends_at=now + timedelta(days=settings.APPLICATION_LINK_DAYS),
    )
    application.host_asked_at = now
    application.save(update_fields=["host_asked_at"])
    record(verb="internships.application_to_host", by=by, now=now, on=application, about=application.person)
    notifications.host_asked_about(link, now=now)
    return link


@transaction.atomic
def take_host_link_back(*, application, by, now: datetime) -> int:
    """The host's link opens nothing any more. By the partner's staff. How many were open."""
    application = locked_application(application)
    check_can_choose(by, application)
    count = application.links.filter(revoked_at=None).update(revoked_at=now)
    if count:
        record(verb="internships.application_link_revoked", by=by, now=now, on=application, about=application.person)
    return count


@transaction.atomic
def renew_host_link(*, link, now: datetime) -> None:
    """A link that is over asks for a new one: it goes to the same tutor, to no other address. By whoever holds it."""
    application = locked_application(Application.objects.select_related("offer__run").get(pk=link.application_id))
    check_not_limited(application.person)
    link = ApplicationLink.objects.select_related("tutor").get(pk=link.pk)
    if link.revoked_at is not None or not application.is_waiting:
        raise NotNow(_("This link is no longer in use."), code="revoked")
    if link.is_open(now):
        return
    send_to_host(application, tutor=link.tutor, now=now)


@transaction.atomic
def answer_by_link(*, link, answer: str, now: datetime) -> Application:
    """What the host says: it would like to meet, yes, or not this time. By whoever holds the link.

    The same answer twice is one. The young person and the partner hear of it; a no ends the application, a yes is the
    partner's to carry out.
    """
    answer = HostAnswer(answer)
    application = locked_application(Application.objects.select_related("offer__run").get(pk=link.application_id))
    check_not_limited(application.person)
    link = ApplicationLink.objects.get(pk=link.pk)
    if application.host_answer == answer:
        return application
    if not link.is_open(now):
        raise NotNow(_("This link is no longer in use."), code="revoked")
    if not application.is_waiting:
        raise NotNow(_("No answer is needed any more: this application is over."), code="over")
    values = {"host_answer": answer, "host_answered_at": now}
    if answer == HostAnswer.NO:
        refuse(application, TurnedDown.CHOSEN, by=None, now=now, **values)
    elif application.state == S.SENT:
        change(application, "shortlist", by=None, now=now, **values)
        notifications.application_answered(application, now=now)
        open_again(application.offer, now=now)
    else:
        for name, value in values.items():
            setattr(application, name, value)
        application.save(update_fields=list(values))
    record(verb="internships.application_host_answered", by=None, now=now, on=application, about=application.person)
    notifications.host_has_answered(application, now=now)
    return application
