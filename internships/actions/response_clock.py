"""Nobody waits in silence: reminders, offers that pause by themselves, and what is kept no longer."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from foundation.files.actions import forget
from foundation.privacy.actions import record
from internships import notifications
from internships.enums import ApplicationState as S
from internships.models import Application, Offer
from pathways import actions as pathways
from pathways.actions import places


def watch_applications(*, now: datetime) -> tuple[int, int]:
    """Each morning: remind who has not answered, pause offers that stay silent. How many offers. Safe to run twice."""
    late = _silent(settings.APPLICATION_REMINDER_DAYS, now).filter(reminded_at=None)
    reminded = sum(_remind(pk, now) for pk in _offers(late))
    silent = _silent(settings.APPLICATION_PAUSE_DAYS, now).filter(
        offer__run__paused_at=None, offer__opportunity__state="published"
    )
    return reminded, sum(_pause(pk, now) for pk in _offers(silent))


def _silent(days: int, now):
    """Applications of whom nobody has heard anything for so many days; not of whoever wants no use of their data."""
    rows = Application.objects.unanswered().filter(sent_at__lte=now - timedelta(days=days))
    return rows.filter(participation__person__limited_at=None)


def _offers(applications) -> list:
    return list(applications.order_by("offer").values_list("offer", flat=True).distinct())


def _locked(pk) -> Offer:
    offer = Offer.objects.whole().get(pk=pk)
    offer.run = places.lock(offer.run)
    return offer


@transaction.atomic
def _remind(pk, now) -> bool:
    offer = _locked(pk)
    late = _silent(settings.APPLICATION_REMINDER_DAYS, now).filter(offer=offer, reminded_at=None)
    late = list(late.select_for_update(of=("self",)).order_by("pk"))
    if not late:
        return False
    Application.objects.filter(pk__in=[row.pk for row in late]).update(reminded_at=now)
    notifications.offer_late(offer, len(late), now=now)
    return True


@transaction.atomic
def _pause(pk, now) -> bool:
    offer = _locked(pk)
    silent = _silent(settings.APPLICATION_PAUSE_DAYS, now).filter(offer=offer)
    if offer.run.paused_at is not None or not silent.exists():
        return False
    pathways.pause_run(run=offer.run, by=None, now=now)
    record(verb="internships.offer_paused", by=None, now=now, on=offer)
    notifications.offer_paused(offer, now=now)
    return True


def open_again(offer, *, now: datetime) -> bool:
    """The offer takes people again once those who waited too long have been answered. Its run is locked."""
    if offer.run.paused_at is None or _silent(settings.APPLICATION_PAUSE_DAYS, now).filter(offer=offer).exists():
        return False
    offer.run = pathways.resume_run(run=offer.run, by=None, now=now)
    record(verb="internships.offer_resumed", by=None, now=now, on=offer)
    return True


def forget_old_applications(*, now: datetime) -> int:
    """Words and CV of what led to nothing go, some months after its end; drafts go whole. How many."""
    before = now - timedelta(days=settings.APPLICATION_KEEP_DAYS)
    over = Q(state__in=[S.TURNED_DOWN, S.WITHDRAWN, S.CLOSED]) | Q(state=S.DRAFT)
    due = Application.objects.filter(over, emptied_at=None, state_since__lte=before)
    return sum(_empty(pk, before, now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _empty(pk, before, now) -> bool:
    rows = Application.objects.select_for_update(of=("self",)).filter(pk=pk, emptied_at=None, state_since__lte=before)
    application = rows.select_related("cv").first()
    if application is None or application.is_waiting or application.state == S.TAKEN:
        return False
    stored = application.cv
    if application.state == S.DRAFT:
        application.delete()
    else:
        application.text, application.cv, application.emptied_at = "", None, now
        application.save(update_fields=["text", "cv", "emptied_at"])
        record(verb="internships.application_emptied", by=None, now=now, on=application, fields=["text", "cv"])
    if stored is not None:
        forget(stored=stored, by=None, now=now)
    return True
