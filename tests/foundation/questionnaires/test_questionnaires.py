"""The one engine of forms: from a file to answers that are never lost or overwritten silently."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from foundation.questionnaires import actions, queries
from foundation.questionnaires.files import read
from foundation.questionnaires.forms import section_form
from foundation.questionnaires.models import Questionnaire
from migwork.errors import NotNow

FILE = """
key = "prova"
title = { it = "Prova", en = "Trial" }

[[sections]]
key = "studio"
title = { it = "Studio", en = "Study" }
intro = { it = "Che cosa hai studiato" }

[[sections.questions]]
key = "scuola"
kind = "text"
label = { it = "Scuola", en = "School" }
required = true

[[sections.questions]]
key = "lingue"
kind = "choices"
label = { it = "Lingue" }
options = [{ value = "it", label = { it = "Italiano" } }, { value = "ar", label = { it = "Arabo" } }]

[[sections.questions]]
key = "fine"
kind = "date"
label = { it = "Fino a" }

[[sections.questions]]
key = "voto"
kind = "number"
label = { it = "Voto" }

[[sections]]
key = "altro"
title = { it = "Altro" }

[[sections.questions]]
key = "note"
kind = "long_text"
label = { it = "Note" }

[[sections.questions]]
key = "patente"
kind = "yes_no"
label = { it = "Patente" }

[[sections.questions]]
key = "tempo"
kind = "choice"
label = { it = "Tempo" }
options = [{ value = "poco", label = { it = "Poco" } }]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "prova.toml"
    path.write_text(FILE)
    return path


@pytest.fixture
def questionnaire(db, now, file):
    call_command("load_questionnaire", str(file), stdout=io.StringIO())
    return queries.current("prova")


@pytest.fixture
def sheet(questionnaire, now):
    return actions.start_sheet(questionnaire=questionnaire, now=now)


def typed(questionnaire, section, **data):
    form = section_form(questionnaire, section, "it")(data)
    assert form.is_valid(), form.errors
    return form


def test_answers_go_through_the_form_into_the_sheet_and_are_read_back(sheet, questionnaire, now):
    form = typed(
        questionnaire, "studio", version="0", scuola="Liceo", lingue=["it", "ar"], fine="2024-06-30", voto="8.50"
    )

    later = now + timedelta(minutes=1)
    version = actions.save_section(sheet=sheet, section="studio", answers=form.answers, version=0, now=later)

    sheet.refresh_from_db()
    assert (version, sheet.saved_at) == (1, later)
    study, other = queries.sections(sheet, "it")
    assert (study["title"], study["state"], study["version"]) == ("Studio", "complete", 1)
    assert [q["shown"] for q in study["questions"]] == ["Liceo", "Italiano, Arabo", "30 giugno 2024", "8,5"]
    assert (other["state"], other["version"]) == ("not_started", 0)
    assert queries.sections(sheet, "en")[0]["title"] == "Study"
    again = section_form(questionnaire, "studio", "it").of(sheet, "studio")
    assert (again["version"].value(), again["scuola"].value()) == (1, "Liceo")


def test_a_section_may_be_left_at_any_word(sheet, questionnaire, now):
    form = typed(questionnaire, "studio", version="0", lingue=["it"])
    assert form.fields["scuola"].needed
    assert not form.fields["lingue"].needed

    actions.save_section(sheet=sheet, section="studio", answers=form.answers, version=0, now=now)

    assert queries.sections(sheet, "it")[0]["state"] == "incomplete"
    assert queries.unfinished(sheet, "it") == ["Studio"]
    actions.save_section(sheet=sheet, section="studio", answers={"scuola": "Liceo"}, version=1, now=now)
    assert queries.is_complete(sheet)


def test_forms_of_one_version_share_their_fields_and_no_word(sheet, questionnaire, now):
    mine = typed(questionnaire, "studio", version="0", scuola="Liceo")
    wrong = section_form(questionnaire, "studio", "it")({"version": "0", "voto": "otto"})
    empty = section_form(questionnaire, "studio", "it").of(sheet, "studio")

    assert list(wrong.errors) == ["voto"]
    assert (mine.answers["scuola"], empty["scuola"].value(), empty["voto"].errors) == ("Liceo", None, [])
    assert mine.fields is empty.fields
    assert section_form(questionnaire, "studio", "en")()["scuola"].label == "School"
    at_once = section_form(questionnaire, "studio", "it", at_once=True)
    assert list(at_once({"version": "0"}).errors) == ["scuola"], "the other form goes on asking for nothing"
    assert empty["scuola"].field.required is False


