"""The pages on which coordinators write the forms."""

import pytest
from django.urls import reverse

from foundation.questionnaires import actions
from foundation.questionnaires import queries as forms
from foundation.questionnaires.definitions import fingerprint, part_of
from foundation.questionnaires.files import read
from foundation.questionnaires.models import QuestionnaireDraft

KEY = "first-interview"


@pytest.fixture
def real(edition, settings, now):
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / f"{KEY}.toml")
    return actions.load_questionnaire(key=key, title=title, definition=definition, now=now)[0]


@pytest.fixture
def writer(as_user, coordinator, real):
    return as_user(coordinator)


def page(name, *args):
    return reverse(f"intake:{name}", args=[KEY, *args])


def stored(*keys):
    return part_of(QuestionnaireDraft.objects.get().definition, *keys)


def posted(client, address, **changed):
    """What the page's form holds, with some of it changed, sent."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: "on" if value is True else value for name, value in data.items() if value not in (None, False)}
    return client.post(address, {**data, **changed})


def test_from_the_list_to_a_new_version(writer, real):
    assert "Primo colloquio" in writer.get(reverse("intake:questionnaires")).text
    shown = writer.get(page("questionnaire")).text
    assert "Scrivi una nuova versione" in shown
    writer.post(page("questionnaire-start"))
    added = posted(
        writer,
        page("form-question-create", "wishes"),
        label_it="Chi ti può aiutare?",
        kind="choice",
        option_1_it="La famiglia",
        option_1_en="My family",
        option_2_it="Gli amici",
        place_1="2",
        place_2="1",
    )
    assert added.url == page("questionnaire") + "#wishes"
    question = stored("wishes", "chi_ti_puo_aiutare")
    assert question["options"] == [
        {"value": "gli_amici", "label": {"it": "Gli amici"}},
        {"value": "la_famiglia", "label": {"it": "La famiglia", "en": "My family"}},
    ]
    draft = writer.get(page("questionnaire"))
    assert draft.context["changes"] == ["Nuova domanda «Chi ti può aiutare?»"]
    done = writer.post(page("questionnaire-step"), {"step": "publish", "revision": draft.context["draft"].revision})
    assert done.url == page("questionnaire")
    assert forms.current(KEY).version == 2
    assert "Chi ti può aiutare?" not in writer.get(page("questionnaire-version", 1)).text


def test_the_second_of_two_sees_both_and_loses_nothing(writer, as_user, administrator, real):
    writer.post(page("questionnaire-start"))
    address = page("form-question", "wishes", "goal")
    form = writer.get(address).context["form"]
    mine = {"seen": form["seen"].value(), "kind": "long_text", "section": "wishes", "label_en": "Where?"}
    as_user(administrator).post(address, {**mine, "label_it": "Dove ti vedi?"})
    both = writer.post(address, {**mine, "label_it": "Dove vuoi arrivare?"})
    assert both.status_code == 200
    assert "Dove ti vedi?" in both.text
    assert both.context["form"]["label_it"].value() == "Dove vuoi arrivare?"
    assert stored("wishes", "goal")["label"]["it"] == "Dove ti vedi?"
    again = writer.post(address, {**mine, "seen": both.context["form"]["seen"].value(), "label_it": "Dove arrivi?"})
    assert again.status_code == 302
    assert stored("wishes", "goal")["label"]["it"] == "Dove arrivi?"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"label_it": " "}, "label_it"),
        ({"kind": "choice"}, "almeno due risposte"),
        ({"option_1_en": "Friends"}, "anche in italiano"),
        ({"kind": "choices", "option_1_it": "Sì", "option_2_it": "sì"}, "le stesse parole"),
        ({"option_1_it": "Sì"}, "non si sceglie"),
        ({"kind": "colour"}, "kind"),
    ],
)
def test_wrong_questions_come_back_with_a_sentence(writer, real, wrong, sentence):
    writer.post(page("questionnaire-start"))
    refused = posted(writer, page("form-question-create", "wishes"), **{"label_it": "Chi?", **wrong})
    assert refused.status_code == 200
    assert sentence in str(refused.context["form"].errors)


def test_what_rules_read_says_so_and_stays(writer, real):
    writer.post(page("questionnaire-start"))
    address = page("form-question", "now", "occupation")
    assert "NEET" in writer.get(address).text
    refused = posted(writer, address, option_1_it="", option_1_en="")
    assert "NEET" in str(refused.context["form"].errors)
    out = {"step": "out", "section": "now", "question": "occupation", "seen": ""}
    assert writer.post(page("questionnaire-step"), out, follow=True).status_code == 200
    assert stored("now", "occupation")["required"]
    assert posted(writer, address, option_1_it="Ho un lavoro").status_code == 302
    assert stored("now", "occupation")["options"][0] == {
        "value": "employed",
        "label": {"it": "Ho un lavoro", "en": "I work, also by the hour or on trial"},
    }


def test_sections_and_the_name(writer, real):
    writer.post(page("questionnaire-start"))
    posted(writer, page("questionnaire-title"), title_it="Colloquio iniziale")
    posted(writer, page("form-section-create"), title_it="Rete", for_person="on")
    assert stored("rete")["for_person"] is True
    for step in ("up", "down", "out"):
        seen = fingerprint(stored("rete"))
        writer.post(page("questionnaire-step"), {"step": step, "section": "rete", "seen": seen})
    assert QuestionnaireDraft.objects.get().title["it"] == "Colloquio iniziale"
    with pytest.raises(KeyError):
        stored("rete")
    assert writer.post(page("questionnaire-step"), {"step": "dance"}).status_code == 404
    draft = QuestionnaireDraft.objects.get()
    writer.post(page("questionnaire-step"), {"step": "drop", "revision": draft.revision})
    assert not QuestionnaireDraft.objects.exists()
    assert writer.get(page("questionnaire-title")).url == page("questionnaire")
