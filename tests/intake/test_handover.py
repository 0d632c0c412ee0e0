"""Passing people on: for good with a note, or for some days that end by themselves."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from intake import actions, queries
from intake.models import Cover, Handover
from intake.permissions import can_hand_over
from intake.workflow import REASONS
from migwork.errors import NotNow
from tests import factories

ROME = ZoneInfo("Europe/Rome")
CASELOAD = reverse("intake:caseload")


@pytest.fixture
def followed(edition, operator, now):
    """Three people whom `operator` follows."""
    return [
        factories.ParticipationFactory(edition=edition, operator=operator, state="received", last_contact_at=now)
        for _ in range(3)
    ]


def handed(participations, to, by, now, note=""):
    return actions.hand_over(participations=participations, to=to, note=note, by=by, now=now)


def file(participation):
    return reverse("intake:person-file", args=[participation.pk])


def test_many_pass_with_a_note(followed, as_user, operator, other_operator, now):
    first, second, stays = followed
    sara = as_user(operator)
    page = sara.get(reverse("intake:handover"), {"chi": [first.pk, second.pk]})
    assert first.person.full_name in page.text
    assert stays.person.full_name not in page.text
    sent = {"chi": [first.pk, second.pk], "to": other_operator.pk, "note": "Cerca un corso serale"}
    done = sara.post(reverse("intake:handover"), sent, follow=True)
    assert "2 persone passate a Piero Gatti" in done.text
    assert {row.pk for row in queries.caseload(other_operator, now)} == {first.pk, second.pk}
    assert [row.pk for row in queries.caseload(operator, now)] == [stays.pk]
    # The young people are told; the colleague too, without a name; who did it is not.
    told = OutgoingMessage.objects.filter(key__startswith="handover:")
    assert {m.to for m in told} == {first.person.email, second.person.email, "piero@example.org"}
    to_colleague = told.get(to="piero@example.org")
    assert "2 persone" in to_colleague.text
    assert not any(row.person.last_name in to_colleague.text for row in followed)
    assert "Piero Gatti" in told.get(to=first.person.email).text
    assert not any("serale" in m.text for m in told)
    assert Event.objects.filter(verb="intake.handed_over").count() == 2


def test_an_administrator_who_does_it_tells_both_operators(followed, administrator, operator, other_operator, now):
    handed(followed, other_operator, administrator, now)
    told = OutgoingMessage.objects.filter(key__startswith="handover:", to__in=[operator.email, other_operator.email])
    assert {m.to for m in told} == {operator.email, other_operator.email}


def test_the_file_shows_who_had_it_from_when_to_when(
    received, as_user, operator, other_operator, coordinator, city, now
):
    third = factories.member(Role.OPERATOR, city, name="Lia Pozzi", email="lia@example.org")
    handed([received], other_operator, operator, now + timedelta(days=10), note="Ama i cavalli")
    received.refresh_from_db()
    handed([received], third, other_operator, now + timedelta(days=20))
    received.refresh_from_db()
    rows = [(row.operator, row.since, row.until) for row in queries.holders(received)]
    assert rows == [
        (operator, now, now + timedelta(days=10)),
        (other_operator, now + timedelta(days=10), now + timedelta(days=20)),
        (third, now + timedelta(days=20), None),
    ]
    page = as_user(operator).get(file(received)).text
    assert "5 maggio 2026 – 15 maggio 2026" in page
    assert "dal 25 maggio 2026" in page
    assert "Ama i cavalli" in page
    # The note is for the case team.
    assert "Ama i cavalli" not in as_user(coordinator).get(file(received)).text


def test_all_or_none_and_never_to_nobody(followed, operator, other_operator, partner_staff, other_young_person, now):
    closed = followed[2]
    closed.state, closed.closed_at, closed.ending = "dropped", now, REASONS[0]
    closed.save()
    for people, to in (
        (followed, other_operator),
        (followed[:1], operator),
        (followed[:1], partner_staff),
        ([], operator),
    ):
        with pytest.raises(NotNow):
            handed(people, to, operator, now)
    assert not Handover.objects.exists()
    assert not OutgoingMessage.objects.filter(key__startswith="handover:").exists()


def test_who_may_hand_over(followed, operator, other_operator, coordinator, administrator, partner_staff, now):
    person = followed[0]
    allowed = [
        u
        for u in (operator, other_operator, coordinator, administrator, partner_staff)
        if can_hand_over(u, person, now)
    ]
    assert allowed == [operator, administrator]
    with pytest.raises(PermissionDenied):
        handed([person], other_operator, other_operator, now)
    person.operator = None
    assert can_hand_over(other_operator, person, now)
    assert not can_hand_over(coordinator, person, now)


def test_another_operators_people_cannot_be_slipped_in(followed, as_user, other_operator, now):
    response = as_user(other_operator).post(
        reverse("intake:handover"), {"chi": [followed[0].pk], "to": other_operator.pk}
    )
    assert response.status_code == 403
    assert as_user(other_operator).get(reverse("intake:handover"), {"chi": "boh"}).status_code == 404


# --- standing in ----------------------------------------------------------------------


def cover(away, stands_in, first, last, *, by=None, now):
    return actions.arrange_cover(away=away, stands_in=stands_in, first_day=first, last_day=last, by=by or away, now=now)


def test_cover_ends_by_itself(followed, as_user, operator, other_operator, now):
    """From the first minute of the first day to the last of the last, which here is the night the clocks go back."""
    piero = as_user(other_operator)
    first, last = date(2026, 10, 19), date(2026, 10, 25)
    cover(operator, other_operator, first, last, now=now)
    seen = {}
    for text in (
        "2026-10-18T23:59:59+02:00",
        "2026-10-19T00:00:00+02:00",
        # Half past two comes twice on that night.
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2026-10-25T23:59:59+01:00",
        "2026-10-26T00:00:00+01:00",
    ):
        moment = datetime.fromisoformat(text)
        seen[text] = [
            len(queries.caseload(other_operator, moment)),
            sum(queries.follows(other_operator, row, moment) for row in followed),
            can_hand_over(other_operator, followed[0], moment),
        ]
        with time_machine.travel(moment, tick=False):
            piero = as_user(other_operator)
            page = piero.get(CASELOAD).text
            assert ("al posto di Sara Conti fino al 25 ottobre" in page) == bool(seen[text][0])
    inside, outside = [3, 3, True], [0, 0, False]
    assert list(seen.values()) == [outside, inside, inside, inside, inside, outside]


def test_who_opens_a_file_in_cover_is_said_to_follow(followed, as_user, operator, other_operator, now):
    from foundation.privacy.models import Access

    as_user(other_operator).get(file(followed[0]))
    cover(operator, other_operator, now.date(), now.date(), now=now)
    as_user(other_operator).get(file(followed[0]))
    assert list(Access.objects.order_by("pk").values_list("why", flat=True)) == ["desk", "follows"]


def test_arranged_from_the_page_by_who_is_ill_through_a_colleague(as_user, operator, other_operator, now):
    piero = as_user(other_operator)
    page = reverse("intake:covers")
    sent = {"who": "stands_in", "colleague": operator.pk, "first_day": "2026-05-05", "last_day": "2026-05-08"}
    assert piero.post(page, {**sent, "last_day": "2026-05-04"}).status_code == 200
    assert piero.post(page, sent).status_code == 302
    found = Cover.objects.get()
    assert (found.away, found.stands_in, found.arranged_by) == (operator, other_operator, other_operator)
    assert OutgoingMessage.objects.get(key__startswith="cover:").to == operator.email
    # Not twice for the same days.
    assert "giorni" in piero.post(page, sent).context["form"].non_field_errors()[0]
    assert as_user(operator).post(reverse("intake:cover-end", args=[found.pk])).status_code == 302
    assert queries.covered_now(other_operator, now) == {}
    assert piero.post(page, sent).status_code == 302


def test_who_may_arrange_and_end_it(operator, other_operator, coordinator, partner_staff, administrator, city, now):
    third = factories.member(Role.OPERATOR, city)
    today = now.date()
    for by in (third, coordinator, partner_staff, administrator):
        with pytest.raises(PermissionDenied):
            cover(operator, other_operator, today, today, by=by, now=now)
    with pytest.raises(PermissionDenied):
        cover(operator, partner_staff, today, today, now=now)
    with pytest.raises(NotNow):
        cover(operator, other_operator, today - timedelta(days=2), today - timedelta(days=1), now=now)
    found = cover(operator, other_operator, today, today, now=now)
    with pytest.raises(PermissionDenied):
        actions.end_cover(cover=found, by=third, now=now)
