"""An activity from review to the day it leaves the catalogue."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions
from pathways.models import Opportunity
from tests import factories
from tests.pathways import ways

DAYS, NOTICE = 90, 14


@pytest.fixture
def course(partner, edition):
    return ways.course(partner, edition, title="Barman per eventi", state="in_review")


def mails(occasion):
    return OutgoingMessage.objects.filter(key__contains=f":{occasion}:")


def test_returned_with_a_word(course, partner_staff, partner_admin, other_partner_admin, now, as_user):
    send_back = {"opportunity": course, "verb": "return", "now": now}
    with pytest.raises(ValidationError):
        actions.change_state(**send_back, why="  ", by=partner_admin)
    for stranger in (partner_staff, other_partner_admin):
        with pytest.raises(PermissionDenied):
            actions.change_state(**send_back, why="Manca l’indirizzo.", by=stranger)
    assert not mails("returned").exists()
    course = actions.change_state(**send_back, why="Manca l’indirizzo.", by=partner_admin)
    assert course.state == "draft"
    # Once to each of the partner's, and the word itself is read behind the sign-in.
    assert {mail.to for mail in mails("returned")} == {partner_staff.email, partner_admin.email}
    assert mails("returned").count() == 2
    page = f"/attivita/{course.slug}/"
    assert "Manca l’indirizzo." in as_user(partner_staff).get(page).content.decode()
    actions.change_state(opportunity=course, verb="submit", by=partner_staff, now=now)
    assert "Manca l’indirizzo." in as_user(partner_admin).get(page).content.decode()
    actions.change_state(opportunity=course, verb="publish", by=partner_admin, now=now)
    assert "Manca l’indirizzo." not in as_user(partner_admin).get(page).content.decode()


@pytest.fixture
def old(partner, edition, partner_staff, now):
    """Published, and looked at for the last time ninety days ago."""
    checked_on = timezone.localdate(now) - timedelta(days=DAYS)
    return ways.course(partner, edition, title="Sarta", checked_on=checked_on)


def state_of(course):
    course.refresh_from_db()
    return course.state


def test_expires_by_itself_after_a_reminder(old, now):
    assert actions.keep_catalogue_fresh(now=now - timedelta(days=1)) == (0, 0)
    assert actions.keep_catalogue_fresh(now=now) == (1, 0)
    # Asked once, however often beat comes.
    for day in range(1, NOTICE):
        assert actions.keep_catalogue_fresh(now=now + timedelta(days=day)) == (0, 0)
    assert mails("check").count() == 1
    assert state_of(old) == "published"
    assert actions.keep_catalogue_fresh(now=now + timedelta(days=NOTICE)) == (0, 1)
    assert state_of(old) == "expired"
    assert Event.objects.get(verb="pathways.opportunity_expire").by_id is None


def test_one_tap_keeps_it(old, partner_staff, other_partner_staff, now):
    actions.keep_catalogue_fresh(now=now)
    with pytest.raises(PermissionDenied):
        actions.check_activity(opportunity=old, by=other_partner_staff, now=now)
    actions.check_activity(opportunity=old, by=partner_staff, now=now)
    assert actions.keep_catalogue_fresh(now=now + timedelta(days=NOTICE)) == (0, 0)
    old.refresh_from_db()
    assert (old.state, old.checked_on, old.asked_check_on) == ("published", timezone.localdate(now), None)
    # A season later it is asked about again.
    assert actions.keep_catalogue_fresh(now=now + timedelta(days=DAYS)) == (1, 0)
    assert mails("check").count() == 2


def test_dates_to_come_keep_it_and_it_is_asked_anew_after_them(old, now):
    actions.keep_catalogue_fresh(now=now)
    run = factories.RunFactory(opportunity=old)
    assert actions.keep_catalogue_fresh(now=now + timedelta(days=NOTICE)) == (0, 0)
    after = now + timedelta(days=(run.ends_on - timezone.localdate(now)).days + 1)
    assert actions.keep_catalogue_fresh(now=after) == (1, 0)
    assert state_of(old) == "published"


def test_what_is_not_published_is_not_checked(course, partner_admin, now):
    with pytest.raises(NotNow):
        actions.check_activity(opportunity=course, by=partner_admin, now=now)
    Opportunity.objects.update(checked_on=timezone.localdate(now) - timedelta(days=400))
    assert actions.keep_catalogue_fresh(now=now) == (0, 0)


def test_preview(course, as_user, partner_staff, client, now):
    factories.RunFactory(opportunity=course)
    html = as_user(partner_staff).get(f"/attivita/{course.slug}/anteprima/").content.decode()
    assert "I giovani la vedranno così" in html
    assert course.for_whom in html
    assert "Gestisci" not in html
    assert "/iscrizioni/" not in html.partition("<main")[2].partition("</main")[0]
    assert client.get(f"/opportunita/{course.slug}/").status_code == 404
