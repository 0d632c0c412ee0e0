"""The CV, as the young person writes it, or an operator with them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from intake.actions.skills import locked_person
from intake.enums import CvEntryKind
from intake.models import Cv, CvEntry
from intake.permissions import check_can_write_cv
from migwork.errors import NotNow

MOST_ENTRIES = 40
# A school may be going on for some years yet.
YEARS_AHEAD = 10


@transaction.atomic
def write_cv(*, person, values, by, now) -> Cv:
    """Save the words about oneself and which of one's data are shown. By the young person, or an operator."""
    person = locked_person(person)
    check_can_write_cv(by, person)
    cv = Cv.objects.filter(person=person).first() or Cv(person=person)
    changed = [name for name, value in values.items() if getattr(cv, name) != value]
    if cv._state.adding or changed:
        for name, value in values.items():
            setattr(cv, name, value)
        cv.changed_at = now
        cv.save()
        record(verb="intake.cv_written", by=by, now=now, on=cv, about=person, fields=changed)
    return cv


@transaction.atomic
def add_cv_entry(*, person, kind, values, by, now) -> CvEntry:
    """Add a school, a work or a language. By the young person, or an operator."""
    person = locked_person(person)
    check_can_write_cv(by, person)
    _check_years(kind, values, now)
    if CvEntry.objects.filter(person=person).count() >= MOST_ENTRIES:
        raise NotNow(_("That is more than a CV can hold. Take something out first."), code="many")
    entry = CvEntry.objects.create(person=person, kind=kind, added_by=by, added_at=now, **values)
    record(verb="intake.cv_entry_added", by=by, now=now, on=entry, about=person)
    return entry


@transaction.atomic
def change_cv_entry(*, entry, values, by, now) -> CvEntry:
    """Change what an entry says. By the young person, or an operator."""
    person = locked_person(entry.person)
    check_can_write_cv(by, person)
    _check_years(entry.kind, values, now)
    entry = CvEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if entry is None:
        raise NotNow(_("This was taken out meanwhile."), code="gone")
    changed = [name for name, value in values.items() if getattr(entry, name) != value]
    if changed:
        for name in changed:
            setattr(entry, name, values[name])
        entry.save(update_fields=changed)
        record(verb="intake.cv_entry_changed", by=by, now=now, on=entry, about=person, fields=changed)
    return entry


@transaction.atomic
def remove_cv_entry(*, entry, by, now) -> None:
    """Take an entry out, for good. By the young person, or an operator."""
    person = locked_person(entry.person)
    check_can_write_cv(by, person)
    entry = CvEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if entry is not None:
        record(verb="intake.cv_entry_removed", by=by, now=now, on=entry, about=person)
        entry.delete()


def _check_years(kind, values, now):
    if kind == CvEntryKind.LANGUAGE:
        return
    this_year = timezone.localdate(now).year
    if values["began"] > this_year:
        raise NotNow(_("Write what has begun already: this year or earlier."), code="began")
    if values["ended"] is not None and values["ended"] < values["began"]:
        raise NotNow(_("The last year must not be before the first."), code="ended")
    if values["ended"] is not None and values["ended"] > this_year + YEARS_AHEAD:
        raise NotNow(_("This year is too far away."), code="ended")
