"""Fields about who somebody is."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import fiscal_code


class FiscalCodeField(forms.CharField):
    """A codice fiscale as people type or paste it. What does not fit other answers is said later, never refused."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Codice fiscale"))
        kwargs.setdefault("required", False)
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.update(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        )

    def clean(self, value):
        code = fiscal_code.cleaned(super().clean(value))
        if code:
            fiscal_code.check(code)
        return code


class FilledFromCode:
    """For forms with `fiscal_code`: its button fills in what the code knows and nobody wrote. It saves nothing."""

    # Of a form that has been filled: what the code says otherwise than what was written.
    remarks = ()

    def filled(self):
        """This form with what the code says; of what is missing in it nothing is said yet."""
        self.data = self.data.copy()
        wrong = None
        try:
            code = self.fields["fiscal_code"].clean(self.data.get(self.add_prefix("fiscal_code"), ""))
        except forms.ValidationError as error:
            wrong = error
        else:
            for name, value in fiscal_code.fills(code, timezone.localdate()).items() if code else ():
                if name in self.fields and not self.data.get(self.add_prefix(name)):
                    self.data[self.add_prefix(name)] = str(value)
        self.full_clean()
        self.remarks = self.differences()
        self.errors.clear()
        if wrong:
            self.add_error("fiscal_code", wrong)
        return self

    def differences(self, **known) -> list[str]:
        """What the code says otherwise than the answers, and than what is `known` besides."""
        asked = ("first_name", "last_name", "birth_date", "gender", "birth_place")
        written = {name: self.cleaned_data[name] for name in asked if self.cleaned_data.get(name)}
        return fiscal_code.differences(self.cleaned_data.get("fiscal_code", ""), **{**known, **written})
