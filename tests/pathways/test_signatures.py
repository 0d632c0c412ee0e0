"""What a minor's place rests on: asked for, missing, refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import Consent, Purpose
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.models import SigningLink
from foundation.documents.policies import Proof
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions
from pathways.enums import Family
from pathways.models import Enrolment
from tests import factories
from tests.accounts.signing import answer, checked
from tests.pathways import ways


def enrol(run, participation, now):
    return actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)


def signer(code="enrolment"):
    return Consent.objects.order_by("-asked_at").filter(purpose__code=code).first().request.signers.get()


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


@pytest.fixture
def asked(run, minor, operator, edition, now):
    """The minor has one of the two places, an adult the other, a third waits; the mother has the link."""
    checked(minor.person, operator, now)
    mine = enrol(run, minor, now)
    enrol(run, ways.taker(edition), now)
    return mine, enrol(run, ways.taker(edition, user__email="terza@example.org"), now + timedelta(minutes=1))


def test_a_refusal_frees_the_place_for_the_next(asked, run, minor, now):
    mine, next_one = asked
    assert (state(mine), state(next_one)) == ("enrolled", "waiting")
    OutgoingMessage.objects.all().delete()
    answer(signer(), now, yes=False)
    assert (state(mine), state(next_one)) == ("withdrawn", "offered")
    run.refresh_from_db()
    assert run.places_taken == 2
    event = Event.objects.get(verb="pathways.unsigned")
    assert (event.about, event.on_id, event.by_id) == (minor.person_id, str(mine.pk), None)
    told = OutgoingMessage.objects.get(about=minor.person_id)
    assert "Barman per eventi" in told.text
    assert "Barman" not in told.subject
    # Why, is said where only they read it.
    assert "Troppo lontano" not in told.text
    assert OutgoingMessage.objects.get(to="terza@example.org")


def test_it_is_one_transaction(asked, monkeypatch, now):
    """What breaks while the place passes on leaves the refusal unsaid too."""
    mine, _next = asked
    monkeypatch.setattr("pathways.actions.places.fill", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answer(signer(), now, yes=False)
    assert (state(mine), signer().state, Consent.objects.get().state) == ("enrolled", "waiting", "asked")


def test_after_a_no_one_asks_again_first(asked, run, minor, now):
    answer(signer(), now, yes=False)
    actions.set_places(run=run, places=5, by=factories.UserFactory(is_superuser=True), now=now)
    with pytest.raises(NotNow) as refusal:
        enrol(run, minor, now)
    assert refusal.value.code == "signature"
    later = now + timedelta(days=1)
    purpose = Purpose.objects.get(code="enrolment")
    accounts.ask_consent(person=minor.person, purpose=purpose, by=minor.person.user, now=later)
    assert enrol(run, minor, later).state == "enrolled"


def test_all_places_go_the_ended_ones_stay(asked, course, minor, now):
    waits = factories.RunFactory(opportunity=course, places=1)
    enrol(waits, ways.taker(course.edition), now)
    waiting = enrol(waits, minor, now)
    over = factories.EnrolmentFactory(
        participation=minor, run=factories.RunFactory(opportunity=course, state="completed"), state="completed"
    )
    answer(signer(), now, yes=False)
    assert [state(e) for e in (asked[0], waiting, over)] == ["withdrawn", "withdrawn", "completed"]


def test_a_yes_changes_nothing_and_taken_back_is_a_no(asked, now):
    mine, _next = asked
    answer(signer(), now)
    assert state(mine) == "enrolled"
    hers = signer()
    link = SigningLink.objects.get(signer=hers)
    documents.withdraw(signer=hers, link=link, proof=Proof(code_at=now), now=now)
    assert state(mine) == "withdrawn"


def test_one_of_two_is_enough_so_one_no_takes_nothing(run, minor, operator, now):
    checked(minor.person, operator, now)
    checked(minor.person, operator, now, first_name="Karim", email="karim@example.org")
    mine = enrol(run, minor, now)
    mother, father = Consent.objects.get().request.signers.order_by("name")
    answer(mother, now, yes=False)
    assert state(mine) == "enrolled"
    answer(father, now, yes=False)
    assert state(mine) == "withdrawn"


def test_a_journey_asks_for_the_journey(partner, edition, minor, operator, now):
    abroad = factories.RunFactory(opportunity=ways.course(partner, edition, family=Family.ABROAD), places=5)
    with pytest.raises(NotNow) as refusal:
        enrol(abroad, minor, now)
    assert refusal.value.code == "signature"
    at_home = enrol(factories.RunFactory(opportunity=ways.course(partner, edition)), minor, now)
    checked(minor.person, operator, now)
    journey = enrol(abroad, minor, now)
    assert set(Consent.objects.values_list("purpose__code", flat=True)) == {"enrolment", "travel"}
    answer(signer("travel"), now, yes=False)
    assert (state(journey), state(at_home)) == ("withdrawn", "enrolled")


def test_of_age_nothing_is_asked_or_taken(asked, minor, now):
    """The answer that comes after the birthday takes no place from somebody who decides alone."""
    mine, _next = asked
    birthday = now.replace(year=2027, month=8, day=2)
    consent = Consent.objects.select_related("person", "purpose").get()
    assert actions.give_back_unsigned(consent=consent, now=birthday) is False
    assert state(mine) == "enrolled"


MISSING, NAME = "Manca una firma", "Fatima"


def test_the_list_says_that_signatures_are_missing(
    asked, run, minor, partner_staff, coordinator, as_user, now, django_assert_num_queries
):
    """To the partner: that, and neither who signs nor what they answered."""
    mine, _next = asked
    page = reverse("pathways:run-detail", args=[run.pk])
    for user in (partner_staff, coordinator):
        shown = as_user(user).get(page).content.decode()
        assert shown.count(MISSING) == 1
        assert NAME not in shown
    detail = reverse("pathways:enrolment-detail", args=[mine.pk])
    assert MISSING in as_user(partner_staff).get(detail).content.decode()
    assert NAME not in as_user(partner_staff).get(detail).content.decode()
    assert NAME in as_user(minor.person.user).get(detail).content.decode()
    assert MISSING in as_user(minor.person.user).get(reverse("pathways:enrolment-list")).content.decode()
    answer(signer(), now)
    for url in (page, detail):
        assert MISSING not in as_user(partner_staff).get(url).content.decode()


def test_the_partner_does_not_read_a_refusal(asked, partner_staff, operator, minor, as_user, now):
    mine, _next = asked
    answer(signer(), now, yes=False)
    detail = reverse("pathways:enrolment-detail", args=[mine.pk])
    seen = as_user(partner_staff).get(detail).content.decode()
    assert "firma" not in seen
    assert "consenso" not in seen
    assert "non ha dato il consenso" in as_user(operator).get(detail).content.decode()
    own = as_user(minor.person.user).get(detail).content.decode()
    assert "Non è colpa tua" in own


def test_the_partner_has_the_link_sent_again(asked, operator, partner_staff, other_partner_staff, minor, as_user, now):
    mine, _next = asked
    # Letters that were printed meanwhile are no messages.
    for _n in range(3):
        documents.send_link(signer=signer(), channel="letter", by=operator, now=now)
    links = SigningLink.objects.exclude(channel="letter")
    assert links.count() == 1
    detail, remind = (reverse(f"pathways:enrolment-{name}", args=[mine.pk]) for name in ("detail", "remind"))
    assert remind in as_user(partner_staff).get(detail).content.decode()
    as_user(partner_staff).post(remind)
    assert links.count() == 2
    assert SigningLink.objects.get(replaced_at=None).made_by == partner_staff
    assert as_user(other_partner_staff).post(remind).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.remind_signers(enrolment=mine, by=other_partner_staff, now=now)
    # Three times a day, whoever presses.
    as_user(minor.person.user).post(remind)
    as_user(partner_staff).post(remind)
    said = as_user(partner_staff).post(remind, follow=True).content.decode()
    assert "tre volte" in said
    assert links.count() == 4


def test_the_partner_sends_no_other_signature(asked, operator, partner_staff, minor, now):
    """A partner of an activity handles the signatures of the activity, not those for pictures."""
    purpose = Purpose.objects.get(code="image")
    consent = accounts.ask_consent(person=minor.person, purpose=purpose, by=operator, now=now)
    with pytest.raises(PermissionDenied):
        accounts.send_again(signer=consent.request.signers.get(), by=partner_staff, now=now)


def test_nothing_is_sent_to_a_dangerous_home(asked, operator, partner_staff, minor, as_user, now):
    """And the partner does not learn why."""
    mine, _next = asked
    accounts.set_safe_contact(
        person=minor.person, safe=True, channel="email", address="rifugio@example.org", by=operator, now=now
    )
    before = SigningLink.objects.count()
    detail, remind = (reverse(f"pathways:enrolment-{name}", args=[mine.pk]) for name in ("detail", "remind"))
    assert remind not in as_user(partner_staff).get(detail).content.decode()
    said = as_user(partner_staff).post(remind, follow=True).content.decode()
    assert SigningLink.objects.count() == before
    assert "contatto sicuro" not in said.lower()
