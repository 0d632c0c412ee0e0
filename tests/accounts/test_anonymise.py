"""A person's name goes out of the data: out of every column of every table, and out of the files."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection

from accounts.actions import anonymise_person
from accounts.models import YoungPerson
from foundation.communications.enums import Channel
from foundation.communications.models import OutgoingMessage
from foundation.documents.models import Document
from foundation.files.models import StoredFile
from foundation.privacy.actions import record
from foundation.privacy.models import Event, EventDetail
from intake.actions import close_safeguarding
from intake.enums import AppointmentState
from internships.enums import InternshipState
from migwork.errors import NotNow
from pathways.enums import EnrolmentState
from tests import factories
from tests.access import world as worlds

TELLING = (
    "Zanardelli",
    "Ermenegilda",
    "Gilda",
    "ermenegilda@example.org",
    "+393331234567",
    "ZNRRNG01A41F205X",
    "AX12345",
)


@pytest.fixture
def known(edition, operator, partner_staff, city, now):
    """A person of whom every room holds something, and the name, contacts and code stand wherever they can."""
    person = factories.YoungPersonFactory(
        first_name="Ermenegilda",
        last_name="Zanardelli",
        preferred_name="Gilda",
        email="ermenegilda@example.org",
        phone="+393331234567",
        fiscal_code="ZNRRNG01A41F205X",
        sort_key="zanardelli ermenegilda",
        user__email="ermenegilda@example.org",
        user__name="Ermenegilda Zanardelli",
    )
    participation = factories.ParticipationFactory(person=person, edition=edition, outcome="Zanardelli works")
    world = worlds.make(
        edition=edition,
        young_person=person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
    )
    # An open restricted record would keep all of it: see test_safeguarding.
    close_safeguarding(record=world.restricted, outcome="Known to the service", by=operator, now=now)
    # Of somebody who has no name yet, and no way with us.
    world.contact.meetings.all().delete()
    # Whoever else the world holds is called otherwise.
    YoungPerson.objects.exclude(pk=person.pk).update(first_name="Olga", last_name="Verdi", sort_key="verdi olga")
    about = {"about": person.pk}
    factories.ReceptionFactory(
        participation=participation, organisation=city, by=operator, sent_by="Zanardelli's aunt", next_step="Call Gilda"
    )
    for row, field in ((world.goal, "title"), (world.action, "title"), (world.referral, "answer")):
        setattr(row, field, "Zanardelli wants this")
        row.save()
    world.internship.state = InternshipState.COMPLETED
    world.internship.title = "What Gilda learns"
    world.internship.reason = "Zanardelli was ill"
    world.internship.save()
    factories.OutgoingMessageFactory(to=person.email, text="Hi Gilda", **about)
    factories.OutgoingMessageFactory(to=person.email, text="Hi, your code", about=None)
    factories.OutgoingMessageFactory(cause=f"signing:{person.pk}", text="Consent for Gilda Z.", to="madre@example.org")
    factories.OutgoingMessageFactory(to=person.phone, channel=Channel.SMS, text="Hi Gilda", state="queued", **about)
    factories.PreferenceFactory(only_to=person.email, **about)
    document = factories.DocumentFactory(title="Plan of Zanardelli", **about)
    document.file.save("zanardelli.pdf", ContentFile(b"%PDF Zanardelli"))
    stored = factories.StoredFileFactory(name="zanardelli.jpg", **about)
    factories.SignerFactory(request__about=person.pk, name="Ermenegilda Zanardelli", email=person.email, scan=stored)
    factories.IdentityPaperFactory(person=person, number="AX12345")
    factories.EIdentityFactory(user=person.user, fiscal_code="ZNRRNG01A41F205X", subject="ZNRRNG01A41F205X")
    factories.ClaimCodeFactory(person=person)
    factories.SpecialCategoryFactory(person=person)
    factories.MarkFactory(person=person)
    factories.AccessGrantFactory(person=person, reason="Zanardelli asked")
    factories.PrivacyRequestFactory(person=person, kind="correction", text="I am Zanardelli")
    factories.ConsentFactory(person=person)
    representative = factories.LegalRepresentativeFactory(last_name="Zanardelli", email="madre@example.org")
    factories.RepresentationFactory(person=person, representative=representative, order=2)
    factories.AccessFactory(reason="To help Zanardelli", **about)
    record(verb="tests.told", by=operator, now=now, on=person, about=person, values={"last_name": "Zanardelli"})
    return person


def everything() -> str:
    """Every column of every row of every table, encrypted ones read."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            found += [f"{model._meta.label}.{f.name}={getattr(row, f.attname)}" for f in model._meta.concrete_fields]
    return "\n".join(found)


