"""A run's list as a file: who is on it, no formulas, and that it was taken."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from foundation.privacy.models import Access
from pathways import actions
from tests.pathways import ways

TRICKY = ["=HYPERLINK(1)", "+39", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


@pytest.fixture
def people(run, edition, now):
    """As many as there are ways to begin a formula; two hold a place, the others wait."""
    found = [ways.taker(edition, first_name=name, last_name="Neri") for name in TRICKY]
    for minute, each in enumerate(found):
        actions.enrol(
            run=run, participation=each, by=each.person.user, now=now - timedelta(days=1) + timedelta(minutes=minute)
        )
    return found


def take(client, run, kind):
    return client.get(reverse(f"pathways:run-list-{kind}", args=[run.pk]))


def test_no_formulas(run, people, partner_staff, as_user):
    answer = take(as_user(partner_staff), run, "csv")
    assert answer["Content-Disposition"].endswith('.csv"')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + len(people)
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    sheet = load_workbook(io.BytesIO(take(as_user(partner_staff), run, "xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    # In it a name stands as it is.
    assert "=HYPERLINK(1) Neri" in {cell.value for cell in cells}


def test_what_is_in_it_and_what_is_not(run, people, partner_staff, as_user, now):
    person = people[0].person
    person.limited_at = now
    person.save()
    text = take(as_user(partner_staff), run, "csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == '"Nome";"Stato";"Iscrizione del";"Incontri frequentati";"Ore";"Da sistemare"'
    assert "HYPERLINK" not in text  # they asked that their data be not used for now
    assert '"Iscritto"' in text or '"In lista d’attesa"' in text
    for other in people[1:]:
        assert str(other.person.birth_date) not in text
        assert other.person.user.email not in text


def test_each_of_them_is_shown_that_it_was_taken(run, people, partner_staff, as_user):
    take(as_user(partner_staff), run, "xlsx")
    noted = Access.objects.filter(by=partner_staff, what="pathways:run-list-xlsx")
    assert set(noted.values_list("about", flat=True)) == {each.person_id for each in people}
