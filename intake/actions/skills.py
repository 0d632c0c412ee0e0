"""The skills of a person, and the list from which they are picked."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from accounts.models import YoungPerson
from foundation.privacy.actions import record
from intake.enums import SkillSource
from intake.models import PersonSkill, Skill, SkillLabel
from intake.permissions import check_can_write_skills
from migwork.errors import NotNow
from migwork.text import unaccented

MOST = 30
BATCH = 2000


def locked_person(person) -> YoungPerson:
    """The person's row, locked; NotNow when it was made one with another, or nothing may be done with it."""
    person = YoungPerson.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if person.merged_into_id:
        raise NotNow(_("These two records were made one: work in the other one."), code="merged")
    check_not_limited(person)
    return person


@transaction.atomic
def note_skill(*, person, skill, level, evidence, by, now) -> PersonSkill:
    """Note what somebody can do, how well and where it showed; or change what was noted of it. By an operator."""
    person = locked_person(person)
    check_can_write_skills(by, person)
    values = {"level": level, "evidence": evidence, "changed_at": now}
    row = PersonSkill.objects.select_for_update(of=("self",)).filter(person=person, skill=skill).first()
    if row is None:
        if Skill.objects.filter(pk=skill.pk, is_retired=True).exists():
            raise NotNow(_("This skill is no longer on the list. Choose another one."), code="retired")
        if PersonSkill.objects.filter(person=person).count() >= MOST:
            raise NotNow(_("There are %(most)s skills already. Take one out first.") % {"most": MOST}, code="many")
        row = PersonSkill.objects.create(person=person, skill=skill, added_by=by, added_at=now, **values)
        record(verb="intake.skill_noted", by=by, now=now, on=row, about=person)
        return row
    changed = [name for name in ("level", "evidence") if getattr(row, name) != values[name]]
    if changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        record(verb="intake.skill_changed", by=by, now=now, on=row, about=person, fields=changed)
    return row


@transaction.atomic
def remove_skill(*, row, by, now) -> None:
    """Take a skill out again. By an operator."""
    person = locked_person(row.person)
    check_can_write_skills(by, person)
    if (row := PersonSkill.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()) is None:
        return
    record(verb="intake.skill_removed", by=by, now=now, on=row, about=person)
    row.delete()


@dataclass(frozen=True)
class SkillEntry:
    """One line of a list of skills, in one language."""

    uri: str
    label: str
    others: tuple[str, ...] = ()
    description: str = ""


@transaction.atomic
def load_skills(*, entries, language, source, version) -> int:
    """Put a list of skills in one language into the database, all or nothing; returns how many.

    What a newer version leaves out is retired: found no more, kept by whoever has it. ESCO retires our own short
    list. Read twice, nothing changes.
    """
    # One loading after the other: two at once would retire each other's entries.
    list(Skill.objects.select_for_update().order_by("pk")[:1])
    values = {"source": source, "version": version, "is_retired": False}
    Skill.objects.bulk_create(
        [Skill(uri=entry.uri, **values) for entry in entries],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["uri"],
        update_fields=list(values),
    )
    keys = dict(Skill.objects.filter(source=source, version=version).values_list("uri", "pk"))
    SkillLabel.objects.bulk_create(
        [_label(keys[entry.uri], entry, language) for entry in entries],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["skill", "language"],
        update_fields=["label", "others", "description", "label_key", "key"],
    )
    Skill.objects.filter(source=source).exclude(version=version).update(is_retired=True)
    if source == SkillSource.ESCO:
        Skill.objects.filter(source=SkillSource.OWN).update(is_retired=True)
    return len(entries)


def _label(skill, entry, language) -> SkillLabel:
    label_key = unaccented(entry.label)
    key = "\n".join([label_key, *(unaccented(other) for other in entry.others)])
    return SkillLabel(
        skill_id=skill,
        language=language,
        label=entry.label,
        others="\n".join(entry.others),
        description=entry.description,
        label_key=label_key[:300],
        key=key,
    )
