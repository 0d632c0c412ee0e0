"""A class at a time: by its code, on one page of twenty-five, with a sheet; heads are a number and stay one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import YoungPerson
from foundation.files.models import StoredFile
from intake import actions
from intake.models import Group, GroupEntry, Participation
from migwork.errors import NotNow
from reporting.actions import refresh_figures
from tests import factories
from tests.foundation.files.test_actions import pdf

NINA = {"first_name": "Nina", "last_name": "Verdi", "birth_date": "2009-03-01", "tie": "studies"}
MOST_QUERIES = 12


@pytest.fixture
def desk(as_user, operator):
    return as_user(operator)


@pytest.fixture
def group(city, operator, now):
    return actions.create_group(
        organisation=city, name="4ª B, Istituto Marelli", kind="school", on=now.date(), by=operator, now=now
    )


def page(name, group):
    return reverse(f"intake:{name}", args=[group.pk])


def lines(*rows):
    """What the page of twenty-five lines sends."""
    sent = {"form-TOTAL_FORMS": "25", "form-INITIAL_FORMS": "0", "tie": "studies"}
    for number, row in enumerate(rows):
        sent |= {f"form-{number}-{name}": value for name, value in row.items()}
    return sent


def pupil(number):
    return {"first_name": f"Alunno {number}", "last_name": "Rossi", "birth_date": f"2009-01-{number + 1:02d}"}


def test_a_class_registers_by_its_code(client, desk, group, operator, now):
    """Each enters their own name, the desk registers all with one button; the list keeps no names then."""
    join = reverse("intake:group-join", args=[group.code])
    detail = desk.get(page("group-detail", group)).text
    assert join in detail
    assert "data:image/svg+xml" in detail
    assert "Sei nell’elenco" in client.post(join, NINA, follow=True).text
    assert "Sei nell’elenco" in client.post(join, NINA, follow=True).text
    client.post(join, NINA | {"first_name": "Omar", "phone": "333 123 4567"})
    assert "Nina" not in client.get(join).text
    assert not YoungPerson.objects.exists()
    assert "Registra 2 persone" in desk.get(page("group-detail", group)).text
    desk.post(page("group-register", group))
    assert {way.person.first_name for way in Participation.objects.all()} == {"Nina", "Omar"}
    assert set(Participation.objects.values_list("channel", "state")) == {("school", "registered")}
    assert set(GroupEntry.objects.values_list("state", "first_name", "phone", "birth_date")) == {
        ("registered", "", "", None)
    }
    desk.post(page("group-register", group))
    assert Participation.objects.count() == 2


def test_who_is_too_young_reads_why_and_leaves_no_trace(client, group):
    join = reverse("intake:group-join", args=[group.code])
    response = client.post(join, NINA | {"birth_date": "2014-03-01"})
    assert response.status_code == 200
    assert "dai 16" in response.text
    assert not GroupEntry.objects.exists()


def test_the_code_opens_the_list_for_its_day(client, group, now):
    assert client.get("/gruppi/iscrizione/nessuno99/").status_code == 404
    Group.objects.update(open_until=now)
    join = reverse("intake:group-join", args=[group.code])
    assert "elenco è chiuso" in client.get(join).text
    client.post(join, NINA)
    assert not GroupEntry.objects.exists()


def test_twenty_five_on_one_page(desk, group):
    """All of a class, a mistake in one line keeping the others; who is on the list already is left out."""
    enter = page("group-enter", group)
    wrong = [pupil(number) for number in range(25)]
    wrong[7] = wrong[7] | {"birth_date": ""}
    response = desk.post(enter, lines(*wrong))
    assert response.status_code == 200
    assert 'href="#id_form-7-birth_date"' in response.text
    assert "Alunno 24" in response.text
    assert not GroupEntry.objects.exists()
    assert desk.post(enter, lines(*(pupil(number) for number in range(25)))).status_code == 302
    desk.post(enter, lines(pupil(3)))
    assert GroupEntry.objects.filter(state="waiting").count() == 25
    desk.post(page("group-register", group))
    assert Participation.objects.count() == 25
    assert desk.post(enter, lines()).status_code == 200


def test_who_is_known_is_not_made_twice_unless_one_says_so(desk, group, participation, operator, now):
    person = participation.person
    row = {"first_name": person.first_name, "last_name": person.last_name, "birth_date": person.birth_date}
    actions.add_to_group(group=group, rows=[row | {"tie": "studies"}], by=operator, now=now)
    entry = GroupEntry.objects.get()
    assert "È la stessa persona" in desk.get(page("group-detail", group)).text
    desk.post(page("group-register", group), {f"same-{entry.pk}": person.pk})
    entry.refresh_from_db()
    assert entry.participation == participation
    assert YoungPerson.objects.count() == 1
    actions.add_to_group(group=group, rows=[row | {"tie": "studies"}], by=operator, now=now)
    second = GroupEntry.objects.get(state="waiting")
    stranger = factories.YoungPersonFactory(user=None)
    # A key that the page did not offer is nobody we know.
    desk.post(page("group-register", group), {f"same-{second.pk}": stranger.pk})
    assert not Participation.objects.filter(person=stranger).exists()


def test_heads_are_no_persons(desk, group, edition, participation, operator, now):
    """Sixty were there: the figures stay as they were; the signed sheet is kept, a new one in the old one's place."""

    def figures():
        data = refresh_figures(edition=edition, now=now).data
        return {name: data[name] for name in ("targets", "indicators", "funnel", "states")}

    before = figures()
    scan = SimpleUploadedFile("foglio.pdf", pdf())
    assert desk.post(page("group-presence", group), {"heads": "60", "sheet": scan}).status_code == 302
    group.refresh_from_db()
    assert group.heads == 60
    assert figures() == before
    assert "60 presenti" in desk.get(page("group-detail", group)).text
    assert desk.get(page("group-sheet", group)).getvalue().startswith(b"%PDF")
    first = group.sheet_id
    again = SimpleUploadedFile("foglio.pdf", pdf())
    actions.note_presence(group=group, heads=61, sheet=again, by=operator, now=now)
    assert StoredFile.objects.get().pk != first
    assert desk.post(page("group-presence", group), {"heads": "-1"}).status_code == 200


