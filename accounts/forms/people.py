"""Sign-up, sign-in and one's own data."""

from functools import lru_cache

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from babel import Locale
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import contacts
from accounts.enums import Education, Employment, Gender
from accounts.forms.identity import FilledFromCode, FiscalCodeField
from accounts.models import YoungPerson
from accounts.queries.people import users_at
from foundation.communications.enums import Channel
from migwork.choices import SharedChoices
from migwork.fields import OneLineField
from migwork.inputs import DateInput
from migwork.text import sort_key
from programme.enums import Tie

# Hashing takes time with the length: what is longer is no password that somebody types or pastes.
LONGEST_PASSWORD = 256
CODE_INPUT = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "maxlength": 12}


class ContactField(forms.CharField):
    """An e-mail or a mobile number. Cleans to (channel, address)."""

    def __init__(self, **kwargs):
        super().__init__(max_length=254, **kwargs)
        # One field for both: the keyboard that has @, letters and digits.
        self.widget.attrs.update({"inputmode": "email", "spellcheck": "false", "autocapitalize": "none"})

    def clean(self, value):
        return contacts.parse(super().clean(value))


class BirthDateField(forms.DateField):
    """One's own date of birth."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Date of birth"),
            widget=DateInput({"autocomplete": "bday"}),
            error_messages={
                "required": _("Write the day on which you were born."),
                "invalid": _("Write the date as day/month/year, such as 27/03/2005."),
            },
            **kwargs,
        )


class SignUpForm(forms.Form):
    """All that a sign-up asks: six answers, one of which may be left out."""

    first_name = OneLineField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": _("Write your name.")},
    )
    last_name = OneLineField(
        label=_("Surname"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "family-name"}),
        error_messages={"required": _("Write your surname.")},
    )
    preferred_name = OneLineField(
        label=_("How do you like to be called?"),
        max_length=200,
        required=False,
        help_text=_("If it is another name than the one above. We greet you with it."),
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    birth_date = BirthDateField()
    contact = ContactField(
        label=_("E-mail or mobile phone"),
        help_text=_("We send you a code there, and later the news about your appointments."),
        widget=forms.TextInput({"autocomplete": "email"}),
        error_messages={"required": _("Write where we can send you the code.")},
    )
    tie = forms.ChoiceField(
        choices=Tie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tie"].label = _("Do you live, study or work in %(territory)s?") % {"territory": edition.territory}

    def clean_birth_date(self):
        birth_date = self.cleaned_data["birth_date"]
        if birth_date > timezone.localdate() or birth_date.year < 1900:
            raise forms.ValidationError(_("Check the year: this date cannot be right."), code="impossible")
        return birth_date


class CodeForm(forms.Form):
    """The code that came by e-mail or SMS."""

    code = forms.CharField(
        label=_("Code"),
        widget=forms.TextInput(CODE_INPUT),
        error_messages={"required": _("Write the six digits that we sent.")},
    )


class SignInCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """allauth's, with our words and a keyboard of digits."""

    code = CodeForm.base_fields["code"]


class SignInForm(allauth_forms.LoginForm):
    """allauth's, with one field for e-mail or telephone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("E-mail or mobile phone"),
            max_length=254,
            help_text=_("We send you a code: no password needed."),
            widget=forms.TextInput(
                {"autocomplete": "username", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
            ),
            error_messages={"required": _("Write the e-mail or the number with which you signed up.")},
        )

    def clean_login(self):
        """In the form in which accounts keep it."""
        return contacts.parse(self.cleaned_data["login"])[1]

    def _clean_without_password(self, email, phone):
        """allauth's asks twice where there is no account, which tells by the time that it takes."""
        address = email or phone
        if not ratelimit.consume(context.request, action="request_login_code", key=address):
            raise get_adapter().validation_error("too_many_login_attempts")
        self.user = users_at(address).filter(is_active=True).first()
        return self.cleaned_data


class PasswordSignInForm(forms.Form):
    """For whoever chose a password."""

    contact = ContactField(
        label=_("E-mail or mobile phone"),
        widget=forms.TextInput({"autocomplete": "username"}),
        error_messages={"required": _("Write the e-mail or the number with which you signed up.")},
    )
    password = forms.CharField(
        label=_("Password"),
        # As it was chosen, blanks at its ends included.
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = None

    def clean(self):
        data = super().clean()
        if "contact" in data and "password" in data:
            adapter = get_adapter(self.request)
            channel, address = data["contact"]
            way = "email" if channel == Channel.EMAIL else "phone"
            self.user = adapter.authenticate(self.request, **{way: address, "password": data["password"]})
            if self.user is None:
                raise adapter.validation_error("email_password_mismatch")
        return data


class SetPasswordForm(allauth_forms.SetPasswordForm):
    """allauth's, with our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word_passwords(self)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """allauth's, with our words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Password that you use now")
        _word_passwords(self)


def _word_passwords(form):
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = _(
        "At least 8 characters, not one that everybody uses. Three or four words are easy to keep in mind."
    )
    form.fields["password2"].label = _("New password, once more")
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))


@lru_cache(maxsize=8)
def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name) of every country, by name in `language`."""
    names = Locale.parse(language, sep="-").territories
    # Two letters that are no country's: unions, the sea, "unknown".
    others = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
    rows = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in others]
    return sorted(rows, key=lambda row: sort_key(row[1]))


UNSAID = ("", _("I'd rather not say"))


class ProfileForm(FilledFromCode, forms.ModelForm):
    """What a young person corrects on their own. A codice fiscale that was verified is not asked again."""

    fiscal_code = FiscalCodeField()

    citizenship = forms.ChoiceField(
        label=_("Citizenship"), required=False, choices=SharedChoices(lambda language: [UNSAID, *countries(language)])
    )
    municipio = forms.TypedChoiceField(
        label=_("Municipio of Milan"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=SharedChoices(
            lambda language: [("", _("I don't know, or not in Milan")), *((n, n) for n in range(1, 10))]
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of messages and pages"),
        choices=SharedChoices(lambda language: [("it", "Italiano"), ("en", "English")]),
    )

    class Meta:
        model = YoungPerson
        fields = (
            "first_name",
            "last_name",
            "preferred_name",
            "fiscal_code",
            "gender",
            "birth_place",
            "municipality",
            "municipio",
            "citizenship",
            "education",
            "employment",
            "language",
        )
        field_classes = dict.fromkeys(
            ("first_name", "last_name", "preferred_name", "birth_place", "municipality"), OneLineField
        )
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
            "preferred_name": forms.TextInput({"autocomplete": "nickname"}),
            "municipality": forms.TextInput({"autocomplete": "address-level2"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.fiscal_code_verified_at:
            del self.fields["fiscal_code"]

    def differences(self, **known):
        return super().differences(birth_date=self.instance.birth_date, **known)

    def _post_clean(self):
        """The fields ask all that the model would; whoever is signed in stays as stored until the action has saved."""


for _name, _values in {"gender": Gender, "education": Education, "employment": Employment}.items():
    _said = [choice for choice in _values.choices if choice[0]]
    ProfileForm.base_fields[_name].choices = SharedChoices(lambda language, said=_said: [UNSAID, *said])
