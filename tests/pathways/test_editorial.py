"""An activity from review to the day it leaves the catalogue."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions, schedule
from pathways.models import Opportunity, Trainer
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


def test_duplicate(course, partner, partner_staff, as_user, now):
    """The Tuesdays and Thursdays of May again, from a Monday over the feast of 2 June on."""
    marta = Trainer.objects.create(organisation=partner, name="Marta Riva")
    gone = Trainer.objects.create(organisation=partner, name="Ada Moro", is_active=False)
    days = [date(2026, 5, 19), date(2026, 5, 21), date(2026, 5, 26)]
    run = actions.plan_run(
        opportunity=course,
        starts_on=days[0],
        ends_on=days[-1],
        enrol_by=date(2026, 5, 15),
        hours=9,
        places=7,
        sessions=[
            schedule.meeting(day, time(15), time(18), place="Via Dogana 2", trainers=(marta, gone)) for day in days
        ],
        by=partner_staff,
        now=now,
    )
    client, url = as_user(partner_staff), reverse("pathways:run-copy", args=[run.pk])
    form = client.get(url).context["form"]
    assert (form["places"].initial or form.initial["places"]) == 7
    sent = {"first": "2026-06-01", "places": "8", "enrol_by": "2026-05-29", "with_them": "on"}
    days = client.post(url, sent).context["days"]
    assert [label.split(" · ")[1:] for _key, label in days.fields["days"].choices] == [
        ["Festa della Repubblica"],
        [],
        [],
    ]
    client.post(url, sent | {"shown": "1", "days": days.fields["days"].initial})
    copy = course.runs.exclude(pk=run.pk).get()
    starts = [timezone.localtime(session.starts_at) for session in copy.sessions.all()]
    assert [f"{start:%a %d/%m %H:%M}" for start in starts] == ["Thu 04/06 15:00", "Tue 09/06 15:00"]
    assert (copy.places, copy.hours, copy.starts_on, copy.places_taken) == (8, 6, date(2026, 6, 4), 0)
    first = copy.sessions.first()
    assert (first.place, list(first.trainers.all())) == ("Via Dogana 2", [marta])
    # The same trainer cannot be there twice at once: said, with nothing planned.
    again = client.post(url, sent | {"shown": "1", "days": days.fields["days"].initial})
    assert "Marta Riva ha già un incontro" in again.text
    assert course.runs.count() == 2
    alone = {name: value for name, value in sent.items() if name != "with_them"}
    client.post(url, alone | {"shown": "1", "days": days.fields["days"].initial})
    assert course.runs.count() == 3
