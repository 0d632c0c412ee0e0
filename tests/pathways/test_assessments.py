"""How I see myself before and after, how the activity was, and what others read of it: sums alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.queries import my_data
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from foundation.questionnaires.actions import Conflict
from foundation.questionnaires.models import AnswerSheet
from foundation.questionnaires.queries import current
from migwork.errors import NotNow
from migwork.small_numbers import LEAST
from pathways import actions
from pathways.asking import FORMS
from pathways.enums import AskedMoment
from pathways.models import Assessment, Enrolment
from pathways.privacy import anonymise
from pathways.queries import results
from pathways.queries.assessments import assessment_token
from tests import factories
from tests.pathways import ways

ENTRY, EXIT, OPINION = AskedMoment
SKILLS = ("together", "speaking", "asking", "keeping", "problems", "critics", "strengths")


@pytest.fixture(autouse=True)
def forms_loaded(db, settings):
    folder = settings.BASE_DIR / "pathways" / "questionnaires"
    call_command("load_questionnaire", *map(str, sorted(folder.glob("*.toml"))), verbosity=0)


@pytest.fixture
def activity(course, now):
    """Ten days that begin today."""
    today = timezone.localdate(now)
    return factories.RunFactory(
        opportunity=course,
        places=60,
        places_taken=1,
        starts_on=today,
        ends_on=today + timedelta(days=10),
        enrol_by=today,
    )


@pytest.fixture
def enrolment(activity, participation):
    return enrolled(activity, participation)


def enrolled(run, participation, **fields):
    by = participation.person.user
    return factories.EnrolmentFactory(run=run, participation=participation, asked_by=by, **fields)


def concluded(enrolment, now):
    """They were there until the end."""
    Enrolment.objects.filter(pk=enrolment.pk).update(state="completed", ended_at=now)
    enrolment.refresh_from_db()


def say(enrolment, moment, answers, now, *, by="self", finish=True, version=0):
    by = enrolment.participation.person.user if by == "self" else by
    section = "opinion" if moment == OPINION else "skills"
    return actions.answer_assessment(
        enrolment=enrolment,
        moment=moment,
        section=section,
        answers=answers,
        version=version,
        finish=finish,
        by=by,
        now=now,
    )


def all_of(value):
    return dict.fromkeys(SKILLS, value)


def test_before_and_after(enrolment, operator, now):
    later = now + timedelta(days=10)
    with pytest.raises(NotNow):
        say(enrolment, EXIT, all_of("4"), now)
    say(enrolment, ENTRY, {"together": "2"}, now, finish=False)
    # Resumed: the second time from what is stored, in another tab not.
    with pytest.raises(Conflict):
        say(enrolment, ENTRY, {"together": "3"}, now)
    row = say(enrolment, ENTRY, {"together": "2", "asking": "1"}, now, version=1)
    assert (row.done_at, row.counted) == (now, {"together": "2", "asking": "1"})
    with pytest.raises(NotNow) as refusal:
        say(enrolment, ENTRY, all_of("4"), now)
    assert refusal.value.code == "done"
    for stranger in (operator, factories.YoungPersonFactory().user):
        with pytest.raises(PermissionDenied):
            say(enrolment, EXIT, all_of("4"), later, by=stranger)
    concluded(enrolment, later)
    say(enrolment, EXIT, all_of("4"), later)
    assert set(enrolment.assessments.values_list("moment", flat=True)) == {ENTRY, EXIT}
    told = Event.objects.filter(verb="pathways.assessment_done").values_list("about", flat=True)
    assert list(told) == [enrolment.participation.person_id] * 2


def test_the_beginning_ends(enrolment, now):
    """After half of it, it is no beginning any more; and who said nothing then is not asked to compare."""
    say(enrolment, ENTRY, {"asking": "1"}, now + timedelta(days=5), finish=False)
    with pytest.raises(NotNow) as refusal:
        say(enrolment, ENTRY, {"asking": "2"}, now + timedelta(days=6), version=1)
    assert refusal.value.code == "closed"
    later = now + timedelta(days=11)
    concluded(enrolment, later)
    with pytest.raises(NotNow):
        say(enrolment, EXIT, all_of("4"), later)
    assert say(enrolment, OPINION, {"overall": "good"}, later).done_at
    late = enrolled(factories.RunFactory(opportunity=enrolment.run.opportunity), enrolment.participation)
    late.run.starts_on, late.run.ends_on = (timezone.localdate(now) - timedelta(days=n) for n in (80, 61))
    late.run.save()
    concluded(late, now - timedelta(days=61))
    with pytest.raises(NotNow):
        say(late, OPINION, {"overall": "good"}, now)


def test_left_out_is_thrown_away(enrolment, now):
    with pytest.raises(NotNow) as refusal:
        say(enrolment, ENTRY, {}, now)
    assert refusal.value.code == "empty"
    assert not AnswerSheet.objects.exists()
    say(enrolment, ENTRY, {"asking": "1"}, now, finish=False)
    row = actions.skip_assessment(enrolment=enrolment, moment=ENTRY, by=enrolment.participation.person.user, now=now)
    assert row.skipped_at
    assert not AnswerSheet.objects.exists()
    # One may think again.
    row = say(enrolment, ENTRY, {"asking": "2"}, now)
    assert (row.skipped_at, row.done_at) == (None, now)


def test_picture_and_table(enrolment, as_user, now):
    person = enrolment.participation.person
    client, page = as_user(person.user), reverse("pathways:enrolment-detail", args=[enrolment.pk])
    assert "Rispondi ora" in client.get(page).text
    say(enrolment, ENTRY, {"together": "2", "asking": "3"}, now)
    first = client.get(page).text
    assert 'role="img"' in first
    assert "Un po’ (all’inizio)" in first
    assert "alla fine)" not in first
    with_exit = now + timedelta(days=10)
    concluded(enrolment, with_exit)
    run = enrolment.run
    run.starts_on, run.ends_on = run.starts_on - timedelta(days=20), run.ends_on - timedelta(days=20)
    run.save()
    say(enrolment, EXIT, {"together": "4", "asking": "3"}, now)
    both = client.get(page).text
    assert "Molto (alla fine)" in both
    assert "In 1 su 2" in both
    table = both[both.index("<tbody>") :]
    assert table.index("Lavoro bene con gli altri") < table.index("Un po’") < table.index("Molto")


def test_nobody_else_sees_them(enrolment, as_user, operator, partner_staff, now):
    say(enrolment, ENTRY, all_of("1"), now)
    page = reverse("pathways:enrolment-detail", args=[enrolment.pk])
    for user in (operator, partner_staff):
        assert 'role="img"' not in as_user(user).get(page).text
        assert as_user(user).get(reverse("pathways:assessment", args=[enrolment.pk])).status_code == 403


def test_satisfaction(enrolment, client, now):
    """By the link of the message: opening it changes nothing, and it shows nothing that was answered before."""
    run = enrolment.run
    run.starts_on, run.ends_on = run.starts_on - timedelta(days=20), run.ends_on - timedelta(days=11)
    run.save()
    concluded(enrolment, now)
    url = reverse("pathways:assessment-link", args=[assessment_token(enrolment)])
    page = client.get(url)
    assert page["Cache-Control"] == "private, no-store"
    assert enrolment.participation.person.last_name not in page.text
    assert not Assessment.objects.exists()
    say(enrolment, OPINION, {"words": "Il forno!"}, now, finish=False)
    assert "Il forno!" not in client.get(url).text
    client.post(url, {"moment": "opinion", "overall": "great", "again": "yes", "version": "0"})
    row = Assessment.objects.get()
    assert row.counted == {"overall": "great", "again": "yes"}
    assert row.sheet.answers["opinion"]["words"] == "Il forno!"
    assert "Grazie" in client.get(url).text


def test_who_was_never_there_is_not_asked(enrolment, now):
    later = now + timedelta(days=11)
    Enrolment.objects.filter(pk=enrolment.pk).update(state="not_completed", ended_at=later)
    with pytest.raises(NotNow):
        say(enrolment, OPINION, {"overall": "good"}, later)
    session = factories.SessionFactory(run=enrolment.run)
    factories.AttendanceFactory(session=session, enrolment=enrolment, state="present")
    assert say(enrolment, OPINION, {"overall": "good"}, later)


def test_invited_once_at_either_end(enrolment, now):
    morning = timezone.localtime(now).replace(hour=10, minute=50)
    assert actions.ask_about_activities(now=morning.replace(hour=9)) == 0
    assert actions.ask_about_activities(now=morning) == 1
    assert actions.ask_about_activities(now=morning) == 0
    assert actions.ask_about_activities(now=morning + timedelta(days=1)) == 0
    say(enrolment, ENTRY, all_of("2"), morning)
    concluded(enrolment, now + timedelta(days=10))
    assert actions.ask_about_activities(now=morning + timedelta(days=10)) == 0
    assert actions.ask_about_activities(now=morning + timedelta(days=11)) == 1
    assert actions.ask_about_activities(now=morning + timedelta(days=12)) == 0
    first, second = OutgoingMessage.objects.filter(key__startswith="pathways:assessment:").order_by("created_at")
    assert "come ti vedi" in first.subject
    assert "/com-era/" in first.text
    assert "Com’è andata?" in second.subject
    assert "prima e dopo" in second.text
    assert enrolment.participation.person.last_name not in first.subject + first.text


def test_who_answered_or_limited_is_not_written_to(enrolment, edition, now):
    morning = timezone.localtime(now).replace(hour=10, minute=50)
    say(enrolment, ENTRY, all_of("2"), morning)
    limited = enrolled(enrolment.run, ways.taker(edition, limited_at=now))
    waiting = enrolled(enrolment.run, ways.taker(edition), state="waiting")
    assert actions.ask_about_activities(now=morning) == 0
    assert not Assessment.objects.filter(enrolment__in=[limited, waiting]).exists()


def crowd(run, edition, now, *, people, before="2", after="3", overall="great", words=""):
    for _n in range(people):
        enrolment = enrolled(run, ways.taker(edition), state="completed", ended_at=now)
        for moment, answers in (
            (ENTRY, all_of(before)),
            (EXIT, all_of(after)),
            (OPINION, {"overall": overall}),
        ):
            form = current(FORMS[moment])
            section = "opinion" if moment == OPINION else "skills"
            said = {section: answers | ({"words": words} if moment == OPINION and words else {})}
            sheet = factories.AnswerSheetFactory(questionnaire=form, answers=said)
            Assessment.objects.create(
                enrolment=enrolment, moment=moment, sheet=sheet, done_at=now, asked_at=now, counted=answers
            )


def main(text):
    return text[text.index("<h1") : text.index("</main>")]


def test_small_groups_are_hidden(activity, course, edition, as_user, partner_staff, now):
    page = reverse("pathways:activity-results", args=[course.slug])
    client = as_user(partner_staff)
    crowd(activity, edition, now, people=LEAST - 1, words="Troppo presto.")
    few = client.get(page).text
    assert "Troppo presto." not in few
    assert 'role="img"' not in few
    assert "Benissimo" not in few
    crowd(activity, edition, now + timedelta(minutes=1), people=1)
    enough = client.get(page).text
    assert "Troppo presto." in enough
    assert "2,0 (prima)" in enough
    assert "3,0 (dopo)" in enough
    # One more answer changes nothing: nobody can be worked out from two looks.
    crowd(activity, edition, now + timedelta(minutes=2), people=1, after="1", overall="bad", words="Solo io.")
    assert main(client.get(page).text) == main(enough)
    crowd(activity, edition, now + timedelta(minutes=3), people=4, after="1", overall="great")
    more = results.results_of(results.of_activity(course), "it")
    assert (more.compared, more.opinions) == (10, 10)
    overall = dict(more.choices[0].answers)
    assert None in overall.values()
    assert 1 not in overall.values()


def test_evaluator_reads_the_sum_of_an_edition(activity, edition, as_user, evaluator, now):
    crowd(activity, edition, now, people=LEAST, words="Da non leggere qui.")
    page = as_user(evaluator).get(reverse("reporting:results") + f"?edizione={edition.code}").text
    assert "3,0 (dopo)" in page
    assert "Da non leggere qui." not in page


def test_forgotten_with_the_person(enrolment, partner_staff, now):
    row = say(enrolment, ENTRY, all_of("2"), now)
    person = enrolment.participation.person
    assert row.sheet in my_data.rows_about(person)[AnswerSheet]
    anonymise(person.pk, partner_staff, now)
    row.refresh_from_db()
    assert row.sheet.answers == {}
    assert row.counted == all_of("2")
