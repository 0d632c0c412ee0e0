"""Which family of activities a step of a plan speaks of, by the words in it.

A step is written in free words, at a desk, in a hurry: nobody should have to choose a family too.
What is guessed is only the first filter of the catalogue, which one takes away with a tap.
"""

import re

from pathways.enums import Family

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
