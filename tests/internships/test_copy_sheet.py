"""The sheet to copy from: all that the forms ask for, in their order, and nothing that a promoter may not see."""

import pytest
from django.urls import reverse

from accounts.models import YoungPerson
from internships.copy_sheet import regional_portal, unilav
from internships.models import Internship
from internships.queries.life import life_of


@pytest.fixture
def known(running):
    host, person = running.unit.host, running.participation.person
    host.ateco, host.inail_position, host.agreement = "56.30.00", "12345678", "Pubblici esercizi"
    host.save()
    YoungPerson.objects.filter(pk=person.pk).update(fiscal_code="RSSMRA85T10A562S", citizenship="EG")
    return Internship.objects.get()


def lines(parts) -> list[tuple[str, str]]:
    return [(line.label, line.value) for part in parts for line in part.lines]


def test_the_lines_stand_in_the_order_of_the_forms(known):
    found = lines(unilav(known))
    values = [value for _label, value in found if value]
    order = ["00743110157", "Bar Basso", "56.30.00", "12345678", "RSSMRA85T10A562S", "05/05/2026", "01/06/2026", "30"]
    assert [value for value in values if value in order] == order
    portal = [value for _label, value in lines(regional_portal(known, life_of(known)))]
    assert portal.index(known.promoter.name) < portal.index("00743110157") < portal.index("RSSMRA85T10A562S")
    assert portal.index("RSSMRA85T10A562S") < portal.index("05/05/2026") < len(portal) - 1
    assert "120" in portal


def test_of_the_permit_only_whom_to_ask(known):
    asked = [line for part in unilav(known) for line in part.lines if line.ask]
    assert [line.value for line in asked] == ["", ""]
    YoungPerson.objects.update(citizenship="IT")
    known.refresh_from_db()
    assert len([line for part in unilav(Internship.objects.get()) for line in part.lines if line.ask]) == 1


def test_what_is_missing_is_said(as_user, partner_staff, known):
    body = as_user(partner_staff).get(reverse("internships:copy-sheet", args=[known.pk])).content.decode()
    assert "Qui manca" in body
    assert "RSSMRA85T10A562S" in body
