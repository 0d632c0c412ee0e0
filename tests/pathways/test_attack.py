"""What bored, hurried, jealous and curious people try on activities: each was a fault once."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import uuid4

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.actions.merging import merge
from accounts.enums import Role
from accounts.models import YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.documents.queries import content_of
from intake.models import Participation
from migwork.errors import NotNow
from pathways import actions, check_in, schedule
from pathways.actions import Mark, Tap
from pathways.enums import AttendanceState
from pathways.models import (
    Attendance,
    AttendanceMark,
    ClosedList,
    Enrolment,
    KeptSearch,
    ModulePath,
    Opportunity,
    Run,
    Session,
    Synonym,
    SynonymGroup,
    Trainer,
)
from pathways.privacy import anonymise
from programme.models import Edition
from tests import factories
from tests.pathways import ways
from tests.pathways.certificates import completed, finished_run
from tests.pathways.test_modules import path, three  # noqa: F401
from tests.pathways.test_saved_searches import publish, wanted  # noqa: F401
from tests.pdf import beyond_the_edge

ROME_SUMMER_BEGINS = date(2027, 3, 28)


def enrol(run, participation, now):
    return actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)


# -- places ------------------------------------------------------------------------------


@pytest.fixture
def one_waits(run, edition, now):
    """Both places are taken, one waits; their participation."""
    first, _second = (enrol(run, ways.taker(edition), now) for _n in range(2))
    waiting = ways.taker(edition)
    assert enrol(run, waiting, now).state == "waiting"
    return first, waiting


def test_who_left_the_project_holds_up_nobody(run, one_waits, edition, now):
    """Whoever is passed over when a place falls free must not keep it from those who ask after them."""
    first, gone = one_waits
    Participation.objects.filter(pk=gone.pk).update(state="closed", closed_at=now, ending="work")
    actions.withdraw(enrolment=first, by=first.participation.person.user, now=now)
    assert enrol(run, ways.taker(edition), now).state == "enrolled"
    run.refresh_from_db()
    assert run.places_taken == 2


def test_no_place_is_kept_for_whom_nothing_may_be_done(run, one_waits, edition, now):
    """Who asked that their data be not used cannot answer an offer: it passes on, and they keep their turn."""
    first, still = one_waits
    YoungPerson.objects.filter(pk=still.person_id).update(limited_at=now)
    OutgoingMessage.objects.all().delete()
    actions.withdraw(enrolment=first, by=first.participation.person.user, now=now)
    assert Enrolment.objects.get(participation=still).state == "waiting"
    assert not OutgoingMessage.objects.filter(about=still.person_id).exists()
    assert enrol(run, ways.taker(edition), now).state == "enrolled"
    YoungPerson.objects.filter(pk=still.person_id).update(limited_at=None)
    second = run.enrolments.filter(state="enrolled").first()
    actions.withdraw(enrolment=second, by=second.participation.person.user, now=now)
    assert Enrolment.objects.get(participation=still).state == "offered"


def test_an_empty_post_ends_nobodys_way(run, participation, partner_staff, as_user, now):
    enrolment = enrol(run, participation, now)
    page = reverse("pathways:enrolment-outcome", args=[enrolment.pk])
    for sent in ({}, {"outcome": ""}, {"outcome": "maybe"}):
        answer = as_user(partner_staff).post(page, sent, follow=True)
        assert "Di’ se l’ha completata" in answer.text
        enrolment.refresh_from_db()
        assert enrolment.state == "enrolled"
    as_user(partner_staff).post(page, {"outcome": "no"})
    enrolment.refresh_from_db()
    assert enrolment.state == "not_completed"


# -- lists of sessions -------------------------------------------------------------------


@pytest.fixture
def begun(course, now):
    return ways.started_run(course, now, sessions=1)


def test_a_phone_with_a_clock_ahead_does_not_have_the_last_word(begun, participation, partner_staff, now):
    enrolment, session = enrol(begun, participation, now), begun.sessions.get()

    def tap(state, at):
        actions.mark_by_phone(
            session=session,
            enrolment=enrolment.pk,
            mark=Mark(AttendanceState(state)),
            tap=Tap(key=uuid4(), at=at, seen=10**6),
            by=partner_staff,
            now=now,
        )

    tap("absent", now + timedelta(days=9000))
    tap("present", now)
    assert Attendance.objects.get().state == "present"
    # From the same phone what was tapped before still does not undo what was tapped after.
    tap("absent", now + timedelta(days=9001))
    tap("excused", now + timedelta(days=9000, hours=1))
    assert Attendance.objects.get().state == "absent"


def test_a_count_taken_away_leaves_no_trace(begun, partner_staff, now):
    """A slip with the heads must not make a session one that was held: it could never be moved or taken out."""
    session = begun.sessions.get()
    actions.count_heads(session=session, heads=25, by=partner_staff, now=now)
    assert Session.objects.get().recorded_at == now
    actions.count_heads(session=session, heads=0, by=partner_staff, now=now)
    assert Session.objects.get().recorded_at is None
    actions.remove_session(session=session, by=partner_staff, now=now)
    assert not begun.sessions.exists()


def test_a_count_taken_away_leaves_the_list_as_it_is(begun, participation, partner_staff, now):
    session, enrolment = begun.sessions.get(), enrol(begun, participation, now)
    marks = {enrolment.pk: AttendanceState.PRESENT}
    actions.record_attendance(session=session, marks=marks, by=partner_staff, now=now)
    actions.count_heads(session=session, heads=25, by=partner_staff, now=now)
    actions.count_heads(session=session, heads=0, by=partner_staff, now=now)
    assert Session.objects.get().recorded_at == now


def test_who_comes_when_the_list_is_closed_hears_what_to_do(course, edition, partner_staff, as_user, now):
    run = ways.started_run(course, now, sessions=1)
    session = factories.SessionFactory(run=run, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    ClosedList.objects.create(session=session, closed_at=now, closed_by=partner_staff)
    late = enrol(run, ways.taker(edition), now).participation
    code = check_in.code_of(session, now)
    answer = as_user(late.person.user).post(reverse("pathways:check-in", args=[code]))
    assert "è chiusa" in answer.text
    assert "perché" not in answer.text
    assert not Attendance.objects.exists()


def test_hours_do_not_drift(course, partner_staff, now):
    """Sessions of an hour and a quarter, added and taken out one by one: the hours stay their sum."""
    run = factories.RunFactory(opportunity=course, hours=0)
    for n in range(8):
        meeting = schedule.meeting(date(2026, 6, 1 + n), time(15), time(16, 15))
        actions.add_sessions(run=run, sessions=[meeting], by=partner_staff, now=now)
    assert Run.objects.get(pk=run.pk).hours == Decimal("10.0")
    for session in run.sessions.all()[:7]:
        actions.remove_session(session=session, by=partner_staff, now=now)
    # An hour and a quarter, to the tenth.
    assert Run.objects.get(pk=run.pk).hours == Decimal("1.2")


def test_an_hour_that_does_not_exist(course, partner_staff, now):
    """When summer time begins, half past two to ten past three is no time at all."""
    with pytest.raises(ValidationError):
        actions.add_sessions(
            run=factories.RunFactory(opportunity=course),
            sessions=[schedule.meeting(ROME_SUMMER_BEGINS, time(2, 30), time(3, 10))],
            by=partner_staff,
            now=now,
        )
    run = factories.RunFactory(opportunity=course, hours=0)
    meeting = schedule.meeting(ROME_SUMMER_BEGINS, time(1), time(5))
    actions.add_sessions(run=run, sessions=[meeting], by=partner_staff, now=now)
    assert Run.objects.get(pk=run.pk).hours == 3


def test_a_session_moved_onto_another_says_so_beside_what_was_typed(course, partner_staff, as_user, now):
    run = factories.RunFactory(opportunity=course)
    days = [date(2026, 6, 1), date(2026, 6, 2)]
    plan = [schedule.meeting(day, time(15), time(16)) for day in days]
    actions.add_sessions(run=run, sessions=plan, by=partner_staff, now=now)
    page = reverse("pathways:session-edit", args=[run.sessions.first().pk])
    sent = {"day": "2026-06-02", "start": "15:00", "end": "17:30", "place": "Al parco"}
    answer = as_user(partner_staff).post(page, sent)
    assert answer.status_code == 200
    assert "Al parco" in answer.text
    assert "17:30" in answer.text


def test_two_who_correct_at_once_read_each_other(begun, participation, partner, partner_staff, as_user, now):
    colleague = factories.member(Role.PARTNER_STAFF, partner, name="Pia Longo", email="pia@example.org")
    session, enrolment = begun.sessions.get(), enrol(begun, participation, now)
    marks = {enrolment.pk: AttendanceState.ABSENT}
    actions.record_attendance(session=session, marks=marks, by=partner_staff, now=now)
    actions.close_list(session=session, by=partner_staff, now=now)
    page = reverse("pathways:attendance-correct", args=[session.pk, enrolment.pk])
    before = as_user(partner_staff).get(page).context["form"].fields["seen"].initial
    assert before
    first = {"state": "excused", "reason": "Certificato medico", "seen": before}
    assert as_user(colleague).post(page, first).status_code == 302
    mine = {"state": "present", "reason": "Era in fondo", "seen": before}
    answer = as_user(partner_staff).post(page, mine)
    assert "qualcun altro" in answer.text
    assert "Era in fondo" in answer.text
    assert Attendance.objects.get().state == "excused"
    seen = re.search(r'name="seen" value="(\d+)"', answer.text)[1]
    assert as_user(partner_staff).post(page, mine | {"seen": seen}).status_code == 302
    assert Attendance.objects.get().state == "present"


def test_a_session_taken_out_while_it_is_being_marked(begun, participation, partner_staff, now):
    """Two tabs: what the one takes out, the other hears of in a sentence."""
    session, enrolment = begun.sessions.get(), enrol(begun, participation, now)
    actions.remove_session(session=Session.objects.get(), by=partner_staff, now=now)
    mark, rest = {enrolment.pk: AttendanceState.PRESENT}, {"by": partner_staff, "now": now}
    tap = Tap(key=uuid4(), at=now, seen=0)
    for act in (
        lambda: actions.record_attendance(session=session, marks=mark, **rest),
        lambda: actions.mark_by_phone(
            session=session, enrolment=enrolment.pk, mark=Mark(AttendanceState.PRESENT), tap=tap, **rest
        ),
        lambda: actions.close_list(session=session, **rest),
        lambda: actions.count_heads(session=session, heads=3, **rest),
        lambda: actions.remove_session(session=session, **rest),
    ):
        with pytest.raises(NotNow) as refusal:
            act()
        assert refusal.value.code == "gone"


# -- double taps ---------------------------------------------------------------------------


def sent_twice(client, page, address, **data):
    """What a double tap without JavaScript sends: the same form of the same page; both answers."""
    form = re.search(rf'<form[^>]*action="{address}".*?</form>', client.get(page).text, re.S)
    text = form[0] if form else re.search(r'<form class="form" method="post".*?</form>', client.get(page).text, re.S)[0]
    token = re.search(r'name="once" value="([^"]+)"', text)
    data |= {"once": token[1]} if token else {}
    return [client.post(address, data) for _twice in range(2)]


def test_a_double_tap_on_a_path_writes_once(participation, operator, city, as_user):
    way = factories.AccompaniedPathFactory(participation=participation, companion=operator, organisation=city)
    tries = {
        "path-step-add": {"title": "Foto", "kind": "document"},
        "path-talk-arrange": {"kind": "talk", "day": "2026-06-01", "hour": "10:00"},
        "path-talk-note": {"kind": "talk", "day": "2026-05-04", "hour": "10:00", "said": "Ciao", "tasks": "Telefonare"},
        "study-option-add": {"route": "cpia", "school": "CPIA"},
    }
    for name, data in tries.items():
        page = reverse(f"pathways:{name}", args=[way.pk])
        answers = sent_twice(as_user(operator), page, page, **data)
        assert [answer.status_code for answer in answers] == [302, 302], name
    assert (way.options.count(), way.talks.count()) == (1, 2)
    assert sorted(way.steps.values_list("title", flat=True)) == ["Foto", "Telefonare"]
    assert OutgoingMessage.objects.filter(about=participation.person_id).count() == 1


def test_a_double_tap_that_takes_away_ends_on_a_page(
    course, participation, operator, city, partner_staff, coordinator, as_user, now
):
    user = participation.person.user
    run = factories.RunFactory(opportunity=course)
    session = factories.SessionFactory(run=run)
    held = factories.SessionFactory(run=run, starts_at=now - timedelta(hours=1))
    way = factories.AccompaniedPathFactory(participation=participation, companion=operator, organisation=city)
    step, option = factories.PathStepFactory(path=way), factories.StudyOptionFactory(path=way)
    talk, words = factories.PathTalkFactory(path=way), factories.SynonymFactory(group__changed_by=coordinator)
    heads = factories.HeadcountFactory(session=held, counted_by=partner_staff)
    search = factories.KeptSearchFactory(person=participation.person)
    translation = factories.OpportunityTranslationFactory(opportunity=course, changed_by=partner_staff)
    tries = [
        (user, "kept-searches", [], "search-stop", [search.pk]),
        (partner_staff, "session-heads", [held.pk], "session-heads-drop", [held.pk, heads.pk]),
        (partner_staff, "run-detail", [run.pk], "session-remove", [session.pk]),
        (
            partner_staff,
            "translation-edit",
            [course.slug, translation.language],
            "translation-remove",
            [course.slug, translation.language],
        ),
        (coordinator, "synonym-edit", [words.group.pk], "synonym-remove", [words.group.pk]),
        (operator, "path-step", [step.pk], "path-step-drop", [step.pk]),
        (operator, "path-detail", [way.pk], "study-option-drop", [option.pk]),
        (operator, "path-detail", [way.pk], "path-talk-off", [talk.pk]),
    ]
    for who, page, its, name, key in tries:
        client, address = as_user(who), reverse(f"pathways:{name}", args=key)
        answers = sent_twice(client, reverse(f"pathways:{page}", args=its), address)
        assert [answer.status_code for answer in answers] == [302, 302], name
        assert client.get(answers[1]["Location"]).status_code == 200, name


# -- paths of modules --------------------------------------------------------------------


def test_a_path_called_as_a_page_has_an_address(edition, partner, partner_staff, as_user, now):
    texts = {"title": "Nuovo", "summary": "Una frase.", "goal": "Là."}
    made = actions.save_module_path(edition=edition, organisation=partner, **texts, by=partner_staff, now=now)
    page = as_user(partner_staff).get(reverse("pathways:module-path-manage", args=[made.slug]))
    assert page.context["path"] == made


def test_what_left_the_catalogue_can_be_taken_out(
    path,  # noqa: F811
    other_partner,
    edition,
    partner_staff,
    as_user,
    now,
):
    """Also an activity of another partner, who alone sees it from then on."""
    theirs = ways.course(other_partner, edition, title="Sala e bar", situations=["neet"])
    actions.arrange_modules(path=path, opportunity=theirs, verb="add", by=partner_staff, now=now)
    Opportunity.objects.filter(pk=theirs.pk).update(state="expired")
    page = reverse("pathways:module-path-arrange", args=[path.slug])
    assert as_user(partner_staff).post(page, {"module": theirs.pk, "verb": "drop"}).status_code == 302
    assert not path.modules.filter(opportunity=theirs).exists()
    # Once it is out it is as hidden as any other.
    assert as_user(partner_staff).post(page, {"module": theirs.pk, "verb": "add"}).status_code == 404


def test_a_path_shows_nothing_of_what_was_sent_back(path, three, client):  # noqa: F811
    course = three[0][0]
    Opportunity.objects.filter(pk=course.pk).update(state="draft", summary="Da correggere: frase offensiva.")
    page = client.get(reverse("pathways:module-path", args=[path.slug])).text
    assert "frase offensiva" not in page
    assert reverse("pathways:opportunity-detail", args=[course.slug]) not in page
    assert reverse("pathways:opportunity-detail", args=[three[1][0].slug]) in page


# -- what is typed -----------------------------------------------------------------------


def test_no_search_and_no_title_breaks_the_feed(client, course, now):
    assert client.get(reverse("pathways:opportunity-feed"), {"q": "barman \x01\x0b\ufffe"}).status_code == 200
    Opportunity.objects.filter(pk=course.pk).update(title="Barman\x01 \ufffeper", summary="Caffè\x08")
    feed = feedparser.parse(client.get(reverse("pathways:opportunity-feed")).content)
    assert not feed.bozo
    assert feed.entries[0].title == "Barman per"


def test_titles_are_one_line(course, partner_staff, as_user):
    page = reverse("pathways:activity-edit", args=[course.slug])
    form = as_user(partner_staff).get(page).context["form"]
    sent = {name: form.initial[name] for name in form.fields if form.initial.get(name)}
    sent |= {"title": "Barman\r\nBEGIN:VEVENT \u202eafirt\x07", "place": "Via\x0bDogana 2\n\n"}
    assert as_user(partner_staff).post(page, sent).status_code == 302
    course.refresh_from_db()
    assert (course.title, course.place) == ("Barman BEGIN:VEVENT afirt", "Via Dogana 2")


def test_names_of_trainers_are_one_line(partner_staff, as_user):
    as_user(partner_staff).post(reverse("pathways:trainer-list"), {"name": "Mario\n\u202e  Rossi"})
    assert Trainer.objects.get().name == "Mario Rossi"


@pytest.mark.parametrize("words", ["\ufdfa" * 60 + ", saluto", "barista, " + "\u3316" * 55])
def test_signs_that_are_whole_words_are_too_long_a_synonym(words, coordinator, as_user):
    answer = as_user(coordinator).post(reverse("pathways:synonym-list"), {"words": words})
    assert answer.status_code == 200
    assert "troppo lung" in answer.text
    assert not Synonym.objects.exists()


@pytest.mark.parametrize(
    "words", ["a & b, c | d", "!barman, (barista", "barman:*, barista", "«l'oste», oste\\", "barman <-> caffè, 'bar"]
)
def test_synonyms_are_words_and_no_questions(words, course, coordinator, as_user, client):
    actions.renew_search()
    as_user(coordinator).post(reverse("pathways:synonym-list"), {"words": words})
    for asked in (*words.split(", "), "barman", "oste a b"):
        assert client.get(reverse("pathways:opportunity-list"), {"q": asked}).status_code == 200


def test_synonyms_do_not_go_round_in_circles(course, coordinator, as_user, client):
    """Groups that share words with each other's phrases: what a word stands for is not looked up again."""
    actions.renew_search()
    for words in ("barman, barista", "barista bar, oste", "oste pub, barman eventi"):
        as_user(coordinator).post(reverse("pathways:synonym-list"), {"words": words})
    assert SynonymGroup.objects.count() == 3
    assert "Barman per eventi" in client.get(reverse("pathways:opportunity-list"), {"q": "barista"}).text


