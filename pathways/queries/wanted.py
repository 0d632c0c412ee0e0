"""What somebody looks for in the catalogue, as their address says it."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from pathways.enums import Family

CURSOR = re.compile(r"^(\d{4}-\d\d-\d\d|x)_(\d{1,18})$")
_UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for, as their address says it. What makes no sense is left out, never an error."""

    q: str = ""
    # The words as they were typed, typing errors and all.
    exact: bool = False
    family: str = ""
    municipio: int | None = None
    age: int | None = None
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
            age=_number(get.get("eta"), 10, 99),
            free=get.get("posti") == "1",
            after=get.get("dopo", "") if CURSOR.match(get.get("dopo", "")) else "",
            action=get.get("azione", "") if _UUID.match(get.get("azione", "")) else "",
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.filters)

    @property
    def filters(self) -> int:
        """How many filters are on, the words apart."""
        return sum(map(bool, (self.family, self.municipio, self.age, self.free)))

    @property
    def as_typed(self) -> str:
        """The address of the same search with the words as they were typed."""
        return self.address(exact=True)

    def address(self, **changes) -> str:
        """The catalogue's address for this search with `changes`; pages start anew unless `after` is given."""
        wanted = replace(self, **{"after": "", **changes})
        pairs = (
            ("q", wanted.q),
            ("esatto", "1" if wanted.exact and wanted.q else ""),
            ("famiglia", wanted.family),
            ("municipio", wanted.municipio),
            ("eta", wanted.age),
            ("posti", "1" if wanted.free else ""),
            ("azione", wanted.action),
            ("dopo", wanted.after),
        )
        query = urlencode([(key, value) for key, value in pairs if value])
        return reverse("pathways:opportunity-list") + (f"?{query}" if query else "")


def _number(text, lowest, highest) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 3:
        return None
    return int(text) if lowest <= int(text) <= highest else None
