"""The CV and all that was achieved: from what was written for it and what was completed, and nothing else."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foundation.documents.models import Document
from intake import actions
from intake.models import Cv, CvEntry, Skill
from migwork.errors import NotNow
from pathways.enums import AttendanceState
from tests import factories
from tests.pdf import text_of

CV = reverse("intake:my-cv")
PAPER = reverse("intake:my-cv-pdf")
ACHIEVED = reverse("intake:my-achievements")


@pytest.fixture
def phone(as_user, young_person):
    return as_user(young_person.user)


@pytest.fixture
def course(edition, partner, participation):
    """A course of which nobody has completed anything yet, with three hours at which they were."""
    opportunity = factories.OpportunityFactory(edition=edition, organisation=partner, title="Corso barman")
    enrolment = factories.EnrolmentFactory(run__opportunity=opportunity, participation=participation)
    for number, state in enumerate([AttendanceState.PRESENT, AttendanceState.LATE, AttendanceState.ABSENT]):
        session = factories.SessionFactory(run=enrolment.run, starts_at=timezone.now() + timedelta(days=number))
        hours = Decimal(0) if state == AttendanceState.ABSENT else Decimal("1.5")
        factories.AttendanceFactory(session=session, enrolment=enrolment, state=state, hours=hours)
    return enrolment


def complete(enrolment):
    enrolment.state, enrolment.ended_at = "completed", enrolment.asked_at
    enrolment.save()


def internship(participation, **values):
    return factories.InternshipFactory(participation=participation, title="Aiuto in scuderia", **values)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def write(**values):
    return {
        "title": "Barista",
        "place": "Bar Sport",
        "began": "2023",
        "ended": "2024",
        "text": "Cassa e caffè",
        **values,
    }


def test_what_is_completed_stands_in_it(phone, participation, course):
    """A course and an internship come by themselves the day they are completed, with the hours one was there."""
    work = internship(participation)
    factories.RegisterDayFactory(internship=work, hours=4)
    before = words(phone.get(CV).content.decode())
    assert "Corso barman" not in before
    assert "Aiuto in scuderia" not in before
    complete(course)
    work.state = "completed"
    work.save()
    page = words(phone.get(CV).content.decode())
    assert "Corso barman" in page
    assert "3 ore" in page
    assert "Aiuto in scuderia" in page
    assert "4 ore" in page
    phone.post(reverse("intake:my-cv-words"), {"about": "Imparo in fretta"})
    chosen = words(phone.get(CV).content.decode())
    assert "Imparo in fretta" in chosen
    assert "Corso barman" not in chosen


def test_written_on_the_phone_it_is_a_tagged_pdf_and_says_what_the_page_says(phone, young_person):
    """In the order in which one writes it, each part with a form of its own; no number, and no copy kept."""
    phone.post(reverse("intake:my-cv-words"), {"about": "Mi piace stare tra la gente", "shows_email": "on"})
    add = {kind: reverse("intake:my-cv-entry-add", args=[kind]) for kind in ("experience", "education", "language")}
    phone.post(add["experience"], write())
    phone.post(add["education"], write(title="Terza superiore", place="Istituto alberghiero", ended=""))
    phone.post(add["language"], {"title": "Arabo", "level": "mother"})
    page = words(phone.get(CV).content.decode())
    answer = phone.get(PAPER)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert str(document.Root.Lang) == "it"
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) == 1
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
    text = text_of(answer.content)
    for said in (
        young_person.full_name,
        young_person.email,
        "Mi piace stare tra la gente",
        "Barista 2023–2024",
        "Bar Sport",
        "Cassa e caffè",
        "Terza superiore 2023–oggi",
        "Arabo Lingua madre",
    ):
        assert said in page, said
        assert said in text, said
    assert not Document.objects.exists()


def test_nothing_but_what_was_chosen_is_in_it(phone, young_person, received, operator, now):
    """Not the reception's need, not notes, situation, citizenship or gender; telephone and birth day only if chosen."""
    young_person.phone, young_person.citizenship, young_person.employment = "+393331234567", "MA", "neet"
    young_person.safe_contact_note, young_person.municipality = "Mai a casa", "Corsico"
    young_person.save()
    actions.write_note(participation=received, kind="phone", text="Ha perso il permesso", by=operator, now=now)
    phone.post(reverse("intake:my-cv-words"), {"about": "Eccomi"})
    said = words(phone.get(CV).content.decode()) + text_of(phone.get(PAPER).content)
    born = f"{young_person.birth_date.year}"
    for secret in ("333123", born, "Corsico", "Ha perso", "Un corso", "Mai a casa", "NEET", "Marocco", "cittadinanza"):
        assert secret not in said, secret
    phone.post(
        reverse("intake:my-cv-words"),
        {"about": "Eccomi", "shows_phone": "on", "shows_town": "on", "shows_birth_date": "on"},
    )
    said = text_of(phone.get(PAPER).content)
    for chosen in ("333123", born, "Corsico"):
        assert chosen in said


