"""Entrusting a person to a partner."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from intake import actions
from intake.models import Participation, PlanAction, Referral
from migwork.errors import NotNow
from tests import factories


def test_from_the_referral_on_the_partner_sees_the_person(referral, partner_staff, other_partner_staff):
    assert Participation.objects.visible_to(partner_staff).get() == referral.participation
    assert not Participation.objects.visible_to(other_partner_staff).exists()
    assert not Referral.objects.visible_to(other_partner_staff).exists()


def test_the_partner_is_told_without_a_name(partner_staff, partner_admin, other_partner_staff, referral):
    messages = OutgoingMessage.objects.filter(key__startswith=f"referral:{referral.pk}:sent")
    assert {m.to for m in messages} == {"marta@example.org", "ugo@example.org"}
    assert not any("Amina" in m.text or "Bianchi" in m.text for m in messages)


def test_accepted_and_told_to_the_young_person(referral, partner_staff, now):
    actions.answer_referral(referral=referral, verb="accept", by=partner_staff, now=now)
    referral.refresh_from_db()
    assert (referral.state, referral.answered_by, referral.answered_at) == ("accepted", partner_staff, now)
    message = OutgoingMessage.objects.get(key=f"referral:{referral.pk}:answered")
    assert message.to == "amina@example.org"
    with pytest.raises(NotNow):
        actions.answer_referral(referral=referral, verb="decline", answer="No", by=partner_staff, now=now)


def test_who_declined_sees_no_more_of_the_person(referral, action, as_user, partner_staff, operator, young_person, now):
    referral.note, referral.plan_action = "Cerca un bar", action
    referral.save()
    young_person.phone = "+393331234567"
    young_person.save()
    page = reverse("intake:referral-detail", args=[referral.pk])
    assert "Cerca un bar" in as_user(partner_staff).get(page).text
    actions.answer_referral(referral=referral, verb="decline", answer="Nessun posto", by=partner_staff, now=now)
    assert not Participation.objects.visible_to(partner_staff).exists()
    assert not PlanAction.objects.visible_to(partner_staff).exists()
    after = as_user(partner_staff).get(page).text
    assert "Nessun posto" in after
    for secret in ("Cerca un bar", "+393331234567", "amina@example.org", action.title):
        assert secret not in after
    assert (
        "Cerca un bar"
        in as_user(operator).get(reverse("intake:person-file", args=[referral.participation_id]) + "?s=invii").text
    )


def test_declined_with_a_sentence_then_sent_again(referral, partner, partner_staff, operator, now):
    with pytest.raises(NotNow):
        actions.answer_referral(referral=referral, verb="decline", answer=" ", by=partner_staff, now=now)
    actions.answer_referral(referral=referral, verb="decline", answer="Nessun posto", by=partner_staff, now=now)
    actions.refer(
        participation=referral.participation, organisation=partner, purpose="internship", by=operator, now=now
    )


def test_one_waiting_referral_for_one_purpose(referral, partner, operator, now):
    with pytest.raises(NotNow):
        actions.refer(
            participation=referral.participation, organisation=partner, purpose="internship", by=operator, now=now
        )


def test_only_partners_of_the_edition_and_steps_of_the_own_plan(received, partner, operator, now):
    with pytest.raises(NotNow):
        actions.refer(
            participation=received,
            organisation=factories.OrganisationFactory(),
            purpose="training",
            by=operator,
            now=now,
        )
    with pytest.raises(NotNow):
        actions.refer(
            participation=received,
            organisation=partner,
            purpose="training",
            plan_action=factories.PlanActionFactory(),
            by=operator,
            now=now,
        )


def test_who_may_refer_and_who_may_answer(referral, other_partner_staff, operator, young_person, coordinator, now):
    for user in (other_partner_staff, operator, young_person.user, coordinator):
        with pytest.raises(PermissionDenied):
            actions.answer_referral(referral=referral, verb="accept", by=user, now=now)
    for user in (other_partner_staff, young_person.user, coordinator):
        with pytest.raises(PermissionDenied):
            actions.refer(
                participation=referral.participation,
                organisation=referral.organisation,
                purpose="training",
                by=user,
                now=now,
            )
