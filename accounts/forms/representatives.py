"""Who signs for a minor, and how to reach somebody safely."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import contacts
from accounts.enums import EndOfRepresentation, PaperType, RepresentativeKind
from foundation.communications.enums import Channel
from foundation.files.forms import UploadField
from migwork.fields import OneLineField

# Said once a form: one address is enough, both are better.
ONE_AT_LEAST = _(
    "Write an e-mail or a mobile number: one is enough. If they have neither, come to us: we do it on paper."
)


class MobileField(OneLineField):
    """A mobile number, kept in E.164."""

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "off"})

    def clean(self, value):
        value = super().clean(value)
        return contacts.mobile(value) if value else ""


class FiscalCodeField(OneLineField):
    """A codice fiscale by its length alone: a slip is mended later, never a wall."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs.update({"spellcheck": "false", "autocapitalize": "characters", "autocomplete": "off"})

    def clean(self, value):
        code = "".join(super().clean(value).split()).upper()
        if code and (len(code) not in (11, 16) or not code.isascii() or not code.isalnum()):
            raise ValidationError(_("A codice fiscale has 16 letters and digits, a provisional one 11 digits."))
        return code


class ReachableForm(forms.Form):
    """Has the fields email and phone, of which one is enough. At the desk none is needed: there are letters."""

    one_at_least = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            _("An e-mail or a mobile number: one is enough.")
            if self.one_at_least
            else _("An e-mail or a mobile number. Without either you print a letter, or take the signed paper.")
        )

    def clean(self):
        data = super().clean()
        if not self.one_at_least:
            return data
        if not data.get("email") and not data.get("phone") and not {"email", "phone"} & set(self.errors):
            self.add_error("email", ONE_AT_LEAST)
        return data


class RepresentativeForm(ReachableForm):
    """An adult who signs."""

    kind = forms.ChoiceField(
        label=_("How are they related?"),
        choices=RepresentativeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    first_name = OneLineField(
        label=_("Their name"), max_length=200, error_messages={"required": _("Write their name.")}
    )
    last_name = OneLineField(
        label=_("Their surname"), max_length=200, error_messages={"required": _("Write their surname.")}
    )
    email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        error_messages={"invalid": _("This e-mail address is not complete. Write it as in nome@esempio.it.")},
    )
    phone = MobileField(label=_("Their mobile number"), required=False)
    fiscal_code = FiscalCodeField(label=_("Their codice fiscale"), required=False)

    def __init__(self, *args, own=False, **kwargs):
        self.one_at_least = own
        super().__init__(*args, **kwargs)
        if own:
            # A young person need not know it; staff read it off the paper.
            del self.fields["fiscal_code"]
            self.fields["kind"].label = _("Who are they to you?")


class IdentityForm(ReachableForm):
    """What an operator saw, and by which address the adult wants to be written to."""

    paper = forms.ChoiceField(
        label=_("Which paper did they show?"),
        choices=[("", "—"), *PaperType.choices],
        error_messages={"required": _("Choose the paper that you saw.")},
    )
    email = RepresentativeForm.base_fields["email"]
    phone = RepresentativeForm.base_fields["phone"]
    fiscal_code = RepresentativeForm.base_fields["fiscal_code"]
    seen = forms.BooleanField(
        label=_("I saw the adult and their paper, and they themselves gave me these addresses"),
        error_messages={"required": _("Tick this only if it is so.")},
    )


class EndForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[c for c in EndOfRepresentation.choices if c[0] != EndOfRepresentation.EIGHTEEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )


class SignedPaperForm(forms.Form):
    scan = UploadField(
        label=_("The signed paper, scanned or photographed"),
        error_messages={"required": _("Choose the file with the signed paper.")},
    )
    compared = forms.BooleanField(
        label=_("I compared it: it is this document, and the signature is theirs"),
        error_messages={"required": _("Tick this only if it is so.")},
    )


class SafeContactForm(forms.Form):
    """Where messages may go when home is dangerous."""

    safe = forms.BooleanField(label=_("Messages at home could put this person in danger"), required=False)
    where = forms.ChoiceField(
        label=_("Where may we write?"),
        choices=[
            (Channel.SMS.value, _("SMS to this number")),
            (Channel.EMAIL.value, _("E-mail to this address")),
            ("", _("No address at all: we tell them in person only")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    address = OneLineField(label=_("The only address to use, chosen by the person"), max_length=254, required=False)
    note = forms.CharField(
        label=_("Why (only the case team reads it)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        data = super().clean()
        channel, address = data.get("where", ""), data.get("address", "")
        if not data.get("safe") or not channel:
            data["where"], data["address"] = "", ""
            return data
        try:
            found, data["address"] = contacts.parse(address)
        except ValidationError as error:
            self.add_error("address", error)
            return data
        if found != channel:
            self.add_error("address", _("This address and the way you chose do not go together."))
        return data
