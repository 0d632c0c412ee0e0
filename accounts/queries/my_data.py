"""All that is kept about one person: found by the register of fields, so that no room can forget to say it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.models import Consent, User, YoungPerson
from accounts.queries.people import ids_of
from foundation.privacy import registry
from foundation.privacy.enums import AccessReason, Basis, Erase, FieldKind
from foundation.privacy.models import Access, Event, RetentionRule
from foundation.privacy.queries import PAGE, accesses
from foundation.questionnaires.models import AnswerSheet
from foundation.questionnaires.queries import sections

# Not the person's own: what the portal needs to work, and what everybody may know.
NOT_MINE = {FieldKind.TECHNICAL, FieldKind.PUBLIC}
# The portal's own words for its own use: in the copy for machines alone.
FOR_MACHINES = {
    ("privacy.Access", "what"),
    ("questionnaires.AnswerSheet", "marks"),
    ("documents.Document", "kind"),
    ("documents.Document", "file"),
}
LANGUAGES = {"it": "Italiano", "en": "English"}
# Rows that lead to a person and tell of somebody else: those who sign for them have rights of their own.
OTHERS = {
    "accounts.LegalRepresentative",
    "documents.Signer",
    # Whoever takes a copy along may live with whom it is about: docs/adr/0014.
    "intake.SafeguardingRecord",
    "intake.SafeguardingEntry",
    "intake.SafeguardingReading",
}


@dataclass(frozen=True)
class Way:
    """How rows of `model` are found: by `about`, or by the key `field` of rows already found of `source`.

    `forward`: the found rows of `source` name these; otherwise these name the found rows.
    """

    model: type[models.Model]
    field: str
    source: type[models.Model] | None = None
    forward: bool = False


def is_mine(field: models.Field) -> bool:
    """Whether a field says something about the person, in words: keys without a label only hold rows together."""
    known = registry.of(field.model).get(field.name)
    if known is None or known.kind in NOT_MINE or field.name == "about":
        return False
    # Of who worked on it people read the role and the organisation, never the name.
    return bool(known.label) or not (field.is_relation or known.kind == FieldKind.STAFF)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of `model` that are the person's own, in the model's order."""
    return [field for field in model._meta.concrete_fields if is_mine(field)]


def _links(model) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        known = registry.of(model).get(field.name)
        if field.is_relation and known is not None and known.kind != FieldKind.STAFF:
            yield field


@cache
def ways() -> tuple[Way, ...]:
    """How each model that tells of a person is reached, those it is reached by first."""
    kept = [m for m in apps.get_models() if registry.of(m) and m._meta.label not in OTHERS]
    reached = {YoungPerson, User}
    found = []
    for model in kept:
        if "about" in registry.of(model) and model not in reached:
            found.append(Way(model, "about"))
            reached.add(model)
    grew = True
    while grew:
        grew = False
        for model in kept:
            # What names several rows that were found is reached by each of them.
            names = [f for f in _links(model) if f.related_model in reached and f.related_model is not User]
            names = names or [f for f in _links(model) if f.related_model is User]
            if model not in reached and names:
                found += [Way(model, f.name, f.related_model) for f in names]
                reached.add(model)
                grew = True
        if grew:
            continue
        # What rows name is looked for when all that name it are there: answers hang on talks and on activities.
        named_by = set()
        for source in [m for m in kept if m in reached]:
            for field in _links(source):
                named = field.related_model
                if named not in reached and named._meta.label not in OTHERS and fields_of(named):
                    found.append(Way(named, field.name, source, forward=True))
                    named_by.add(named)
        reached |= named_by
        grew = bool(named_by)
    return tuple(found)


# Why a file was opened, said to whom it is about.
WHYS = {
    AccessReason.FOLLOWS: gettext_lazy("Follows your way."),
    AccessReason.DESK: gettext_lazy("Was at the desk."),
    AccessReason.APPOINTMENT: gettext_lazy("Had an appointment with you."),
    AccessReason.REFERRAL: gettext_lazy("You were referred to them."),
    AccessReason.ENROLMENT: gettext_lazy("You enrolled with them."),
    AccessReason.INTERNSHIP: gettext_lazy("Your internship."),
    AccessReason.COUNTING: gettext_lazy("Checked the figures of the project."),
    AccessReason.REQUEST: gettext_lazy("Worked on your request."),
    AccessReason.SPECIAL: gettext_lazy("Read protected information."),
}


