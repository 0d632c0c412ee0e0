"""The proposal of an internship, and its steps."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.actions import promoter_members
from internships.enums import InternshipKind, RemoteMode
from internships.forms.reasons import reasons_in
from internships.kinds import WAYS
from internships.models import HostTutor, OperatingUnit
from migwork.fields import OneLineField
from migwork.inputs import DateInput

LEVELS = [
    ("", "–"),
    ("1", _("1 · elementary work")),
    ("2", _("2 · simple work, with somebody beside")),
    ("3", _("3 · as after a vocational qualification")),
    ("4", _("4 · as after a diploma")),
    ("5", _("5 · as after a higher technical institute")),
    ("6", _("6 · as after a bachelor’s degree")),
    ("7", _("7 · as after a master’s degree")),
    ("8", _("8 · as after a doctorate")),
]


class InternshipForm(forms.Form):
    """The proposal: workplace, tutors, what, when, how much."""

    title = forms.CharField(
        label=_("What the intern learns"), max_length=200, help_text=_("In plain words: the young person reads it too")
    )
    kind = forms.ChoiceField(
        label=_("Which kind of internship"),
        choices=[(kind, format_lazy("{}: {}", kind.label, WAYS[kind].says)) for kind in InternshipKind],
        widget=forms.RadioSelect,
        initial=InternshipKind.EXTRACURRICULAR,
    )
    school = OneLineField(
        label=_("School"), max_length=200, required=False, help_text=_("Only of a course of study or a PCTO: its name.")
    )
    school_tutor = OneLineField(
        label=_("Who follows it at the school"), max_length=150, required=False, help_text=_("Name and surname.")
    )
    school_email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        help_text=_("The link to sign for the school goes there. Without it the school signs on paper."),
    )
    eqf_level = forms.TypedChoiceField(
        label=_("Level of what is learnt (EQF)"),
        choices=LEVELS,
        coerce=int,
        empty_value=None,
        help_text=_("Of the simplest thing that is learnt; in doubt, 3. How long it may last depends on it."),
    )
    unit = forms.ModelChoiceField(None, label=_("Where"), widget=forms.RadioSelect, empty_label=None)
    host_tutor = forms.ModelChoiceField(None, label=_("Tutor at the host"), widget=forms.RadioSelect, empty_label=None)
    promoter_tutor = forms.ModelChoiceField(None, label=_("Your tutor"), empty_label=None)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DateInput())
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    remote_mode = forms.ChoiceField(label=_("From where"), choices=RemoteMode)
    worked_there_until = forms.DateField(
        label=_("Has this person worked for this host before? Until when?"),
        required=False,
        widget=DateInput(),
        help_text=_("Leave it empty if not."),
    )

    def __init__(self, *args, host, organisation_id, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = OperatingUnit.objects.filter(host=host).select_related("host").order_by("pk")
        tutors = HostTutor.objects.filter(host=host).order_by("name", "pk")
        colleagues = User.objects.filter(pk__in=promoter_members(organisation_id).values("user"))
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.address}, {unit.municipality}"
        self.fields["host_tutor"].queryset = tutors
        self.fields["promoter_tutor"].queryset = colleagues.order_by("name", "pk")
        self.fields["unit"].initial = units.first()
        self.fields["host_tutor"].initial = tutors.first()
        self.fields["promoter_tutor"].initial = user.pk

    def reasons(self) -> dict[str, str]:
        """Why the promoter goes past a warning, by the code of the finding."""
        return reasons_in(self.data)


class StepForm(forms.Form):
    """One step, with its reason where it needs one."""

    verb = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("One sentence. The young person and the operator read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
