"""A week of the register."""

import datetime
from decimal import Decimal

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class WeekForm(forms.Form):
    """The hours of seven days; an empty day is one the intern was not there."""

    def __init__(self, *args, internship, monday: datetime.date, today: datetime.date, recorded: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = [monday + datetime.timedelta(days=n) for n in range(7)]
        for day in self.days:
            self.fields[day.isoformat()] = forms.DecimalField(
                label=capfirst(date_format(day, "l j F")),
                required=False,
                min_value=Decimal("0.25"),
                max_value=24,
                error_messages={"max_value": _("A day has 24 hours.")},
                max_digits=4,
                decimal_places=2,
                localize=True,
                initial=recorded.get(day),
                # Days that cannot be recorded are shown, so that the week reads whole.
                disabled=not internship.starts_on <= day <= min(internship.ends_on, today),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
            )

    def hours(self) -> dict[datetime.date, Decimal | None]:
        """What the week shall look like, for actions.record_days."""
        return {
            day: self.cleaned_data[day.isoformat()] for day in self.days if not self[day.isoformat()].field.disabled
        }
