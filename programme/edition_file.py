"""An edition as a file: what the TOML may say, and what is wrong with it, line by line."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _

from migwork.months import add_months
from programme.enums import EditionKind, FunderKind, MacroActionKind, TargetUnit, Tie
from programme.models import MOST_REMINDER_DAYS, MOST_REMINDERS


class EditionFileError(ValueError):
    """The file cannot be loaded; nothing was changed. `problems` are (line or None, reason)."""

    def __init__(self, problems: list[tuple[int | None, str]]):
        self.problems = sorted(set(problems), key=lambda problem: problem[0] or 0)
        super().__init__(
            "\n".join(
                _("Line %(line)s: %(reason)s") % {"line": line, "reason": reason} if line else reason
                for line, reason in self.problems
            )
        )


class NumbersField(forms.Field):
    """A list of whole numbers."""

    def to_python(self, value):
        if value is None:
            return []
        if not isinstance(value, list) or not all(type(number) is int for number in value):
            raise forms.ValidationError(_("This must be a list of whole numbers, such as [1, 4]."))
        return value


class ReminderDaysField(NumbersField):
    """How many days before an appointment people are reminded of it: None where the file leaves it to the portal."""

    def to_python(self, value):
        return None if value is None else super().to_python(value)

    def validate(self, value):
        if value and (len(value) > MOST_REMINDERS or len(set(value)) < len(value)):
            raise forms.ValidationError(_("Name each day once, %s days at most.") % MOST_REMINDERS)
        if value and not all(0 <= days <= MOST_REMINDER_DAYS for days in value):
            raise forms.ValidationError(_("People are reminded 0 to %s days before.") % MOST_REMINDER_DAYS)


class YesNoField(forms.Field):
    """true or false, false when missing."""

    def to_python(self, value):
        if value is None:
            return False
        if not isinstance(value, bool):
            raise forms.ValidationError(_("This must be true or false."))
        return value


class CodeField(forms.CharField):
    """A short name that other rows point to."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.validators.append(
            RegexValidator(r"^[a-z0-9_-]+$", _("Only small letters, digits, - and _ may stand in a code."))
        )


def _money(**kwargs):
    return forms.DecimalField(max_digits=12, decimal_places=2, min_value=0, **kwargs)


class EditionTable(forms.Form):
    code = CodeField()
    name = forms.CharField(max_length=150)
    kind = forms.ChoiceField(choices=EditionKind.choices)
    starts_on = forms.DateField()
    ends_on = forms.DateField(required=False)
    min_age = forms.IntegerField(min_value=0, max_value=120)
    max_age = forms.IntegerField(min_value=0, max_value=120)
    territory = forms.CharField(max_length=100)
    ties = forms.MultipleChoiceField(choices=[choice for choice in Tie.choices if choice[0] != Tie.NONE])
    elsewhere = forms.CharField(required=False)
    reminder_days = ReminderDaysField(required=False)
    call = forms.CharField(max_length=150, required=False)
    cup = forms.CharField(max_length=15, required=False)
    grant_max_share = forms.DecimalField(max_digits=5, decimal_places=4, min_value=0, max_value=1, required=False)
    total = _money(required=False)


class OrganisationTable(forms.Form):
    code = CodeField()
    name = forms.CharField(max_length=200)
    short_name = forms.CharField(max_length=60)
    website = forms.URLField(required=False, assume_scheme="https")


class MacroActionTable(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=99)
    name = forms.CharField(max_length=250)
    kind = forms.ChoiceField(choices=MacroActionKind.choices)


class PartnerTable(forms.Form):
    organisation = CodeField()
    role = forms.CharField(max_length=200)
    lead = YesNoField(required=False)
    macro_actions = NumbersField(required=False)


class FunderTable(forms.Form):
    code = CodeField()
    name = forms.CharField(max_length=150)
    kind = forms.ChoiceField(choices=FunderKind.choices)
    organisation = CodeField(required=False)
    amount = _money()


class CostItemTable(forms.Form):
    code = CodeField()
    name = forms.CharField(max_length=150)


class TargetTable(forms.Form):
    code = CodeField()
    name = forms.CharField(max_length=200)
    unit = forms.ChoiceField(choices=TargetUnit.choices)
    value = forms.IntegerField(min_value=0)
    indicator = CodeField(required=False)
    macro_actions = NumbersField(required=False)
    definition = forms.CharField()


