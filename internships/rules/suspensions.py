"""Whether an internship may be suspended for so long."""

from django.utils.translation import gettext as _

from internships.enums import SuspensionKind
from internships.rules import words
from internships.rules.facts import Span
from internships.rules.findings import Answer, Finding, judged
from internships.rules.values import RuleValues

# For maternity, as long as it lasts; for the others, the rule that says from how many days on.
LEAST = {SuspensionKind.ILLNESS: "suspension.illness", SuspensionKind.CLOSURE: "suspension.closure"}


def check_suspension(kind: str, span: Span, rules: RuleValues) -> Finding:
    """`span` without a last day is right so far: how long it was is asked when it ends."""
    return judged("suspension", _answer(kind, span, rules), rules)


def _answer(kind, span, rules) -> Answer:
    if kind not in SuspensionKind:
        return Answer(False, "suspension.kinds", _("Only maternity, illness or injury, and closure suspend it."))
    if kind not in LEAST or span.last is None:
        return Answer(True, "suspension.kinds", _("For this it can be suspended."))
    rule = LEAST[kind]
    lasts, least = (span.last - span.first).days + 1, rules.whole(rule)
    sentence = _("Suspended for %(lasts)s: at least %(least)s.")
    value, limit = words.days(lasts), words.days(least)
    return Answer(lasts >= least, rule, sentence % {"lasts": value, "least": limit}, value, limit)