@pytest.mark.parametrize("kind", ["activity-create", "module-path-create"])
def test_between_two_editions_nothing_typed_is_lost(kind, edition, partner, partner_staff, as_user):
    Edition.objects.update(ends_on=timezone.localdate() - timedelta(days=30))
    client = as_user(partner_staff)
    texts = ("title", "summary", "goal", "for_whom", "what_you_get", "description", "place", "contact")
    sent = dict.fromkeys(texts, "Una prova") | {"organisation": partner.pk, "family": "training", "language": "it"}
    sent |= {"min_age": 16, "max_age": 24}
    answer = client.post(reverse(f"pathways:{kind}"), sent)
    assert answer.status_code == 200
    assert "Una prova" in answer.text
    assert "nessuna edizione accoglie" in answer.text
    assert not Opportunity.objects.exists()
    assert not ModulePath.objects.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x", "2026-13-01T00:00Z"])
def test_a_moment_beyond_the_clock(moment, participation, operator, city, as_user):
    way = factories.AccompaniedPathFactory(participation=participation, companion=operator, organisation=city)
    page = reverse("pathways:path-talk-note", args=[way.pk])
    assert as_user(operator).get(page, {"ora": moment}).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_calendar(day, course, participation, operator, city, partner_staff, as_user):
    """In whatever field somebody types them: the form comes back."""
    staff, desk = as_user(partner_staff), as_user(operator)
    run = factories.RunFactory(opportunity=course)
    factories.SessionFactory(run=run)
    way = factories.AccompaniedPathFactory(participation=participation, companion=operator, organisation=city)
    stay = factories.AccompaniedPathFactory(
        participation=participation, kind="stay", companion=operator, organisation=city
    )
    step = factories.PathStepFactory(path=way, kind="document")
    dates = {"starts_on": day, "ends_on": day, "enrol_by": day, "weekdays": ["MO"], "every": "1", "places": "5"}
    hours = {"start": "15:00", "end": "16:00"}
    tries = [
        (staff, "run-create", course.slug, {**dates, **hours}),
        (staff, "run-copy", run.pk, {"first": day, "places": "5", "enrol_by": day}),
        (staff, "sessions-add", run.pk, {**dates, **hours}),
        (staff, "session-edit", run.sessions.get().pk, {"day": day, **hours}),
        (desk, "path-end", way.pk, {"outcome": "dropped", "on": day, "reason": "money"}),
        (desk, "path-step-add", way.pk, {"title": "Foto", "kind": "document", "due_on": day, "expires_on": day}),
        (desk, "path-step", step.pk, {"due_on": day, "expires_on": day}),
        (desk, "path-talk-arrange", way.pk, {"kind": "talk", "day": day, "hour": "10:00"}),
        (desk, "path-talk-note", way.pk, {"kind": "talk", "day": day, "hour": "10:00", "said": "Ciao"}),
        (desk, "study-option-add", way.pk, {"route": "cpia", "school": "CPIA", "enrol_by": day}),
        (
            desk,
            "stay-plan",
            stay.pk,
            {"programme": "esc", "host": "A", "place": "B", "starts_on": day, "ends_on": day, "insured_until": day},
        ),
    ]
    for client, name, key, sent in tries:
        answer = client.post(reverse(f"pathways:{name}", args=[key]), sent)
        assert answer.status_code == 200, name
        assert "error" in answer.text, name


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "0", "1e9", "٣", "", "٩" * 40])
def test_numbers_that_are_none(number, run, begun, participation, partner_staff, as_user, now):
    """Places, heads, hours, the last mark that was seen: refused or taken, never an error."""
    client, session = as_user(partner_staff), begun.sessions.get()
    enrolment = enrol(begun, participation, now)
    client.post(reverse("pathways:run-places", args=[run.pk]), {"places": number})
    client.post(reverse("pathways:session-heads", args=[session.pk]), {"heads": number})
    page = reverse("pathways:session-attendance", args=[session.pk])
    client.post(page, {str(enrolment.pk): "late", f"{enrolment.pk}-hours": number, "seen": number})
    tap = {"key": str(uuid4()), "enrolment": str(enrolment.pk), "state": "late", "state-hours": number}
    client.post(page, {**tap, "tapped": number, "seen": number})
    client.post(reverse("pathways:certificate-rule", args=[run.opportunity.slug]), {"least_share": number})
    # "٣" is three.
    assert Run.objects.get(pk=run.pk).places in (2, 3)


