"""Keys by which names are sorted and found, the same in Python and in the database."""

import unicodedata

from django.utils.translation import gettext_noop as _


def unaccented(text: str) -> str:
    """`text` in lower case without accents or marks: 'Niccolò D’Àvila' → 'niccolo d’avila'."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sort_key(*parts: str) -> str:
    """One key from several parts, to sort people by surname then name: 'rossi' < 'ròssi b'."""
    return " ".join(" ".join(unaccented(p).split()) for p in parts if p)[:300]


# Django's Italian writes days and months with a capital letter, Italian does not: our catalogue says them again.
CALENDAR = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)
