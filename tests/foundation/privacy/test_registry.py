"""Every field of every model says what it holds, why, how long, and what becomes of it."""

import tomllib

from django.apps import apps
from django.conf import settings

from foundation.privacy import registry
from foundation.privacy.enums import Erase, FieldKind


def classes():
    for model in apps.get_models():
        for name, field in registry.of(model).items():
            yield model, name, field


def test_every_field_is_classified():
    assert registry.unclassified() == []


def test_a_new_field_would_be_missed(monkeypatch):
    from intake.models import Reception

    known = dict(registry.of(Reception))
    del known["need"]
    monkeypatch.setitem(registry._fields, Reception, known)
    assert registry.unclassified() == ["intake.Reception.need"]


def test_each_term_that_a_field_names_has_its_rule():
    rules = tomllib.loads((settings.BASE_DIR / "foundation" / "privacy" / "retention.toml").read_text())
    named = {field.retention for _model, _name, field in classes() if field.retention}
    assert named <= set(rules)
    assert named


# Accounts, hosts, their tutors and signers are no young people: they have terms of their own.
OTHERS = {
    *("accounts.Membership", "accounts.Invitation", "reporting.Expense"),
    *("internships.HostTutor", "internships.HostSigner"),
}


def test_names_contacts_and_free_text_of_young_people_never_stay():
    telling = {FieldKind.IDENTITY, FieldKind.CONTACT, FieldKind.FREE_TEXT, FieldKind.SPECIAL}
    kept = [
        f"{model._meta.label}.{name}"
        for model, name, field in classes()
        if field.kind in telling and field.erase == Erase.KEEP and model._meta.label not in OTHERS
    ]
    assert kept == []


def test_whatever_is_encrypted_of_young_people_is_erased():
    from migwork.crypto import EncryptedTextField

    kept = [
        f"{model._meta.label}.{name}"
        for model, name, field in classes()
        if isinstance(model._meta.get_field(name), EncryptedTextField)
        and field.erase == Erase.KEEP
        and model._meta.label not in OTHERS
    ]
    assert kept == []
