"""What the law protects most: written where a rule needs it, read for a typed reason, taken out when it is over."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Mark, SpecialCategory, YoungPerson
from accounts.permissions import check_can_see_special
from accounts.queries import acting_as
from foundation.privacy.actions import record, record_access
from foundation.privacy.enums import AccessReason
from migwork.errors import NotNow

# A reason that says something: "x" or "." would be no reason to who reads it.
SHORTEST_REASON = 10


@transaction.atomic
def read_special(*, person, reason: str, what: str, by, now: datetime) -> list[SpecialCategory]:
    """The protected notes about `person`, noted as read with `reason`, which the person sees. By operators.

    The only way to them: whoever reads leaves a trace, also when there is nothing to read. `what` is the page.
    """
    check_can_see_special(by)
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(_("Write why you need to read this. The person will see your reason."), code="reason")
    role, organisation = acting_as(by, AccessReason.SPECIAL)
    record_access(
        by=by,
        about=person,
        what=what,
        why=AccessReason.SPECIAL,
        now=now,
        reason=reason,
        special=True,
        as_role=role,
        organisation=organisation,
    )
    return list(SpecialCategory.objects.filter(person=person, removed_at=None))


@transaction.atomic
def record_special(*, person, kind: str, text: str, why: str, by, now: datetime) -> SpecialCategory:
    """Write a protected note; `why` names the rule that makes it necessary. By operators."""
    check_can_see_special(by)
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at or person.limited_at:
        raise NotNow(_("Nothing can be added about this person now."), code="closed")
    if not why.strip():
        raise ValidationError(_("Write which rule makes it necessary to keep this."), code="why")
    note = SpecialCategory.objects.create(
        person=person, kind=kind, text=text, why=why.strip(), recorded_at=now, recorded_by=by
    )
    record(verb="accounts.special_recorded", by=by, now=now, on=note, about=person)
    return note


@transaction.atomic
def remove_special(*, note, by, now: datetime) -> SpecialCategory:
    """Take a protected note out: its text is gone, that there was one stays. By operators. Twice: nothing."""
    check_can_see_special(by)
    note = SpecialCategory.objects.select_for_update().get(pk=note.pk)
    if note.removed_at is None:
        note.text, note.removed_at, note.removed_by = "", now, by
        note.save(update_fields=["text", "removed_at", "removed_by"])
        record(verb="accounts.special_removed", by=by, now=now, on=note, about=note.person_id)
    return note


@transaction.atomic
def set_mark(*, person, code: str, value: str, reason: str, by, now: datetime) -> Mark:
    """Set what a rule elsewhere may know of a protected note without reading it; another value replaces it.

    By operators.
    """
    check_can_see_special(by)
    if not reason.strip():
        raise ValidationError(_("Write which rule makes it necessary to keep this."), code="why")
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    person.marks.filter(code=code, removed_at=None).update(removed_at=now, removed_by=by)
    mark = Mark.objects.create(person=person, code=code, value=value, reason=reason.strip(), set_at=now, set_by=by)
    record(verb="accounts.mark_set", by=by, now=now, on=mark, about=person, fields=[code])
    return mark
