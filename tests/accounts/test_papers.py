"""Identity papers and residence permits in place of a codice fiscale: written down, looked at, reminded of."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from accounts import actions, tasks
from accounts.enums import PaperType
from accounts.models import IdentityPaper, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Access, Event
from migwork.errors import NotNow
from tests import factories

PAGE = reverse("accounts:my-papers")
ANSWERS = {"kind": "passport", "number": " ya 1234567 ", "country": "EG", "expires_on": "2027-02-03"}


def save(person, now, by=None, **changes):
    values = {"kind": PaperType.PERMIT, "number": "I12345678", "country": "IT", "expires_on": date(2026, 9, 1)}
    return actions.save_paper(person=person, **{**values, **changes}, by=by or person.user, now=now)


def live(person):
    return [(paper.kind, paper.number) for paper in person.papers.live().order_by("kind")]


def test_a_paper_instead_of_a_code(as_user, young_person, operator, participation, now):
    """From the data of somebody without code to the desk that looks at the paper, and to the new one."""
    client, desk = as_user(young_person.user), as_user(operator)
    for way in ("accounts:my-data", "accounts:profile"):
        assert f'href="{PAGE}"' in client.get(reverse(way)).content.decode()
    assert client.post(PAGE, ANSWERS)["Location"] == PAGE
    assert not YoungPerson.objects.get(pk=young_person.pk).fiscal_code
    paper = IdentityPaper.objects.get()
    assert (paper.person, paper.number, paper.expires_on) == (young_person, "YA 1234567", date(2027, 2, 3))
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM accounts_identitypaper")
        ((stored,),) = cursor.fetchall()
    assert stored.startswith("gAAAA")
    event = Event.objects.get(verb="accounts.paper_saved")
    assert (event.about, event.detail_digest) == (young_person.pk, "")
    assert "YA 1234567" in client.get(PAGE).content.decode()

    # At the desk: from the file to the paper, opened as everybody may see, looked at.
    file = desk.get(reverse("intake:person-file", args=[participation.pk])).content.decode()
    papers = reverse("accounts:papers", args=[young_person.pk])
    assert f'href="{papers}"' in file
    Access.objects.all().delete()
    page = desk.get(papers).content.decode()
    assert "YA 1234567" in page
    assert "Egitto" in page
    assert Access.objects.get().about == young_person.pk
    desk.post(reverse("accounts:paper-check", args=[young_person.pk, paper.pk]))
    paper.refresh_from_db()
    assert (paper.checked_at, paper.checked_by) == (now, operator)

    # The same once more stays as it is; another number is another paper, which nobody has looked at yet.
    edit = reverse("accounts:my-paper-edit", args=[paper.pk])
    assert 'value="YA 1234567"' in client.get(edit).content.decode()
    client.post(edit, ANSWERS | {"number": "YA 1234567"})
    assert IdentityPaper.objects.get().checked_at == now
    client.post(edit, ANSWERS | {"kind": "id_card", "number": "CA00000AA", "country": "IT"})
    assert live(young_person) == [("id_card", "CA00000AA")]
    paper.refresh_from_db()
    assert (paper.replaced_at, paper.number) == (now, "")
    assert young_person.papers.live().get().checked_at is None
    assert client.get(edit).status_code == 404

    client.post(reverse("accounts:my-paper-remove", args=[young_person.papers.live().get().pk]))
    assert live(young_person) == []
    assert not IdentityPaper.objects.exclude(number="").exists()


def test_a_new_one_takes_the_place_of_the_same_kind(young_person, now):
    save(young_person, now)
    save(young_person, now, kind=PaperType.PASSPORT, number="YA1", expires_on=date(2030, 1, 1))
    save(young_person, now, number="I87654321")
    assert live(young_person) == [("passport", "YA1"), ("permit", "I87654321")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "fingers"}, "kind"),
        ({"number": ""}, "number"),
        ({"number": "<b>1</b>"}, "number"),
        ({"number": "A" * 10_000}, "number"),
        ({"country": "XX"}, "country"),
        ({"expires_on": ""}, "expires_on"),
        ({"expires_on": "2026-05-04"}, "expires_on"),
        ({"issued_on": "2026-05-06"}, "issued_on"),
        ({"issued_on": "2026-05-05", "expires_on": "2026-05-05"}, "expires_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changes, field, as_user, young_person, now):
    answer = as_user(young_person.user).post(PAGE, ANSWERS | changes)
    assert list(answer.context["form"].errors) == [field]
    assert not IdentityPaper.objects.exists()


def test_a_receipt_may_be_without_an_end(young_person, now):
    save(young_person, now, kind=PaperType.PERMIT_RECEIPT, expires_on=None)
    assert live(young_person) == [("permit_receipt", "I12345678")]


def test_who_may_write_and_who_may_look(young_person, operator, partner_staff, now):
    stranger = factories.YoungPersonFactory(user__email="other@example.org").user
    paper = save(young_person, now)
    for by in (stranger, partner_staff):
        with pytest.raises(PermissionDenied):
            save(young_person, now, by=by)
        with pytest.raises(PermissionDenied):
            actions.remove_paper(paper=paper, by=by, now=now)
    for by in (stranger, partner_staff, young_person.user):
        with pytest.raises(PermissionDenied):
            actions.check_paper(paper=paper, by=by, now=now)
        with pytest.raises(PermissionDenied):
            save(young_person, now, by=by, seen=True)
    walk_in = factories.YoungPersonFactory(user=None)
    seen = save(walk_in, now, by=operator, seen=True)
    assert (seen.checked_at, seen.checked_by) == (now, operator)
    later = actions.check_paper(paper=seen, by=operator, now=now + timedelta(days=1))
    assert later.checked_at == now
    actions.remove_paper(paper=seen, by=operator, now=now)
    with pytest.raises(NotNow):
        actions.check_paper(paper=seen, by=operator, now=now)


def test_what_is_over_shows_nothing(as_user, young_person, operator, now):
    paper = save(young_person, now)
    with time_machine.travel(now + timedelta(days=365), tick=False), pytest.raises(NotNow):
        actions.check_paper(paper=paper, by=operator, now=now + timedelta(days=365))
    with time_machine.travel(now + timedelta(days=365), tick=False):
        page = as_user(operator).get(reverse("accounts:papers", args=[young_person.pk])).content.decode()
        edit = as_user(young_person.user).get(reverse("accounts:my-paper-edit", args=[paper.pk])).content.decode()
    assert "Non più valido" in page
    assert "/visto/" not in page
    # The new one has another number.
    assert "I12345678" not in edit


def test_nobody_works_on_limited_data_but_their_owner(young_person, operator, now):
    paper = save(young_person, now)
    YoungPerson.objects.filter(pk=young_person.pk).update(limited_at=now)
    for refused in (
        lambda: save(young_person, now, by=operator, number="X9999"),
        lambda: actions.check_paper(paper=paper, by=operator, now=now),
        lambda: actions.remove_paper(paper=paper, by=operator, now=now),
    ):
        with pytest.raises(ValidationError):
            refused()
    save(young_person, now, number="X9999")
    assert live(young_person) == [("permit", "X9999")]


def test_reminded_once_before_it_ends(young_person, settings, now):
    """Once for each of the days in the settings, by the task that beat wakes; what was replaced reminds nobody."""
    assert settings.PAPER_REMINDERS == [60, 15]
    task = settings.CELERY_BEAT_SCHEDULE["remind of papers"]["task"]
    assert task == tasks.remind_of_papers.name
    ends = date(2026, 9, 1)
    save(young_person, now, number="OLD99", expires_on=ends)
    paper = save(young_person, now, expires_on=ends)
    save(young_person, now, kind=PaperType.OTHER, expires_on=None)
    told = []
    for day in range(130):
        moment = now + timedelta(days=day)
        with time_machine.travel(moment, tick=False):
            before = OutgoingMessage.objects.count()
            tasks.remind_of_papers()
            tasks.remind_of_papers()
            told += [(ends - moment.date()).days] * (OutgoingMessage.objects.count() - before)
    assert told == [60, 15]
    paper.refresh_from_db()
    assert (ends - paper.reminded_at.date()).days == 15
    for message in OutgoingMessage.objects.all():
        assert (message.to, message.about) == ("amina@example.org", young_person.pk)
        assert "1º settembre 2026" in message.text
        assert reverse("accounts:my-papers") in message.text
        for word in ("I12345678", "permesso", young_person.first_name, young_person.last_name, "2026"):
            assert word not in message.subject
        # Which paper it is, nobody needs to read over a shoulder.
        assert "permesso" not in message.text.lower()


def test_who_was_not_there_at_sixty_days_is_told_once_at_the_next(young_person, now):
    save(young_person, now, expires_on=now.date() + timedelta(days=10))
    assert [actions.remind_of_papers(now=now + timedelta(days=day)) for day in range(12)] == [1] + [0] * 11


def test_a_dangerous_home_is_told_nothing(young_person, now):
    save(young_person, now, expires_on=now.date() + timedelta(days=10))
    YoungPerson.objects.filter(pk=young_person.pk).update(safe_contact=True, safe_channel="", safe_address="")
    assert actions.remind_of_papers(now=now) == 0
    assert not OutgoingMessage.objects.exists()


def test_limited_data_remind_nobody(young_person, now):
    save(young_person, now, expires_on=now.date() + timedelta(days=10))
    YoungPerson.objects.filter(pk=young_person.pk).update(limited_at=now)
    assert actions.remind_of_papers(now=now) == 0
