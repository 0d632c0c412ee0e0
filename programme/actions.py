"""Every write to the programme."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from programme.edition_file import EditionFileError, read
from programme.models import BudgetLine, CostItem, Edition, Funder, MacroAction, Organisation, Partnership, Target


@dataclass
class Loaded:
    """What loading a file changed: rows by model, and what was left out."""

    edition: Edition | None = None
    created: Counter = field(default_factory=Counter)
    updated: Counter = field(default_factory=Counter)
    deleted: Counter = field(default_factory=Counter)
    demo_lines_left_out: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.deleted)


@transaction.atomic
def load_edition(*, text: str, starting: date | None = None, demo: bool = False, by=None, now) -> Loaded:
    """Create or update the edition that a TOML file describes; loading the same file again changes nothing.

    `starting` moves the edition to begin on that day. Budget lines marked as made up are
    loaded only with `demo`. Rows that the file no longer has are deleted when nothing uses
    them; when something does, EditionFileError says what, and nothing is changed.
    """
    file = read(text)
    if starting:
        file.start_on(starting)
    lines = [row for row in file.budget_lines if demo or not row["demo"]]
    done = Loaded(demo_lines_left_out=len(file.budget_lines) - len(lines))
    values = {name: value for name, value in file.edition.items() if name not in ("code", "total")}
    # Left out of the file, what was chosen in the administration stays.
    if values["reminder_days"] is None:
        del values["reminder_days"]
    edition = _put(done, Edition, {"code": file.edition["code"]}, {**values, "is_demo": demo})
    done.edition = edition

    organisations = {
        row["code"]: _put(done, Organisation, {"code": row["code"]}, _without(row, "code"))
        for row in file.organisations
    }
    actions = {
        row["number"]: _put(done, MacroAction, {"edition": edition, "number": row["number"]}, _without(row, "number"))
        for row in file.macro_actions
    }
    # The database allows one lead at any moment: the old one steps back before the new one takes over.
    lead = next(row["organisation"] for row in file.partners if row["lead"])
    edition.partnerships.filter(is_lead=True).exclude(organisation__code=lead).update(is_lead=False)
    partnerships = {
        row["organisation"]: _put(
            done,
            Partnership,
            {"edition": edition, "organisation": organisations[row["organisation"]]},
            {"role": row["role"], "is_lead": row["lead"]},
            macro_actions=[actions[number] for number in row["macro_actions"]],
        )
        for row in file.partners
    }
    funders = {
        row["code"]: _put(
            done,
            Funder,
            {"edition": edition, "code": row["code"]},
            {**_without(row, "code"), "organisation": organisations.get(row["organisation"])},
        )
        for row in file.funders
    }
    items = {
        row["code"]: _put(done, CostItem, {"edition": edition, "code": row["code"]}, _without(row, "code"))
        for row in file.cost_items
    }
    targets = [
        _put(
            done,
            Target,
            {"edition": edition, "code": row["code"]},
            _without(row, "code", "macro_actions"),
            macro_actions=[actions[number] for number in row["macro_actions"]],
        )
        for row in file.targets
    ]
    budget = [
        _put(
            done,
            BudgetLine,
            {
                "partnership": partnerships[row["partner"]],
                "macro_action": actions[row["macro_action"]],
                "cost_item": items[row["cost_item"]],
                "funder": funders[row["funder"]],
            },
            {"edition": edition, "amount": row["amount"], "is_demo": row["demo"]},
        )
        for row in lines
    ]
    _remove_others(
        done,
        edition,
        {
            BudgetLine: budget,
            Target: targets,
            CostItem: items.values(),
            Funder: funders.values(),
            Partnership: partnerships.values(),
            MacroAction: actions.values(),
        },
    )
    if done.changed:
        record(verb="programme.edition_loaded", by=by, now=now, on=edition)
    return done


def _without(row: dict, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}


def _put(done: Loaded, model, key: dict, values: dict, **links):
    """The row of `model` with this key, made or changed to hold `values`; `links` are many-to-many."""
    row = model.objects.select_for_update().filter(**key).first()
    if row is None:
        row = model.objects.create(**key, **values)
        done.created[model] += 1
    elif changed := [name for name, value in values.items() if getattr(row, name) != value]:
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=changed)
        done.updated[model] += 1
    for name, others in links.items():
        getattr(row, name).set(others)
    return row


def _remove_others(done: Loaded, edition: Edition, kept: dict) -> None:
    """Delete this edition's rows that the file no longer names; refuse when one is in use."""
    problems = []
    for model, rows in kept.items():
        for row in model.objects.filter(edition=edition).exclude(pk__in=[row.pk for row in rows]):
            try:
                row.delete()
                done.deleted[model] += 1
            except ProtectedError:
                words = {"kind": model._meta.verbose_name, "name": row}
                reason = _("The file leaves out the %(kind)s “%(name)s”, which is in use: it must stay.") % words
                problems.append((None, reason))
    if problems:
        raise EditionFileError(problems)
