"""What each kind of internship is in words, which paper it takes, and what of a training project it does without.

Whom the rules bind, the rule set says (`Rule.kinds`); this is what is written and signed.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from internships.enums import AgreementScope, PaperCode
from internships.enums import InternshipKind as Kind


@dataclass(frozen=True)
class Way:
    """`without`: what of a training project nobody is asked for. `agreement`: which one with the host it takes.

    With `school` the school signs, too.
    """

    says: str | Promise
    paper: PaperCode
    without: frozenset[str] = frozenset()
    agreement: AgreementScope | None = AgreementScope.WORK
    school: bool = False


# Nothing is paid: there is nothing to write of it.
UNPAID = frozenset({"allowance"})
# Who only watches learns no trade, is given nothing, and has no turn in writing: host and promoter say it all.
WATCHING = UNPAID | {"competences", "meals", "wishes", "needs", "duties_read_at"}

WAYS = {
    Kind.EXTRACURRICULAR: Way(
        _("Months of learning at work, with an allowance and all notices."),
        PaperCode.PROJECT,
    ),
    Kind.SUMMER: Way(
        _("A student’s weeks at work while school is closed, with an allowance."),
        PaperCode.PROJECT,
    ),
    Kind.CURRICULAR: Way(
        _("A part of a course of study, by its rules: no allowance, no compulsory notice."),
        PaperCode.CURRICULAR,
        UNPAID,
        AgreementScope.STUDIES,
        school=True,
    ),
    Kind.PCTO: Way(
        _("Hours at work that the school counts, by a formative pact: no allowance, no compulsory notice."),
        PaperCode.PCTO,
        UNPAID,
        AgreementScope.STUDIES,
        school=True,
    ),
    Kind.SHADOWING: Way(
        _("A few days beside somebody at work, only to watch: one sheet, nothing else."),
        PaperCode.SHADOWING,
        WATCHING,
        agreement=None,
    ),
}


AGREEMENTS = {
    AgreementScope.WORK: PaperCode.AGREEMENT,
    AgreementScope.STUDIES: PaperCode.AGREEMENT_STUDIES,
}


def kinds_under(scope: str) -> list[Kind]:
    """The kinds of internship that take this agreement."""
    return [kind for kind, way in WAYS.items() if way.agreement == scope]


def way_of(internship) -> Way:
    return WAYS[Kind(internship.kind)]
