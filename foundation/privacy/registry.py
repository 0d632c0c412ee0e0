"""Every field of every model: what it holds, why, how long, and how it is erased. Filled by each room's privacy.py.

The page "my data", its copies, the record of processing and the anonymiser all read from here, so
that none of them can forget a field. A room calls classify() in its AppConfig.ready().
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from foundation.privacy.enums import Basis, Erase, FieldKind


@dataclass(frozen=True)
class Field:
    """The classification of one field.

    `retention` is the code of a RetentionRule, or "" where the field is kept as long as the row
    that it belongs to. `label` says in the person's words what it is; the field's own name where empty.
    `to` is what BLANK and COARSEN leave in its place: a value, or fn(row) -> value; None: the
    field's own emptiness.
    """

    kind: FieldKind
    basis: Basis
    retention: str
    erase: Erase
    label: Any = ""
    to: Any = None

    def __post_init__(self):
        if self.erase == Erase.COARSEN and self.to is None:
            raise ValueError("A field that is coarsened needs to say to what.")
        if self.to is not None and self.erase not in (Erase.BLANK, Erase.COARSEN):
            raise ValueError("Only a field that is blanked or coarsened leaves something in its place.")
        if self.kind != FieldKind.PUBLIC and self.kind != FieldKind.TECHNICAL and self.basis == Basis.NONE:
            raise ValueError("Personal data need a legal basis.")


# The classes that come back most.
TECHNICAL = Field(FieldKind.TECHNICAL, Basis.NONE, "", Erase.KEEP)
PUBLIC = Field(FieldKind.PUBLIC, Basis.NONE, "", Erase.KEEP)
STAFF = Field(FieldKind.STAFF, Basis.TASK, "", Erase.KEEP)


def counted(label="", *, retention="file") -> Field:
    """What figures count, and what without the name points to nobody: kept."""
    return Field(FieldKind.ORDINARY, Basis.TASK, retention, Erase.KEEP, label)


def erased(kind: FieldKind, label="", *, to=None, retention="file", basis: Basis = Basis.TASK) -> Field:
    """What is emptied when the person is made anonymous."""
    return Field(kind, basis, retention, Erase.BLANK, label, to)


def with_row(kind: FieldKind, label="", *, retention="file", basis: Basis = Basis.TASK) -> Field:
    """What goes with its whole row when the person is made anonymous."""
    return Field(kind, basis, retention, Erase.DELETE_ROW, label)


_fields: dict[type[models.Model], dict[str, Field]] = {}
_titles: dict[type[models.Model], Any] = {}


def classify(label: str, rest: Field | None = None, /, **fields: Field) -> None:
    """Classify the fields of the model `label` ("accounts.YoungPerson").

    LookupError for a field that the model does not have, ValueError for one that is classified already and
    otherwise. `rest` takes in all fields that are not named: for models of libraries only,
    since with the portal's own a new field must not slip through.
    """
    model = apps.get_model(label)
    known = {field.name for field in _asked(model, keys=True)}
    if unknown := sorted(set(fields) - known):
        raise LookupError(f"{label} has no field {', '.join(unknown)}.")
    mine = _fields.setdefault(model, {})
    if rest is not None:
        if apps.get_app_config(model._meta.app_label).name in settings.ROOMS:
            raise ValueError(f"{label} is the portal's own: name each of its fields.")
        unnamed = {field.name for field in _asked(model)} - set(mine)
        fields = dict.fromkeys(unnamed, rest) | fields
    for name, field in fields.items():
        if mine.get(name, field) != field:
            raise ValueError(f"{label}.{name} is classified already.")
    mine.update(fields)


def call_rows(**titles) -> None:
    """What the rows of a model are in the person's words: `call_rows(**{"intake.Plan": _("your plan")})`."""
    _titles.update({apps.get_model(label): title for label, title in titles.items()})


def title_of(model: type[models.Model]) -> str:
    """What the rows of `model` are, in the person's words; the model's own name where no room has said it."""
    return str(_titles.get(model._meta.concrete_model, model._meta.verbose_name))


def of(model: type[models.Model]) -> Mapping[str, Field]:
    """The classified fields of `model`, by name."""
    return MappingProxyType(_fields.get(model._meta.concrete_model, {}))


def unclassified() -> list[str]:
    """Fields that nobody has classified ("accounts.YoungPerson.phone"), in alphabetical order."""
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in _asked(model)
        if field.name not in of(model)
    )


def _asked(model, *, keys: bool = False):
    """The fields of `model` that need a class; with `keys` its made-up primary key too, which says nothing."""
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if keys or not _is_made_up(field):
            yield field


def _is_made_up(field) -> bool:
    return field.primary_key and (isinstance(field, models.AutoField) or field.default is uuid.uuid4)
