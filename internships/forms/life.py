"""What people type about changes, deadlines and safety."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.files.forms import UploadField
from internships.actions import promoter_members
from internships.enums import EndedBy, EndGround, SuspensionKind
from internships.forms.days import TimetableForm
from internships.models import HostTutor, OperatingUnit
from migwork.fields import OneLineField
from migwork.inputs import DateInput, TimeInput


def _words(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class WithReason(forms.Form):
    """Every change says why; the reason comes last."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("One sentence. The young person and the operator read it; the host does not."),
        widget=_words(2),
    )

    def __init__(self, *args, internship, **kwargs):
        super().__init__(*args, **kwargs)
        self.internship = internship
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class ExtensionForm(WithReason):
    ends_on = forms.DateField(label=_("New last day"), widget=DateInput())


class SuspensionForm(WithReason):
    kind = forms.ChoiceField(label=_("What suspends it"), choices=SuspensionKind, widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("First day without work"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Last day without work"),
        help_text=_("As it looks now. You can change the day of return later."),
        widget=DateInput(),
    )


class ReturnForm(WithReason):
    on = forms.DateField(label=_("First day back at work"), widget=DateInput())


class HoursForm(WithReason, TimetableForm):
    """Where a weekly timetable is written, the one that holds from then on comes with the hours."""

    weekly_hours = forms.DecimalField(
        label=_("Hours a week"),
        min_value=1,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    valid_from = forms.DateField(label=_("From which day on"), widget=DateInput())

    def __init__(self, *args, slots=(), **kwargs):
        super().__init__(*args, slots=slots, **kwargs)
        self.has_timetable = bool(slots)
        for name in () if slots else list(self.times):
            del self.fields[name]

    def said(self) -> dict:
        """For actions.change_hours."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in self.times}
        return {**data, "slots": self.slots}


class HostTutorForm(WithReason):
    host_tutor = forms.ModelChoiceField(None, label=_("Tutor at the host"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tutors = HostTutor.objects.filter(host=self.internship.unit.host_id).exclude(pk=self.internship.host_tutor_id)
        self.fields["host_tutor"].queryset = tutors.order_by("name", "pk")


class PromoterTutorForm(WithReason):
    promoter_tutor = forms.ModelChoiceField(None, label=_("Your tutor"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(pk__in=promoter_members(self.internship.promoter_id).values("user"))
        colleagues = colleagues.exclude(pk=self.internship.promoter_tutor_id)
        self.fields["promoter_tutor"].queryset = colleagues.order_by("name", "pk")


class SiteForm(WithReason):
    unit = forms.ModelChoiceField(None, label=_("Where"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = OperatingUnit.objects.filter(host=self.internship.unit.host_id).exclude(pk=self.internship.unit_id)
        self.fields["unit"].queryset = units.order_by("pk")
        self.fields["unit"].label_from_instance = lambda unit: f"{unit.address}, {unit.municipality}"


class EarlyEndForm(WithReason):
    """Who ends it and from when; hosts and promoters on one of two grounds."""

    ended_by = forms.ChoiceField(label=_("Who ends it?"), choices=EndedBy, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("On what ground?"),
        choices=[("", _("None: the intern ends it")), *EndGround.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("An intern may go when they say why. Host and promoter have only these two grounds."),
    )
    ended_on = forms.DateField(label=_("Last day of work"), widget=DateInput())


class TodoForm(forms.Form):
    """The receipt of a notice, an insurance, a registration."""

    done_on = forms.DateField(label=_("Done on"), widget=DateInput())
    reference = forms.CharField(
        label=_("Number of the receipt"),
        max_length=60,
        help_text=_("The protocol number, or that of the policy"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = UploadField(label=_("The receipt"), required=False)


class EvidenceForm(forms.Form):
    """That training or a risk assessment is there."""

    on = forms.DateField(label=_("Day"), help_text=_("On which it was held or issued"), widget=DateInput())
    reference = forms.CharField(
        label=_("What it is, and from whom"),
        max_length=150,
        help_text=_("Such as: general course, 4 hours, certificate 12/2026 of the training centre"),
    )
    until = forms.DateField(label=_("Valid until"), required=False, widget=DateInput())
    file = UploadField(label=_("The paper"), required=False)


class FitnessForm(EvidenceForm):
    """A minor's fitness: no paper about health is kept."""

    file = None
    reference = forms.CharField(label=_("Who issued it"), max_length=150, help_text=_("The doctor or the office"))


class AccidentForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DateInput())
    at = forms.TimeField(label=_("At about what time"), widget=TimeInput())
    what = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        help_text=_("Where, how, and who has been told. A few words are enough."),
        widget=_words(4),
    )
    certificate_on = forms.DateField(
        label=_("Day of the medical certificate"),
        required=False,
        help_text=_("If a doctor has written one already"),
        widget=DateInput(),
    )


class HostAccidentForm(AccidentForm):
    """By the host's link: whoever saw it writes their name. Certificates go from the intern to the promoter."""

    certificate_on = None
    reporter = OneLineField(
        label=_("Your name and surname"),
        max_length=150,
        help_text=_("The promoter calls you back."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class CertificateForm(forms.Form):
    certificate_on = forms.DateField(label=_("Day of the medical certificate"), widget=DateInput())


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong?"), max_length=2000, help_text=_("Write as it comes."), widget=_words(5)
    )


class ConcernAnswerForm(forms.Form):
    outcome = forms.CharField(
        label=_("What was done"),
        max_length=2000,
        help_text=_("After you have talked with the intern. The host does not read it."),
        widget=_words(4),
    )


class VisitForm(forms.Form):
    on = forms.DateField(label=_("Day of the visit"), widget=DateInput())


class VisitHeldForm(forms.Form):
    held_on = forms.DateField(label=_("Took place on"), widget=DateInput())
    found = forms.CharField(
        label=_("How it goes"),
        max_length=2000,
        help_text=_("Tasks, safety, tutor, what the intern says. The host does not read it."),
        widget=_words(5),
    )
