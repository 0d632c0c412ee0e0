"""The board: its filters, read from the address, and what is done for several at once."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from internships.actions import Together, members_of
from internships.enums import InternshipKind, InternshipState, Need, TodoKind
from internships.queries import Filters
from internships.todos import AT_THE_END
from migwork.inputs import DateInput

# "Its last day comes within …": days, as they stand in the address.
WITHIN = {7: _("a week"), 14: _("two weeks"), 30: _("30 days"), 60: _("60 days")}
# The names of the filters in the address.
NAMES = {
    "state": "stato",
    "need": "serve",
    "kind": "tipo",
    "within": "entro",
    "mine": "miei",
    "name": "nome",
    "promoter": "ente",
    "host": "azienda",
    "unit": "sede",
    "tutor": "tutor",
    "listed": "elenco",
}


def filters_of(query) -> Filters:
    """What the address asks for; what it does not know counts as not asked."""

    def one_of(name, values):
        asked = query.get(NAMES[name], "")
        return asked if asked in values else ""

    def number(name):
        asked = query.get(NAMES[name], "")
        return int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 10 else None

    within = number("within")
    return Filters(
        state=one_of("state", InternshipState.values),
        need=one_of("need", Need.values),
        kind=one_of("kind", InternshipKind.values),
        within=within if within in WITHIN else None,
        mine=query.get(NAMES["mine"]) == "1",
        name=query.get(NAMES["name"], "")[:100],
        promoter=number("promoter"),
        host=number("host"),
        unit=number("unit"),
        tutor=key_in(query.get(NAMES["tutor"], "")),
        listed=query.get(NAMES["listed"]) == "1",
        after=query.get("dopo", ""),
    )


def pairs_of(filters: Filters, **changes) -> list[tuple[str, str]]:
    """The same as it stands in the address, with these changes: ("stato", "running"), …"""
    now = vars(filters) | changes
    return [(NAMES[name], "1" if now[name] is True else str(now[name])) for name in NAMES if now[name]]


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class TodoTogetherForm(forms.Form):
    """One receipt that holds for several: a notice for all of them, an insurance policy."""

    kind = forms.ChoiceField(
        label=_("What is done"), choices=[(kind, label) for kind, label in TodoKind.choices if kind not in AT_THE_END]
    )
    done_on = forms.DateField(label=_("Done on"), widget=DateInput())
    reference = forms.CharField(
        label=_("Number of the receipt"),
        max_length=60,
        help_text=_("The same for all: the protocol number, or that of the policy"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VisitTogetherForm(forms.Form):
    on = forms.DateField(label=_("Day of the visit"), widget=DateInput())


class TutorTogetherForm(forms.Form):
    """A colleague of each of the promoters for which one works."""

    promoter_tutor = forms.ModelChoiceField(None, label=_("Your tutor"), empty_label=_("Choose"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("One sentence. The young person and the operator read it; the host does not."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, promoters, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(pk__in=members_of(promoters).values("user"))
        self.fields["promoter_tutor"].queryset = colleagues.order_by("name", "pk")


class RemindTogetherForm(forms.Form):
    """Nothing to be said: the button does it."""


FORMS = {
    Together.TODO: TodoTogetherForm,
    Together.VISIT: VisitTogetherForm,
    Together.TUTOR: TutorTogetherForm,
    Together.REMIND: RemindTogetherForm,
}
