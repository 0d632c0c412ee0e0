"""What must not get into a log."""

import logging
import re

from django.conf import settings


class HideKeys(logging.Filter):
    """Some addresses are keys: who holds the link to sign may sign. Of those a log keeps the beginning alone."""

    def filter(self, record) -> bool:
        text = record.getMessage()
        hidden = re.sub(rf"({'|'.join(map(re.escape, settings.KEYS_BELOW))})[^/\s\"']+", r"\1…", text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
