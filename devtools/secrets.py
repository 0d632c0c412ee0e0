"""Keys and passwords of this checkout: made once, readable by its owner alone."""

import base64
import json
import os
import secrets

from .paths import DEV

FILE = DEV / "secrets.json"


def load(path=FILE):
    """The checkout's secrets; what is missing is made up and kept."""
    try:
        known = json.loads(path.read_text())
    except FileNotFoundError:
        known = {}
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "MIGWORK_FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "postgres": secrets.token_urlsafe(24),
        "redis": secrets.token_urlsafe(24),
    }
    if made.keys() - known.keys():
        known = {**made, **known}
        path.parent.mkdir(exist_ok=True)
        draft = path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(known, out, indent=1)
        draft.replace(path)
    return known
