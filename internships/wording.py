"""The language in which the words of papers are written: plain lines, names of facts in braces, parts on a condition.

    # Duties                        a heading; ## a smaller one
    - to be there on time           a point of a list
    The host {host} receives **{intern}**.
    {if minor}
    For the minor signs {representatives}.
    {end}

Nothing else means anything. There is no way to call, to count or to reach beyond the facts of `WORDS`: whoever edits
a template cannot open a file or a table by it. Values are put in when the lines have been read, so that nothing
somebody typed into a form becomes a heading or a condition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import PaperCode

MOST = 40_000
_NAME = re.compile(r"\{([^{}\n]*)\}")
_IF = re.compile(r"\{if ([a-z_]+)\}")
_END = "{end}"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Word:
    """A fact that a template can name: what it is, how it may look, whether the paper is none without it."""

    label: str | Promise
    example: str
    must: bool = False


_PARTIES = {
    "promoter": Word(gettext_lazy("the promoter"), "Formaper", must=True),
    "promoter_signer": Word(gettext_lazy("who signs for the promoter"), "Paola Neri"),
    "host": Word(gettext_lazy("the host"), "Bar Basso S.r.l.", must=True),
    "host_vat": Word(gettext_lazy("the host’s VAT number"), "00743110157"),
    "host_sector": Word(gettext_lazy("the host’s sector"), "Bar, 56.30"),
    "host_signer": Word(gettext_lazy("who signs for the host"), "Luigi Basso", must=True),
    "host_signer_position": Word(gettext_lazy("as what they sign"), "legale rappresentante"),
}
# What the templates of each paper can name.
WORDS: dict[str, dict[str, Word]] = {
    PaperCode.AGREEMENT: {
        **_PARTIES,
        "valid_from": Word(gettext_lazy("first day of the agreement"), "1 settembre 2026", must=True),
        "valid_to": Word(gettext_lazy("last day of the agreement"), "31 agosto 2028", must=True),
        "units": Word(gettext_lazy("the host’s workplaces"), "Via Plinio 39, Milano"),
    },
    PaperCode.PROJECT: {
        **_PARTIES,
        "intern": Word(gettext_lazy("the young person"), "Amina Bianchi", must=True),
        "intern_born": Word(gettext_lazy("their date of birth"), "3 marzo 2008", must=True),
        "intern_fiscal_code": Word(gettext_lazy("their codice fiscale"), "BNCMNA08C43F205X"),
        "representatives": Word(gettext_lazy("who signs for a minor"), "Fatima Verdi, genitore"),
        "agreement": Word(gettext_lazy("number and day of the framework agreement"), "12/2026 del 1 settembre 2026"),
        "unit": Word(gettext_lazy("the workplace"), "Via Plinio 39, Milano", must=True),
        "host_tutor": Word(gettext_lazy("the tutor at the host"), "Carla Verdi", must=True),
        "promoter_tutor": Word(gettext_lazy("the promoter’s tutor"), "Paolo Riva", must=True),
        "title": Word(gettext_lazy("what the intern learns"), "Stare dietro al bancone"),
        "starts_on": Word(gettext_lazy("first day"), "5 ottobre 2026", must=True),
        "ends_on": Word(gettext_lazy("last day"), "4 aprile 2027", must=True),
        "weekly_hours": Word(gettext_lazy("hours a week"), "30", must=True),
        "timetable": Word(gettext_lazy("days and hours"), "Da lunedì a venerdì, 9–13 e 14–16", must=True),
        "objectives": Word(gettext_lazy("goals"), "Servire al bancone in autonomia.", must=True),
        "competences": Word(gettext_lazy("competences after QRSP"), "Somministrare bevande", must=True),
        "activities": Word(gettext_lazy("tasks"), "Preparare caffè, accogliere i clienti.", must=True),
        "allowance": Word(gettext_lazy("allowance a month"), "500 €", must=True),
        "meals": Word(gettext_lazy("meals"), "Buoni pasto"),
        "insurance_accident": Word(gettext_lazy("insurance against accidents"), "INAIL, gestione per conto", must=True),
        "insurance_liability": Word(gettext_lazy("liability insurance"), "Assicurazioni Duomo, n. 123", must=True),
        "safety": Word(gettext_lazy("safety at work"), "Formazione generale e specifica nella prima settimana"),
        "wishes": Word(gettext_lazy("what the young person wants to learn"), "Vorrei imparare a fare i cocktail."),
        "needs": Word(gettext_lazy("what the young person needs"), "Il mercoledì finisco alle 15 per la scuola."),
    },
}
# The papers of the other kinds name the same facts but for what these kinds do without, and the school.
_UNPAID = {name: word for name, word in WORDS[PaperCode.PROJECT].items() if name != "allowance"}
_OF_A_COURSE = {
    **_UNPAID,
    "school": Word(gettext_lazy("the school"), "Liceo Volta", must=True),
    "school_tutor": Word(gettext_lazy("who follows it at the school"), "Prof. Anna Galli"),
}
_AGREEMENT = WORDS[PaperCode.AGREEMENT]
_NOT_OF_WATCHING = ("agreement", "competences", "meals", "wishes", "needs")
WORDS |= {
    PaperCode.AGREEMENT_STUDIES: _AGREEMENT,
    PaperCode.CURRICULAR: _OF_A_COURSE,
    PaperCode.PCTO: _OF_A_COURSE,
    PaperCode.SHADOWING: {name: word for name, word in _UNPAID.items() if name not in _NOT_OF_WATCHING},
}
CONDITIONS: dict[str, dict[str, str | Promise]] = {
    PaperCode.AGREEMENT: {},
    PaperCode.PROJECT: {
        "minor": gettext_lazy("the young person is not yet 18"),
        "allowance": gettext_lazy("there is an allowance"),
        "meals": gettext_lazy("there are meals or vouchers"),
        "wishes": gettext_lazy("the young person wrote what they want to learn"),
        "needs": gettext_lazy("the young person wrote what they need"),
    },
}
_CONDITIONS_UNPAID = {name: text for name, text in CONDITIONS[PaperCode.PROJECT].items() if name != "allowance"}
CONDITIONS |= {
    PaperCode.AGREEMENT_STUDIES: {},
    PaperCode.CURRICULAR: _CONDITIONS_UNPAID,
    PaperCode.PCTO: _CONDITIONS_UNPAID,
    PaperCode.SHADOWING: {"minor": CONDITIONS[PaperCode.PROJECT]["minor"]},
}


def faults(code: str, body: str) -> list[str]:
    """What has to be mended before this text can be published, each with its line; [] when it is good."""
    if len(body) > MOST:
        return [_("The text is too long: %(most)s signs at most.") % {"most": MOST}]
    words, conditions = WORDS[code], CONDITIONS[code]
    found, named, opened = [], set(), 0
    for number, line in enumerate(body.splitlines(), 1):
        text = line.strip()
        if condition := _IF.fullmatch(text):
            if opened:
                found.append(_at(number, _("a condition within a condition: close the first with {end}")))
            elif condition[1] not in conditions:
                found.append(_at(number, _("there is no condition “%s”") % condition[1]))
            opened = number
        elif text == _END:
            if not opened:
                found.append(_at(number, _("{end} without {if …} before it")))
            opened = 0
        else:
            names = _NAME.findall(text)
            named.update(names)
            found += [_at(number, _("there is no fact “%s”") % name[:60]) for name in names if name not in words]
            if "{" in (rest := _NAME.sub("", text)) or "}" in rest:
                found.append(_at(number, _("a brace that opens or closes nothing")))
    if opened:
        found.append(_at(opened, _("the condition is not closed with {end}")))
    lacking = [name for name, word in words.items() if word.must and name not in named]
    if lacking:
        names = ", ".join(f"{{{name}}}" for name in lacking)
        found.append(_("These facts must stand in the text: %s.") % names)
    return found


def _at(number: int, what: str) -> str:
    return _("Line %(line)s: %(what)s.") % {"line": number, "what": what}


def written(body: str, values: Mapping[str, str], conditions: Mapping[str, bool]) -> SafeString:
    """The text as HTML with the facts put in. Of a text that faults() would refuse, what it can."""
    parts = []
    for kind, lines in groupby(_read(body, conditions), key=lambda pair: pair[0]):
        texts = [_inline(text, values) for _kind, text in lines]
        match kind:
            case "h2" | "h3":
                parts += [f"<{kind}>{text}</{kind}>" for text in texts]
            case "li":
                parts.append("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>")
            case "p":
                parts.append("<p>" + "<br>".join(texts) + "</p>")
    return SafeString("\n".join(parts))


def _read(body, conditions):
    """(kind, text) of each line that counts; a blank line ends a paragraph."""
    shown = True
    for line in body.splitlines():
        text = line.strip()
        if condition := _IF.fullmatch(text):
            shown = bool(conditions.get(condition[1]))
        elif text == _END:
            shown = True
        elif not shown:
            continue
        elif text.startswith("## "):
            yield "h3", text[3:]
        elif text.startswith("# "):
            yield "h2", text[2:]
        elif text.startswith("- "):
            yield "li", text[2:]
        else:
            yield ("p" if text else ""), text


def _inline(text, values) -> str:
    text = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    return _NAME.sub(lambda name: _value(values.get(name[1], "")), text)


def _value(value) -> str:
    return "<br>".join(escape(line) for line in str(value).splitlines()) or "—"


def examples(code: str) -> dict[str, str]:
    """Made-up facts for the preview."""
    return {name: word.example for name, word in WORDS[code].items()}
