"""Whoever of the services opens what is kept about a person is noted; the person themselves is not."""

import pytest
from django.urls import reverse

from foundation.privacy.models import Access
from tests.access import world as worlds


@pytest.fixture
def world(edition, young_person, participation, operator, partner_staff):
    return worlds.make(
        edition=edition,
        young_person=young_person,
        participation=participation,
        operator=operator,
        partner_staff=partner_staff,
    )


def openings():
    rows = Access.objects.order_by("pk")
    return [(a.by_id, a.about, a.what, a.why, a.as_role, a.organisation, a.special) for a in rows]


@pytest.mark.parametrize(
    ("page", "of", "who", "why", "role"),
    [
        ("intake:person-file", "participation", "operator", "follows", "operator"),
        ("intake:person-file", "participation", "other_operator", "desk", "operator"),
        ("intake:person-file", "participation", "coordinator", "counting", "coordinator"),
        ("intake:interview-detail", "interview", "other_operator", "desk", "operator"),
        ("intake:plan-edit", "participation", "other_operator", "desk", "operator"),
        ("intake:referral-detail", "referral", "partner_staff", "referral", "partner_staff"),
        ("pathways:enrolment-detail", "enrolment", "partner_staff", "enrolment", "partner_staff"),
        ("internships:internship-detail", "internship", "partner_staff", "internship", "partner_staff"),
    ],
)
def test_opening_a_file_is_noted_with_its_reason(world, now, as_user, request, page, of, who, why, role):
    world.participation.operator = world.operator
    world.participation.save()
    user = request.getfixturevalue(who)
    organisation = user.memberships.get().organisation.short_name

    assert as_user(user).get(reverse(page, args=[getattr(world, of).pk])).status_code == 200

    assert openings() == [(user.pk, world.young_person.pk, page, why, role, organisation, False)]


def test_a_list_of_names_behind_a_figure_opens_each_of_them(world, now, as_user, coordinator, evaluator):
    page = reverse("reporting:figure-rows", args=["registered"])
    assert as_user(evaluator).get(page).status_code == 200
    assert openings() == [], "pseudonyms open nobody's file"

    assert as_user(coordinator).get(page).status_code == 200
    assert [(about, why) for _by, about, _what, why, *_rest in openings()] == [(world.young_person.pk, "counting")]


def test_ones_own_pages_and_what_is_refused_are_no_openings(world, now, as_user, other_partner_staff):
    own = as_user(world.young_person.user)
    assert own.get(reverse("pathways:enrolment-detail", args=[world.enrolment.pk])).status_code == 200
    assert own.get(reverse("internships:internship-detail", args=[world.internship.pk])).status_code == 200
    referral = reverse("intake:referral-detail", args=[world.referral.pk])
    assert as_user(other_partner_staff).get(referral).status_code == 404
    assert openings() == []


def test_a_colleague_who_reads_an_open_interview_is_noted_its_author_is_not(world, now, as_user, other_operator):
    world.interview.completed_at = None
    world.interview.save()
    page = reverse("intake:interview-section", args=[world.interview.pk, "wishes"])
    for reader in (world.interview.by, other_operator):
        assert as_user(reader).get(page).status_code == 200
    assert [row[0] for row in openings()] == [other_operator.pk]