def traces() -> list[str]:
    lines = everything().splitlines()
    return [line for line in lines if any(word.lower() in line.lower() for word in TELLING)]


def test_no_column_of_any_table_names_them_any_more(known, privacy_officer, now):
    assert len(traces()) > 20
    counts = anonymise_person(person=known, by=privacy_officer, now=now)

    assert traces() == []
    person = YoungPerson.objects.get(pk=known.pk)
    assert (person.first_name, person.last_name, person.user, person.anonymised_at) == (
        "Persona anonima",
        "",
        None,
        now,
    )
    assert counts["accounts.YoungPerson"] >= 1
    assert counts["intake.Reception"] == 1
    assert not EventDetail.objects.exists()
    assert Event.objects.filter(about=known.pk, verb="accounts.person_anonymised", by=privacy_officer).count() == 1


def test_what_was_encrypted_is_gone_and_not_only_unread(known, privacy_officer, now):
    """Ciphertext of before would be readable again with the key."""
    from migwork.crypto import EncryptedTextField, decrypt

    def ciphertexts():
        found = set()
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, EncryptedTextField):
                    with connection.cursor() as cursor:
                        cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
                        found |= {
                            (model._meta.label, field.name, value)
                            for (value,) in cursor.fetchall()
                            if value and decrypt(value) not in ("{}", "[]")
                        }
        return found

    before = ciphertexts()
    assert len(before) > 5
    anonymise_person(person=known, by=privacy_officer, now=now)
    assert not before & ciphertexts()


def test_files_go_after_the_commit(known, privacy_officer, now, django_capture_on_commit_callbacks):
    files = [row.file for row in [*Document.objects.filter(about=known.pk), *StoredFile.objects.filter(about=known.pk)]]
    assert all(file.storage.exists(file.name) for file in files)
    with django_capture_on_commit_callbacks(execute=True):
        anonymise_person(person=known, by=privacy_officer, now=now)
        assert all(file.storage.exists(file.name) for file in files)
    assert [file.instance for file in files if file.storage.exists(file.name)] == []
    hashes = Document.objects.filter(about=known.pk).values_list("sha256", flat=True)
    assert hashes
    assert all(hashes), "somebody may hold the paper and ask whether it is true"


def test_what_was_to_come_is_called_off(known, privacy_officer, now, as_user):
    client = as_user(known.user)
    participation = known.participations.get()
    run = participation.enrolments.get().run
    assert run.places_taken == 1
    anonymise_person(person=known, by=privacy_officer, now=now)

    participation.refresh_from_db()
    assert participation.operator is None
    assert participation.appointments.get(starts_at__gt=now).state == AppointmentState.CANCELLED
    assert participation.enrolments.get().state == EnrolmentState.WITHDRAWN
    run.refresh_from_db()
    assert run.places_taken == 0
    assert not OutgoingMessage.objects.filter(state="queued").exists()
    assert client.get("/io/").status_code == 302, "signed out with the next page"


def test_an_internship_under_way_holds_it_up_and_nothing_has_happened(known, privacy_officer, now):
    internship = known.participations.get().internships.get()
    internship.state = InternshipState.RUNNING
    internship.save()
    before = everything()
    with pytest.raises(NotNow, match="tirocinio"):
        anonymise_person(person=known, by=privacy_officer, now=now)
    assert everything() == before


