"""A form's next version: written in parts by several people, published once, never changing what was answered."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction

from foundation.privacy.models import Event
from foundation.questionnaires import actions, queries
from foundation.questionnaires.definitions import differences, fingerprint, key_from, part_of
from foundation.questionnaires.models import Questionnaire, QuestionnaireDraft
from migwork.errors import NotNow
from tests.foundation.questionnaires.test_questionnaires import file, questionnaire  # noqa: F401


def question(label="Che mestiere ti piace?", kind="text", **more):
    return {"kind": kind, "label": {"it": label}, "required": False, "options": [], **more}


@pytest.fixture
def draft(questionnaire, coordinator, now):  # noqa: F811
    return actions.start_draft(key="prova", by=coordinator, now=now)


@pytest.fixture
def common(draft, coordinator, now):
    return {"draft": draft, "by": coordinator, "now": now}


def seen(draft, *keys):
    draft.refresh_from_db()
    return fingerprint(part_of(draft.definition, *keys))


def labels(form, section="altro"):
    return [q["label"]["it"] for q in part_of(form.definition, section)["questions"]]


def test_an_old_interview_keeps_its_questions(questionnaire, draft, common, coordinator, now):  # noqa: F811
    sheet = actions.start_sheet(questionnaire=questionnaire, now=now)
    actions.save_section(sheet=sheet, section="altro", answers={"note": "prima"}, version=0, now=now)
    key = actions.write_question(section="altro", values=question(), **common)
    actions.take_out(section="altro", question="note", seen=seen(draft, "altro", "note"), **common)
    assert queries.current("prova") == questionnaire, "a draft asks nobody anything"

    draft.refresh_from_db()
    published = actions.publish_draft(draft=draft, revision=draft.revision, by=coordinator, now=now)

    assert queries.current("prova") == published
    assert published.version == 2
    assert labels(published) == ["Patente", "Tempo", "Che mestiere ti piace?"]
    sheet.refresh_from_db()
    old = queries.sections(sheet, "it")[1]["questions"]
    assert [q["label"] for q in old] == ["Note", "Patente", "Tempo"]
    assert old[0]["shown"] == "prima"
    actions.save_section(sheet=sheet, section="altro", answers={"note": "ancora"}, version=1, now=now)
    with pytest.raises(KeyError), transaction.atomic():
        actions.save_section(sheet=sheet, section="altro", answers={key: "x"}, version=2, now=now)
    assert not QuestionnaireDraft.objects.exists()
    assert Event.objects.filter(verb="questionnaires.published", by=coordinator).count() == 1


def test_two_who_write_different_parts_do_not_meet_and_the_same_one_are_both_shown(draft, common):
    mine, theirs = seen(draft, "altro", "note"), seen(draft, "studio", "voto")
    actions.write_question(section="altro", question="note", values=question("Appunti"), seen=mine, **common)
    actions.write_question(section="studio", question="voto", values=question("Media"), seen=theirs, **common)
    with pytest.raises(actions.ChangedMeanwhile) as meanwhile:
        actions.write_question(section="altro", question="note", values=question("Nota"), seen=mine, **common)
    assert meanwhile.value.stored["label"] == {"it": "Appunti"}
    draft.refresh_from_db()
    assert labels(draft)[0] == "Appunti"
    with pytest.raises(actions.ChangedMeanwhile):
        actions.take_out(section="altro", question="note", seen=mine, **common)


def test_nobody_publishes_what_they_have_not_read(draft, common, coordinator, now):
    read = draft.revision
    actions.write_question(section="altro", values=question(), **common)
    for act in (actions.publish_draft, actions.drop_draft):
        with pytest.raises(NotNow) as refusal:
            act(revision=read, **common)
        assert refusal.value.code == "changed"


def test_what_is_unfinished_or_unchanged_is_not_published(draft, common):
    def publish():
        draft.refresh_from_db()
        return actions.publish_draft(revision=draft.revision, **common)

    with pytest.raises(NotNow) as same:
        publish()
    assert same.value.code == "same"
    actions.write_section(values={"title": {"it": "Vuota"}, "for_person": False}, **common)
    with pytest.raises(NotNow, match="Vuota"):
        publish()
    with pytest.raises(NotNow) as full:
        actions.take_out(section="altro", seen=seen(draft, "altro"), **common)
    assert full.value.code == "full"
    actions.take_out(section="vuota", seen=seen(draft, "vuota"), **common)


def test_parts_move_and_questions_change_section(draft, common):
    actions.move_part(section="altro", question="note", steps=1, **common)
    actions.move_part(section="altro", steps=-1, **common)
    actions.move_part(section="altro", steps=-1, **common)
    actions.write_question(
        section="altro",
        question="tempo",
        to="studio",
        values=question("Tempo"),
        seen=seen(draft, "altro", "tempo"),
        **common,
    )
    draft.refresh_from_db()
    assert [s["key"] for s in draft.definition["sections"]] == ["altro", "studio"]
    assert labels(draft) == ["Patente", "Note"]
    assert labels(draft, "studio")[-1] == "Tempo"


def test_reworded_answers_stay_the_same_answers_and_new_ones_get_a_name(draft, common):
    options = [{"value": "ar", "label": {"it": "Lingua araba"}}, {"value": "", "label": {"it": "È un'altra"}}]
    values = question("Lingue", kind="choices", options=options)
    actions.write_question(
        section="studio", question="lingue", values=values, seen=seen(draft, "studio", "lingue"), **common
    )
    draft.refresh_from_db()
    assert part_of(draft.definition, "studio", "lingue")["options"] == [
        {"value": "ar", "label": {"it": "Lingua araba"}},
        {"value": "e_un_altra", "label": {"it": "È un'altra"}},
    ]


def test_a_key_never_comes_back_as_something_else(draft, common):
    actions.take_out(section="altro", question="note", seen=seen(draft, "altro", "note"), **common)
    assert actions.write_question(section="altro", values=question("Note"), **common) == "note_2"
    assert key_from("Version", set()) == "version_2"
    assert key_from("Да?", set()) == "k"


def test_what_a_rule_reads_stays(draft, common, monkeypatch):
    monkeypatch.setattr(queries.hooks.read_by_rules, "_functions", [lambda key: {"lingue": ({"ar"}, "Because.")}])
    with pytest.raises(NotNow, match="Because"):
        actions.take_out(section="studio", question="lingue", seen=seen(draft, "studio", "lingue"), **common)
    only_italian = question("Lingue", kind="choices", options=[{"value": "it", "label": {"it": "Italiano"}}])
    with pytest.raises(NotNow, match="Because"):
        actions.write_question(
            section="studio", question="lingue", values=only_italian, seen=seen(draft, "studio", "lingue"), **common
        )


@pytest.mark.parametrize("who", ["operator", "partner_staff", "evaluator", "privacy_officer"])
def test_only_coordinators_write_forms(draft, common, request, who):
    stranger = {**common, "by": request.getfixturevalue(who)}
    for attempt in (
        lambda: actions.start_draft(key="prova", by=stranger["by"], now=stranger["now"]),
        lambda: actions.write_title(title={"it": "x"}, seen="", **stranger),
        lambda: actions.move_part(section="altro", steps=1, **stranger),
        lambda: actions.publish_draft(revision=0, **stranger),
        lambda: actions.drop_draft(revision=0, **stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_beginning_twice_is_beginning_once(draft, coordinator, now):
    assert actions.start_draft(key="prova", by=coordinator, now=now) == draft


def test_an_upgrade_does_not_undo_what_coordinators_published(draft, common, file):  # noqa: F811
    actions.write_question(section="altro", values=question(), **common)
    draft.refresh_from_db()
    actions.publish_draft(draft=draft, revision=draft.revision, by=common["by"], now=common["now"])
    out = io.StringIO()
    call_command("load_questionnaire", str(file), stdout=out)
    assert "unchanged" in out.getvalue()
    assert Questionnaire.objects.count() == 2
    assert "Che mestiere ti piace?" in labels(queries.current("prova"))


def test_the_differences_are_told(questionnaire, draft, common):  # noqa: F811
    actions.write_question(section="altro", values=question(), **common)
    actions.take_out(section="altro", question="note", seen=seen(draft, "altro", "note"), **common)
    draft.refresh_from_db()
    told = differences(questionnaire.definition, draft.definition, lambda text: text["it"])
    assert told == ["Nuova domanda «Che mestiere ti piace?»", "Tolta la domanda «Note»"]
