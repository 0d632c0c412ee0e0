"""A partner's list of activities: a file, its columns, and what is wrong with it line by line."""

from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from migwork import sheets
from migwork.text import sort_key
from pathways.forms.activities import OpportunityForm

MOST_MB = 2
# Each line is a page that somebody reads before it is published.
MOST_LINES = 300
# So many faults are shown: whoever has more mends these and tries again.
MOST_FAULTS = 100


class ImportForm(forms.Form):
    """The file with the list."""

    file = forms.FileField(
        label=gettext_lazy("Your list"),
        help_text=gettext_lazy("XLSX or CSV, at most %(lines)s activities and %(mb)s MB.")
        % {"lines": MOST_LINES, "mb": MOST_MB},
        widget=forms.FileInput(attrs={"accept": f".xlsx,.csv,{sheets.XLSX_TYPE},text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise ValidationError(
                _("The file is larger than %s MB. Split the list, or copy it into a new file.") % MOST_MB
            )
        return file


class LineForm(OpportunityForm):
    """A line of the list, checked as the form is; who runs it and the macro-action are looked up once for all lines."""

    def __init__(self, data):
        super().__init__(data, organisations=None, macro_actions=None)
        del self.fields["organisation"], self.fields["macro_action"]

    def _post_clean(self):
        """The model's own checks ask the database for each line: the form's fields say the same."""


@dataclass
class Fault:
    """What is wrong, and where: the line and the column as the spreadsheet shows them."""

    sentence: str
    line: int | None = None
    column: str = ""


@dataclass
class Listed:
    """A list that was read: `rows` are (line, fields) of what is right, `faults` what is not."""

    rows: list[tuple[int, dict]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: fault.line or 0)[:MOST_FAULTS]

    @property
    def others(self) -> int:
        return max(0, len(self.faults) - MOST_FAULTS)


class Columns:
    """The columns of the list: the fields of the form, by their labels in any of our languages."""

    def __init__(self, *, organisations, macro_actions):
        self.organisations, self.macro_actions = list(organisations), list(macro_actions)
        self.form = OpportunityForm(organisations=organisations, macro_actions=macro_actions)
        self.names = list(self.form.fields)
        self._by_heading = {_key(name): name for name in self.names}
        self._values = {}
        for language, _label in settings.LANGUAGES:
            with override(language):
                for name, column in self.form.fields.items():
                    self._by_heading.setdefault(_key(column.label), name)
        for name in self.names:
            self._values[name] = self._values_of(name)

    @property
    def headings(self) -> list[str]:
        """In the language of whoever reads."""
        return [str(self.form.fields[name].label) for name in self.names]

    def allowed(self, name) -> list[str]:
        """What can be written in a column where not anything can, in the reader's language."""
        if name == "organisation":
            return [row.short_name for row in self.organisations]
        if name == "macro_action":
            return [str(row) for row in self.macro_actions]
        column = self.form.fields[name]
        if isinstance(column, forms.BooleanField):
            return [_("yes"), _("no")]
        return [str(label) for value, label in column.choices if value not in ("", None)] if _chooses(column) else []

    def explained(self) -> list[tuple]:
        """Further sheets for the template: what each column is for and may hold; and an example."""
        about = []
        for name in self.names:
            column = self.form.fields[name]
            needed = _("Must be filled in") if self._must_stand(name) else _("May stay empty")
            help_text = str(column.help_text)
            if isinstance(column, forms.MultipleChoiceField):
                help_text += " " + _("More than one: with “;” between them.")
            about.append([str(column.label), needed, help_text, "\n".join(self.allowed(name))])
        heads = [_("Column"), _("Needed"), _("What to write"), _("One of these")]
        example = [
            [_("Column"), _("Example")],
            *([str(self.form.fields[name].label), text] for name, text in self._example()),
        ]
        return [(_("What can be written"), heads, about), (_("Example"), example[0], example[1:])]

    def _example(self):
        texts = {
            "title": _("Bartender for events"),
            "summary": _("You learn to prepare coffee and cocktails, and to work at a party."),
            "for_whom": _("For whoever likes people. No experience needed."),
            "min_age": "16",
            "max_age": "24",
            "what_you_get": _("A certificate, and a talk with three caterers."),
            "description": _("Ten afternoons behind a real bar, in a group of twelve."),
            "place": _("Via Example 2, Milan"),
            "municipio": "1",
            "contact": "corsi@example.org",
        }
        for name in self.names:
            allowed = self.allowed(name)
            yield name, texts.get(name) or (allowed[0] if allowed and self._must_stand(name) else "")

    def _values_of(self, name) -> dict | None:
        """What may be typed → what the form takes; None: anything."""
        if name == "organisation":
            return {_key(word): row for row in self.organisations for word in (row.short_name, row.name)}
        if name == "macro_action":
            return {_key(word): row for row in self.macro_actions for word in (str(row), row.number, row.name)}
        column = self.form.fields[name]
        if isinstance(column, forms.BooleanField):
            return {_key(word): True for word in ("sì", "yes", "x", "1")} | {_key(w): False for w in ("no", "0", "-")}
        if not _chooses(column):
            return None
        values = {_key(value): value for value, _label in column.choices}
        for language, _name in settings.LANGUAGES:
            with override(language):
                values |= {_key(label): value for value, label in column.choices}
        return values

    # -- reading --------------------------------------------------------------------------

    def read(self, content: bytes) -> Listed:
        """Everything that stands in the file, or all that is wrong with it."""
        listed = Listed()
        try:
            sheet = sheets.read(content, knows=self._by_heading.keys())
            listed.notes = sheet.notes
            self._read_lines(listed, sheet.lines)
        except sheets.Unreadable as why:
            listed.faults.append(Fault(why.sentence, why.row))
        if not listed.rows and not listed.faults:
            listed.faults.append(Fault(_("Under the headings there is nothing yet.")))
        return listed

    def _read_lines(self, listed, lines):
        head = next(lines, None)
        if head is None:
            raise sheets.Unreadable(_("The file is empty."))
        places = self._places(head, listed)
        if listed.faults:
            return
        titles, count = {}, 0
        for line in lines:
            count += 1
            if count > MOST_LINES:
                listed.faults = [Fault(_("These are more than %s activities: split the list.") % MOST_LINES)]
                return
            fields = self._read_line(line, places, listed)
            if fields is None:
                continue
            key = (fields["organisation"].pk, sort_key(fields["title"]))
            if (first := titles.setdefault(key, line.number)) != line.number:
                sentence = _("The same title stands in line %s already.") % first
                listed.faults.append(Fault(sentence, line.number, self._label("title")))
            listed.rows.append((line.number, fields))

    def _places(self, head, listed) -> list[str | None]:
        """Of each column of the file, the name of its field."""
        places = [self._by_heading.get(_key(cell.text)) if cell.text else None for cell in head.cells]
        if not any(places):
            listed.faults.append(
                Fault(
                    _("The first line does not hold the headings of the template. Copy them from there."), head.number
                )
            )
            return places
        for cell, name in zip(head.cells, places, strict=True):
            if cell.text and name is None:
                sentence = _("We do not know this column: take it out, or name it as in the template.")
                listed.faults.append(Fault(sentence, head.number, cell.text[:60]))
            elif name and places.count(name) > 1:
                listed.faults.append(Fault(_("This column is there twice."), head.number, cell.text[:60]))
        for name in self.names:
            if self._must_stand(name) and name not in places:
                listed.faults.append(Fault(_("This column is missing."), head.number, self._label(name)))
        return places

    def _must_stand(self, name) -> bool:
        if name == "organisation":
            return len(self.organisations) != 1
        column = self.form.fields[name]
        return column.required and self.form.get_initial_for_field(column, name) in (None, "")

    def _label(self, name) -> str:
        return str(self.form.fields[name].label)

    def _read_line(self, line, places, listed) -> dict | None:
        """What the line says as the form has it, or None: then its faults are among the others."""
        faults, data = {}, {}
        for place, cell in enumerate(line.cells):
            name = places[place] if place < len(places) else None
            if name is None:
                if cell.text:
                    faults.setdefault("", _("There is more here than there are headings: “%s”.") % cell.text[:40])
                continue
            if cell.fault:
                faults[name] = cell.fault
            data[name] = cell.text
        found = {name: self._look_up(name, data.get(name, ""), faults) for name in self.names}
        form = LineForm(found)
        for name, sentences in form.errors.items():
            faults.setdefault(name, " ".join(sentences))
        for name, sentence in faults.items():
            listed.faults.append(Fault(sentence, line.number, self._label(name) if name in self.names else ""))
        if faults:
            return None
        return form.cleaned_data | {name: found[name] for name in ("organisation", "macro_action")}

    def _look_up(self, name, text, faults):
        """What the form is given for what was typed."""
        values = self._values[name]
        if not text:
            if name == "organisation":
                if len(self.organisations) == 1:
                    return self.organisations[0]
                faults.setdefault(name, _("Say who runs it."))
            if name in ("organisation", "macro_action"):
                return None
            return self.form.get_initial_for_field(self.form.fields[name], name) or ""
        if values is None:
            return text
        if isinstance(self.form.fields[name], forms.MultipleChoiceField):
            typed = [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]
            if wrong := next((word for word in typed if _key(word) not in values), None):
                faults.setdefault(name, self._not_one_of(name, wrong))
                return []
            return [values[_key(word)] for word in typed]
        if (value := values.get(_key(text))) is None:
            faults.setdefault(name, self._not_one_of(name, text))
        return value

    def _not_one_of(self, name, text) -> str:
        if name == "organisation":
            return _("“%s” is not an organisation in whose name you write.") % text[:60]
        return _("“%(typed)s” is not one of these: %(allowed)s.") % {
            "typed": text[:60],
            "allowed": ", ".join(self.allowed(name)) or "–",
        }


def _key(text) -> str:
    """Headings and words of a list are the same whatever their capitals, accents, apostrophes and blanks."""
    return sort_key(str(text).strip("* \u00a0"))


def _chooses(column) -> bool:
    return isinstance(column, forms.ChoiceField)
