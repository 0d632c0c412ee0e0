"""The register of fields: whole, without contradiction, and honest about what is missing."""

import dataclasses

import pytest
from django.contrib.sessions.models import Session

from accounts.models import YoungPerson
from foundation.privacy import registry
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.models import Event
from foundation.privacy.registry import Field

NAME = Field(FieldKind.IDENTITY, Basis.TASK, "", Erase.BLANK, to="Anonymous")
PHONE = Field(FieldKind.CONTACT, Basis.TASK, "last-contact", Erase.BLANK)
TECHNICAL = Field(FieldKind.TECHNICAL, Basis.NONE, "", Erase.DELETE_ROW)


@pytest.fixture(autouse=True)
def _an_empty_register(monkeypatch):
    monkeypatch.setattr(registry, "_fields", {})


def test_what_is_classified_is_found_and_what_is_not_is_named():
    assert "accounts.YoungPerson.first_name" in registry.unclassified()

    registry.classify("accounts.YoungPerson", first_name=NAME)
    registry.classify("accounts.YoungPerson", phone=PHONE)

    assert dict(registry.of(YoungPerson)) == {"first_name": NAME, "phone": PHONE}
    missing = registry.unclassified()
    assert missing == sorted(missing)
    assert not {"accounts.YoungPerson.first_name", "accounts.YoungPerson.phone"} & set(missing)
    assert {"accounts.YoungPerson.last_name", "privacy.Event.by", "sessions.Session.session_key"} <= set(missing)


def test_many_to_many_fields_are_asked_for_and_made_up_keys_are_not():
    missing = registry.unclassified()
    assert "programme.Partnership.macro_actions" in missing
    assert not {"accounts.YoungPerson.id", "privacy.Event.id"} & set(missing)


def test_a_register_cannot_be_changed_by_who_reads_it():
    registry.classify("accounts.YoungPerson", first_name=NAME)
    with pytest.raises(TypeError):
        registry.of(YoungPerson)["first_name"] = PHONE
    assert registry.of(Event) == {}


def test_a_field_that_is_not_there_or_has_two_classes_is_an_error():
    with pytest.raises(LookupError, match="favourite_colour"):
        registry.classify("accounts.YoungPerson", favourite_colour=NAME)
    with pytest.raises(LookupError):
        registry.classify("accounts.Nobody", name=NAME)
    registry.classify("accounts.YoungPerson", first_name=NAME)
    registry.classify("accounts.YoungPerson", first_name=dataclasses.replace(NAME))
    with pytest.raises(ValueError, match="already"):
        registry.classify("accounts.YoungPerson", first_name=PHONE)
    assert registry.of(YoungPerson)["first_name"] == NAME


def test_only_a_librarys_model_may_be_classified_in_one_go():
    registry.classify("sessions.Session", TECHNICAL, session_data=PHONE)
    assert registry.of(Session) == {"session_key": TECHNICAL, "expire_date": TECHNICAL, "session_data": PHONE}
    with pytest.raises(ValueError, match="each of its fields"):
        registry.classify("accounts.YoungPerson", TECHNICAL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"erase": Erase.COARSEN},
        {"erase": Erase.KEEP, "to": "x"},
        {"basis": Basis.NONE},
    ],
)
def test_a_class_that_cannot_be_is_refused(wrong):
    fields = {"kind": FieldKind.IDENTITY, "basis": Basis.TASK, "retention": "", "erase": Erase.BLANK}
    assert Field(**fields)
    with pytest.raises(ValueError, match=r"field|basis"):
        Field(**fields | wrong)
