"""When a session ends, and when somebody has to prove themselves again."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse


@pytest.mark.parametrize(
    ("who", "idle", "longest"),
    [("operator", timedelta(minutes=30), timedelta(hours=10)), ("young", timedelta(days=30), timedelta(days=90))],
)
def test_idle_and_absolute_end(who, idle, longest, as_user, operator, young_person, now):
    page = reverse("accounts:profile")
    user = operator if who == "operator" else young_person.user
    idler, worker = as_user(user), as_user(user)
    with time_machine.travel(now + idle - timedelta(seconds=1), tick=False):
        assert idler.get(page).status_code == 200
    with time_machine.travel(now + idle - timedelta(seconds=1) + idle, tick=False):
        assert idler.get(page)["Location"].startswith(reverse("account_login"))
        assert idler.get(page)["Location"].startswith(reverse("account_login"))
    # Who never stops ends all the same.
    moment = now
    while moment + idle / 2 < now + longest:
        moment += idle / 2
        with time_machine.travel(moment, tick=False):
            assert worker.get(page).status_code == 200
    with time_machine.travel(now + longest, tick=False):
        assert worker.get(page)["Location"].startswith(reverse("account_login"))


def test_being_there_costs_a_write_once_in_a_while(as_user, operator, now):
    client = as_user(operator)
    page = reverse("accounts:profile")
    first = client.get(page).queries
    with time_machine.travel(now + timedelta(minutes=2), tick=False):
        assert client.get(page).queries == first + 1
        assert client.get(page).queries == first


def test_the_sign_in_page_says_why(as_user, operator, now):
    client = as_user(operator)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        page = client.get(reverse("accounts:profile"), follow=True)
    assert "abbiamo chiuso la sessione" in page.content.decode()