def test_a_version_is_read_once_until_it_is_published_anew(
    questionnaire, file, now, django_assert_num_queries, django_assert_max_num_queries
):
    def row():
        return Questionnaire.objects.defer(*queries.HEAVY).get(pk=questionnaire.pk)

    with django_assert_max_num_queries(2):
        assert queries.kept(row()).definition == questionnaire.definition
    with django_assert_num_queries(1):
        assert queries.kept(row()).title == questionnaire.title
    file.write_text(FILE.replace("Scuola", "Istituto"))
    key, title, definition = read(file)
    actions.load_questionnaire(key=key, title=title, definition=definition, now=now + timedelta(minutes=1))
    assert section_form(queries.kept(row()), "studio", "it")()["scuola"].label == "Istituto"


def test_a_second_tab_never_overwrites_silently(sheet, now):
    actions.save_section(sheet=sheet, section="altro", answers={"note": "prima"}, version=0, now=now)

    with pytest.raises(actions.Conflict) as conflict, transaction.atomic():
        actions.save_section(sheet=sheet, section="altro", answers={"note": "seconda"}, version=0, now=now)

    assert conflict.value.stored_answers == {"note": "prima"}
    assert conflict.value.stored_version == 1
    sheet.refresh_from_db()
    assert sheet.answers["altro"] == {"note": "prima"}
    # Sections have versions of their own: another one can be saved meanwhile.
    assert actions.save_section(sheet=sheet, section="studio", answers={"scuola": "Liceo"}, version=0, now=now) == 1


def test_the_same_answers_twice_are_no_conflict(sheet, now):
    for _click in range(2):
        version = actions.save_section(sheet=sheet, section="altro", answers={"note": "uno"}, version=0, now=now)
    assert version == 1


def test_a_locked_sheet_stays_as_it_is(sheet, now):
    actions.lock_sheet(sheet=sheet, now=now)
    actions.lock_sheet(sheet=sheet, now=now + timedelta(days=1))
    sheet.refresh_from_db()
    assert sheet.locked_at == now
    with pytest.raises(NotNow), transaction.atomic():
        actions.save_section(sheet=sheet, section="altro", answers={"note": "x"}, version=0, now=now)


def test_what_the_form_does_not_know_is_refused(sheet, now):
    with pytest.raises(KeyError), transaction.atomic():
        actions.save_section(sheet=sheet, section="altro", answers={"other": "x"}, version=0, now=now)
    with pytest.raises(KeyError), transaction.atomic():
        actions.save_section(sheet=sheet, section="nowhere", answers={}, version=0, now=now)


def test_the_database_holds_no_readable_answer(sheet, now):
    actions.save_section(sheet=sheet, section="altro", answers={"note": "una confidenza"}, version=0, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM questionnaires_answersheet")
        [[stored]] = cursor.fetchall()
    assert "confidenza" not in stored


def test_loading_twice_is_loading_once_and_an_answered_form_is_never_changed(questionnaire, file, now, capsys):
    call_command("load_questionnaire", str(file))
    assert "unchanged" in capsys.readouterr().out

    file.write_text(FILE.replace("Che cosa hai studiato", "I tuoi studi"))
    call_command("load_questionnaire", str(file))
    assert Questionnaire.objects.get().definition["sections"][0]["intro"]["it"] == "I tuoi studi"

    actions.start_sheet(questionnaire=Questionnaire.objects.get(), now=now)
    call_command("load_questionnaire", "--", str(_with_new_words(file)))
    assert list(Questionnaire.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert queries.current("prova").version == 2


def _with_new_words(file):
    file.write_text(FILE.replace("Che cosa hai studiato", "La tua scuola"))
    return file


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ('kind = "text"', 'kind = "texts"', "section studio, question scuola: kind is one of"),
        ('key = "lingue"', 'key = "scuola"', "section studio: the key “scuola” is used twice"),
        ('key = "lingue"', 'key = "version"', "“version” is no key"),
        ('it = "Scuola", ', "", "question scuola: label"),
        ("required = true", "requird = true", "unknown: requird"),
        ('kind = "date"', 'kind = "choice"', "question fine: options"),
        ("[[sections]]", "[[sections", "line"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_where(file, right, wrong, reason):
    file.write_text(FILE.replace(right, wrong, 1))
    with pytest.raises(CommandError, match=reason):
        call_command("load_questionnaire", str(file))
    assert not Questionnaire.objects.exists()


def test_definitions_are_plain_json(questionnaire):
    assert json.loads(json.dumps(questionnaire.definition)) == questionnaire.definition
