"""The plan on paper: tagged, on one page, and word for word what the page says."""

import io
import re

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.documents.models import Document
from foundation.documents.pdf import Unavailable
from intake import actions
from tests.pdf import text_of

PDF = reverse("intake:my-plan-pdf")


@pytest.fixture
def phone(as_user, young_person):
    return as_user(young_person.user)


def taken(phone):
    return b"".join(phone.post(PDF).streaming_content)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def test_it_is_tagged_and_says_what_the_page_says(phone, agreed, action, goal, young_person, now):
    actions.write_project(
        plan=agreed, professional="Voglio lavorare tra la gente", life="", by=young_person.user, now=now
    )
    actions.add_own_step(goal=goal, title="Chiedere alla palestra", due_on=action.due_on, by=young_person.user, now=now)
    page = words(phone.get(reverse("intake:my-plan")).content.decode())
    made = taken(phone)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == "it"
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) == 1
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
    text = text_of(made)
    for said in (
        "Voglio lavorare tra la gente",
        "Il mio progetto professionale",
        goal.title,
        action.title,
        "entro martedì 12 maggio · 0 ore su 2",
        "Chiedere alla palestra",
        "aggiunto da te",
        "0 passi fatti su 2 · 0 ore su 2",
        "Lo riguardiamo insieme lunedì 3 agosto 2026.",
    ):
        assert said in page, said
        assert said in text, said
    document = Document.objects.get()
    assert document.protocol_number in text
    assert young_person.full_name in text


def test_the_same_plan_keeps_its_number_and_a_changed_one_gets_the_next(phone, agreed, action, young_person, now):
    assert taken(phone) == taken(phone)
    assert Document.objects.count() == 1
    actions.finish_errand(action=action, by=young_person.user, now=now)
    taken(phone)
    assert Document.objects.count() == 2


def test_a_machine_without_pango_says_so_and_keeps_no_number(phone, agreed, monkeypatch):
    def missing(*args, **kwargs):
        raise Unavailable

    monkeypatch.setattr("foundation.documents.pdf.render", missing)
    page = phone.post(PDF, follow=True)
    assert "libpango" in page.content.decode()
    assert not Document.objects.exists()


def test_only_the_person_and_operators_print_it(agreed, operator, other_young_person, partner_staff, now):
    for user in (other_young_person.user, partner_staff):
        with pytest.raises(PermissionDenied):
            actions.print_plan(plan=agreed, by=user, now=now)
    assert actions.print_plan(plan=agreed, by=operator, now=now).about == agreed.participation.person_id
