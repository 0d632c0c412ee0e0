"""Goals and steps of a plan."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.enums import ActionKind, AppointmentKind, Project
from intake.models import Plan, PlanAction, PlanGoal
from intake.plan_templates import all_templates
from migwork.inputs import DateInput


class ProjectField(forms.ChoiceField):
    """What a goal is for: professional, unless somebody says otherwise."""

    def __init__(self):
        super().__init__(
            label=_("It is for"), choices=Project.choices, initial=Project.PROFESSIONAL, widget=forms.RadioSelect
        )

    def clean(self, value):
        return super().clean(value or Project.PROFESSIONAL)


class GoalForm(forms.Form):
    """A goal in one's own words."""

    title = forms.CharField(label=_("Goal"), max_length=PlanGoal._meta.get_field("title").max_length)
    project = ProjectField()


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
    project = ProjectField()

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = language
        goals = [(key, row.goal(language)) for key, row in all_templates().items()]
        self.fields["template"].choices = [("", _("None of these goals")), *goals]

    def clean(self):
        data = super().clean()
        if bool(data.get("template")) == bool(data.get("title")) and not self.errors:
            raise forms.ValidationError(_("Choose a goal from the list or write one, not both."), code="one")
        return data


# A talk of the agenda is a kind of its own in the list: "appointment:" and which one.
KINDS = [
    (ActionKind.ERRAND, ActionKind.ERRAND.label),
    *(
        (f"{ActionKind.APPOINTMENT}:{talk}", format_lazy(_("A talk with us: {which}"), which=talk.label))
        for talk in (AppointmentKind.PLAN_REVIEW, AppointmentKind.INTERVIEW)
    ),
    (ActionKind.APPOINTMENT, _("A talk with somebody else")),
    (ActionKind.ACTIVITY, ActionKind.ACTIVITY.label),
    (ActionKind.INTERNSHIP, ActionKind.INTERNSHIP.label),
]


def kind_shown(action) -> str:
    """The entry of KINDS that a step is."""
    return f"{action.kind}:{action.talk}" if action.talk else action.kind


class ActionForm(forms.Form):
    """A step towards a goal. A talk with us can be booked from the step, and is done when it has taken place."""

    title = forms.CharField(label=_("What"), max_length=PlanAction._meta.get_field("title").max_length)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial=ActionKind.ERRAND)
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

    def clean(self):
        data = super().clean()
        data["kind"], _of, data["talk"] = data.get("kind", "").partition(":")
        return data


class OwnStepForm(forms.Form):
    """A step that a young person adds by themselves."""

    goal = forms.ModelChoiceField(
        label=_("For which goal?"),
        queryset=PlanGoal.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the goal it is for.")},
    )
    title = forms.CharField(
        label=_("What do you want to do?"),
        help_text=_("Something small, such as: call the gym, ask my aunt, print the CV."),
        max_length=PlanAction._meta.get_field("title").max_length,
        error_messages={"required": _("Write what you want to do.")},
    )
    due_on = forms.DateField(label=_("By when?"), widget=DateInput(), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, goals, **kwargs):
        super().__init__(*args, **kwargs)
        if len(goals) == 1:
            self.only_goal = goals[0]
            del self.fields["goal"]
        else:
            self.fields["goal"].queryset = PlanGoal.objects.filter(pk__in=[goal.pk for goal in goals])

    def clean(self):
        data = super().clean()
        if "goal" not in self.fields:
            data["goal"] = self.only_goal
        return data


class ProposeForm(forms.Form):
    """Before proposing: when we look at it again."""

    review_on = forms.DateField(label=_("We look at it again on"), widget=DateInput())


class ProjectForm(forms.Form):
    """What the goals are for, in a short sentence or two of the young person's own."""

    professional = forms.CharField(
        label=Project.PROFESSIONAL.label,
        help_text=_("Such as: I want to work with horses."),
        max_length=Plan._meta.get_field("professional_project").max_length,
        required=False,
    )
    life = forms.CharField(
        label=Project.LIFE.label,
        help_text=_("Such as: I want to live on my own."),
        max_length=Plan._meta.get_field("life_project").max_length,
        required=False,
    )