class BudgetLineTable(forms.Form):
    partner = CodeField()
    macro_action = forms.IntegerField()
    cost_item = CodeField()
    funder = CodeField()
    amount = _money()
    demo = YesNoField(required=False)


# The file's lists, with what makes a row of each unique.
TABLES = {
    "organisations": (OrganisationTable, ("code",)),
    "macro_actions": (MacroActionTable, ("number",)),
    "partners": (PartnerTable, ("organisation",)),
    "funders": (FunderTable, ("code",)),
    "cost_items": (CostItemTable, ("code",)),
    "targets": (TargetTable, ("code",)),
    "budget_lines": (BudgetLineTable, ("partner", "macro_action", "cost_item", "funder")),
}


def lines_of(text: str) -> dict[tuple, int]:
    """Where each key and each row of a list stands: ("ends_on",) → 5, ("funders", 1, "amount") → 40.

    tomllib names the line of a syntax error only; this finds the lines of what is well written but wrong.
    """
    lines: dict[tuple, int] = {}
    rows: Counter = Counter()
    place: tuple = ()
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = None if fence in line else fence
            continue
        if header := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            place = (header[1], rows[header[1]])
            rows[header[1]] += 1
            lines[place] = number
            lines.setdefault(place[:1], number)
        elif header := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
            place = (header[1],)
            lines[place] = number
        elif key := re.match(r"\s*\"?([\w-]+)\"?\s*=\s*(.*)", line):
            lines.setdefault((*place, key[1]), number)
            for quotes in ('"""', "'''"):
                if key[2].startswith(quotes) and quotes not in key[2][3:]:
                    fence = quotes
    return lines


@dataclass
class EditionFile:
    """What a file says, checked."""

    edition: dict
    organisations: list[dict] = field(default_factory=list)
    macro_actions: list[dict] = field(default_factory=list)
    partners: list[dict] = field(default_factory=list)
    funders: list[dict] = field(default_factory=list)
    cost_items: list[dict] = field(default_factory=list)
    targets: list[dict] = field(default_factory=list)
    budget_lines: list[dict] = field(default_factory=list)

    def start_on(self, day: date) -> None:
        """Move the edition so that it begins on `day`, as long in months (and odd days) as before."""
        if ends_on := self.edition["ends_on"]:
            months, days = months_and_days(self.edition["starts_on"], ends_on + timedelta(days=1))
            self.edition["ends_on"] = add_months(day, months) + timedelta(days=days - 1)
        self.edition["starts_on"] = day


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole months from `start` to `end`, and the days left over."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return months, (end - add_months(start, months)).days


