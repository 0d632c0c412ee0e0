"""What is still asked of whoever comes from SPID or CIE."""

from django import forms

from accounts.forms.people import SignUpForm


class EidSignUpForm(forms.Form):
    """What SPID does not say: how we reach somebody, and what ties them to the territory."""

    contact = SignUpForm.base_fields["contact"]
    tie = SignUpForm.base_fields["tie"]

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tie"].label = SignUpForm(edition=edition).fields["tie"].label
