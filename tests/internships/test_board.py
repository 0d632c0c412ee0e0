"""What the board says is due, what needs a hand, its filters and its file."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.urls import reverse
from openpyxl import load_workbook

from foundation.privacy.models import Access
from internships import queries
from internships.enums import InternshipState as S
from internships.enums import Need
from internships.queries import Filters
from internships.queries import board as board_queries
from tests import factories

TODAY = date(2026, 5, 5)
BOARD = "/tirocini/"


@pytest.fixture
def make(partner, partner_staff):
    """An internship of the partner's; days are counted from today."""

    def made(state=S.RUNNING, begins=-20, ends=60, **more):
        known = {"promoter": partner, "promoter_tutor": partner_staff, "created_by": partner_staff, **more}
        starts_on, ends_on = TODAY + timedelta(days=begins), TODAY + timedelta(days=ends)
        return factories.InternshipFactory(state=state, starts_on=starts_on, ends_on=ends_on, **known)

    return made


def at(days, hour=9):
    return datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), ZoneInfo("Europe/Rome")).replace(
        hour=hour
    )


def days_of(internship, *days, state="confirmed"):
    dispute = "Not here" if state == "disputed" else ""
    for day in days:
        factories.RegisterDayFactory(
            internship=internship, on=TODAY + timedelta(days=day), hours=6, state=state, dispute=dispute
        )


def closed(internship, *firsts):
    for first in firsts:
        factories.RegisterMonthFactory(internship=internship, first=first)


def told(user, internship):
    """What the board says is due of one internship: (sentence, whether it is late)."""
    [row] = queries.rows_of(queries.among(user, [internship]), TODAY)
    return [(str(due.sentence), due.late) for due in row.dues]


# --- what is due ----------------------------------------------------------------


def test_what_is_late_stands_first_with_its_days(make, partner_staff):
    internship = make(begins=-34)
    closed(internship, date(2026, 4, 1))
    days_of(internship, -4, state="proposed")
    factories.DatedTodoFactory(internship=internship, kind="registration", due_on=TODAY - timedelta(days=3))
    factories.DatedTodoFactory(internship=internship, kind="insurance", due_on=TODAY + timedelta(days=3))
    said = told(partner_staff, internship)
    assert said == [
        ("Registrazione sul portale regionale: in ritardo di 3 giorni, e un’altra cosa da fare", True),
        ("1 giorno da confermare, il 1º maggio", False),
    ]


@pytest.mark.parametrize(
    ("days", "late", "shown"), [(-1, True, True), (0, False, True), (7, False, True), (8, False, False)]
)
def test_a_deadline_is_said_from_a_week_before(make, partner_staff, days, late, shown):
    internship = make(begins=-3)
    days_of(internship, -1)
    factories.DatedTodoFactory(internship=internship, kind="registration", due_on=TODAY + timedelta(days=days))
    found = [due for due in told(partner_staff, internship) if "portale" in due[0]]
    assert [due[1] for due in found] == ([late] if shown else [])


def test_what_is_done_is_not_due(make, partner_staff):
    internship = make(begins=-3)
    days_of(internship, -1)
    factories.DatedTodoFactory(
        internship=internship,
        due_on=TODAY - timedelta(days=4),
        done_on=TODAY,
        done_at=at(0),
        done_by=partner_staff,
        reference="1/2026",
    )
    assert told(partner_staff, internship) == [("In corso fino al 4 luglio 2026", False)]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("promoter", "Progetto formativo: tocca a noi dal 1º maggio"),
        ("host", "Progetto formativo: tocca all’azienda dal 1º maggio"),
        ("intern", "Progetto formativo: tocca a chi fa il tirocinio dal 1º maggio"),
        ("ready", "Progetto formativo scritto il 1º maggio: chiedi le firme"),
    ],
)
def test_whose_turn_the_papers_are(make, partner_staff, state, words):
    internship = make(S.AGREED, begins=10)
    factories.TrainingProjectFactory(internship=internship, state=state, state_since=at(-4))
    assert told(partner_staff, internship) == [(words, False)]


def test_how_many_have_signed(make, partner_staff):
    internship = make(S.IN_SIGNATURE, begins=0)
    project = factories.TrainingProjectFactory(internship=internship)
    kind = factories.PaperKindFactory(code="training-project")
    request = factories.SignatureRequestFactory(
        kind=kind, on_type="internships.trainingproject", on_id=str(project.pk), state="open", closed_at=None
    )
    signed = {"state": "signed", "acted_at": at(-1), "assurance": 1, "wording_sha256": "0" * 64}
    factories.SignerFactory(request=request, **signed)
    factories.SignerFactory(request=request)
    assert told(partner_staff, internship) == [("1 firme su 2: servono tutte prima del 5 maggio", True)]


