"""What an operator puts right in somebody's record."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Employment, Gender
from accounts.forms.identity import FiscalCodeField
from accounts.models import YoungPerson
from accounts.permissions import can_correct_addresses, can_correct_birth_date
from migwork.fields import OneLineField
from migwork.inputs import DateInput


class CorrectionForm(forms.ModelForm):
    """Who somebody is and where to reach them, as the desk wrote it down; only what `by` may change."""

    fiscal_code = FiscalCodeField()

    class Meta:
        model = YoungPerson
        fields = (
            "phone",
            "email",
            "first_name",
            "last_name",
            "birth_date",
            "birth_place",
            "fiscal_code",
            "gender",
            "municipality",
            "employment",
        )
        field_classes = dict.fromkeys(("first_name", "last_name", "birth_place", "municipality"), OneLineField)
        labels = {"gender": _("Sex"), "municipality": _("Lives in"), "employment": _("Situation")}
        widgets = {
            "phone": forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
            "birth_date": DateInput(),
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_correct_addresses(by, self.instance):
            del self.fields["phone"], self.fields["email"]
        if not can_correct_birth_date(by, self.instance):
            del self.fields["birth_date"], self.fields["fiscal_code"]
        for name, known in {"gender": Gender, "employment": Employment}.items():
            self.fields[name].choices = [("", _("Not said")), *(choice for choice in known.choices if choice[0])]

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if not 0 <= YoungPerson(birth_date=day).age_on(timezone.localdate()) <= 120:
            raise forms.ValidationError(_("Look at the year again."), code="year")
        return day

    def _post_clean(self):
        """The fields ask all that the model would; the record stays as stored until the action has saved."""
