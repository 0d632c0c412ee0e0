"""An interview as a whole: what was seen, what follows from it, what is added once it is closed."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.documents.models import Document
from foundation.documents.pdf import Unavailable
from foundation.privacy.models import Access, Event
from foundation.questionnaires import actions as questionnaires
from foundation.questionnaires import queries as sheets
from foundation.questionnaires.files import read
from intake import actions, queries
from intake.models import InterviewAddendum, InterviewSummary
from intake.situations import derive
from migwork.errors import NotNow
from tests.pdf import text_of

QUIET = {"HX-Request": "true"}


@pytest.fixture
def real_questions(edition, settings, now):
    """The questionnaire that the portal brings along."""
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    return questionnaires.load_questionnaire(key=key, title=title, definition=definition, now=now)[0]


@pytest.fixture
def interview(received, real_questions, operator, now):
    return actions.start_interview(participation=received, by=operator, now=now)


@pytest.fixture
def closed(received, questionnaire, operator, now):
    interview = actions.start_interview(participation=received, by=operator, now=now)
    actions.save_interview_section(
        interview=interview, section="wishes", answers={"wish": "Fare la barista"}, version=0, by=operator, now=now
    )
    return actions.complete_interview(interview=interview, by=operator, now=now)


def section(interview, key="now"):
    return reverse("intake:interview-section", args=[interview.pk, key])


def states(interview):
    interview.sheet.refresh_from_db()
    return {row["key"]: row["state"] for row in sheets.sections(interview.sheet, "it")}


def test_viewed_is_not_untouched(interview, as_user, operator):
    desk = as_user(operator)
    page = desk.get(section(interview)).text
    assert states(interview)["now"] == "not_started", "opening a page writes nothing"
    assert '"viewed": "1"' in page
    for _twice in range(2):
        told = desk.post(section(interview), {"viewed": "1"}, headers=QUIET)
        assert "Solo vista" in told.text
    assert states(interview)["now"] == "viewed"
    assert Event.objects.filter(verb="intake.interview_viewed", fields=["now"]).count() == 1

    desk.post(section(interview), {"version": "0", "living": "family"}, headers=QUIET)
    assert states(interview)["now"] == "incomplete", "looking made no version that typing would have to know"
    assert desk.post(section(interview), {"viewed": "1"}, headers=QUIET).status_code == 200
    assert states(interview)["now"] == "incomplete"
    desk.post(section(interview), {"version": "1", "days": "Al parco", "occupation": "student"}, headers=QUIET)
    assert states(interview) == {
        "now": "complete",
        **dict.fromkeys(["school", "work", "skills", "wishes", "agreement"], "not_started"),
    }
    shown = desk.get(section(interview, "school")).text
    for word in ("Completa", "Da iniziare"):
        assert word in shown


def test_what_writing_asks_of_the_database(interview, as_user, operator, django_assert_num_queries):
    desk = as_user(operator)
    desk.post(section(interview), {"version": "0", "days": "A casa"}, headers=QUIET)
    desk.get(section(interview))
    with django_assert_num_queries(2):
        assert "A casa" in desk.get(section(interview)).text
    # Who writes, the interview; then in one transaction its sheet locked and saved, and whether the trail has it.
    with django_assert_num_queries(2 + 1 + 3 + 1):
        desk.post(section(interview), {"version": "1", "days": "Al parco"}, headers=QUIET)


def test_passing_a_section_by_without_a_word_counts_as_seen_too(interview, as_user, operator):
    as_user(operator).post(section(interview, "wishes"), {"version": "0"})
    assert states(interview)["wishes"] == "viewed"


@pytest.mark.parametrize(
    ("occupation", "age", "holds", "why"),
    [
        ("unemployed", 19, True, "15–29 e 15–34"),
        ("inactive", 30, True, "15–34"),
        ("inactive", 35, False, "dai 15 ai 34"),
        ("student", 19, False, "«Studio»"),
        ("training", 19, False, "corso di formazione"),
        ("employed", 19, False, "«Lavoro»"),
        (None, 19, None, "non ha ancora una risposta"),
        ("boh", 19, None, "non ha ancora una risposta"),
    ],
)
def test_neet_follows_from_what_somebody_does(occupation, age, holds, why, now):
    found = derive({"occupation": occupation}, age=age, on=now.date())[0]
    assert (found.holds, why in found.why) == (holds, True), found.why


@pytest.mark.parametrize(("age", "months", "holds"), [(24, 6, True), (24, 5, False), (25, 11, False), (25, 12, True)])
def test_who_is_out_of_work_for_long(age, months, holds, now):
    since = (now.date() - timedelta(days=30.5 * months + 2)).isoformat()
    _neet, long = derive({"occupation": "unemployed", "searching_since": since}, age=age, on=now.date())
    assert long.holds is holds


def test_neet_is_derived_and_explained(interview, as_user, operator, participation, now):
    desk = as_user(operator)
    page = desk.get(section(interview)).text
    assert "NEET" in page
    for situation in ("Penso di lasciare la scuola", "Ho un lavoro precario", "Vorrei cambiare lavoro o mestiere"):
        assert situation in page
    assert "NEET" not in desk.get(section(interview, "wishes")).text, "only beside its question"
    several = {"fragility": ["precarious", "leaving_school"], "transition": ["job_search", "change_studies"]}
    answer = desk.post(
        section(interview), {"version": "0", "occupation": "inactive", "days": "x", **several}, headers=QUIET
    )
    assert "NEET" in answer.text, "it follows as one types"
    assert "Sì" in answer.text
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers["now"]["fragility"] == ["precarious", "leaving_school"]
    assert "neet" not in str(interview.sheet.answers).lower(), "derived, never stored"
    fill(interview, operator, now)
    actions.complete_interview(interview=interview, by=operator, now=now)
    person = participation.person
    person.refresh_from_db()
    assert (person.employment, person.education) == ("inactive", "diploma")
    assert person.is_neet


def fill(interview, operator, now):
    interview.sheet.refresh_from_db()
    answers = {
        "school": {"path": "x", "title": "diploma"},
        "work": {"experience": "x"},
        "skills": {"good_at": "x"},
        "wishes": {"goal": "x"},
        "agreement": {"reach": "sms", "next": "x"},
    }
    for key, said in answers.items():
        actions.save_interview_section(interview=interview, section=key, answers=said, version=0, by=operator, now=now)


def test_what_the_record_knows_is_not_asked_twice(interview, as_user, operator, participation):
    person = participation.person
    person.employment = "training"
    person.save()
    desk = as_user(operator)
    assert desk.get(section(interview)).context["form"]["occupation"].value() == "training"
    desk.post(section(interview), {"version": "0", "occupation": "employed"}, headers=QUIET)
    assert desk.get(section(interview)).context["form"]["occupation"].value() == "employed"


def test_an_addendum_changes_nothing_that_was_closed(closed, as_user, operator, other_operator, now):
    page = reverse("intake:interview-add", args=[closed.pk])
    before = (closed.sheet.answers, closed.sheet.marks, closed.sheet.saved_at, closed.completed_at)
    colleague = as_user(other_operator)
    refused = colleague.post(page, {"text": "  "})
    assert refused.status_code == 200
    assert refused.context["addition"].errors
    assert not InterviewAddendum.objects.exists()

    told = colleague.post(page, {"text": "Era il 2023, non il 2022."}, follow=True).text
    assert "Era il 2023" in told
    assert str(other_operator) in told
    assert "Fare la barista" in told
    closed.refresh_from_db()
    closed.sheet.refresh_from_db()
    assert before == (closed.sheet.answers, closed.sheet.marks, closed.sheet.saved_at, closed.completed_at)
    event = Event.objects.get(verb="intake.interview_added_to")
    assert (event.about, event.fields) == (closed.participation.person_id, ["text"])
    assert [row.by for row in queries.addenda_of(closed)] == [other_operator]


def test_nothing_is_added_to_an_open_interview_nor_by_others(closed, interview_of, operator, coordinator, now):
    with pytest.raises(NotNow):
        actions.add_to_interview(interview=interview_of, text="x", by=operator, now=now)
    with pytest.raises(PermissionDenied):
        actions.add_to_interview(interview=closed, text="x", by=coordinator, now=now)


@pytest.fixture
def interview_of(closed, questionnaire, operator, now):
    """A second interview, still open."""
    return actions.start_interview(participation=closed.participation, by=operator, now=now)


# --- the summary ------------------------------------------------------------------------


@pytest.fixture
def told(interview, operator, now):
    """The real interview, with something in each section, closed and added to."""
    said = {"days": "Confida che a casa si litiga", "occupation": "inactive", "fragility": ["leaving_school"]}
    actions.save_interview_section(interview=interview, section="now", answers=said, version=0, by=operator, now=now)
    fill(interview, operator, now)
    said = {"goal": "Dietro un bancone", "interests": ["trade"]}
    actions.save_interview_section(interview=interview, section="wishes", answers=said, version=1, by=operator, now=now)
    closed = actions.complete_interview(interview=interview, by=operator, now=now)
    actions.add_to_interview(interview=closed, text="Da risentire con cautela", by=operator, now=now)
    return closed


def summary(interview):
    return reverse("intake:summary-create", args=[interview.pk])


def test_the_summary_is_tagged_and_says_no_more_than_it_may(told, as_user, operator, young_person):
    desk = as_user(operator)
    page = desk.get(summary(told)).text
    assert "Dietro un bancone" in page
    assert "a casa si litiga" not in page
    handed = desk.post(summary(told), {"sections": ["wishes", "agreement"], "read_together": "on"})
    assert handed.status_code == 302
    phone = as_user(young_person.user)
    plan = phone.get(reverse("intake:my-plan")).text
    pdf = reverse("intake:summary-pdf", args=[told.pk])
    assert pdf in plan
    made = b"".join(phone.get(pdf).streaming_content)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == "it"
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
    text = text_of(made)
    for word in ("Dietro un bancone", "Imparare un mestiere", "Che cosa vorrei", "SMS", young_person.full_name):
        assert word in text, word
    for word in ("litiga", "lasciare la scuola", "cautela", "NEET", "Diploma", "bene?"):
        assert word not in text, word
    message = OutgoingMessage.objects.get(key=f"interview:{told.pk}:summary")
    assert "bancone" not in message.text
    assert Event.objects.get(verb="intake.interview_summarised").fields == ["agreement", "wishes"]
    assert not Access.objects.filter(by=young_person.user).exists(), "one's own paper is no opening"


def test_sections_that_are_not_theirs_cannot_be_asked_for(told, as_user, operator, now):
    desk = as_user(operator)
    for wrong in ({"sections": ["now"], "read_together": "on"}, {"sections": ["wishes"]}, {}):
        assert desk.post(summary(told), wrong).context["form"].errors
    with pytest.raises(NotNow):
        actions.hand_over_summary(interview=told, sections=["now"], by=operator, now=now)
    assert not InterviewSummary.objects.exists()
    assert not Document.objects.exists()


def test_it_is_handed_over_once_and_only_of_a_closed_interview(told, interview_2, operator, coordinator, now):
    with pytest.raises(PermissionDenied):
        actions.hand_over_summary(interview=told, sections=["wishes"], by=coordinator, now=now)
    actions.hand_over_summary(interview=told, sections=["wishes"], by=operator, now=now)
    for again in (told, interview_2):
        with pytest.raises(NotNow):
            actions.hand_over_summary(interview=again, sections=["wishes"], by=operator, now=now)


@pytest.fixture
def interview_2(told, operator, now):
    return actions.start_interview(participation=told.participation, by=operator, now=now)


def test_a_machine_without_pango_says_so_and_hands_nothing_over(told, as_user, operator, monkeypatch):
    def missing(*args, **kwargs):
        raise Unavailable

    monkeypatch.setattr("foundation.documents.pdf.render", missing)
    page = as_user(operator).post(summary(told), {"sections": ["wishes"], "read_together": "on"}, follow=True)
    assert "libpango" in page.text
    assert not InterviewSummary.objects.exists()