# -- two records of one person, and who is forgotten ------------------------------------------


def test_two_who_kept_ten_searches_each_hear_of_all(publish, young_person, edition, operator, now):  # noqa: F811
    twin = factories.YoungPersonFactory(first_name=young_person.first_name, birth_date=young_person.birth_date)
    for n, person in enumerate([young_person] * 10 + [twin] * 10):
        factories.KeptSearchFactory(person=person, query=f"q=parola{n}", kept_at=now + timedelta(seconds=n))
    KeptSearch.objects.filter(query="q=parola19").update(query="q=barman")
    merge(kept=young_person, merged=twin, reason="La stessa persona", by=operator, now=now)
    assert young_person.kept_searches.count() == 20
    publish("Barman di domani", at=now + timedelta(hours=2))
    evening = timezone.localtime(now).replace(hour=17, minute=10)
    assert actions.tell_of_news(now=evening) == 1
    assert not KeptSearch.objects.filter(told_until__lt=evening).exists()
    # Nobody keeps one more than the most, but what is kept can be renewed.
    with pytest.raises(NotNow):
        actions.keep_search(
            person=young_person,
            wanted=wanted("q=altro"),
            by=young_person.user,
            now=now,
        )


def test_two_records_on_one_list_do_not_split_the_hours(course, edition, participation, operator, partner_staff, now):
    """Both enrolled in the same dates, then made one: checking in always counts for the way that goes on."""
    run = ways.started_run(course, now, sessions=1, places=3)
    twin = ways.taker(edition, birth_date=participation.person.birth_date)
    double, kept = enrol(run, twin, now - timedelta(days=1)), enrol(run, participation, now)
    merge(kept=participation.person, merged=twin.person, reason="La stessa persona", by=operator, now=now)
    for n in range(3):
        start = now - timedelta(minutes=5 - n)
        session = factories.SessionFactory(run=run, starts_at=start, ends_at=now + timedelta(hours=3))
        _pk, period = check_in.read(check_in.code_of(session, now))
        actions.check_in(session=session, period=period, by=participation.person.user, now=now)
    assert set(Attendance.objects.values_list("enrolment", flat=True)) == {kept.pk}
    # The place that is held twice can be given back, by whoever sees the list.
    actions.withdraw(enrolment=double, by=partner_staff, now=now)
    run.refresh_from_db()
    assert run.places_taken == 1
    assert Enrolment.objects.get(pk=kept.pk).state == "enrolled"


