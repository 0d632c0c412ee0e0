"""Whatever somebody writes behind the question mark: a page says what it can, and never breaks."""

import pytest
from django.urls import reverse

from tests.access import world
from tests.access.test_table import table
from tests.strict import StrictClient

# All that the portal's pages read from their addresses.
NAMES = [
    *("a", "azienda", "azione", "campi", "cerca", "chi", "coda", "contatto", "da", "dopo", "edizione", "eta", "giorno"),
    *(
        "invio",
        "lang",
        "mese",
        "mesi",
        "next",
        "nome",
        "pagina",
        "partner",
        "per",
        "prima",
        "q",
        "riga",
        "s",
        "segnale",
    ),
    *("settimana", "stato", "tutti", "tutto", "v"),
    *("codice", "domande", "ente", "esatto", "famiglia", "leggi", "lingua", "municipio", "ora", "parola", "posti"),
    *("quando", "situazione", "vicino"),
]
NOBODY = "00000000-0000-0000-0000-000000000000"
ABSURD = [
    "9999-12-31",
    "-1",
    "9" * 30,
    f"9999-12-31T23:59:59-14:00~{NOBODY}",
    f"0001-01-01T00:00:00+14:00,{NOBODY}",
    "' OR 1=1 --%_\\",
    "9999-W53",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "\x01 a\x0bb \ufffe",
    "((((&|!:*<->",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{ARABIC-INDIC DIGIT THREE}\N{SUPERSCRIPT TWO}",
]
ROLES = ("young", "operator", "partner", "coordinator", "administrator")


def pages():
    """Each address once, with the first of the roles who may open it."""
    found = {}
    for row in table():
        role = next((role for role in ROLES if "GET" in row.methods and row.status(FIXTURES[role]) == 200), None)
        if role:
            found.setdefault(row.name, (row, role))
    return list(found.values())


FIXTURES = {"young": "young_person", "operator": "operator", "partner": "partner_staff"}
FIXTURES |= {role: role for role in ("coordinator", "administrator")}


@pytest.mark.slow
def test_no_page_breaks_whatever_its_address_says(
    request, edition, young_person, participation, operator, partner_staff
):
    here = world.make(
        edition=edition,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
    )
    clients = {}
    for role, fixture in FIXTURES.items():
        user = request.getfixturevalue(fixture)
        clients[role] = StrictClient()
        clients[role].force_login(getattr(user, "user", user), backend="accounts.backends.ByPassword")
    broken = []
    for row, role in pages():
        address = reverse(row.name, kwargs=row.kwargs(here))
        for value in ABSURD:
            try:
                answer = clients[role].get(address, dict.fromkeys(NAMES, value))
                if answer.streaming:
                    answer.getvalue()
            except Exception as error:
                broken.append(f"{row} as {role} with {value}: {error!r}")
    assert broken == []