def read(text: str) -> EditionFile:
    """`text` as an edition, or EditionFileError with everything that is wrong in it."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise EditionFileError([(int(line[1]) if line else None, _("This is not TOML: %s") % error)]) from error
    return _Reader(data, lines_of(text)).read()


class _Reader:
    """Collects every problem of a file instead of stopping at the first."""

    def __init__(self, data: dict, lines: dict[tuple, int]):
        self.data = data
        self.lines = lines
        self.problems: list[tuple[int | None, str]] = []
        self.file = EditionFile(edition={})

    def read(self) -> EditionFile:
        root = {key: value for key, value in self.data.items() if key not in TABLES}
        self.file.edition = self.row(EditionTable, root, ())
        for name, (form, unique) in TABLES.items():
            rows = self.data.get(name, [])
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                self.problem((name,), _("%(table)s must be written as [[%(table)s]].") % {"table": name})
                continue
            setattr(self.file, name, [self.row(form, row, (name, index)) for index, row in enumerate(rows)])
            self.check_unique(name, unique)
        if not self.problems:
            self.check_edition()
            self.check_codes()
        if not self.problems:
            self.check_sums()
        if self.problems:
            raise EditionFileError(self.problems)
        return self.file

    def problem(self, place: tuple, reason: str) -> None:
        """Note `reason` at the nearest line known for `place`."""
        while place and place not in self.lines:
            place = place[:-1]
        self.problems.append((self.lines.get(place), reason))

    def row(self, form_class, values: dict, place: tuple) -> dict:
        form = form_class(values)
        for key in values.keys() - form.fields.keys():
            self.problem((*place, key), _("Unknown key “%s”.") % key)
        for key, errors in form.errors.items():
            for error in errors:
                self.problem((*place, key), f"{key}: {error}")
        return form.cleaned_data if form.is_valid() else {}

    def check_unique(self, table: str, keys: tuple[str, ...]) -> None:
        seen = set()
        for index, row in enumerate(getattr(self.file, table)):
            value = tuple(row.get(key) for key in keys)
            if row and value in seen:
                self.problem((table, index), _("“%s” is there twice.") % " · ".join(map(str, value)))
            seen.add(value)

    def check_edition(self) -> None:
        edition = self.file.edition
        if edition["kind"] == EditionKind.PROJECT and not edition["ends_on"]:
            self.problem(("kind",), _("ends_on: a project needs its last day."))
        if edition["ends_on"] and edition["ends_on"] < edition["starts_on"]:
            self.problem(("ends_on",), _("ends_on: an edition cannot end before it starts."))
        if edition["max_age"] < edition["min_age"]:
            self.problem(("max_age",), _("max_age: the highest age cannot be below the lowest."))
        leads = [index for index, row in enumerate(self.file.partners) if row["lead"]]
        if not leads:
            self.problem(("partners", 0), _("No partner leads: mark one with lead = true."))
        for index in leads[1:]:
            self.problem(("partners", index, "lead"), _("lead: another partner leads already; only one can."))

    def check_codes(self) -> None:
        known = {
            "organisation": {row["code"] for row in self.file.organisations},
            "macro_action": {row["number"] for row in self.file.macro_actions},
            "partner": {row["organisation"] for row in self.file.partners},
            "funder": {row["code"] for row in self.file.funders},
            "cost_item": {row["code"] for row in self.file.cost_items},
        }
        for table in TABLES:
            for index, row in enumerate(getattr(self.file, table)):
                for key, values in known.items():
                    if row.get(key) and row[key] not in values:
                        self.problem((table, index, key), self.unknown(key, row[key]))
                for number in row.get("macro_actions", []):
                    if number not in known["macro_action"]:
                        self.problem((table, index, "macro_actions"), self.unknown("macro_actions", number))

    def unknown(self, key: str, value) -> str:
        return _("%(key)s: “%(value)s” is not in this file.") % {"key": key, "value": value}

    def check_sums(self) -> None:
        funders = {row["code"]: row for row in self.file.funders}
        partners = {row["organisation"]: row for row in self.file.partners}
        total = sum((row["amount"] for row in funders.values()), Decimal(0))
        if funders and self.file.edition["total"] is None:
            self.problem(("funders", 0), _("total: say the total cost, so that the funders can be checked against it."))
        elif funders and self.file.edition["total"] != total:
            words = {"funders": total, "total": self.file.edition["total"]}
            self.problem(("total",), _("total: the funders give %(funders)s, but the total is %(total)s.") % words)
        if len({row["demo"] for row in self.file.budget_lines}) > 1:
            self.problem(("budget_lines", 0), _("demo: either all budget lines are made up for the demo or none."))
        spread: Counter = Counter()
        for index, row in enumerate(self.file.budget_lines):
            spread[row["funder"]] += row["amount"]
            owner = funders[row["funder"]]["organisation"]
            if funders[row["funder"]]["kind"] == FunderKind.OWN and owner and owner != row["partner"]:
                words = {"funder": row["funder"], "owner": owner}
                reason = _("funder: “%(funder)s” is %(owner)s's own money; it pays no other partner.") % words
                self.problem(("budget_lines", index, "funder"), reason)
            if row["macro_action"] not in partners[row["partner"]]["macro_actions"]:
                words = {"partner": row["partner"], "number": row["macro_action"]}
                reason = _("macro_action: %(partner)s takes no part in macro-action %(number)s.") % words
                self.problem(("budget_lines", index, "macro_action"), reason)
        for index, row in enumerate(self.file.funders):
            if self.file.budget_lines and spread[row["code"]] != row["amount"]:
                words = {"funder": row["code"], "amount": row["amount"], "lines": spread[row["code"]]}
                reason = _("amount: %(funder)s gives %(amount)s, but its budget lines come to %(lines)s.") % words
                self.problem(("funders", index, "amount"), reason)
