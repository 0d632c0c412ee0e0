"""The training project in its turns, its signatures, and the words of papers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.representatives import FiscalCodeField, IdentityForm, MobileField
from accounts.models import User
from foundation.documents.models import Signer
from foundation.files.forms import UploadField
from internships.actions import promoter_members
from internships.enums import AgreementScope, Meals
from internships.models import HostSigner
from migwork.fields import OneLineField
from migwork.inputs import DateInput

REACHABLE = _("Give an e-mail or a mobile number: the link to sign goes there.")


def _area(rows=4):
    return forms.Textarea(attrs={"rows": rows})


class PromoterPartForm(forms.Form):
    """The promoter's turn."""

    objectives = forms.CharField(
        label=_("Goals"),
        max_length=3000,
        help_text=_("What the young person can do at the end. In plain words: they read it too."),
        widget=_area(),
    )
    competences = forms.CharField(
        label=_("Competences"),
        max_length=2000,
        help_text=_("One a line, as the regional framework QRSP names them. At the end the attestation takes them."),
        widget=_area(),
    )
    insurance_accident = OneLineField(
        label=_("Insurance against accidents (INAIL)"), max_length=150, help_text=_("Who insures, and the number")
    )
    insurance_liability = OneLineField(
        label=_("Liability insurance"), max_length=150, help_text=_("The company and the number of the policy")
    )

    def __init__(self, *args, without=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in without & self.fields.keys():
            del self.fields[name]


class HostPartForm(forms.Form):
    """The host's turn. Saved half-done, nothing is asked for; handed on, everything is."""

    activities = forms.CharField(
        label=_("Tasks"),
        max_length=3000,
        help_text=_("What the young person does, day by day. Nothing that covers for somebody who is missing."),
        widget=_area(),
    )
    timetable = OneLineField(
        label=_("Days and hours"), max_length=300, help_text=_("Such as: Monday to Friday, 9–13 and 14–16")
    )
    safety = OneLineField(
        label=_("Safety at work"),
        max_length=300,
        help_text=_("Which training, when, and what they are given to wear"),
    )
    allowance = forms.DecimalField(
        label=_("Allowance a month, in euro"),
        min_value=0,
        max_digits=7,
        decimal_places=2,
        localize=True,
        help_text=_("Gross. 0 only where the rules allow it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    meals = forms.ChoiceField(label=_("Meals"), choices=Meals.choices, widget=forms.RadioSelect, initial=Meals.NONE)
    signer = forms.ModelChoiceField(
        None,
        label=_("Who signs for your company?"),
        widget=forms.RadioSelect,
        empty_label=_("Somebody else"),
        required=False,
    )
    new_name = OneLineField(label=_("Name and surname of who signs"), max_length=200)
    new_position = OneLineField(
        label=_("As what they sign"), max_length=150, help_text=_("Such as: legal representative")
    )
    new_email = forms.EmailField(label=_("Their e-mail"), required=False)
    new_phone = MobileField(label=_("Their mobile number"), required=False)

    def __init__(self, *args, signers, is_done=True, without=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in without & self.fields.keys():
            del self.fields[name]
        self.is_done = is_done
        self.fields["signer"].queryset = signers
        self.fields["signer"].label_from_instance = lambda signer: f"{signer.name}, {signer.position}"
        if not signers:
            del self.fields["signer"]
        for name in ("new_name", "new_position") if is_done and signers else ():
            self.fields[name].required = False
        if not is_done:
            for field in self.fields.values():
                field.required = False

    def clean(self):
        data = super().clean()
        if data.get("signer") or not (self.is_done or data.get("new_name")):
            return data
        for name in ("new_name", "new_position"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Write this, or choose somebody above."))
        if (
            not data.get("new_email")
            and not data.get("new_phone")
            and not {"new_email", "new_phone"} & set(self.errors)
        ):
            self.add_error("new_email", REACHABLE)
        return data

    def part(self) -> dict:
        """For actions.write_host."""
        data = self.cleaned_data
        new = {name: data[f"new_{name}"] for name in ("name", "position", "email", "phone")}
        fields = ("activities", "timetable", "safety", "allowance", "meals")
        chosen = data.get("signer")
        return {
            **{name: data[name] for name in fields if name in self.fields},
            "signer": chosen,
            "new_signer": new if not chosen and new["name"] else None,
        }


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("What should change?"),
        max_length=1000,
        widget=_area(3),
        error_messages={"required": _("Write what should change, a few words are enough.")},
    )


class MyPartForm(forms.Form):
    """The young person's turn, in plain words."""

    wishes = forms.CharField(
        label=_("What do you want to learn here?"), max_length=2000, help_text=_("In your own words."), widget=_area()
    )
    needs = forms.CharField(
        label=_("Is there anything you need to do well?"),
        max_length=2000,
        required=False,
        help_text=_("Such as: a day on which you have school. The company reads it."),
        widget=_area(3),
    )
    duties = forms.BooleanField(
        label=_("I have read the plan and my duties"),
        error_messages={"required": _("Read the plan, then tick this.")},
    )


class TheirPartForm(MyPartForm):
    """The same, written by the tutor beside them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wishes"].label = _("What do they want to learn here?")
        self.fields["wishes"].help_text = _("Write it with them, in their words.")
        self.fields["needs"].label = _("Is there anything they need to do well?")
        self.fields["duties"].label = _("We read the plan and the duties together")


class PromoterSignerForm(forms.Form):
    promoter_signer = forms.ModelChoiceField(None, label=_("Who signs for you?"), empty_label=None)

    def __init__(self, *args, organisation_id, user, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(pk__in=promoter_members(organisation_id).values("user"))
        self.fields["promoter_signer"].queryset = colleagues.order_by("name", "pk")
        self.fields["promoter_signer"].initial = user.pk


class OutsideForm(forms.Form):
    """The scan of what was signed outside of the portal."""

    scan = UploadField(
        label=_("The signed paper, scanned or photographed"),
        error_messages={"required": _("Choose the file with the signed paper.")},
    )
    signed_on = forms.DateField(label=_("Day of the last signature"), widget=DateInput())
    compared = forms.BooleanField(
        label=_("I checked it: all who have to have signed"),
        error_messages={"required": _("Tick this only if it is so.")},
    )


class PaperScanForm(forms.Form):
    """One scan, and who signed on it."""

    signers = forms.ModelMultipleChoiceField(
        None,
        label=_("Who signed on this paper?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who signed.")},
    )
    scan = UploadField(
        label=_("The signed paper, scanned or photographed"),
        error_messages={"required": _("Choose the file with the signed paper.")},
    )
    compared = forms.BooleanField(
        label=_("I compared it: it is this document, and the signatures are theirs"),
        error_messages={"required": _("Tick this only if it is so.")},
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signers"].queryset = waiting
        self.fields["signers"].label_from_instance = lambda row: f"{row.name} ({row.get_role_display()})"
        if len(waiting) == 1:
            self.fields["signers"].initial = [waiting[0].pk]


def waiting_of(request):
    """Who of a request has not answered, for PaperScanForm."""
    return Signer.objects.filter(request=request, state="waiting").order_by("name", "pk")


class HostSignerForm(forms.Form):
    """Who signs for a host."""

    name = OneLineField(label=_("Name and surname"), max_length=200)
    position = OneLineField(label=_("As what they sign"), max_length=150, help_text=_("Such as: legal representative"))
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = MobileField(label=_("Mobile number"), required=False)
    fiscal_code = FiscalCodeField(
        label=_("Codice fiscale"), required=False, help_text=_("With it they can sign by SPID or CIE")
    )

    def clean(self):
        data = super().clean()
        if not data.get("email") and not data.get("phone") and not {"email", "phone"} & set(self.errors):
            self.add_error("email", REACHABLE)
        return data


class HostIdentityForm(IdentityForm):
    one_at_least = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].label = _("I saw them and their paper, and they themselves gave me these addresses")


class AgreementForm(forms.Form):
    """A framework agreement, as it is prepared."""

    scope = forms.ChoiceField(
        label=_("For which internships"),
        choices=AgreementScope,
        widget=forms.RadioSelect,
        initial=AgreementScope.WORK,
    )
    signer = forms.ModelChoiceField(None, label=_("Who signs for the host"), widget=forms.RadioSelect, empty_label=None)
    valid_from = forms.DateField(label=_("Valid from"), widget=DateInput())
    valid_to = forms.DateField(label=_("Valid to"), widget=DateInput())

    def __init__(self, *args, host, **kwargs):
        super().__init__(*args, **kwargs)
        signers = HostSigner.objects.filter(host=host, ended_at=None).order_by("name", "pk")
        self.fields["signer"].queryset = signers
        self.fields["signer"].label_from_instance = lambda row: f"{row.name}, {row.position}"
        self.fields["signer"].initial = signers.first()


class EndForm(forms.Form):
    reason = OneLineField(label=_("Why"), max_length=300, help_text=_("One sentence."))


class TemplateForm(forms.Form):
    """The words of a paper. Blanks at the ends of lines mean nothing and stay."""

    body = forms.CharField(
        label=_("Text"), max_length=40_000, strip=False, widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"})
    )

    def clean_body(self):
        body = self.cleaned_data["body"].replace("\r\n", "\n")
        if not body.strip():
            raise ValidationError(_("Write the text."))
        return body
