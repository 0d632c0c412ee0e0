"""What somebody looks for in the catalogue, as their address says it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from migwork.months import add_months
from migwork.words import day_in_words
from pathways.enums import Family, TaughtIn

# Where a page ended: how near (only where that counts), the day, the key.
CURSOR = re.compile(r"^(?:([012])_)?(\d{4}-\d\d-\d\d|x)_(\d{1,18})$")
WEEK, MONTH, MONTHS = "settimana", "mese", 6
_UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for, as their address says it. What makes no sense is left out, never an error."""

    q: str = ""
    # The words as they were typed, typing errors and all.
    exact: bool = False
    family: str = ""
    municipio: int | None = None
    # Of where one lives: what is there comes first, then what is beside it. It leaves nothing out.
    near: int | None = None
    # "settimana", "mese", or a month as 2026-12: when it begins.
    when: str = ""
    age: int | None = None
    language: str = ""
    free: bool = False
    after: str = ""
    # The step of the plan for which they look: carried along to the enrolment.
    action: str = ""

    @classmethod
    def read(cls, get) -> "Wanted":
        return cls(
            q=" ".join(get.get("q", "").replace("\x00", "").split())[:100],
            exact=get.get("esatto") == "1",
            family=get.get("famiglia") if get.get("famiglia") in Family.values else "",
            municipio=_number(get.get("municipio"), 1, 9),
            near=_number(get.get("vicino"), 1, 9),
            when=_period(get.get("quando", "")),
            age=_number(get.get("eta"), 10, 99),
            language=get.get("lingua") if get.get("lingua") in TaughtIn.values else "",
            free=get.get("posti") == "1",
            after=get.get("dopo", "") if CURSOR.match(get.get("dopo", "")) else "",
            action=get.get("azione", "") if _UUID.match(get.get("azione", "")) else "",
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q or any(self.filtered))

    @property
    def filtered(self) -> tuple:
        """What is narrowed down to, the words apart, and where one begins."""
        return self.family, self.municipio, self.near, self.when, self.age, self.language, self.free

    @property
    def filters(self) -> int:
        """How many filters are on, the words apart."""
        return sum(map(bool, self.filtered))

    @property
    def as_typed(self) -> str:
        """The address of the same search with the words as they were typed."""
        return self.address(exact=True)

    def address(self, **changes) -> str:
        """The catalogue's address for this search with `changes`; pages start anew unless `after` is given."""
        return reverse("pathways:opportunity-list") + self._query(**changes)

    @property
    def feed(self) -> str:
        """Where one follows this search: whose plan it is for, and where one lives, is nobody else's business."""
        return reverse("pathways:opportunity-feed") + self._query(near=None, action="")

    def _query(self, **changes) -> str:
        wanted = replace(self, **{"after": "", **changes})
        pairs = (
            ("q", wanted.q),
            ("esatto", "1" if wanted.exact and wanted.q else ""),
            ("famiglia", wanted.family),
            ("municipio", wanted.municipio),
            ("vicino", wanted.near),
            ("quando", wanted.when),
            ("eta", wanted.age),
            ("lingua", wanted.language),
            ("posti", "1" if wanted.free else ""),
            ("azione", wanted.action),
            ("dopo", wanted.after),
        )
        query = urlencode([(key, value) for key, value in pairs if value])
        return f"?{query}" if query else ""


def _number(text, lowest, highest) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 3:
        return None
    return int(text) if lowest <= int(text) <= highest else None


def _period(text: str) -> str:
    """A period of today's list; whatever else an address says, an old one perhaps, is left out."""
    return text if text and text in periods(timezone.localdate()) else ""


def periods(on: date) -> dict[str, tuple[str, date, date]]:
    """The periods in which something may begin: what each is called, its first day and the day after its last."""
    months = [add_months(on.replace(day=1), n) for n in range(MONTHS + 1)]
    monday = on - timedelta(days=on.weekday())
    return {
        WEEK: (_("This week"), monday, monday + timedelta(days=7)),
        MONTH: (_("This month"), months[0], months[1]),
        **{f"{first:%Y-%m}": (day_in_words(first, "F Y"), first, after) for first, after in pairwise(months[1:])},
    }