def test_the_register_says_what_waits(make, partner_staff):
    internship = make(begins=-50, ends=10)
    days_of(internship, -1, -2, -9, state="proposed")
    days_of(internship, -3, state="disputed")
    closed(internship, date(2026, 3, 1))
    assert told(partner_staff, internship) == [
        ("1 giorno contestato", True),
        ("3 giorni da confermare, dal 26 aprile", True),
        ("Da chiudere: aprile 2026", False),
        ("Finisce fra 10 giorni, il 15 maggio", False),
    ]


@pytest.mark.parametrize(("today", "late"), [(date(2026, 5, 10), False), (date(2026, 5, 11), True)])
def test_a_month_is_late_ten_days_after_its_end(make, partner_staff, today, late):
    internship = make(begins=-30)
    [row] = queries.rows_of(queries.among(partner_staff, [internship]), today)
    [due] = [due for due in row.dues if "chiudere" in due.sentence]
    assert due.late is late


# --- what needs a hand ----------------------------------------------------------


def _late(make):
    found = make(S.ENDED_EARLY, begins=-40)
    factories.DatedTodoFactory(internship=found, due_on=TODAY - timedelta(days=1))
    return found


def _not_late(make):
    found = make(S.CANCELLED, begins=9)
    factories.DatedTodoFactory(internship=found, due_on=TODAY - timedelta(days=1))
    factories.DatedTodoFactory(internship=make(S.SIGNED, begins=9), due_on=TODAY)


def _register(*days, state="proposed"):
    def made(make):
        found = make(begins=-15)
        days_of(found, -1)
        days_of(found, *days, state=state)
        closed(found, date(2026, 4, 1))
        return found

    return made


def _project(state):
    def made(make):
        found = make(S.AGREED, begins=20)
        if state:
            factories.TrainingProjectFactory(internship=found, state=state)
        return found

    return made


def _closed_months(*firsts):
    def made(make):
        found = make(begins=-50)
        days_of(found, -1)
        closed(found, *firsts)
        return found

    return made


def _spoken(*days, begins=-20, ends=60):
    def made(make):
        found = make(begins=begins, ends=ends)
        days_of(found, *days)
        return found

    return made


def _plain(state, begins, ends=60):
    def made(make):
        found = make(state, begins=begins, ends=ends)
        if state == S.RUNNING:
            days_of(found, 0)
        return found

    return made


@pytest.mark.parametrize(
    ("need", "does", "does_not"),
    [
        (Need.LATE, [_late], [_not_late]),
        (Need.OVERDUE, [_plain(S.SIGNED, -1), _plain(S.PROPOSED, -1)], [_plain(S.SIGNED, 0), _plain(S.RUNNING, -1)]),
        (Need.OVER, [_plain(S.RUNNING, -3, 0)], [_plain(S.RUNNING, -3, 1), _plain(S.COMPLETED, -3, 0)]),
        (Need.DISPUTED, [_register(-2, state="disputed")], [_register(-2)]),
        (Need.DAYS, [_register(-8)], [_register(-7)]),
        (Need.SILENT, [_spoken(-8), _spoken(begins=-8)], [_spoken(-7), _spoken(begins=-7), _spoken(ends=0)]),
        (
            Need.MONTH,
            [_closed_months(date(2026, 4, 1)), _closed_months(date(2026, 3, 1))],
            [_closed_months(date(2026, 3, 1), date(2026, 4, 1)), _plain(S.RUNNING, -3)],
        ),
        (
            Need.OUR_TURN,
            [_project("promoter"), _project("ready"), _project("")],
            [_project("host"), _project("intern")],
        ),
        (Need.SIGNATURES, [_plain(S.IN_SIGNATURE, 7)], [_plain(S.IN_SIGNATURE, 8), _plain(S.SIGNED, 7)]),
        (Need.ENDING, [_plain(S.SUSPENDED, -3, 14)], [_plain(S.SUSPENDED, -3, 15)]),
    ],
)
def test_each_need_has_its_rows_and_no_others(make, partner_staff, other_partner, need, does, does_not):
    for other in does_not:
        other(make)
    mine = {made(make).pk for made in does}
    found = queries.listed(partner_staff, Filters(need=need), TODAY)
    assert {row.pk for row in found} == mine
    assert queries.needs_of(partner_staff, TODAY)[need] == len(mine)


def test_needs_are_ones_own(make, partner_staff, other_partner_staff, operator):
    _late(make)
    assert queries.needs_of(partner_staff, TODAY) == {Need.LATE: 1}
    assert queries.needs_of(operator, TODAY) == {Need.LATE: 1}
    assert queries.needs_of(other_partner_staff, TODAY) == {}


def test_counts_of_needs_stop_at_many(make, partner_staff, monkeypatch):
    monkeypatch.setattr(board_queries, "MANY", 1)
    board_queries._needs_of.cache_clear()
    for _n in range(3):
        _late(make)
    assert queries.needs_of(partner_staff, TODAY)[Need.LATE] == 2
    board_queries._needs_of.cache_clear()


