"""The rule of a certificate, who passed the test, why one is taken back, and the code that somebody checks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from migwork.checkdigit import read_code
from migwork.fields import OneLineField
from pathways.models import CertificateRule

MOST_SKILLS = 10


class CertificateRuleForm(forms.ModelForm):
    """Share of the hours, test, skills one a line."""

    skills = forms.CharField(
        label=_("What one can do afterwards"),
        help_text=_("One skill a line, at most ten, as an employer would say it: “prepares coffee and cocktails”."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    class Meta:
        model = CertificateRule
        fields = ["least_share", "needs_test", "skills"]
        labels = {"least_share": _("Least share of the hours, in per cent")}
        help_texts = {"least_share": _("Of the hours of all sessions. Lombardy’s courses ask for 70 at least.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["least_share"].widget.attrs.update({"min": 1, "max": 100, "inputmode": "numeric"})
        if self.instance.pk:
            self.initial["skills"] = "\n".join(self.instance.skills)

    def clean_skills(self) -> list[str]:
        skills = [" ".join(line.split()) for line in self.cleaned_data["skills"].splitlines()]
        skills = list(dict.fromkeys(line for line in skills if line))
        if len(skills) > MOST_SKILLS:
            raise forms.ValidationError(_("At most ten: name those that count."))
        if any(len(line) > 150 for line in skills):
            raise forms.ValidationError(_("A line is too long: 150 letters at most."))
        return skills


class TestsForm(forms.Form):
    """For each person: passed, not passed, or not known yet."""

    CHOICES = (("yes", _("Passed")), ("no", _("Not passed")), ("", _("Not held yet")))

    def __init__(self, *args, standings, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = [row for row in standings if row.enrolment.participation.person.limited_at is None]
        for row in self.rows:
            self.fields[str(row.enrolment.pk)] = forms.ChoiceField(
                label=row.enrolment.participation.person.full_name,
                choices=self.CHOICES,
                widget=forms.RadioSelect,
                required=False,
                initial={True: "yes", False: "no", None: ""}[row.passed],
            )

    @property
    def results(self) -> dict:
        said = {"yes": True, "no": False, "": None}
        return {row.enrolment.pk: said[self.cleaned_data[str(row.enrolment.pk)]] for row in self.rows}


class CertificateEndForm(forms.Form):
    """Why a certificate is taken back or made anew."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Their holder reads it. The public page says only that it is not valid any more."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why: their holder and the records need it.")},
    )


class CodeForm(forms.Form):
    """The code that is printed on a certificate."""

    codice = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("Ten letters and digits, beside the square, such as 7KA4P-29XWE."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that is on the certificate.")},
    )

    def clean_codice(self) -> str:
        code = read_code(self.cleaned_data["codice"])
        if code is None:
            raise forms.ValidationError(_("This is no code of ours: a sign is wrong or missing. Look once more."))
        return code


class HolderForm(forms.Form):
    """The name on the paper, by which all that is on it is confirmed."""

    name = OneLineField(
        label=_("Name and surname on the certificate"),
        max_length=401,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the name that is on the certificate.")},
    )
