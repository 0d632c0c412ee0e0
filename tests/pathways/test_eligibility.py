"""Point by point: what one must bring to an activity, and what to do about what is missing."""

import pytest
from django.urls import reverse

from migwork.errors import NotNow
from pathways import actions, eligibility

DATA = "accounts:my-data"


def asking(run, **fields):
    for name, value in fields.items():
        setattr(run.opportunity, name, value)
    run.opportunity.save()
    return run


def point(run, participation, code, now):
    found = eligibility.points(run, participation, on=now.date())
    return next((point for point in found if point.code == code), None)


def as_is(participation, state=None, **person):
    for name, value in person.items():
        setattr(participation.person, name, value)
    participation.person.save()
    participation.state = state or participation.state
    participation.save()


@pytest.mark.parametrize(
    ("asked", "code", "wrong", "right", "page"),
    [
        ({"employment_in": ["unemployed", "inactive"]}, "status", {"employment": ""}, {"employment": "inactive"}, DATA),
        ({"employment_in": ["unemployed"]}, "status", {"employment": "student"}, {"employment": "unemployed"}, DATA),
        ({"min_education": "qualification"}, "title", {"education": ""}, {"education": "qualification"}, DATA),
        ({"min_education": "diploma"}, "title", {"education": "lower_secondary"}, {"education": "master"}, DATA),
        ({"wants_plan": True}, "agreement", {"state": "received"}, {"state": "plan_agreed"}, "portal:talk"),
    ],
)
def test_each_point_says_what_to_do(asked, code, wrong, right, page, run, participation, now, as_user):
    run, me = asking(run, **asked), participation.person.user
    as_is(participation, **wrong)
    missing = point(run, participation, code, now)
    assert (missing.stops, missing.page) == (True, page)
    with pytest.raises(NotNow) as refusal:
        actions.enrol(run=run, participation=participation, by=me, now=now)
    assert refusal.value.code == code
    shown = as_user(me).get(reverse("pathways:run-enrol", args=[run.pk])).text
    assert f'href="{reverse(page)}"' in shown
    as_is(participation, **right)
    assert point(run, participation, code, now).ok
    assert actions.enrol(run=run, participation=participation, by=me, now=now).state == "enrolled"


def test_italian_is_said_and_stops_nobody(run, participation, now):
    told = point(asking(run, italian_level="enough"), participation, "language", now)
    assert (told.ok, told.stops, told.page) == (False, False, "portal:talk")
    assert "B1" in told.sentence
    assert actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)


def test_what_is_not_asked_is_no_point(run, participation, now):
    codes = {point.code for point in eligibility.points(run, participation, on=now.date())}
    assert codes == {"participation", "age", "deadline", "places"}


def test_the_partner_says_what_one_must_bring(course, partner_staff, as_user):
    client, url = as_user(partner_staff), reverse("pathways:activity-edit", args=[course.slug])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent |= {"employment_in": ["unemployed"], "min_education": "diploma", "italian_level": "little", "wants_plan": "on"}
    assert client.post(url, sent).status_code == 302
    course.refresh_from_db()
    assert (course.employment_in, course.min_education) == (["unemployed"], "diploma")
    assert (course.italian_level, course.wants_plan) == ("little", True)
