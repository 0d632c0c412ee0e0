"""Goals and steps of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.enums import ActionKind
from intake.forms.inputs import DateInput
from intake.models import PlanAction, PlanGoal
from intake.plan_templates import all_templates


class GoalForm(forms.Form):
    """A goal in one's own words."""

    title = forms.CharField(label=_("Goal"), max_length=PlanGoal._meta.get_field("title").max_length)


class NewGoalForm(forms.Form):
    """A goal that comes up often, with its steps; or one in one's own words."""

    template = forms.ChoiceField(
        label=_("A goal that comes up often"),
        required=False,
        help_text=_("It brings its usual steps with it. You can change everything."),
    )
    title = forms.CharField(
        label=_("Or in their own words"),
        max_length=PlanGoal._meta.get_field("title").max_length,
        required=False,
    )

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        goals = [(key, row.goal(language)) for key, row in all_templates().items()]
        self.fields["template"].choices = [("", _("None of these goals")), *goals]

    def clean(self):
        data = super().clean()
        if bool(data.get("template")) == bool(data.get("title")) and not self.errors:
            raise forms.ValidationError(_("Choose a goal from the list or write one, not both."), code="one")
        return data


class ActionForm(forms.Form):
    """A step towards a goal."""

    title = forms.CharField(label=_("What"), max_length=PlanAction._meta.get_field("title").max_length)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices, initial=ActionKind.ERRAND)
    due_on = forms.DateField(label=_("By when"), widget=DateInput())
    hours_planned = forms.DecimalField(
        label=_("Hours planned"),
        min_value=0,
        max_value=9999,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )

    def clean_hours_planned(self):
        return self.cleaned_data["hours_planned"] or 0


class ProposeForm(forms.Form):
    """Before proposing: when we look at it again."""

    review_on = forms.DateField(label=_("We look at it again on"), widget=DateInput())