def test_a_forgotten_person_leaves_corrections_without_words(begun, participation, partner_staff, now):
    session, enrolment = begun.sessions.get(), enrol(begun, participation, now)
    mark = {"session": session, "by": partner_staff}
    actions.record_attendance(marks={enrolment.pk: AttendanceState.ABSENT}, now=now, **mark)
    actions.close_list(session=session, by=partner_staff, now=now)
    why = "Amina era in ospedale"
    later = now + timedelta(days=2)
    actions.record_attendance(marks={enrolment.pk: AttendanceState.EXCUSED}, now=later, reason=why, **mark)
    anonymise(about=participation.person_id, by=None, now=later)
    assert {row.reason for row in AttendanceMark.objects.all()} == {"", "–"}
    # Its list still opens, and can be corrected for the others.
    other = enrol(begun, ways.taker(begun.opportunity.edition), now)
    with pytest.raises(NotNow):
        actions.record_attendance(marks={other.pk: AttendanceState.PRESENT}, now=later, **mark)
    actions.record_attendance(marks={other.pk: AttendanceState.PRESENT}, now=later, reason="Mancava", **mark)
    assert Attendance.objects.get(enrolment=other).state == "present"


# -- the end of summer time ------------------------------------------------------------------


def test_three_in_the_afternoon_stays_three_in_the_afternoon(course, partner_staff, client, now):
    """Repeats and copies over the night in which the clocks change, and what a calendar reads of them."""
    meetings = schedule.meetings(
        first=date(2026, 10, 19), last=date(2026, 11, 3), weekdays=["MO"], start=time(15), end=time(18)
    )
    days = {"starts_on": date(2026, 10, 19), "ends_on": date(2026, 11, 2), "enrol_by": date(2026, 10, 19)}
    rest = {"hours": 9, "places": 5, "by": partner_staff, "now": now}
    actions.plan_run(opportunity=course, sessions=meetings, **days, **rest)
    page = client.get(reverse("pathways:opportunity-calendar", args=[course.slug]))
    events = Calendar.from_ical(page.content).walk("VEVENT")
    begins = [event.decoded("dtstart").astimezone(ways.ROME) for event in events]
    assert [f"{moment:%d/%m %H:%M}" for moment in begins] == ["19/10 15:00", "26/10 15:00", "02/11 15:00"]
    moved = schedule.moved(meetings, date(2028, 2, 29))
    assert [f"{timezone.localtime(each.starts_at):%d/%m/%y %H:%M}" for each in moved] == [
        "06/03/28 15:00",
        "13/03/28 15:00",
        "20/03/28 15:00",
    ]
    leap = schedule.meetings(
        first=date(2028, 2, 29), last=date(2028, 3, 14), weekdays=["TU"], every=2, start=time(9), end=time(10)
    )
    assert [each.day for each in leap] == [date(2028, 2, 29), date(2028, 3, 14)]


# -- on paper --------------------------------------------------------------------------------


def test_the_longest_names_stay_on_the_paper(partner, edition, partner_staff, as_user, now):
    course = ways.course(partner, edition, title="W" * 150, place="M" * 200)
    factories.CertificateRuleFactory(opportunity=course, skills=["m" * 150] * 10)
    run = finished_run(course, now, places=2)
    enrolment = completed(run, ways.taker(edition, first_name="Ж" * 200, last_name="W" * 200))
    certificate = actions.issue_certificate(enrolment=enrolment, by=partner_staff, now=now)
    page = reverse("pathways:session-sheet", args=[run.sessions.first().pk])
    for content in (content_of(certificate.document), as_user(partner_staff).get(page).content):
        assert content.startswith(b"%PDF")
        assert beyond_the_edge(content) == ""
