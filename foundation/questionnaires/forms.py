"""A Django form for one section of a questionnaire, made from its definition."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.questionnaires.enums import QuestionKind
from foundation.questionnaires.models import Questionnaire
from foundation.questionnaires.queries import section_of, words
from migwork.inputs import DateInput


class SectionForm(forms.Form):
    """The ground of every section's form.

    Nothing is mandatory while it is being filled in: what is required only decides the
    section's state (a field then has `needed = True`), so that a talk can be broken off at any word.
    `version` is the stored version that the person started from.
    """

    questions: list[dict] = []
    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @classmethod
    def of(cls, sheet, section: str, known=None, **kwargs):
        """The form with what `sheet` holds for `section`; until it was saved, with what is `known` anyway."""
        known = known if section not in sheet.answers and known else {}
        initial = {**known, **sheet.answers.get(section, {}), "version": sheet.marks.get(section, {}).get("version", 0)}
        return cls(initial=initial, **kwargs)

    @property
    def answers(self) -> dict:
        """The cleaned answers, ready for actions.save_section."""
        return {q["key"]: _plain(self.cleaned_data[q["key"]]) for q in self.questions}


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


class _Shared(dict):
    """The fields of one version of a form. Nobody changes them, so its forms need no copies of their own."""

    def __deepcopy__(self, memo):
        return self


def section_form(
    questionnaire: Questionnaire, section_key: str, language: str, *, at_once: bool = False
) -> type[SectionForm]:
    """The form class of one section, labelled in `language`. KeyError for an unknown section.

    `at_once`: it is sent in one go, so what is required must be answered.
    """
    made, which = questionnaire.made, (section_key, language, at_once)
    if which not in made:
        made[which] = _make(section_of(questionnaire, section_key), language, at_once)
    return made[which]


def _make(section: dict, language: str, at_once: bool) -> type[SectionForm]:
    fields = {question["key"]: _field(question, language) for question in section["questions"]}
    for field in fields.values() if at_once else ():
        field.required = field.needed
    own = {"questions": section["questions"], "use_required_attribute": at_once}
    form = type("SectionForm", (SectionForm,), {**own, **fields})
    form.base_fields = _Shared(form.base_fields)
    return form


def _field(question: dict, language: str) -> forms.Field:
    common = {
        "label": words(question["label"], language),
        "help_text": words(question.get("hint"), language),
        "required": False,
    }
    options = [(option["value"], words(option["label"], language)) for option in question.get("options", [])]
    match question["kind"]:
        case QuestionKind.LONG_TEXT:
            field = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000, **common)
        case QuestionKind.CHOICE:
            field = forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case QuestionKind.CHOICES:
            field = forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case QuestionKind.YES_NO:
            field = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **common)
        case QuestionKind.DATE:
            field = forms.DateField(widget=DateInput(), **common)
        case QuestionKind.NUMBER:
            widget = forms.NumberInput(attrs={"inputmode": "decimal"})
            field = forms.DecimalField(widget=widget, max_digits=12, decimal_places=2, **common)
        case _:
            field = forms.CharField(max_length=500, **common)
    field.needed = bool(question.get("required"))
    return field
