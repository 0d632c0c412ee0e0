"""A disclosed abuse: found and read by its owner and whom they name, and by nothing that tells of the person."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.actions import anonymise_person, merge, undo_merge
from accounts.enums import Role
from accounts.queries import merge_preview
from accounts.queries.my_data import machine_copy_of
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Access, Event
from intake import actions, queries
from intake.models import SafeguardingReading, SafeguardingRecord
from migwork.errors import NotNow
from tests import factories

WORDS = "Il patrigno la picchia"
REASON = "Chiamo i servizi sociali"


@pytest.fixture
def record(received, operator, now):
    return actions.open_safeguarding(
        participation=received,
        text=WORDS,
        owner=operator,
        deadline=now.date() + timedelta(days=3),
        by=operator,
        now=now,
    )


def page(record):
    return reverse("intake:safeguarding", args=[record.pk])


def step(record, name):
    return reverse("intake:safeguarding-step", args=[record.pk, name])


def test_only_its_owner_and_the_named_read_it(
    record, received, as_user, operator, other_operator, coordinator, administrator, partner_staff, young_person, now
):
    strangers = [other_operator, coordinator, administrator, partner_staff, young_person.user]
    for user in strangers:
        client = as_user(user)
        assert client.get(page(record)).status_code == 404
        assert client.post(page(record), {"reason": REASON}).status_code == 404
        assert client.post(step(record, "chiudi"), {"outcome": "x"}).status_code == 404
        assert client.get(reverse("intake:safeguarding-list")).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.read_safeguarding(record=record, reason=REASON, by=user, now=now)
    sara = as_user(operator)
    assert WORDS not in sara.get(page(record)).text
    assert WORDS not in sara.post(page(record), {"reason": "boh"}).text
    assert WORDS in sara.post(page(record), {"reason": REASON}).text
    assert WORDS not in sara.get(page(record)).text
    # A coordinator who is named reads it; one who is no more finds nothing again.
    sara.post(step(record, "lettore"), {"lettore-user": coordinator.pk})
    rita = as_user(coordinator)
    assert WORDS in rita.post(page(record), {"reason": REASON}).text
    assert rita.post(step(record, "chiudi"), {"outcome": "x"}).status_code in (403, 404)
    assert rita.get(reverse("intake:safeguarding-create", args=[received.pk])).status_code == 200
    sara.post(step(record, "togli"), {"user": coordinator.pk})
    assert rita.get(page(record)).status_code == 404
    assert rita.get(reverse("intake:safeguarding-create", args=[received.pk])).status_code == 404


def test_each_reading_is_noted_with_its_reason_where_home_does_not_see_it(record, as_user, operator, now):
    as_user(operator).post(page(record), {"reason": REASON})
    reading = SafeguardingReading.objects.get()
    assert (reading.by, reading.at, reading.reason) == (operator, now, REASON)
    assert REASON in as_user(operator).get(page(record)).text
    assert not Access.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM intake_safeguardingrecord UNION SELECT reason FROM intake_safeguardingreading")
        kept = cursor.fetchall()
    assert not any("picchia" in row[0] or "servizi" in row[0] for row in kept)


def test_nothing_that_tells_of_the_person_tells_of_it(
    record, received, young_person, as_user, operator, other_operator, coordinator, now
):
    actions.read_safeguarding(record=record, reason=REASON, by=operator, now=now)
    actions.add_to_safeguarding(record=record, text="Segnalato alla Procura", by=operator, now=now)
    assert not Event.objects.filter(verb__contains="safeguarding").exclude(about=None).exists()
    file = reverse("intake:person-file", args=[received.pk])
    told = ["Scheda riservata", "picchia", "Procura", str(record.pk)]
    for reader in (operator, other_operator, coordinator):
        for section in ("", "?tutto=1", "?s=colloqui"):
            text = as_user(reader).get(file + section).text
            assert not any(word in text for word in told)
    mine = as_user(young_person.user)
    for own in ("/", "/io/dati/", "/io/accessi/"):
        text = mine.get(own, follow=True).text
        assert not any(word in text for word in told)
    copy = json.dumps(machine_copy_of(young_person, now), ensure_ascii=False, default=str)
    assert not any(word in copy for word in [*told, "afeguarding", "concerns"])


def test_a_colleague_who_opens_the_page_learns_nothing(record, received, as_user, other_operator):
    text = as_user(other_operator).get(reverse("intake:safeguarding-create", args=[received.pk])).text
    other = factories.ParticipationFactory(edition=received.edition)
    assert "tutela/" + str(record.pk) not in text
    assert "Apri la scheda riservata" in text
    assert as_user(other_operator).get(reverse("intake:safeguarding-create", args=[other.pk])).status_code == 200


def test_a_merge_says_nothing_and_the_record_follows(record, received, as_user, operator, now):
    kept = factories.YoungPersonFactory(user=None, birth_date=received.person.birth_date)
    way = factories.ParticipationFactory(person=kept, edition=factories.EditionFactory(), operator=operator)
    rows = " ".join(f"{row.what} {row.joins} {row.after}" for row in merge_preview(kept, received.person))
    assert "riservat" not in rows.lower()
    done = merge(kept=kept, merged=received.person, reason="La stessa carta", by=operator, now=now)
    assert [row.pk for row in queries.safeguarding_about(kept, operator, now)] == [record.pk]
    assert queries.safeguarding_of(operator, now)[0].person == kept
    assert page(record) in as_user(operator).get(reverse("intake:safeguarding-create", args=[way.pk])).text
    undo_merge(merge=done, by=operator, now=now)
    assert queries.safeguarding_about(kept, operator, now) == []
    assert queries.safeguarding_of(operator, now)[0].person == received.person


def test_reminded_without_a_word_and_closed_with_how(record, operator, as_user, now):
    def remind(days):
        return actions.remind_of_safeguarding(now=now + timedelta(days=days))

    assert [remind(days) for days in (0, 1, 1, 2, 3, 4, 5, 11, 12)] == [0, 1, 0, 0, 1, 1, 0, 1, 0]
    for message in OutgoingMessage.objects.filter(to=operator.email):
        said = message.text + message.subject
        assert not any(word in said for word in ("Amina", "Bianchi", "abus", "picchia", str(record.pk)))
    sara = as_user(operator)
    assert sara.post(step(record, "scadenza"), {"deadline": "2026-05-04"}).status_code == 200
    assert sara.post(step(record, "scadenza"), {"deadline": "2026-06-01"}).status_code == 302
    assert remind(12) == 0
    assert sara.post(step(record, "chiudi"), {"outcome": ""}).status_code == 200
    assert sara.post(step(record, "chiudi"), {"outcome": "Accolta in una casa protetta"}).status_code == 302
    record.refresh_from_db()
    assert (record.state, record.closed_by, record.outcome) == ("closed", operator, "Accolta in una casa protetta")
    assert remind(60) == 0
    with pytest.raises(NotNow):
        actions.add_to_safeguarding(record=record, text="x", by=operator, now=now)
    assert "casa protetta" in sara.post(page(record), {"reason": REASON}).text


def test_given_to_somebody_else_and_when_its_owner_leaves(record, as_user, operator, other_operator, city, now):
    done = as_user(operator).post(step(record, "affida"), {"affida-user": other_operator.pk}, follow=True)
    assert done.status_code == 200
    assert as_user(operator).get(page(record)).status_code == 404
    assert OutgoingMessage.objects.filter(to=other_operator.email).count() == 1
    assert actions.what_owner_holds(user=other_operator, organisation=city) == [("Schede riservate in carico", 1)]
    third = factories.member(Role.OPERATOR, city, name="Lia Pozzi", email="lia@example.org")
    actions.pass_on_safeguarding(user=other_operator, organisation=city, to=third, by=other_operator, now=now)
    assert [row.pk for row in queries.safeguarding_of(third, now)] == [record.pk]


def test_standing_in_opens_nothing_and_leaving_closes(record, as_user, operator, other_operator, now):
    day = now.date()
    actions.arrange_cover(away=operator, stands_in=other_operator, first_day=day, last_day=day, by=operator, now=now)
    assert as_user(other_operator).get(page(record)).status_code == 404
    actions.name_reader(record=record, user=other_operator, by=operator, now=now)
    assert as_user(other_operator).get(page(record)).status_code == 200
    other_operator.memberships.update(is_active=False)
    assert as_user(other_operator).get(page(record)).status_code == 404


def test_opened_from_the_page_with_what_was_typed_kept(received, as_user, operator, partner_staff, now):
    sara = as_user(operator)
    create = reverse("intake:safeguarding-create", args=[received.pk])
    sent = {"text": WORDS, "owner": operator.pk, "deadline": "2026-05-04"}
    refused = sara.post(create, sent)
    assert refused.status_code == 200
    assert WORDS in refused.text
    assert "owner" in sara.post(create, {**sent, "owner": partner_staff.pk}).context["form"].errors
    assert sara.post(create, {**sent, "deadline": "2026-05-06"}).status_code == 302
    assert SafeguardingRecord.objects.get().concerns == received.person_id


def test_limited_data_do_not_stop_it_and_erasure_waits_while_it_is_open(
    record, received, operator, privacy_officer, now
):
    person = received.person
    person.limited_at = now
    person.save()
    second = actions.open_safeguarding(
        participation=received, text=WORDS, owner=operator, deadline=now.date(), by=operator, now=now
    )
    person.limited_at = None
    person.save()
    with pytest.raises(NotNow) as refusal:
        anonymise_person(person=person, by=privacy_officer, now=now)
    assert not any(word in str(refusal.value).lower() for word in ("abus", "tutela", "riservat"))
    for row in (record, second):
        actions.close_safeguarding(record=row, outcome="Finito bene", by=operator, now=now)
    anonymise_person(person=person, by=privacy_officer, now=now)
    record.refresh_from_db()
    assert (record.text, record.outcome) == ("", "")


def test_who_may_open_and_lead(record, received, other_operator, coordinator, administrator, partner_staff, now):
    for user in (coordinator, administrator, partner_staff, received.person.user):
        with pytest.raises(PermissionDenied):
            actions.open_safeguarding(
                participation=received, text="x", owner=coordinator, deadline=now.date(), by=user, now=now
            )
    actions.name_reader(record=record, user=other_operator, by=record.owner, now=now)
    for act in (
        lambda: actions.close_safeguarding(record=record, outcome="x", by=other_operator, now=now),
        lambda: actions.name_reader(record=record, user=coordinator, by=other_operator, now=now),
        lambda: actions.give_safeguarding(record=record, to=other_operator, by=other_operator, now=now),
        lambda: actions.move_deadline(record=record, deadline=now.date(), by=other_operator, now=now),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(NotNow):
        actions.name_reader(record=record, user=partner_staff, by=record.owner, now=now)