# --- filters --------------------------------------------------------------------


def test_every_filter_takes_away_what_it_should(make, partner_staff, partner):
    colleague = factories.UserFactory()
    one = make(kind="curricular", ends=7, promoter_tutor=colleague)
    two = make(S.PROPOSED, begins=5)
    ended = make(S.COMPLETED, begins=-90, ends=-1)

    def found(**filters):
        return {row.pk for row in queries.listed(partner_staff, Filters(**filters), TODAY)}

    assert found(listed=True) == {one.pk, two.pk}
    assert found(kind="curricular") == {one.pk}
    assert found(within=7) == {one.pk}
    assert found(host=two.unit.host_id) == {two.pk}
    assert found(unit=two.unit_id) == {two.pk}
    assert found(tutor=colleague.pk) == {one.pk}
    assert found(state=S.COMPLETED) == {ended.pk}
    assert found(listed=True, name=one.unit.host.name) == {one.pk}
    assert found(listed=True, name=two.participation.person.last_name, mine=True) >= {two.pk}


@pytest.mark.parametrize(
    "query",
    [
        "serve=nothing&tipo=x&entro=9999&azienda=²&sede=-1&tutor=me&ente=99999999999",
        "stato=x&dopo=x&elenco=2",
    ],
)
def test_what_the_address_does_not_know_counts_as_not_asked(as_user, partner_staff, make, query):
    make()
    assert as_user(partner_staff).get(f"{BOARD}?{query}").status_code == 200


def test_a_stranger_tutor_is_not_named(as_user, partner_staff, make, young_person):
    make()
    body = as_user(partner_staff).get(BOARD, {"tutor": str(young_person.user.pk)}).content.decode()
    assert young_person.user.name not in body


def test_what_needs_a_hand_leads_to_its_list(as_user, partner_staff, make):
    late = _late(make)
    marta = as_user(partner_staff)
    assert "?serve=late" in marta.get(BOARD).content.decode()
    body = marta.get(BOARD, {"serve": "late"}).content.decode()
    assert late.participation.person.full_name in body
    assert 'name="riga"' in body


def test_operators_read_without_boxes(as_user, operator, make):
    make()
    body = as_user(operator).get(BOARD, {"elenco": "1"}).content.decode()
    assert 'name="riga"' not in body
    assert "elenco.xlsx" in body


@pytest.mark.parametrize("who", ["partner_staff", "operator"])
@pytest.mark.parametrize("query", ["", "?elenco=1", "?serve=late", "?azienda=1&sede=1", "?entro=30&tipo=curricular"])
def test_as_many_queries_for_one_and_for_many(request, as_user, make, who, query, django_assert_max_num_queries):
    client = as_user(request.getfixturevalue(who))

    def cost():
        for cache in caches.all():
            cache.clear()
        with django_assert_max_num_queries(12) as counted:
            assert client.get(BOARD + query).status_code == 200
        return len(counted)

    _late(make), _register(-8)(make), _project("host")(make)
    few = cost()
    for _n in range(4):
        _late(make), _register(-8)(make), _project("host")(make), make(S.IN_SIGNATURE)
    assert cost() == few


# --- the file -------------------------------------------------------------------


def file_of(client, kind="xlsx", **query):
    return client.get(reverse("internships:board-file", args=[kind]), query)


def test_the_file_holds_the_list_and_no_formulas(as_user, partner_staff, make, other_partner):
    bad = factories.OperatingUnitFactory(host__name="=1+1", host__sort_key="=1+1")
    shown = make(unit=bad, host_tutor=factories.HostTutorFactory(host=bad.host, name="@SUM(A1)"))
    make(S.PROPOSED)
    factories.InternshipFactory(promoter=other_partner, state="running")
    answer = file_of(as_user(partner_staff), stato="running")
    [head, line] = load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    assert line[0].value == shown.participation.person.full_name
    assert {cell.data_type for cell in line if cell.value} == {"s"}
    assert "private" in answer["Cache-Control"]
    text = file_of(as_user(partner_staff), "csv", stato="running").content.decode("utf-8-sig")
    assert '"\'=1+1"' in text
    assert '"\'@SUM(A1)"' in text
    assert len(text.splitlines()) == 2
    assert len(head) == len(line)


def test_who_is_in_a_file_can_see_that_it_was_taken(as_user, partner_staff, make):
    person = make().participation.person
    file_of(as_user(partner_staff), elenco="1")
    assert Access.objects.filter(about=person.pk, by=partner_staff).exists()


def test_a_file_is_refused_rather_than_cut(as_user, partner_staff, make, monkeypatch):
    monkeypatch.setattr("internships.views.board.MOST_IN_FILE", 1)
    make(), make()
    answer = file_of(as_user(partner_staff), elenco="1")
    assert (answer.status_code, answer.url) == (302, f"{BOARD}?elenco=1")
    assert not Access.objects.exists()
