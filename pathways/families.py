"""What each family of activities asks of whoever comes; and which family a step of a plan speaks of, by its words.

A step is written in free words, at a desk, in a hurry: nobody should have to choose a family too.
What is guessed is only the first filter of the catalogue, which one takes away with a tap.
"""

import re

from django.utils.translation import gettext_lazy as _

from pathways.enums import Family, PathKind
from pathways.paths import KINDS

# Stands on each page of the family, above what the partner adds.
NEEDS = {
    Family.ORIENTATION: _("Nothing but your questions. You need not know yet what you want."),
    Family.STUDY: _(
        "An identity document, and your last school report if you have it. If it is from abroad, we help you."
    ),
    Family.SOFT_SKILLS: _("No experience. Only the wish to try things out together with others."),
    Family.SELF_ENTREPRENEURSHIP: _("An idea, even a small one. You need no money and no VAT number to begin."),
    Family.TRAINING: _("An identity document, your codice fiscale, and time for all the sessions."),
    Family.INTERNSHIP: _(
        "To be 16 or older, an identity document and your codice fiscale. We make the agreement and the insurance."
    ),
    Family.JOB_SHADOWING: _("Comfortable shoes, and to be on time: somebody works and waits for you."),
    Family.ABROAD: _(
        "A document valid for travelling and the European health card. If you are under 18, your parents’ consent."
    ),
    Family.VOLUNTEERING: _("A few hours a week that you can keep free. No experience is needed."),
}

# Where somebody goes along with whoever wants more of it than one activity.
ALONG = {
    Family.STUDY: KINDS[PathKind.STUDY],
    Family.SELF_ENTREPRENEURSHIP: KINDS[PathKind.VENTURE],
    Family.ABROAD: KINDS[PathKind.STAY],
    Family.VOLUNTEERING: KINDS[PathKind.STAY],
}

# The first that matches counts: what is more special stands above what is more general.
WORDS = (
    (Family.JOB_SHADOWING, r"shadowing|lavoro dal vivo|working day"),
    (Family.ABROAD, r"estero|europea|erasmus|abroad|in europe"),
    (Family.VOLUNTEERING, r"volontari|cittadinanza|volunteer|citizenship"),
    (Family.SELF_ENTREPRENEURSHIP, r"imprendit|impresa|in proprio|partita iva|entrepreneur|business"),
    (Family.ORIENTATION, r"orient"),
    (Family.STUDY, r"italian|scuola|diploma|licenza media|cpia|serale|school"),
    (Family.SOFT_SKILLS, r"competenze|soft skills|mie capacità|my skills|in pubblico|in gruppo"),
    (Family.TRAINING, r"mestiere|\bcorso\b|\btrade\b|\bcourse\b"),
)


def family_in(text: str) -> str:
    """The family that `text` speaks of, or nothing."""
    return next((family.value for family, words in WORDS if re.search(words, text, re.IGNORECASE)), "")