def test_who_signs_for_a_sister_too_stays_known(known, privacy_officer, now):
    representative = known.representations.get(order=2).representative
    factories.RepresentationFactory(person=factories.YoungPersonFactory(), representative=representative)
    anonymise_person(person=known, by=privacy_officer, now=now)
    representative.refresh_from_db()
    assert representative.last_name == "Zanardelli"


def test_records_that_were_merged_go_with_it(known, privacy_officer, now):
    shell = factories.YoungPersonFactory(last_name="Zanardelli", user=None, merged_into=known)
    factories.OutgoingMessageFactory(about=shell.pk, text="Hi Gilda")
    anonymise_person(person=known, by=privacy_officer, now=now)
    assert traces() == []
    shell.refresh_from_db()
    assert shell.anonymised_at == now


def test_twice_changes_nothing(known, privacy_officer, now):
    anonymise_person(person=known, by=privacy_officer, now=now)
    before = everything()
    assert anonymise_person(person=known, by=privacy_officer, now=now) == {}
    assert everything() == before


@pytest.mark.parametrize("who", ["operator", "coordinator", "administrator", "partner_admin"])
def test_nobody_but_the_privacy_officer_or_the_rules(young_person, now, request, who):
    with pytest.raises(PermissionDenied):
        anonymise_person(person=young_person, by=request.getfixturevalue(who), now=now)


@pytest.mark.parametrize(
    ("born", "opened", "left"),
    [
        ("2004-03-10", ["2026-04-01"], "2004-04-01"),
        ("2004-03-10", ["2026-04-01", "2021-01-15"], "2004-04-01"),
        ("2004-03-10", ["2026-03-09"], "2005-03-09"),
        ("2004-02-29", ["2026-02-28"], "2005-02-28"),
        ("2004-01-01", ["2024-02-29"], "2004-02-29"),
        ("2004-03-10", [], "2004-01-01"),
    ],
)
def test_a_birth_date_tells_less_and_every_age_stays(edition, privacy_officer, now, born, opened, left):
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    person = factories.YoungPersonFactory(birth_date=date.fromisoformat(born))
    days = [date.fromisoformat(day) for day in opened]
    for number, day in enumerate(days):
        factories.ParticipationFactory(
            person=person,
            edition=edition if not number else factories.EditionFactory(),
            opened_at=datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Rome")),
        )
    ages = [person.age_on(day) for day in days]
    anonymise_person(person=person, by=privacy_officer, now=now)
    person.refresh_from_db()
    assert person.birth_date == date.fromisoformat(left)
    assert [person.age_on(day) for day in days] == ages


def test_whatever_has_a_name_of_somebody_is_reached():
    """A table with a person's rows that no room hands to the eraser would keep its data: each has its room."""
    from foundation.privacy import registry
    from foundation.privacy.enums import Erase

    reached = set()
    for room in ("intake", "pathways", "internships", "accounts"):
        module = __import__(f"{room}.privacy", fromlist=["holdings"])
        reached |= {rows.model._meta.label for rows in module.holdings([])}
    for part in ("communications", "documents", "files"):
        module = __import__(f"foundation.{part}.privacy", fromlist=["holdings"])
        reached |= {rows.model._meta.label for rows in module.holdings([])}
    from foundation.privacy import fields

    reached |= {rows.model._meta.label for rows in fields.holdings([])}
    # Erased with the account or the person by accounts.actions.anonymise, or ending by themselves.
    reached |= {
        "accounts.ClaimCode",
        "accounts.LegalRepresentative",
        "accounts.PersonMerge",
        "account.EmailConfirmation",
        "mfa.Authenticator",
        "sessions.Session",
        "socialaccount.SocialAccount",
        "socialaccount.SocialToken",
    }
    erased = {
        model._meta.label
        for model in apps.get_models()
        if any(field.erase != Erase.KEEP for field in registry.of(model).values())
    }
    assert erased - reached == set()
