"""Writing the forms themselves: titles, sections, questions and their answers, in each of the portal's languages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.questionnaires.enums import WITH_OPTIONS, QuestionKind
from migwork.fields import OneLineField

FIRST = settings.LANGUAGES[0][0]
# Empty rows for further answers on each page; saving gives as many again.
MORE_OPTIONS = 4


class InLanguages(forms.Form):
    """Fields that exist once per language: `words("title")` gives {"it": …, "en": …} without the empty ones."""

    # What somebody had read before they changed it.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def add(self, name, label, *, max_length, required=False):
        for code, language in settings.LANGUAGES:
            told = label
            if code != FIRST:
                told = _("%(label)s in %(language)s") % {"label": label, "language": str(language).lower()}
            field = OneLineField(label=told, required=required and code == FIRST, max_length=max_length)
            field.widget.attrs["lang"] = code
            self.fields[f"{name}_{code}"] = field

    def clean(self):
        data = super().clean()
        for name in [name for name in data if name.endswith(f"_{FIRST}")]:
            stem = name.removesuffix(f"_{FIRST}")
            if not data.get(name) and self.words(stem):
                self.add_error(name, _("Write it in Italian too: the other languages follow it."))
        return data

    def words(self, name) -> dict:
        said = {code: self.cleaned_data.get(f"{name}_{code}") for code, _language in settings.LANGUAGES}
        return {code: text for code, text in said.items() if text}

    @staticmethod
    def spread(name, text) -> dict:
        """Initial values of the fields of `name` from {"it": …}."""
        return {f"{name}_{code}": (text or {}).get(code, "") for code, _language in settings.LANGUAGES}


class TitleForm(InLanguages):
    """The name of a form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add("title", _("Name of the form"), required=True, max_length=150)

    @property
    def value(self) -> dict:
        return self.words("title")


class SectionWordsForm(InLanguages):
    """A section: its title, a sentence below it, whether the person may have it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add("title", _("Title of the section"), required=True, max_length=150)
        self.add("intro", _("A sentence below the title"), max_length=300)
        self.fields["for_person"] = forms.BooleanField(
            label=_("It may stand in the summary for the young person"),
            required=False,
            help_text=_("Only sections that one would read aloud with them. The case team’s remarks stay out."),
        )

    @classmethod
    def initial_of(cls, section: dict) -> dict:
        return {
            **cls.spread("title", section.get("title")),
            **cls.spread("intro", section.get("intro")),
            "for_person": section.get("for_person", False),
        }

    @property
    def value(self) -> dict:
        return {
            "title": self.words("title"),
            "for_person": self.cleaned_data["for_person"],
            **({"intro": self.words("intro")} if self.words("intro") else {}),
        }


class QuestionForm(InLanguages):
    """A question: its words, how it is answered, and the answers to choose from, in the order of their numbers."""

    def __init__(self, *args, sections, options=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.add("label", _("Question"), required=True, max_length=250)
        self.add("hint", _("A hint below it"), max_length=300)
        self.fields["kind"] = forms.ChoiceField(
            label=_("How is it answered?"), choices=QuestionKind.choices, widget=forms.RadioSelect
        )
        self.fields["required"] = forms.BooleanField(
            label=_("The interview can be closed only with an answer to it"), required=False
        )
        self.fields["section"] = forms.ChoiceField(label=_("In which section"), choices=sections)
        self.rows = range(1, self._how_many(len(options)) + 1)
        for row in self.rows:
            self._add_row(row)

    def _how_many(self, there) -> int:
        if self.is_bound:
            return min(60, sum(name.startswith("place_") for name in self.data))
        return there + MORE_OPTIONS

    def _add_row(self, row):
        self.fields[f"value_{row}"] = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=60)
        number = forms.NumberInput(attrs={"inputmode": "numeric"})
        self.fields[f"place_{row}"] = forms.IntegerField(
            label=_("No."), required=False, min_value=1, max_value=99, initial=row, widget=number
        )
        self.add(f"option_{row}", _("Answer"), max_length=150)

    @property
    def words_and_kind(self) -> list:
        """For the page: the question and its hint in each language, then how it is answered."""
        names = [f"{name}_{code}" for name in ("label", "hint") for code, _language in settings.LANGUAGES]
        return [self[name] for name in (*names, "kind")]

    @property
    def option_rows(self) -> list[dict]:
        """For the page: the fields of each row of answers, without a remark at each that it may be left empty."""
        self.use_required_attribute = False
        for name in self.fields:
            if name.startswith(("place_", "option_")):
                self.fields[name].required = True
        codes = [code for code, _language in settings.LANGUAGES]
        return [
            {
                "value": self[f"value_{row}"],
                "place": self[f"place_{row}"],
                "words": [self[f"option_{row}_{code}"] for code in codes],
            }
            for row in self.rows
        ]

    @classmethod
    def initial_of(cls, section: str, question: dict) -> dict:
        initial = {
            **cls.spread("label", question.get("label")),
            **cls.spread("hint", question.get("hint")),
            "kind": question.get("kind", QuestionKind.TEXT),
            "required": question.get("required", False),
            "section": section,
        }
        for row, option in enumerate(question.get("options", []), start=1):
            initial |= {f"value_{row}": option["value"], **cls.spread(f"option_{row}", option["label"])}
        return initial

    def clean(self):
        data = super().clean()
        self.options = self._written()
        kind = data.get("kind")
        if kind in WITH_OPTIONS and len(self.options) < 2:
            self.add_error("kind", _("Write at least two answers below to choose from."))
        labels = [option["label"][FIRST].casefold() for option in self.options]
        if len(set(labels)) < len(labels):
            self.add_error(None, _("Two answers have the same words: change one or leave it empty."))
        if kind and kind not in WITH_OPTIONS and self.options:
            sentence = _("This kind has no answers to choose from: empty them below, or choose another kind.")
            self.add_error("kind", sentence)
        return data

    def _written(self) -> list[dict]:
        found = []
        for row in self.rows:
            label = self.words(f"option_{row}")
            if FIRST in label:
                place = self.cleaned_data.get(f"place_{row}") or 99
                found.append((place, row, {"value": self.cleaned_data.get(f"value_{row}") or "", "label": label}))
        return [option for _place, _row, option in sorted(found, key=lambda row: row[:2])]

    @property
    def value(self) -> dict:
        return {
            "kind": self.cleaned_data["kind"],
            "label": self.words("label"),
            "required": self.cleaned_data["required"],
            "options": self.options,
            **({"hint": self.words("hint")} if self.words("hint") else {}),
        }
