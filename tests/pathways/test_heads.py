"""A class at a workshop: heads beside registered persons, and never among them."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from migwork.errors import NotNow
from pathways import actions
from pathways.models import Headcount
from reporting import actions as reporting
from reporting.counting import count_figures
from tests import factories
from tests.foundation.refusals import assert_refused
from tests.pathways import ways
from tests.pathways.certificates import completed


@pytest.fixture
def workshop(partner, edition, now):
    """Of two days, in the macro-action of training; one person is registered and was there."""
    training = edition.macro_actions.get(number=4)
    run = ways.started_run(ways.course(partner, edition, macro_action=training), now)
    completed(run, ways.taker(edition), state="enrolled")
    return run


def figures(edition, now):
    data = count_figures(edition, from_day=edition.starts_on, to_day=timezone.localdate(now), now=now)
    heads = data.pop("heads")
    return data, heads


def test_heads_never_count_as_persons(workshop, edition, partner_staff, as_user, coordinator, now):
    """Whatever is counted, the figures of persons, hours, macro-actions and partners stay what they were."""
    before, none = figures(edition, now)
    assert none == {"heads": 0, "sessions": 0}
    first, second = workshop.sessions.all()
    count = partial(actions.count_heads, by=partner_staff, now=now)
    count(session=first, heads=24, group="3B", age="16_17", gender="f")
    count(session=first, heads=3)
    count(session=second, heads=20, group="4A")
    after, heads = figures(edition, now)
    assert after == before
    assert {row["slug"]: row["count"] for row in after["indicators"]}["involved"] == 1
    assert heads == {"heads": 47, "sessions": 2}
    reporting.refresh_figures(edition=edition, now=now, by=coordinator)
    page = as_user(coordinator).get(reverse("reporting:dashboard")).text
    assert "47 teste a 2 incontri" in page
    assert "non sono in nessun’altra cifra" in page


def test_counted_again_the_new_number_stands(workshop, partner_staff, now):
    session = workshop.sessions.first()
    count = partial(actions.count_heads, session=session, group=" 3B ", by=partner_staff, now=now)
    count(heads=24)
    count(heads=22)
    assert list(Headcount.objects.values_list("group", "heads")) == [("3B", 22)]
    count(heads=0)
    assert not Headcount.objects.exists()


def test_when_and_by_whom(workshop, partner_staff, other_partner_staff, now):
    coming = factories.SessionFactory(run=workshop, starts_at=now + timedelta(days=2))
    for session, heads, code in ((coming, 5, "early"), (workshop.sessions.first(), 501, "number")):
        with pytest.raises(NotNow) as reason:
            actions.count_heads(session=session, heads=heads, by=partner_staff, now=now)
        assert getattr(reason.value, "code", None) == code or "heads" in reason.value.error_dict
    with pytest.raises(PermissionDenied):
        actions.count_heads(session=workshop.sessions.first(), heads=5, by=other_partner_staff, now=now)
    assert not Headcount.objects.exists()


def test_a_workshop_of_heads_alone_can_be_concluded(partner, edition, partner_staff, now):
    """Nobody is registered: the count is the record. With somebody registered the list is still due."""
    run = ways.started_run(ways.course(partner, edition), now)
    for session in run.sessions.all():
        actions.count_heads(session=session, heads=25, by=partner_staff, now=now)
    assert actions.complete_run(run=run, by=partner_staff, now=now).state == "completed"


def test_the_list_stays_due_where_somebody_is_registered(workshop, partner_staff, now):
    session = workshop.sessions.first()
    actions.count_heads(session=session, heads=25, by=partner_staff, now=now)
    session.refresh_from_db()
    assert session.recorded_at is None
    with pytest.raises(NotNow):
        actions.remove_session(session=session, by=partner_staff, now=now)


def test_refusals_of_the_database(workshop):
    session = workshop.sessions.first()
    count = partial(factories.HeadcountFactory, session=session, group="3B")
    assert_refused("headcount_once", count, count)
    assert_refused("headcount_has_heads", partial(count, group="4A", heads=0))
