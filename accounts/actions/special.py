"""What the law protects most: written where a rule needs it, read for a typed reason, taken out when it is over."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Mark, SpecialCategory, SpecialRule, YoungPerson
from accounts.permissions import check_can_see_special
from accounts.queries import acting_as
from accounts.queries.special import special_rules_for
from foundation.privacy.actions import record, record_access
from foundation.privacy.enums import AccessReason
from migwork.errors import NotNow

# A reason that says something: "x" or "." would be no reason to who reads it.
SHORTEST_REASON = 10
LONGEST_NAME = SpecialCategory._meta.get_field("why").max_length


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
def load_special_rules(*, rules: list[dict], now: datetime) -> int:
    """Add the rules that are not there yet; what an administrator changed stays. How many."""
    new = 0
    for rule in rules:
        row, created = SpecialRule.objects.get_or_create(code=rule["code"], defaults=rule)
        if created:
            record(verb="accounts.special_rule_added", by=None, now=now, on=row)
        new += created
    return new


@transaction.atomic
def record_special(*, person, rule: SpecialRule, text: str, by, now: datetime) -> SpecialCategory:
    """Write what `rule` asks for into a protected note. By operators.

    NotNow when the rule is not in force, or does not hold of this person: what no rule needs is not kept.
    """
    check_can_see_special(by)
    person = YoungPerson.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at or person.limited_at:
        raise NotNow(_("Nothing can be added about this person now."), code="closed")
    if rule not in special_rules_for(person):
        raise NotNow(_("No rule asks this of this person now: it is not written down."), code="rule")
    note = SpecialCategory.objects.create(
        person=person,
        kind=rule.kind,
        text=text,
        why=rule.name["it"][:LONGEST_NAME],
        rule=rule,
        recorded_at=now,
        recorded_by=by,
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
