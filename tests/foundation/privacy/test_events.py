"""Events are written whole and never change."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from foundation.privacy import sentences
from foundation.privacy.actions import record
from foundation.privacy.models import Event


def test_record_names_who_what_and_whom_but_no_value(young_person, operator, now):
    event = record(
        verb="accounts.phone_changed",
        by=operator,
        now=now,
        on=young_person,
        about=young_person,
        fields=["phone", "email"],
    )

    event.refresh_from_db()
    assert (event.at, event.by, event.about) == (now, operator, young_person.pk)
    assert (event.on_type, event.on_id) == ("accounts.youngperson", str(young_person.pk))
    assert event.fields == ["email", "phone"]


def test_record_takes_a_persons_id_and_no_actor(young_person, now):
    event = record(verb="accounts.phone_changed", by=None, now=now, on=young_person, about=young_person.pk)

    assert list(Event.objects.about([young_person.pk])) == [event]
    assert event.by is None


@pytest.mark.parametrize("change", [lambda events: events.update(verb="x"), lambda events: events.delete()])
def test_the_database_refuses_to_change_or_remove_an_event(young_person, now, change):
    record(verb="accounts.phone_changed", by=None, now=now, on=young_person)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        change(Event.objects.all())

    assert Event.objects.get().verb == "accounts.phone_changed"


def test_a_verb_has_one_sentence_in_the_readers_language():
    sentences.register("tests.saved", gettext_lazy("Save"))

    with translation.override("it"):
        italian = Event(verb="tests.saved").sentence
    assert italian == "Salva"
    assert Event(verb="tests.unheard_of").sentence == "tests.unheard_of"
    with pytest.raises(ValueError, match="already"):
        sentences.register("tests.saved", gettext_lazy("Delete"))


def verbs_in(tree):
    """The literal verbs that calls of `record` name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record":
            for keyword in node.keywords:
                if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant):
                    yield keyword.value.value


def test_every_verb_in_the_code_has_its_sentence():
    missing = set()
    for room in settings.ROOMS:
        for path in Path(settings.BASE_DIR, *room.split(".")).rglob("*.py"):
            missing |= {(path.name, verb) for verb in verbs_in(ast.parse(path.read_text()))}
    assert not {(name, verb) for name, verb in missing if verb not in sentences.registered()}
