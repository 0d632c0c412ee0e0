"""An activity, who came and who joins."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Education, Employment
from intake.enums import LanguageLevel
from migwork.fields import OneLineField
from pathways.enums import Family, Situation
from pathways.models import Opportunity

MUNICIPI = [("", _("None: all of Milan, or online")), *((n, _("Municipio %s") % n) for n in range(1, 10))]
CHOOSE = _("Choose…")
ANY = _("It does not matter")


class OpportunityForm(forms.ModelForm):
    """An activity as its page shows it, in the same order."""

    municipio = forms.TypedChoiceField(
        label=_("Municipio"), choices=MUNICIPI, coerce=int, empty_value=None, required=False
    )

    situations = forms.MultipleChoiceField(
        label=_("Thought for whoever…"),
        choices=Situation.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It invites, and refuses nobody. The City sees from it who is still without an offer."),
    )

    employment_in = forms.MultipleChoiceField(
        label=_("Only for people who are"),
        choices=Employment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nothing ticked: for everybody. Tick only what the funder or the law asks for."),
    )

    class Meta:
        model = Opportunity
        fields = [
            "organisation",
            "family",
            "title",
            "summary",
            "for_whom",
            "min_age",
            "max_age",
            "situations",
            "employment_in",
            "min_education",
            "italian_level",
            "wants_plan",
            "what_you_get",
            "description",
            "what_you_need",
            "place",
            "municipio",
            "contact",
            "language",
            "macro_action",
        ]
        field_classes = dict.fromkeys(["title", "summary", "place", "contact"], OneLineField)
        labels = {
            "organisation": _("Who runs it"),
            "family": _("What kind of activity"),
            "macro_action": _("Macro-action of the project"),
        }
        help_texts = {
            "title": _("As you would say it to a friend: “Bartender for events”, not “Module 3.2”."),
            "summary": _("One sentence: what one does and what for."),
            "for_whom": _("Whom it is made for. Say it without words that exclude: “no experience needed”."),
            "min_education": _("Leave it open unless the course really needs it."),
            "italian_level": _("People read it and decide: it stops nobody."),
            "wants_plan": _("For what an operator chooses together with the person."),
            "what_you_get": _("What one has in hand at the end: a certificate, a skill, a contact, an allowance."),
            "description": _("How it works, day by day. Short paragraphs."),
            "what_you_need": _("Documents, level of Italian, clothes. Nothing? Leave it empty."),
            "place": _("Street and number, or “Online”. The nearest stop helps."),
            "contact": _("Who answers questions: an e-mail or a telephone number with its hours."),
            "macro_action": _("Where attendance counts in the report to the funder."),
        }
        widgets = {
            "for_whom": forms.Textarea(attrs={"rows": 3}),
            "what_you_get": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "what_you_need": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        }

    def __init__(self, *args, organisations, macro_actions, **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in (("organisation", organisations), ("macro_action", macro_actions)):
            self.fields[name].empty_label = CHOOSE
            self.fields[name].queryset = rows
        self.fields["family"].choices = [("", CHOOSE), *Family.choices]
        self.fields["min_education"].choices = [("", ANY), *Education.choices]
        self.fields["italian_level"].choices = [("", ANY), *LanguageLevel.choices]
        for bounds in (self.fields["min_age"], self.fields["max_age"]):
            bounds.min_value, bounds.max_value = 10, 99
            bounds.widget.attrs.update({"min": 10, "max": 99, "inputmode": "numeric"})

    def clean(self):
        data = super().clean()
        lowest, highest = data.get("min_age"), data.get("max_age")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("max_age", _("The highest age cannot be below the lowest."))
        return data


class PlacesForm(forms.Form):
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)


class CompletionForm(forms.Form):
    """For each person: completed or not. A proposal is made from who came; the partner decides."""

    def __init__(self, *args, takers, **kwargs):
        super().__init__(*args, **kwargs)
        self.takers = takers = [taker for taker in takers if not taker.limited]
        for taker in takers:
            self.fields[str(taker.pk)] = forms.ChoiceField(
                label=taker.name,
                choices=[("yes", _("Completed")), ("no", _("Not completed"))],
                widget=forms.RadioSelect,
                initial="yes" if taker.came else "no",
            )

    @property
    def completed(self) -> list:
        return [taker.pk for taker in self.takers if self.cleaned_data[str(taker.pk)] == "yes"]


class EnrolForm(forms.Form):
    """Before one enrols: which step of the plan this is, if any."""

    def __init__(self, *args, actions, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._actions = {str(action.pk): action for action in actions}
        if self._actions:
            self.fields["azione"] = forms.ChoiceField(
                label=_("Is it a step of your plan?"),
                choices=[*((pk, action.title) for pk, action in self._actions.items()), ("", _("No, I just want to"))],
                widget=forms.RadioSelect,
                required=False,
                initial=str(chosen.pk) if chosen else "",
            )

    @property
    def plan_action(self):
        return self._actions.get(self.cleaned_data.get("azione", ""))
