"""What a young person takes from a partner is gone for them, on every page."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts import actions
from tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


def test_withdrawn_is_not_found(as_user, young_person, participation, operator, partner, partner_staff, now):
    referral = ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    theirs, mine = as_user(partner_staff), as_user(young_person.user)
    pages = [f"/invii/{referral.pk}/", f"/persone/{participation.pk}/"]
    before = [theirs.get(page).status_code for page in pages]
    assert 404 not in before
    assert young_person.full_name in theirs.get("/invii/").content.decode()

    assert mine.post("/io/condivisioni/", {"organisation": partner.pk, "verb": "withdraw"}).status_code == 302
    assert [theirs.get(page).status_code for page in pages] == [404, 404]
    assert theirs.post(f"/invii/{referral.pk}/risposta/", {"accept": "1"}).status_code == 404
    for state in ("sent", "accepted", "declined", "withdrawn"):
        assert young_person.full_name not in theirs.get(f"/invii/?stato={state}").content.decode()
    # The desk goes on seeing them.
    assert as_user(operator).get(pages[1]).status_code == 200

    mine.post("/io/condivisioni/", {"organisation": partner.pk, "verb": "give"})
    assert [theirs.get(page).status_code for page in pages] == before


def test_nobody_decides_in_their_place(young_person, operator, administrator, other_young_person, partner, now):
    for by in (operator, administrator, other_young_person.user):
        for act in (actions.withdraw_access, actions.grant_access):
            with pytest.raises(PermissionDenied):
                act(person=young_person, organisation=partner, by=by, now=now)
