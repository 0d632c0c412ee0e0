"""What people can do: found in a list, noted with a level and evidence; and where the list comes from."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.privacy.hooks import anonymise
from intake import actions, queries
from intake.models import PersonSkill, Skill, SkillLabel
from migwork.errors import NotNow
from tests import factories

HEAD = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,modifiedDate,description"
CASSA = "http://data.europa.eu/esco/skill/0001"
BICI = "http://data.europa.eu/esco/skill/0002"


def line(uri, label, others="", description=""):
    return (
        f'KnowledgeSkillCompetence,{uri},skill/competence,cross-sector,"{label}","{others}",released,,"{description}"'
    )


@pytest.fixture
def own_list(db):
    call_command("load_skills")


@pytest.fixture
def esco(tmp_path):
    """Writes an official CSV: esco("it", lines), in the folder of a version."""

    def write(language, *lines, version="1.2.0", head=HEAD):
        folder = tmp_path / f"ESCO dataset - v{version} - classification - {language} - csv"
        folder.mkdir(exist_ok=True)
        file = folder / f"skills_{language}.csv"
        file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return str(file)

    return write


def test_a_skill_with_evidence_and_level(as_user, participation, operator, own_list):
    """Found by a word that is not its name, noted, changed, taken out: by links and forms alone, without a script."""
    desk = as_user(operator)
    page = reverse("intake:skills", args=[participation.pk])
    skill = Skill.objects.get(uri="urn:mig-work:skill:cassa")
    note = reverse("intake:skill-note", args=[participation.pk, skill.pk])
    assert "<select" not in desk.get(page).content.decode()
    found = desk.get(page, {"q": "scontrini"}).content.decode()
    assert note in found
    assert "Usare la cassa" in found
    part = desk.get(page, {"q": "scontrini"}, headers={"HX-Request": "true"}).content.decode()
    assert note in part
    assert "<html" not in part
    refused = desk.post(note, {"level": "3", "evidence": " "})
    assert "Scrivi dove si è visto" in refused.content.decode()
    assert not PersonSkill.objects.exists()
    desk.post(note, {"level": "3", "evidence": "Nel negozio di zio, ogni sabato"})
    listed = desk.get(page).content.decode()
    assert "Nel negozio di zio, ogni sabato" in listed
    assert "In autonomia" in listed
    desk.post(note, {"level": "4", "evidence": "Nel negozio di zio, ogni giorno"})
    row = PersonSkill.objects.get()
    assert (row.level, row.evidence) == (4, "Nel negozio di zio, ogni giorno")
    desk.post(reverse("intake:skill-remove", args=[participation.pk, skill.pk]))
    assert not PersonSkill.objects.exists()
    assert "Ancora nessuna competenza" in desk.get(page).content.decode()


def test_the_young_person_sees_them_and_nobody_else_does(
    as_user, participation, young_person, other_young_person, operator, coordinator, partner_staff, own_list, now
):
    skill = Skill.objects.get(uri="urn:mig-work:skill:bambini")
    values = {"person": young_person, "skill": skill, "level": 2, "evidence": "Con i miei fratelli", "now": now}
    for user in (young_person.user, other_young_person.user, coordinator, partner_staff):
        with pytest.raises(PermissionDenied):
            actions.note_skill(**values, by=user)
    actions.note_skill(**values, by=operator)
    assert "Con i miei fratelli" in as_user(young_person.user).get(reverse("intake:my-cv")).content.decode()
    assert "Con i miei fratelli" not in as_user(other_young_person.user).get(reverse("intake:my-cv")).content.decode()
    assert as_user(coordinator).get(reverse("intake:skills", args=[participation.pk])).status_code == 403


def test_no_skill_stands_twice_and_none_without_its_level(young_person, operator, own_list, now):
    skill = Skill.objects.first()
    factories.PersonSkillFactory(person=young_person, skill=skill)
    for values in ({"skill": skill}, {"level": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.PersonSkillFactory(person=young_person, **values)
    for other in Skill.objects.exclude(pk=skill.pk)[:29]:
        actions.note_skill(person=young_person, skill=other, level=1, evidence="A casa", by=operator, now=now)
    last = Skill.objects.last()
    with pytest.raises(NotNow):
        actions.note_skill(person=young_person, skill=last, level=1, evidence="A casa", by=operator, now=now)


def test_erasure_takes_the_words(young_person, now):
    row = factories.PersonSkillFactory(person=young_person)
    entry = factories.CvEntryFactory(person=young_person)
    cv = factories.CvFactory(person=young_person)
    anonymise.call(about=young_person.pk, by=None, now=now)
    for kept in (row, entry, cv):
        kept.refresh_from_db()
    assert [row.evidence, entry.title, entry.place, entry.text, cv.about] == [""] * 5


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cassa", "Usare la cassa"),
        ("BAMBINI", "Prendersi cura dei bambini"),
        ("puntualita", "Essere puntuale"),
        ("excel", "Usare fogli di calcolo"),
        ("cucinrae", "Cucinare"),
    ],
)
def test_the_search_finds_by_other_words_without_accents_and_with_slips(own_list, typed, found):
    assert found in [row.label for row in queries.search_skills(typed, "it")]


def test_the_search_answers_in_the_language_of_the_page(own_list):
    assert "Use a till" in [row.label for row in queries.search_skills("cashier", "en")]
    # A language in which no list was read: Italian.
    assert "Usare la cassa" in [row.label for row in queries.search_skills("cassa", "uk")]
    for nothing in ("", "x", "%", "\x00'"):
        assert queries.search_skills(nothing, "it") == []


def everything():
    labels = SkillLabel.objects.order_by("skill__uri", "language")
    rows = labels.values_list("skill_id", "skill__uri", "skill__version", "skill__is_retired", "language", "label")
    return list(rows.values_list(*rows._fields, "others", "description", "key"))


def test_the_official_csv_is_read_twice_to_the_same(esco, db, django_assert_max_num_queries):
    italian = esco(
        "it", line(CASSA, "usare la cassa", "cassiere\nbattere scontrini", "Usa la cassa."), line(BICI, "bici")
    )
    english = esco("en", line(CASSA, "operate cash register", "run the till"), line(BICI, "bicycles"))
    call_command("import_esco", italian, english)
    once = everything()
    assert len(once) == 4
    assert {row[2] for row in once} == {"1.2.0"}
    call_command("import_esco", italian, english)
    assert everything() == once
    assert [row.label for row in queries.search_skills("scontrini", "it")] == ["usare la cassa"]
    assert [row.label for row in queries.search_skills("till", "en")] == ["operate cash register"]
    many = [line(f"http://data.europa.eu/esco/skill/{n:05}", f"competenza {n}") for n in range(5000)]
    with django_assert_max_num_queries(20):
        call_command("import_esco", esco("it", *many, version="1.3.0"))


def test_a_newer_version_retires_what_it_leaves_out_and_nobody_loses_theirs(
    esco, young_person, operator, own_list, now
):
    own = Skill.objects.get(uri="urn:mig-work:skill:cassa")
    call_command("import_esco", esco("it", line(CASSA, "usare la cassa"), line(BICI, "riparare bici")))
    # Our own short list is for as long as there is no other.
    assert [row.label for row in queries.search_skills("cassa", "it")] == ["usare la cassa"]
    call_command("load_skills")
    assert Skill.objects.get(pk=own.pk).is_retired
    bici = Skill.objects.get(uri=BICI)
    actions.note_skill(person=young_person, skill=bici, level=2, evidence="In cortile", by=operator, now=now)
    call_command("import_esco", esco("it", line(CASSA, "gestire la cassa"), version="1.3.0"))
    assert queries.search_skills("bici", "it") == []
    assert [row.label for row in queries.skills_of(young_person, "it")] == ["riparare bici"]
    with pytest.raises(NotNow):
        actions.note_skill(person=young_person, skill=own, level=2, evidence="In negozio", by=operator, now=now)
    actions.note_skill(person=young_person, skill=bici, level=3, evidence="In ciclofficina", by=operator, now=now)


@pytest.mark.parametrize(
    ("lines", "head", "said"),
    [
        ([line(CASSA, "cassa", "due\nrighe"), line("http://example.org/x", "altro")], HEAD, "Riga 4: “http://example"),
        ([line(CASSA, "cassa"), line(BICI, " ")], HEAD, "Riga 3: il nome (preferredLabel)"),
        ([line(CASSA, "cassa"), line(CASSA, "altra")], HEAD, "Riga 3: l’indirizzo"),
        ([line(CASSA, "cassa"), "KnowledgeSkillCompetence,x"], HEAD, "Riga 3: non ha tante colonne"),
        ([line(CASSA, "cassa")], HEAD.replace("altLabels", "other"), "mancano queste colonne: altLabels"),
        ([], HEAD, "non contiene alcuna competenza"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_where(esco, db, lines, head, said):
    good = esco("en", line(CASSA, "till"))
    with pytest.raises(CommandError) as refusal:
        call_command("import_esco", good, esco("it", *lines, head=head))
    assert said in str(refusal.value)
    assert not Skill.objects.exists()


def test_language_and_version_are_asked_for_where_the_names_do_not_tell(tmp_path, db):
    file = tmp_path / "export.csv"
    file.write_text(f"\ufeff{HEAD}\n{line(CASSA, 'cassa')}\n", encoding="utf-8")
    for options in ({}, {"language": "it"}, {"esco_version": "1.2.0"}):
        with pytest.raises(CommandError):
            call_command("import_esco", str(file), **options)
    call_command("import_esco", str(file), language="it", esco_version="1.2.0")
    assert Skill.objects.get().version == "1.2.0"
