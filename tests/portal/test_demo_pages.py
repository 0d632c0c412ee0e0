"""The demo: everybody one click away, and not there at all outside demo mode."""

import pytest
from django.urls import reverse

from foundation.communications.models import MailboxMessage
from intake.enums import ParticipationState
from tests import factories
from tests.ground.test_settings import DEVELOPMENT, PRODUCTION, python

IS_THERE = """
from django.urls import Resolver404, resolve
try:
    resolve({!r})
    print("there")
except Resolver404:
    print("none")
"""


@pytest.mark.parametrize("page", ["/demo/", "/demo/entra/", "/demo/posta/"])
def test_the_demo_exists_in_demo_mode_alone(page):
    code = IS_THERE.format(page)
    assert python(code, DEVELOPMENT | {"MIGWORK_DEMO": "1"}).stdout == "there\n"
    assert python(code, DEVELOPMENT | {"MIGWORK_DEMO": "0"}).stdout == "none\n"
    assert python(code, DEVELOPMENT).stdout == "none\n"
    assert python(code, PRODUCTION).stdout == "none\n"


def test_one_click_signs_in_as_each_role(
    client,
    participation,
    operator,
    partner_staff,
    partner_admin,
    coordinator,
    evaluator,
    privacy_officer,
    administrator,
):
    page = client.get(reverse("portal:demo")).content.decode()
    staff = [operator, partner_staff, partner_admin, coordinator, evaluator, privacy_officer, administrator]
    for user in [participation.person.user, *staff]:
        assert f'value="{user.pk}"' in page
        answer = client.post(reverse("portal:demo-sign-in"), {"user": user.pk})
        assert (answer.status_code, answer["Location"]) == (302, reverse("portal:home"))
        assert client.session["_auth_user_id"] == str(user.pk)


def test_a_young_person_of_each_stage_is_offered(client, edition):
    for state in (ParticipationState.REGISTERED, ParticipationState.IN_PROGRESS):
        factories.ParticipationFactory.create_batch(2, edition=edition, state=state)
    young = client.get(reverse("portal:demo")).context["young"]
    assert [row["stage"] for row in young] == [
        ParticipationState.REGISTERED.label,
        ParticipationState.IN_PROGRESS.label,
    ]


def test_somebody_in_an_internship_is_offered(client, edition):
    internship = factories.InternshipFactory(state="running")
    young = client.get(reverse("portal:demo")).context["young"]
    assert young[-1]["user"] == internship.participation.person.user


@pytest.mark.parametrize("user", ["", "nobody", "6f1b6a3e-0000-4000-8000-000000000000"])
def test_nobody_signs_in_as_nobody(client, edition, user):
    assert client.post(reverse("portal:demo-sign-in"), {"user": user}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_mail_is_read_newest_first_and_page_by_page(client, now, db):
    for n in range(30):
        message = factories.OutgoingMessageFactory(text=f"Il tuo codice: {n:04}. http://localhost/entra/{n}/")
        MailboxMessage.objects.create(message=message, arrived_at=now)
    first = client.get(reverse("portal:mailbox"))
    assert [mail.message.text[15:19] for mail in first.context["arrived"]] == [f"{n:04}" for n in range(29, 4, -1)]
    assert '<a href="http://localhost/entra/29/"' in first.content.decode()
    older = client.get(reverse("portal:mailbox"), {"prima": first.context["older"]})
    assert [mail.message.text[15:19] for mail in older.context["arrived"]] == [f"{n:04}" for n in range(4, -1, -1)]
    assert older.context["older"] is None


def test_a_wrong_place_in_the_mail_shows_the_newest(client, db):
    assert client.get(reverse("portal:mailbox"), {"prima": "x"}).status_code == 200
    assert client.get(reverse("portal:mailbox"), {"prima": "9" * 40}).status_code == 200