def test_another_desk_sees_neither_list_nor_sheet(as_user, group, partner, now):
    colleague = factories.member("operator", partner)
    for name in ("group-detail", "group-sheet", "group-enter", "group-print"):
        assert as_user(colleague).get(page(name, group)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.register_group(group=group, by=colleague, now=now)


def test_taken_off_or_forgotten_after_a_month(desk, group, operator, now):
    rows = [{**pupil(number), "birth_date": date(2009, 1, 1), "tie": "studies"} for number in range(2)]
    actions.add_to_group(group=group, rows=rows, by=operator, now=now)
    first, second = GroupEntry.objects.order_by("first_name")
    desk.post(reverse("intake:group-drop", args=[first.pk]))
    assert actions.forget_old_entries(now=now + timedelta(days=30)) == 0
    assert actions.forget_old_entries(now=now + timedelta(days=31)) == 1
    assert set(GroupEntry.objects.values_list("state", "last_name", "sort_key")) == {("dropped", "", "")}
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupEntry.objects.filter(pk=second.pk).update(last_name="Rossi")


def test_a_list_has_an_end(group, operator, now):
    GroupEntry.objects.bulk_create(factories.GroupEntryFactory.build(group=group) for _ in range(60))
    with pytest.raises(NotNow) as refusal:
        actions.add_to_group(group=group, rows=[NINA | {"birth_date": date(2009, 3, 1)}], now=now)
    assert refusal.value.code == "full"


def test_a_list_costs_the_same_whatever_its_length(desk, group, operator, django_assert_max_num_queries):
    for number in range(3):
        factories.GroupEntryFactory(group=group)
        person = factories.YoungPersonFactory(user=None, first_name=f"Nina {number}")
        way = factories.ParticipationFactory(person=person)
        factories.GroupEntryFactory(
            group=group,
            state="registered",
            participation=way,
            first_name="",
            last_name="",
            sort_key="",
            birth_date=None,
        )
    with django_assert_max_num_queries(MOST_QUERIES):
        desk.get(page("group-detail", group))
    with django_assert_max_num_queries(MOST_QUERIES):
        desk.get("/gruppi/")
