"""Text that only the case team may read, encrypted before it reaches the database."""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(k) for k in keys])


def encrypt(text: str) -> str:
    """`text` as a Fernet token under the newest of settings.FIELD_KEYS."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of `token`, whichever of settings.FIELD_KEYS it was made with. InvalidToken if none."""
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def rotate(token: str) -> str | None:
    """`token` anew under the newest of settings.FIELD_KEYS; None when it is under that one already."""
    keys = tuple(settings.FIELD_KEYS)
    try:
        _cipher(keys[:1]).decrypt(token.encode())
    except InvalidToken:
        return _cipher(keys).rotate(token.encode()).decode()
    return None


class EncryptedTextField(models.TextField):
    """A text that is ciphertext in the database. Cannot be searched or sorted by."""

    def get_prep_value(self, value):
        return value if value in (None, "") else encrypt(str(value))

    def from_db_value(self, value, expression, connection):
        return value if value in (None, "") else decrypt(value)


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that is ciphertext in the database."""

    def get_prep_value(self, value):
        return super().get_prep_value(json.dumps(value, cls=DjangoJSONEncoder))

    def from_db_value(self, value, expression, connection):
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else None

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        return self.value_from_object(obj)
