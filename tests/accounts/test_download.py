"""The copy of everything."""

import json
from datetime import time, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from accounts import actions, tasks
from accounts.enums import CopyState, SpecialKind
from accounts.models import DataCopy
from accounts.queries import my_data
from foundation.communications.models import OutgoingMessage
from foundation.privacy import registry
from migwork.errors import NotNow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(young_person, participation, operator, partner, now):
    """Somebody of whom everything is kept, and somebody else of whom as much is."""
    from tests.access import world

    def make(person, way, by):
        here = world.make(
            edition=participation.edition,
            young_person=person,
            participation=way,
            operator=by,
            partner_staff=factories.member("partner_staff", partner),
        )
        factories.SpecialCategoryFactory(person=person, kind=SpecialKind.HEALTH, text=f"segreto di {person.last_name}")
        factories.OutgoingMessageFactory(about=person.pk, text=f"lettera a {person.last_name}")
        factories.AccessFactory(about=person.pk, by=by)
        factories.EventFactory(about=person.pk)
        factories.IdentityPaperFactory(person=person)
        factories.PreferenceFactory(about=person.pk, quiet_from=time(22), quiet_to=time(7), off=["news"])
        factories.ReceptionFactory(participation=way, by=by, organisation=partner)
        return here

    other = factories.YoungPersonFactory(first_name="Luca", last_name="Sconosciuto")
    colleague = factories.member("operator", operator.active_memberships[0].organisation)
    make(other, factories.ParticipationFactory(person=other, edition=participation.edition), colleague)
    return make(young_person, participation, operator)


def test_every_classified_field_is_in_it(whole, young_person, now):
    data = my_data.machine_copy_of(young_person, now)["data"]
    kept = my_data.rows_about(young_person)
    assert {
        "accounts.YoungPerson",
        "accounts.User",
        "accounts.SpecialCategory",
        "accounts.IdentityPaper",
        "communications.OutgoingMessage",
        "intake.Reception",
        "intake.Interview",
        "questionnaires.AnswerSheet",
        "intake.PlanAction",
        "intake.Referral",
        "pathways.Enrolment",
        "internships.Internship",
        "privacy.Access",
        "privacy.Event",
    } <= set(data)
    for model in kept:
        for row in data[model._meta.label]:
            assert set(row) == {field.name for field in my_data.fields_of(model)}
    # Every field that the register calls the person's own is in it; what a key without a label points to is not.
    person = data["accounts.YoungPerson"][0]
    assert person["first_name"] == young_person.first_name
    assert person["birth_date"] == str(young_person.birth_date)


def test_nobody_elses_is_in_it(whole, young_person, operator, now):
    text = json.dumps(my_data.machine_copy_of(young_person, now))
    text += json.dumps(my_data.copy_of(young_person, "it"))
    assert "segreto di Bianchi" in text
    for secret in ("Sconosciuto", "Luca", operator.name, operator.email):
        assert secret not in text


def test_both_are_made_in_the_background_once(as_user, whole, young_person, now):
    page = as_user(young_person.user)
    copies = DataCopy.objects.filter(person=young_person)
    copies.delete()
    copy = actions.ask_copy(person=young_person, by=young_person.user, now=now)
    assert copies.get().state == CopyState.WAITING
    with pytest.raises(NotNow):
        actions.ask_copy(person=young_person, by=young_person.user, now=now)
    assert "Stiamo preparando" in page.get("/io/copia/").content.decode()
    assert actions.build_copy(copy_id=copy.pk, now=now)
    assert not actions.build_copy(copy_id=copy.pk, now=now)
    copy.refresh_from_db()
    assert (copy.state, copy.ends_at) == (CopyState.READY, now + timedelta(days=7))
    message = OutgoingMessage.objects.get(key=f"copy:{copy.pk}:ready")
    assert young_person.last_name not in message.subject + message.text

    saved = page.post(f"/io/copia/{copy.pk}/json/")
    assert saved["Content-Disposition"].startswith("attachment")
    found = json.loads(b"".join(saved.streaming_content))
    assert found["data"]["accounts.YoungPerson"][0]["last_name"] == "Bianchi"
    copy.refresh_from_db()
    assert copy.downloaded_at == now
    with pikepdf.open(copy.pdf.file.path) as pdf:
        assert pdf.Root.Lang == "it"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root


def test_a_phone_left_lying_is_not_enough(as_user, young_person, now):
    copy = factories.DataCopyFactory(person=young_person, ready=True)
    page = as_user(young_person.user)
    session = page.session
    session["since"] = now.timestamp() - 1000
    session.save()
    assert "Accedi di nuovo" in page.get("/io/copia/").content.decode()
    assert page.post(f"/io/copia/{copy.pk}/pdf/").status_code == 302
    copy.refresh_from_db()
    assert copy.downloaded_at is None
    # The way back in leads here.
    response = page.post("/io/copia/accesso/")
    assert response["Location"].endswith("?next=/io/copia/")
    assert page.get("/io/copia/").status_code == 302


def test_after_seven_days_the_files_are_gone(as_user, young_person, now, django_capture_on_commit_callbacks):
    copy = factories.DataCopyFactory(person=young_person, ready=True)
    files = [Path(copy.pdf.file.path), Path(copy.json.file.path)]
    page = as_user(young_person.user)
    assert actions.forget_copies(now=now) == 0
    saved = page.post(f"/io/copia/{copy.pk}/json/")
    assert b"".join(saved.streaming_content)
    later = copy.ends_at
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_copies(now=later) == 1
        assert actions.forget_copies(now=later) == 0
    copy.refresh_from_db()
    assert (copy.state, copy.pdf, copy.json) == (CopyState.GONE, None, None)
    assert page.post(f"/io/copia/{copy.pk}/json/").status_code == 404
    assert [file.exists() for file in files] == [False, False]


def test_a_broker_that_was_away_delays_a_copy_and_no_more(young_person, now):
    copy = factories.DataCopyFactory(person=young_person, asked_at=now - timedelta(minutes=5))
    tasks.resume_copies()
    copy.refresh_from_db()
    assert copy.state == CopyState.READY


def test_no_word_of_the_makers_stands_in_the_readable_copy(whole, young_person):
    """Whoever opens their copy in Italian meets no name of a table and no code that only the makers know."""
    with translation.override("it"):
        parts = my_data.copy_of(young_person, "it")
    titles = {part["title"] for part in parts}
    assert {"Messaggi che ti abbiamo mandato", "Il tuo percorso", "I tuoi colloqui"} <= titles
    texts = {told["text"] for part in parts for row in part["rows"] for told in row}
    assert texts & {"it", "operator", "enrolment", "consent"} == set()


def test_every_room_says_what_its_rows_are():
    """No table that may be in a copy goes by the name that Django makes of its class."""
    kept = [model for model in {way.model for way in my_data.ways()} if my_data.fields_of(model)]
    made_up = [model for model in kept if isinstance(model._meta.verbose_name, str)]
    assert [model._meta.label for model in made_up if registry.title_of(model) == model._meta.verbose_name] == []
