"""Codice fiscale: what is a whole one, what one reads in it, and where it does not fit what somebody wrote.

Nothing here stops anybody: names change, registries make mistakes, and two people may share a code but for
its omocodia. So a code is never read as proof, and never compared with its omocodia undone.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codicefiscale import codicefiscale as library
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import luhn

from migwork.text import unaccented

FORM = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]", re.ASCII)
PROVISIONAL = re.compile(r"[0-9]{11}", re.ASCII)
# So many are added to a woman's day of birth.
WOMAN = 40
MONTHS = "ABCDEHLMPRST"
# Where two people would have the same code, digits become these letters.
OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
WORDS = {"f": gettext_lazy("woman"), "m": gettext_lazy("man")}


@dataclass(frozen=True)
class Reading:
    """What stands in a code. A year has two digits there, a name three letters."""

    surname: str
    name: str
    year: int
    month: int
    day: int
    gender: str
    place: str

    def birth_date(self, today: date) -> date | None:
        """The youngest that the code allows; None where there was no such day."""
        for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
            try:
                born = date(century + self.year, self.month, self.day)
            except ValueError:  # 29 February of another century
                continue
            if born <= today:
                return born
        return None

    def day_in_words(self, about: date) -> str:
        """The day of birth, in the century of `about`: of which one it is the code does not say."""
        try:
            return date_format(date(about.year // 100 * 100 + self.year, self.month, self.day), "j F Y")
        except ValueError:
            return f"{self.day}/{self.month}/{self.year:02}"

    def is_day(self, born: date) -> bool:
        return (self.year, self.month, self.day) == (born.year % 100, born.month, born.day)


def cleaned(text: str) -> str:
    """As people type or paste it to its letters and digits."""
    return re.sub(r"[\s.\-_/]", "", text).upper()


def is_provisional(code: str) -> bool:
    return bool(PROVISIONAL.fullmatch(code))


def check(code: str) -> None:
    """ValidationError, with what is wrong, unless `code` is whole: its form, its day, its check letter or digit."""
    if is_provisional(code):
        if not luhn.is_valid(code):
            raise ValidationError(_("One of the eleven digits is wrong: look at the code again."), code="check_digit")
        return
    if not FORM.fullmatch(code):
        raise ValidationError(
            _("A codice fiscale has 16 letters and digits, such as RSSMRA85T10A562S; a provisional one has 11 digits."),
            code="form",
        )
    if library.encode_cin(code) != code[15]:
        raise ValidationError(
            _("One of the letters or digits is wrong: the last letter does not fit the others. Look at it again."),
            code="check_letter",
        )
    if _day_of(code) is None:
        raise ValidationError(_("The day of birth in this code does not exist: look at it again."), code="day")


def _day_and_sex(code: str) -> int:
    return int(code[9:11].translate(OMOCODIA))


def _day_of(code: str) -> tuple[int, int, int] | None:
    """(year of two digits, month, day) if there can be such a day."""
    year, month = int(code[6:8].translate(OMOCODIA)), MONTHS.index(code[8]) + 1
    day = _day_and_sex(code)
    if day > WOMAN:
        day -= WOMAN
    try:
        date(2000 if year % 4 == 0 else 2001, month, day)
    except ValueError:
        return None
    return year, month, day


@lru_cache(maxsize=512)
def _place_of(code: str) -> str:
    """The name of the town, or of the country of who was born abroad; nothing for one that the table lacks."""
    try:
        place = library.decode(code)["birthplace"]
    except ValueError:
        return ""
    return place["name"] if place else ""


def read(code: str) -> Reading | None:
    """What stands in a whole code; None for a provisional one, in which nothing stands."""
    if is_provisional(code):
        return None
    year, month, day = _day_of(code)
    return Reading(
        surname=code[:3],
        name=code[3:6],
        year=year,
        month=month,
        day=day,
        gender="f" if _day_and_sex(code) > WOMAN else "m",
        place=_place_of(code),
    )


def fills(code: str, today: date) -> dict:
    """Birth date, sex and place as the code has them: for the fields of a form."""
    reading = read(code)
    if reading is None:
        return {}
    said = {"birth_date": reading.birth_date(today), "gender": reading.gender, "birth_place": reading.place}
    return {name: value for name, value in said.items() if value}


def _says(what: str, code_says: str, written: str) -> str:
    return _("%(what)s: from the code %(code_says)s, written %(written)s. Check both. If they are right, go on.") % {
        "what": what,
        "code_says": code_says,
        "written": written,
    }


def _is_latin(name: str) -> bool:
    """Whether a code can be compared with it: of names in other scripts each registry writes what it hears."""
    return bool(name) and unaccented(name).isascii()


def _same_place(one: str, other: str) -> bool:
    """Alike but for accents, apostrophes and what is added, such as the province."""
    first, second = (re.sub(r"[^a-z]", "", unaccented(text)) for text in (one, other))
    return bool(first and second) and (first in second or second in first)


def differences(code: str, *, first_name="", last_name="", birth_date=None, gender="", birth_place="") -> list[str]:
    """A sentence for each thing that the code says otherwise than what was written. What was not written fits."""
    reading = read(code) if code else None
    if reading is None:
        return []
    sentences = []
    if _is_latin(last_name) and library.encode_lastname(last_name) != reading.surname:
        sentences.append(_says(_("Surname"), reading.surname, last_name))
    if _is_latin(first_name) and library.encode_firstname(first_name) != reading.name:
        sentences.append(_says(_("Name"), reading.name, first_name))
    if birth_date and not reading.is_day(birth_date):
        sentences.append(_says(_("Date of birth"), reading.day_in_words(birth_date), date_format(birth_date, "j F Y")))
    if gender in WORDS and gender != reading.gender:
        sentences.append(_says(_("Sex"), str(WORDS[reading.gender]), str(WORDS[gender])))
    if birth_place and reading.place and not _same_place(reading.place, birth_place):
        sentences.append(_says(_("Place of birth"), reading.place, birth_place))
    return sentences