def openings(abouts: list[UUID], before: int | None) -> tuple[list[dict], int | None]:
    """A page of who opened the file of these people, without names, and from which row on there are more."""
    seen = Access.objects.about(abouts).filter(pk=before).first() if before else None
    rows = accesses(abouts, after=(seen.at, seen.pk) if seen else None)
    told = [{"at": row.at, "who": _acting(row), "why": WHYS.get(row.why, ""), "reason": row.reason} for row in rows]
    return told[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def _acting(row: Access) -> str:
    role = Role(row.as_role).label if row.as_role in Role.values else _("Administrator")
    return f"{role}, {row.organisation}" if row.organisation else str(role)


def rows_about(person: YoungPerson) -> dict[type[models.Model], list[models.Model]]:
    """All rows about a person, by model; only models of which there are some."""
    ids = ids_of(person)
    people = list(YoungPerson.objects.filter(pk__in=ids))
    users = User.objects.filter(pk__in=[p.user_id for p in people if p.user_id])
    rows = {YoungPerson: people, User: list(users)}
    wanted = defaultdict(list)
    for way in ways():
        wanted[way.model].append(way)
    for model, by in wanted.items():
        match = Q(pk__in=[])
        for way in by:
            if way.source is None:
                match |= Q(about__in=ids)
            elif way.forward:
                match |= Q(pk__in=[getattr(row, f"{way.field}_id") for row in rows.get(way.source, [])])
            else:
                match |= Q(**{f"{way.field}__in": [row.pk for row in rows.get(way.source, [])]})
        related = [f.name for f in fields_of(model) if f.is_relation]
        found = list(model._default_manager.filter(match).select_related(*related).order_by("pk"))
        rows[model] = found
    return {model: found for model, found in rows.items() if found and fields_of(model)}


def label_of(field: models.Field) -> str:
    """What a field is, in the person's words."""
    return str(registry.of(field.model)[field.name].label or field.verbose_name)


def said(row: models.Model, field: models.Field, language: str) -> str | list:
    """The value of a field as people read it; answers of a talk by question."""
    if (row._meta.label, field.name) in FOR_MACHINES:
        return ""
    if isinstance(row, Event) and field.name == "verb":
        return row.sentence
    if isinstance(row, AnswerSheet) and field.name == "answers":
        return [
            (question["label"], question["shown"])
            for section in sections(row, language)
            for question in section["questions"]
            if question["shown"]
        ]
    value = getattr(row, field.name)
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.name == "language" and isinstance(value, str):
        return LANGUAGES.get(value, value)
    if isinstance(row, Access) and field.name == "as_role":
        return str(Role(value).label) if value in Role.values else value
    if isinstance(row, Consent) and field.name == "purpose":
        return row.purpose.name.get(language) or row.purpose.name["it"]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, dict | list | tuple):
        return ", ".join(_flat(value))
    return str(value)


def _flat(value) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{key}: {', '.join(_flat(inner))}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(inner)
    else:
        yield str(value)


def plain(row: models.Model, field: models.Field):
    """The value of a field as JSON can say it, for machines."""
    value = getattr(row, field.name)
    if field.is_relation:
        return str(value) if value is not None else None
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, Decimal | UUID | date | time) or isinstance(field, models.FileField):
        return str(value)
    return value


def what_is_kept(on: date) -> list[dict]:
    """What the portal may keep about somebody, by kind: what, on which basis, how long. From the register alone."""
    rules = {rule.code: rule for rule in RetentionRule.objects.in_force(on)}
    groups = defaultdict(lambda: {"labels": [], "bases": [], "terms": [], "stays": False})
    for model in [YoungPerson, User, *dict.fromkeys(way.model for way in ways())]:
        for field in fields_of(model):
            known = registry.of(model)[field.name]
            group = groups[known.kind]
            _add(group["labels"], capfirst(label_of(field)))
            if known.basis != Basis.NONE:
                _add(group["bases"], Basis(known.basis))
            if rule := rules.get(known.retention):
                _add(group["terms"], rule)
            group["stays"] = group["stays"] or known.erase == Erase.KEEP
    return [{"kind": kind, **groups[kind]} for kind in FieldKind if kind in groups]


def _add(values: list, value) -> None:
    if value not in values:
        values.append(value)


def copy_of(person: YoungPerson, language: str) -> list[dict]:
    """Everything, in the person's words, model by model: [{title, rows: [[{label, text, answers}]]}]."""
    parts = []
    for model, rows in rows_about(person).items():
        fields = fields_of(model)
        told = [[_told(f, value) for f in fields if (value := said(row, f, language))] for row in rows]
        if told := [row for row in told if row]:
            parts.append({"title": capfirst(registry.title_of(model)), "rows": told})
    return parts


def _told(field, value) -> dict:
    by_question = isinstance(value, list)
    return {
        "label": capfirst(label_of(field)),
        "text": "" if by_question else value,
        "answers": value if by_question else [],
    }


def machine_copy_of(person: YoungPerson, now: datetime) -> dict:
    """Everything, for machines: by model and field, in the portal's own names."""
    return {
        "made_at": timezone.localtime(now).isoformat(),
        "made_by": settings.SITE_URL,
        "about": str(person.pk),
        "data": {
            model._meta.label: [{f.name: plain(row, f) for f in fields_of(model)} for row in rows]
            for model, rows in rows_about(person).items()
        },
    }
