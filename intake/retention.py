"""When the data of the people whom the desk knows must go."""

from datetime import timedelta

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import YoungPerson
from foundation.privacy.enums import RetentionStart
from intake.enums import ParticipationState
from intake.models import Interview, Participation, Plan
from migwork.months import add_months
from programme.enums import EditionKind

FIRST_CONTACT, FILE = "first-contact", "file"
# Whoever was here that lately is not taken out of the data, whenever their edition was paid.
STILL_HERE = 24


def due(rule, on) -> list:
    """(person, day) for whom the term of `rule` ends by `on` or within its days of warning; day None: not known."""
    if rule.code == FIRST_CONTACT and rule.starts == RetentionStart.LAST_CONTACT:
        return _without_follow_up(rule, on)
    if rule.code == FILE and rule.starts == RetentionStart.FINAL_PAYMENT:
        return _files(rule, on)
    return []


def _people():
    """Whom a rule may reach, with the moment of the last contact. Whoever asked that nothing be done is left."""
    seen = Greatest("created_at", Coalesce("user__last_login", "created_at"), Coalesce("last_at", "created_at"))
    return (
        YoungPerson.objects.filter(anonymised_at=None, merged_into=None, limited_at=None)
        .annotate(last_at=Max(Coalesce("participations__last_contact_at", "participations__opened_at")))
        .annotate(seen_at=seen)
    )


def _last_day(person):
    """The local day on which this person was last here."""
    day = timezone.localdate(person.seen_at)
    return max(day, person.last_seen_on) if person.last_seen_on else day


def _without_follow_up(rule, on) -> list:
    """Who came once and went no further: no talk, no plan, nothing they took part in."""
    further = Participation.with_merged.filter(
        Q(state__in=[ParticipationState.IN_PROGRESS, ParticipationState.CLOSED])
        | Q(pk__in=Interview.objects.values("participation"))
        | Q(pk__in=Plan.objects.values("participation"))
    )
    horizon = on + timedelta(days=rule.warning_days)
    # A day more than it takes: the exact day is judged below, in local time.
    latest = add_months(horizon, -rule.months) + timedelta(days=1)
    people = _people().filter(seen_at__date__lte=latest).exclude(pk__in=further.values("person"))
    days = ((person.pk, add_months(_last_day(person), rule.months)) for person in people)
    return [(person, day) for person, day in days if day <= horizon]


def _files(rule, on) -> list:
    """Everybody of paid projects, from the last payment of all of theirs; the ordinary service has none.

    Who is only in the ordinary service is due the same time after the last contact.
    """
    horizon = on + timedelta(days=rule.warning_days)
    found = []
    for person in _people().filter(participations__isnull=False).prefetch_related("participations__edition"):
        editions = [participation.edition for participation in person.participations.all()]
        projects = [edition for edition in editions if edition.kind == EditionKind.PROJECT]
        if any(edition.ends_on >= on for edition in projects):
            continue
        here = _last_day(person)
        if any(edition.final_payment_on is None for edition in projects):
            found.append((person.pk, None))
            continue
        paid = max((edition.final_payment_on for edition in projects), default=None)
        day = (
            max(add_months(paid, rule.months), add_months(here, STILL_HERE)) if paid else add_months(here, rule.months)
        )
        if day <= horizon:
            found.append((person.pk, day))
    return found
