"""What each purpose needs is data; what is missing is said, and nothing else is stopped."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import actions, queries
from accounts.models import Consent, Purpose
from accounts.policies import how_many_yes, waits_for_a_guardian, what_is_needed
from foundation.documents.enums import Assurance
from foundation.documents.models import PaperKind
from internships import actions as internships
from migwork.errors import NotNow
from pathways import actions as pathways
from tests import factories as f
from tests.accounts.signing import answer, checked
from tests.internships.conftest import scan

pytestmark = pytest.mark.usefixtures("quick_documents")


def purpose(representatives=1, both=False, own_from=18, blocks=True):
    return SimpleNamespace(
        representatives=representatives, both_parents=both, own_from_age=own_from, blocks_without_guardian=blocks
    )


# purpose, age, how many representatives there are → how many must say yes, and what is missing when nothing was asked.
NEEDS = [
    (purpose(), 18, 0, 0, ""),
    (purpose(), 17, 0, 1, "nobody"),
    (purpose(), 17, 1, 1, "ask"),
    (purpose(), 17, 2, 1, "ask"),
    (purpose(both=True), 17, 0, 1, "nobody"),
    (purpose(both=True), 17, 1, 1, "ask"),
    (purpose(both=True), 17, 2, 2, "ask"),
    (purpose(representatives=2), 17, 1, 2, "second"),
    (purpose(representatives=2), 17, 2, 2, "ask"),
    (purpose(representatives=0), 16, 0, 0, ""),
    (purpose(own_from=14), 14, 0, 0, ""),
    (purpose(own_from=14), 13, 0, 1, "nobody"),
]


@pytest.mark.parametrize(("wanted", "age", "live", "how_many", "gap"), NEEDS)
def test_whose_yes_it_takes(wanted, age, live, how_many, gap):
    assert how_many_yes(wanted, age=age, live=live) == how_many
    assert what_is_needed(wanted, age=age, live=live).gap == gap


@pytest.mark.parametrize(
    ("state", "live", "gap"),
    [
        ("given", 1, ""),
        ("given", 0, ""),
        ("asked", 1, "waiting"),
        ("refused", 1, "refused"),
        ("refused", 0, "nobody"),
        ("withdrawn", 1, "ask"),
        ("ended", 1, "ask"),
    ],
)
def test_what_is_missing(state, live, gap):
    assert what_is_needed(purpose(), age=16, live=live, state=state).gap == gap


def test_what_has_to_wait_for_a_guardian():
    assert waits_for_a_guardian(purpose(), age=16, live=0)
    assert not waits_for_a_guardian(purpose(), age=16, live=1)
    assert not waits_for_a_guardian(purpose(), age=18, live=0)
    assert not waits_for_a_guardian(purpose(blocks=False), age=16, live=0)


def test_what_a_purpose_needs_is_data(minor, operator, purposes, now, as_user, administrator):
    """An administrator asks for both parents and for SPID: the next request obeys; loading again keeps it."""
    assert set(purposes) == {"enrolment", "internship", "image", "travel"}
    client = as_user(administrator)
    row, paper = purposes["enrolment"], purposes["enrolment"].paper
    page = f"/admin/accounts/purpose/{row.pk}/change/"
    assert client.get(page).status_code == 200
    done = client.post(
        page,
        {
            "code": "enrolment",
            "name": '{"it": "Attività"}',
            "text": '{"it": "Testo per {called}"}',
            "version": 2,
            "paper": paper.pk,
            "representatives": 1,
            "both_parents": "on",
            "own_from_age": 18,
        },
    )
    assert done.status_code == 302
    PaperKind.objects.filter(pk=paper.pk).update(least_assurance=Assurance.EID)
    call_command("load_purposes", verbosity=0)
    row = Purpose.objects.get(code="enrolment")
    assert (row.both_parents, row.version, row.paper.least_assurance) == (True, 2, Assurance.EID)

    checked(minor, operator, now)
    checked(minor, operator, now, first_name="Karim", email="karim@example.org")
    consent = actions.ask_consent(person=minor, purpose=row, by=operator, now=now)
    assert (consent.version, consent.request.all_must) == (2, True)
    assert consent.request.least_assurance == Assurance.EID
    with pytest.raises(NotNow):
        answer(consent.request.signers.first(), now)


def test_what_is_blocked_until_then_is_said(minor, operator, purposes, now):
    today = now.date()
    of_age = f.YoungPersonFactory(birth_date=minor.birth_date.replace(year=2000))
    for code in purposes:
        assert queries.consent_gap(of_age, code, today) == []
        assert len(queries.consent_gap(minor, code, today)) == 1
    assert "non è ancora indicato nessuno" in queries.consent_gap(minor, "travel", today)[0]

    checked(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["travel"], by=operator, now=now)
    assert "non ha ancora risposto: Fatima Verdi" in queries.consent_gap(minor, "travel", today)[0]
    answer(consent.request.signers.get(), now)
    assert queries.consent_gap(minor, "travel", today) == []
    # And of nothing else.
    for code in ("enrolment", "internship", "image"):
        assert "non è ancora stata chiesta" in queries.consent_gap(minor, code, today)[0]


def test_an_enrolment_goes_on_and_asks_an_internship_waits(
    minor, operator, partner_staff, purposes, edition, partner, now, as_user
):
    """The place is kept and the mother asked at once; the training project is not signed before she has consented."""
    checked(minor, operator, now)
    participation = f.ParticipationFactory(person=minor, edition=edition, state="in_progress")
    run = f.RunFactory(
        opportunity__edition=edition,
        opportunity__organisation=partner,
        opportunity__min_age=14,
        opportunity__max_age=34,
    )
    enrolment = pathways.enrol(run=run, participation=participation, by=minor.user, now=now)
    assert enrolment.state == "enrolled"
    page = reverse("pathways:enrolment-detail", args=[enrolment.pk])
    assert "non ha ancora risposto: Fatima Verdi" in as_user(minor.user).get(page).content.decode()
    answer(Consent.objects.get().request.signers.get(), now)
    assert "Manca una firma" not in as_user(minor.user).get(page).content.decode()

    internship = f.InternshipFactory(
        participation=participation, promoter=partner, state="agreed", created_by=partner_staff
    )
    signed = {"internship": internship, "upload": scan(), "signed_on": now.date(), "by": partner_staff, "now": now}
    with pytest.raises(NotNow) as refusal:
        internships.sign_outside(**signed)
    assert refusal.value.code == "consent"
    consent = actions.ask_consent(person=minor, purpose=purposes["internship"], by=operator, now=now)
    answer(consent.request.signers.get(), now)
    assert internships.sign_outside(**signed).state == "signed"
