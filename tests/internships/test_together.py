"""Several at once: what is done of each, what not and why; and the tutors' loads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from internships import actions
from internships.actions import Together
from internships.models import DatedTodo, HostLink, Visit
from internships.queries import host as host_queries
from internships.queries import loads
from tests import factories

TODAY = date(2026, 5, 5)
TOGETHER, DONE = "/tirocini/insieme/", "/tirocini/insieme/fatto/"


@pytest.fixture
def make(partner, partner_staff):
    def made(state="running", **more):
        known = {"promoter": partner, "promoter_tutor": partner_staff, "created_by": partner_staff}
        known |= {"starts_on": TODAY - timedelta(days=20), "ends_on": TODAY + timedelta(days=60), **more}
        return factories.InternshipFactory(state=state, **known)

    return made


def with_todo(internship, kind="registration"):
    factories.DatedTodoFactory(internship=internship, kind=kind, due_on=TODAY)
    return internship


@pytest.fixture
def receipt(partner_staff, now):
    return {
        "what": Together.TODO,
        "kind": "registration",
        "done_on": TODAY,
        "reference": "7/2026",
        "by": partner_staff,
        "now": now,
    }


def outcomes(found):
    return [(one.done, one.sentence) for one in found]


# --- what is done of each -------------------------------------------------------


def test_what_cannot_be_done_of_one_stops_none_of_the_others(make, receipt, other_partner):
    one, never, foreign, last = with_todo(make()), make(), with_todo(make(promoter=other_partner)), with_todo(make())
    found = actions.do_together(internships=[one, never, foreign, last], **receipt)
    assert outcomes(found) == [
        (True, ""),
        (False, "Non è nel suo elenco."),
        (False, "Questo tirocinio lo segue un altro ente."),
        (True, ""),
    ]
    assert DatedTodo.objects.filter(reference="7/2026").count() == 2
    assert Event.objects.filter(verb="internships.todo_done").count() == 2


def test_done_twice_it_changes_nothing_more(make, receipt):
    rows = [with_todo(make()), with_todo(make())]
    actions.do_together(internships=rows, **receipt)
    assert outcomes(actions.do_together(internships=rows, **receipt)) == [(False, "È già fatto.")] * 2
    assert Event.objects.filter(verb="internships.todo_done").count() == 2


def test_a_visit_is_planned_where_the_day_is_one_of_the_internship(make, partner_staff, now):
    short = make(ends_on=TODAY + timedelta(days=3))
    plan = {"what": Together.VISIT, "on": TODAY + timedelta(days=9), "by": partner_staff, "now": now}
    found = actions.do_together(internships=[make(), short], **plan)
    assert [one.done for one in found] == [True, False]
    assert Visit.objects.count() == 1


def test_a_colleague_takes_over_what_is_signed(make, partner_staff, partner_admin, now):
    rows = [make(), make("proposed")]
    change = {"promoter_tutor": partner_admin, "reason": "Marta va in congedo.", "by": partner_staff, "now": now}
    found = actions.do_together(internships=rows, what=Together.TUTOR, **change)
    assert [one.done for one in found] == [True, False]
    rows[0].refresh_from_db()
    assert rows[0].promoter_tutor == partner_admin


def test_a_host_is_written_to_once_a_day_without_names(make, partner_staff, now):
    one = make()
    two = make(unit=one.unit, host_tutor=one.host_tutor)
    quiet = make()
    for row in (one, two):
        factories.RegisterDayFactory(internship=row, on=TODAY, state="proposed")
    remind = {"what": Together.REMIND, "by": partner_staff, "now": now}
    found = actions.do_together(internships=[one, two, quiet], **remind)
    assert outcomes(found) == [
        (True, ""),
        (False, "Oggi il tutor aziendale ha già avuto un messaggio, per tutti i suoi tirocini."),
        (False, "Nessun giorno aspetta l’azienda."),
    ]
    message = OutgoingMessage.objects.get(key__startswith="host-days:")
    assert message.to == one.host_tutor.email
    assert "2 giorni" in message.text
    for row in (one, two):
        assert row.participation.person.last_name not in message.text + message.subject
    assert HostLink.objects.get().sent_at == now
    # The day after, one may write again.
    again = actions.do_together(internships=[two], **{**remind, "now": now + timedelta(days=1)})
    assert outcomes(again) == [(True, "")]


# --- the pages ------------------------------------------------------------------


def posted(client, *rows, what="todo", **more):
    data = {"che": what, "riga": [str(row.pk) for row in rows], "kind": "registration", "done_on": "2026-05-05"}
    return client.post(TOGETHER, {**data, "reference": "7/2026", **more})


def test_the_next_page_says_of_each_what_came_of_it(as_user, partner_staff, make):
    one, never = with_todo(make()), make()
    marta = as_user(partner_staff)
    asked = marta.get(TOGETHER, {"che": "todo", "riga": [str(one.pk), str(never.pk)]}).content.decode()
    assert one.participation.person.full_name in asked
    answer = posted(marta, one, never)
    assert (answer.status_code, answer.url) == (302, DONE)
    body = marta.get(DONE).content.decode()
    assert "Fatto per 1 tirocinio" in body
    assert "Non è nel suo elenco." in body
    # Loaded again, or sent again, nothing more is done.
    marta.get(DONE)
    posted(marta, one, never)
    assert "È già fatto." in marta.get(DONE).content.decode()
    assert Event.objects.filter(verb="internships.todo_done").count() == 1


def test_anothers_are_neither_named_nor_touched(as_user, partner_staff, make, other_partner):
    mine, foreign = with_todo(make()), with_todo(make(promoter=other_partner))
    marta = as_user(partner_staff)
    body = marta.get(TOGETHER, {"che": "todo", "riga": [str(mine.pk), str(foreign.pk)]}).content.decode()
    assert foreign.participation.person.full_name not in body
    posted(marta, mine, foreign)
    assert foreign.participation.person.full_name not in marta.get(DONE).content.decode()
    assert not foreign.todos.exclude(done_at=None).exists()
    assert mine.todos.exclude(done_at=None).exists()


def test_the_whole_list_is_chosen_by_its_filters(as_user, partner_staff, make):
    late, other = make(), with_todo(make())
    factories.DatedTodoFactory(internship=late, kind="registration", due_on=TODAY - timedelta(days=1))
    marta = as_user(partner_staff)
    body = marta.get(TOGETHER, {"che": "todo", "tutti": "1", "serve": "late"}).content.decode()
    assert late.participation.person.full_name in body
    assert str(other.pk) not in body


@pytest.mark.parametrize(
    "query", ["", "?che=todo", "?che=nothing&riga=x", "?che=todo&riga=x", "?che=visit&tutti=1&stato=cancelled"]
)
def test_nobody_chosen_leads_back(as_user, partner_staff, make, query):
    make()
    answer = as_user(partner_staff).get(TOGETHER + query)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/tirocini/")


def test_what_was_typed_stays_when_something_is_missing(as_user, partner_staff, make):
    row = with_todo(make())
    answer = posted(as_user(partner_staff), row, reference="")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in body
    assert f'name="riga" value="{row.pk}"' in body


def test_only_colleagues_can_be_chosen_as_tutors(as_user, partner_staff, make, other_partner_staff, operator):
    row = make()
    marta = as_user(partner_staff)
    for user in (other_partner_staff, operator):
        answer = posted(marta, row, what="tutor", promoter_tutor=str(user.pk), reason="Cambio")
        assert answer.status_code == 200
    row.refresh_from_db()
    assert row.promoter_tutor == partner_staff


@pytest.mark.parametrize("what", ["todo", "visit", "tutor", "remind"])
def test_choosing_costs_the_same_for_one_and_for_many(
    as_user, partner_staff, make, what, django_assert_max_num_queries
):
    client, rows = as_user(partner_staff), [make()]

    def cost():
        with django_assert_max_num_queries(12) as counted:
            client.get(TOGETHER, {"che": what, "riga": [str(row.pk) for row in rows]})
        return len(counted)

    few = cost()
    rows += [make() for _n in range(4)]
    assert cost() == few


# --- loads ----------------------------------------------------------------------


def test_how_much_each_tutor_has_and_who_has_room(make, partner_staff, partner_admin, db):
    rule_set = factories.RuleSetFactory(valid_from=date(2018, 6, 9), valid_to=None)
    for code, value in (("tutor.promoter", 2), ("tutor.host", 1), ("tutor.host_curricular", 4)):
        factories.RuleFactory(rule_set=rule_set, code=code, value=value, unit="people")
    one = make()
    make("signed", unit=one.unit, host_tutor=one.host_tutor, kind="curricular")
    make("completed")
    ours, more = loads.our_tutors(partner_staff, TODAY, 1)
    by_name = {row.pk: row for row in ours}
    mine, free = by_name[partner_staff.pk], by_name[partner_admin.pk]
    assert (mine.now, mine.coming, mine.most, mine.free, more) == (1, 1, 2, 0, False)
    assert (free.now, free.free) == (0, 2)
    theirs, _more = loads.host_tutors(partner_staff, TODAY, 1)
    assert [(row.of_course, row.now, row.coming, row.most, row.free) for row in theirs] == [
        (False, 1, 0, 1, 0),
        (True, 0, 1, 4, 3),
    ]


def test_tutors_of_hosts_count_all_promoters_and_others_hosts_stay_away(make, partner_staff, other_partner):
    one = make()
    make(promoter=other_partner, unit=one.unit, host_tutor=one.host_tutor)
    make(promoter=other_partner)
    [row], _more = loads.host_tutors(partner_staff, TODAY, 1)
    assert (row.pk, row.now) == (one.host_tutor_id, 2)


def test_loads_name_the_limit_and_are_paged(as_user, partner_staff, make, monkeypatch):
    make(), make()
    monkeypatch.setattr(loads, "PAGE", 1)
    address = reverse("internships:tutor-loads")
    first = as_user(partner_staff).get(address, {"di": "aziende"}).content.decode()
    assert "DGR X/7763" in first
    assert "?di=aziende&amp;pagina=2" in first
    second = as_user(partner_staff).get(address, {"di": "aziende", "pagina": "2"}).content.decode()
    assert "pagina=1" in second


# --- the host's own page --------------------------------------------------------


def test_the_host_reads_what_is_due_of_it(make, partner_staff, now):
    running = make(starts_on=TODAY - timedelta(days=40))
    unit, tutor = running.unit, running.host_tutor
    factories.RegisterDayFactory(internship=running, on=TODAY, state="proposed")
    colleague = factories.HostTutorFactory(host=unit.host, name="Ugo Bassi")
    factories.RegisterMonthFactory(internship=running, first=date(2026, 3, 1))
    mine = make("agreed", unit=unit, host_tutor=tutor, starts_on=TODAY + timedelta(days=3))
    theirs = make("agreed", unit=unit, host_tutor=colleague, starts_on=TODAY + timedelta(days=4))
    for row in (mine, theirs):
        factories.TrainingProjectFactory(internship=row, state="host")
    make("proposed", unit=unit, host_tutor=tutor)
    link = factories.HostLinkFactory(tutor=tutor, created_by=partner_staff)
    [row] = host_queries.interns_of(link, TODAY)
    assert (row.internship, len(row.waiting), row.to_close) == (running, 1, [date(2026, 4, 1)])
    own, others = host_queries.coming_of(link, TODAY)
    assert (own.internship, bool(own.part_url), own.part_of) == (mine, True, "")
    assert (others.internship, others.part_url, others.part_of) == (theirs, "", "Ugo Bassi")
    assert host_queries.units_without_assessment([mine]) == [unit.address]
    factories.SafetyEvidenceFactory(internship=None, unit=unit, kind="risk_assessment")
    assert host_queries.units_without_assessment([mine]) == []


def test_the_host_sees_who_has_still_to_sign_for_it(make, partner_staff):
    row = make("in_signature", starts_on=TODAY + timedelta(days=3))
    project = factories.TrainingProjectFactory(internship=row)
    request = factories.SignatureRequestFactory(on_type="internships.trainingproject", on_id=str(project.pk))
    signer = factories.SignerFactory(request=request, role="host", name="Luigi Basso")
    link = factories.HostLinkFactory(tutor=row.host_tutor, created_by=partner_staff)
    [coming] = host_queries.coming_of(link, TODAY)
    assert coming.signs == "Luigi Basso"
    signer.state, signer.acted_at, signer.assurance = "signed", request.asked_at, 1
    signer.wording_sha256 = "0" * 64
    signer.save()
    [coming] = host_queries.coming_of(link, TODAY)
    assert coming.signs == ""