def test_who_must_not_be_found_shows_nothing_unless_they_choose(phone, young_person):
    assert young_person.email in words(phone.get(CV).content.decode())
    young_person.safe_contact = True
    young_person.save()
    assert young_person.email not in words(phone.get(CV).content.decode())


def test_wrong_years_are_said_beside_the_field_and_nothing_is_lost(phone, young_person):
    add = reverse("intake:my-cv-entry-add", args=["experience"])
    for values, said in (
        ({"ended": "2022"}, "L’ultimo anno non può venire prima del primo."),
        ({"began": "2099", "ended": ""}, "Scrivi quello che è già cominciato"),
        ({"began": ""}, "Scrivi l’anno in cui è cominciato"),
    ):
        answer = phone.post(add, write(**values)).content.decode()
        assert said in answer
        assert "Cassa e caffè" in answer
    assert not CvEntry.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.CvEntryFactory(person=young_person, began=2024, ended=2023)


def test_an_entry_is_changed_and_taken_out_by_both_and_by_nobody_else(
    phone, as_user, young_person, participation, other_young_person, operator, partner_staff, now
):
    phone.post(reverse("intake:my-cv-entry-add", args=["experience"]), write())
    entry = CvEntry.objects.get()
    at_desk = reverse("intake:cv-entry", args=[participation.pk, entry.pk])
    as_user(operator).post(at_desk, write(title="Aiuto barista"))
    assert "Aiuto barista" in phone.get(CV).content.decode()
    assert as_user(other_young_person.user).get(reverse("intake:my-cv-entry", args=[entry.pk])).status_code == 404
    for user in (other_young_person.user, partner_staff):
        with pytest.raises(PermissionDenied):
            actions.remove_cv_entry(entry=entry, by=user, now=now)
        with pytest.raises(PermissionDenied):
            actions.write_cv(person=young_person, values={"about": "Ciao"}, by=user, now=now)
    phone.post(reverse("intake:my-cv-entry-remove", args=[entry.pk]))
    assert not CvEntry.objects.exists()
    assert not Cv.objects.exists()


def test_pages_ask_the_same_however_much_stands_there(phone, young_person, operator, now):
    call_command("load_skills")

    def fill(count):
        for skill in Skill.objects.exclude(pk__in=young_person.skills.values("skill"))[:count]:
            actions.note_skill(person=young_person, skill=skill, level=1, evidence="A casa", by=operator, now=now)
            factories.CvEntryFactory(person=young_person)

    phone.get(CV)
    fill(1)
    with CaptureQueriesContext(connection) as few:
        phone.get(CV)
    fill(9)
    with CaptureQueriesContext(connection) as many:
        phone.get(CV)
    assert len(few) == len(many) <= 12


def test_all_that_was_achieved(phone, young_person, agreed, action, course, operator, now):
    """Steps done, courses with their hours, skills: on the page, and as one numbered PDF that stays as it is."""
    assert "Si comincia dal primo passo" in phone.get(ACHIEVED).content.decode()
    phone.post(ACHIEVED)
    assert not Document.objects.exists()
    complete(course)
    actions.finish_errand(action=action, by=young_person.user, now=now)
    call_command("load_skills")
    till = Skill.objects.get(uri="urn:mig-work:skill:cassa")
    actions.note_skill(person=young_person, skill=till, level=3, evidence="In negozio", by=operator, now=now)
    page = words(phone.get(ACHIEVED).content.decode())
    made = b"".join(phone.post(ACHIEVED).streaming_content)
    text = text_of(made)
    for said in ("Corso barman", "3 ore", action.title, "Usare la cassa", "In negozio"):
        assert said in page, said
        assert said in text, said
    assert Document.objects.get().protocol_number in text
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
    assert b"".join(phone.post(ACHIEVED).streaming_content) == made
    actions.note_skill(person=young_person, skill=till, level=4, evidence="In negozio", by=operator, now=now)
    assert b"".join(phone.post(ACHIEVED).streaming_content) != made
    assert Document.objects.count() == 2
    with pytest.raises(PermissionDenied):
        actions.print_achievements(person=young_person, by=factories.UserFactory(), now=now)


def test_it_is_offered_before_18_and_not_long_before(phone, young_person, participation, now):
    """On the home page, in the last ninety days before the birthday."""
    today = timezone.localdate(now)
    for days, offered in {1: True, 90: True, 91: False, 0: False}.items():
        birthday = today + timedelta(days=days)
        young_person.birth_date = birthday.replace(year=birthday.year - 18)
        young_person.save()
        assert (ACHIEVED in phone.get("/").content.decode()) is offered, days


def test_nothing_is_written_where_two_records_were_made_one(young_person, operator, now):
    former = factories.YoungPersonFactory(user=None, merged_into=young_person)
    with pytest.raises(NotNow):
        actions.write_cv(person=former, values={"about": "Ciao"}, by=operator, now=now)
