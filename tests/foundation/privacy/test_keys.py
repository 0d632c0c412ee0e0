"""Keys change: the newest writes, older ones read, a command writes everything anew."""

import io

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from foundation.privacy.actions import rekeying
from migwork import crypto
from tests import factories

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, operator):
    """Something in encrypted fields of several rooms, and a second factor, under the old key."""
    settings.FIELD_KEYS = [OLD]
    factories.SpecialCategoryFactory(text="Needs a lift")
    factories.AccessFactory(reason="A reason")
    factories.EventDetailFactory()
    factories.AnswerSheetFactory(answers={"now": {"situation": "at school"}})
    for number in range(7):
        factories.ReceptionFactory(need=f"need {number}")
    TOTP.activate(operator, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(operator)
    settings.FIELD_KEYS = [NEW, OLD]


def tokens():
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, crypto.EncryptedTextField):
                with connection.cursor() as cursor:
                    cursor.execute(f'SELECT "{field.column}" FROM "{model._meta.db_table}"')
                    yield from (value for (value,) in cursor.fetchall() if value)
    for factor in Authenticator.objects.all():
        yield from (factor.data[name] for name in ("secret", "seed") if name in factor.data)


def under(key) -> int:
    def opens(token):
        try:
            return bool(Fernet(key).decrypt(token.encode()))
        except InvalidToken:
            return False

    return sum(map(opens, tokens()))


def test_rotation(written, settings, operator, monkeypatch):
    monkeypatch.setattr(rekeying, "BATCH", 3)
    from accounts.models import SpecialCategory

    assert SpecialCategory.objects.get().text == "Needs a lift", "older keys read"
    assert under(NEW) == 0
    factories.SpecialCategoryFactory(text="newer")
    assert under(NEW) == 1, "the newest writes"

    out = io.StringIO()
    call_command("privacy", "rekey", stdout=out)

    assert under(OLD) == 0
    assert under(NEW) == len(list(tokens())) > 12
    assert "mfa.Authenticator.data" in out.getvalue()
    assert "intake.Reception.need" in out.getvalue()
    settings.FIELD_KEYS = [NEW]
    assert set(SpecialCategory.objects.values_list("text", flat=True)) == {"Needs a lift", "newer"}
    factor = Authenticator.objects.get(user=operator, type=Authenticator.Type.TOTP)
    assert crypto.decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"

    before, out = sorted(tokens()), io.StringIO()
    call_command("privacy", "rekey", stdout=out)
    assert out.getvalue().startswith("0 values")
    assert sorted(tokens()) == before, "a second time there is nothing to do"


def test_what_no_key_opens_is_said_and_not_lost(written, settings):
    settings.FIELD_KEYS = [NEW]
    before = sorted(tokens())
    with pytest.raises(InvalidToken):
        call_command("privacy", "rekey", stdout=io.StringIO())
    assert sorted(tokens()) == before
