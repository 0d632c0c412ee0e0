"""What people type about hosts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from migwork.inputs import DateInput


def _day(label, help_text=""):
    return forms.DateField(label=label, required=False, widget=DateInput(), help_text=help_text)


def _count(label, help_text="", **options):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100_000,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
        **options,
    )


class UnitForm(forms.Form):
    address = forms.CharField(label=_("Address"), max_length=250, help_text=_("Street and number"))
    municipality = forms.CharField(label=_("Municipality"), max_length=100, initial="Milano")
    headcount = _count(_("Employees here"), _("How many people work at this address"))
    permanent_staff = _count(_("Of these with a permanent contract"), required=False)

    def clean_permanent_staff(self):
        return self.cleaned_data["permanent_staff"] or 0

    def clean(self):
        data = super().clean()
        if data.get("permanent_staff", 0) > data.get("headcount", 100_000):
            self.add_error("permanent_staff", _("There are more permanent employees than employees."))
        return data


class UnitChangeForm(UnitForm):
    """A workplace with what the rules ask about it."""

    dismissals_on = _day(_("Last dismissal for the same work"), _("Leave it empty if there was none."))
    short_time_from = _day(_("Short-time work for the same work, from"))
    short_time_to = _day(_("Short-time work, until"), _("Leave it empty while it goes on."))

    def clean(self):
        data = super().clean()
        first, last = data.get("short_time_from"), data.get("short_time_to")
        if last and (not first or last < first):
            self.add_error("short_time_to", _("Short-time work ends after it began: give both days."))
        return data


class TutorForm(forms.Form):
    """A tutor can be reached by e-mail or by telephone."""

    tutor_name = forms.CharField(label=_("Name and surname"), max_length=200)
    tutor_email = forms.EmailField(label=_("E-mail"), required=False)
    tutor_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )

    def clean(self):
        data = super().clean()
        if not data.get("tutor_email") and not data.get("tutor_phone") and "tutor_email" not in self.errors:
            self.add_error("tutor_email", _("Give an e-mail or a telephone number of the tutor."))
        return data


class BodyForm(forms.Form):
    """The company or body itself."""

    name = forms.CharField(label=_("Name of the host"), max_length=200)
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=16,
        help_text=_("Eleven digits; for bodies without one, the numeric fiscal code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sector = forms.CharField(label=_("Sector"), max_length=150, required=False, help_text=_("Such as: bars"))
    ateco = forms.RegexField(
        r"^\d{2}(\.\d{1,2}){0,2}$",
        label=_("ATECO code"),
        max_length=8,
        required=False,
        help_text=_("Such as: 56.30"),
        error_messages={"invalid": _("Two digits, then two more after a point: 56.30.")},
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    is_public = forms.BooleanField(label=_("It is a public body"), required=False)
    is_seasonal = forms.BooleanField(label=_("It works by seasons"), required=False)
    agreement = forms.CharField(label=_("Collective agreement"), max_length=150, required=False)
    agreement_hours = forms.DecimalField(
        label=_("Hours a week by the agreement"),
        required=False,
        min_value=1,
        max_value=48,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )


class HostForm(BodyForm, TutorForm, UnitForm):
    """A host with its first workplace and tutor, on one page."""

    # The error summary follows the page from top to bottom.
    field_order = (
        *("name", "vat_number", "sector", "ateco", "is_public", "is_seasonal", "agreement", "agreement_hours"),
        *("address", "municipality", "headcount", "permanent_staff"),
    )


class HostChangeForm(BodyForm):
    """The host with its insurance and what the rules ask about it. Its VAT number stays."""

    vat_number = None
    inail_position = forms.CharField(label=_("INAIL position"), max_length=20, required=False)
    liability_policy = forms.CharField(
        label=_("Liability insurance"), max_length=150, required=False, help_text=_("Company and number of the policy")
    )
    liability_until = _day(_("Insured until"))
    insolvent_from = _day(_("Insolvency proceedings since"), _("Leave it empty if there are none."))
