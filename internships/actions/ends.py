"""After the last day: the attestation and the dossier, each kept as it was made."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.documents.actions import make_document, withdraw_document
from foundation.privacy.actions import record
from internships import notifications, rules
from internships.actions.locks import locked_over
from internships.actions.register import hours_attended
from internships.enums import EndPaperKind
from internships.models import EndPaper
from internships.queries import plain
from internships.queries.ends import attestation_of, dossier_of
from internships.rules import RuleValues
from migwork.errors import NotNow
from migwork.links import absolute_url

# What employers and offices read is in Italian, whatever language the portal speaks to its holder.
LANGUAGE = settings.LANGUAGE_CODE


def attended_share(internship, hours: Decimal) -> Decimal:
    """How much of the hours of the training project `hours` are, as a part of one."""
    planned = internship.hours_planned
    return hours / planned if planned else Decimal(0)


@transaction.atomic
def issue_attestation(*, internship, competences: list[str], by, now: datetime) -> EndPaper:
    """Give the final attestation to who attended enough of it by the rule set. By the promoter's staff.

    The intern is told; for a minor, whoever represents them gets a copy. Raises pdf.Unavailable.
    """
    internship = locked_over(internship, by)
    competences = [name for name in (line.strip() for line in competences) if name]
    if not competences:
        raise ValidationError({"competences": _("Name at least one competence.")})
    if attestation_of(internship):
        raise NotNow(_("This internship has its attestation already."), code="again")
    check_attended(internship, hours_attended(internship), rules.values(internship.starts_on))
    return _make(internship, EndPaperKind.ATTESTATION, {}, competences, by, now)


@transaction.atomic
def withdraw_attestation(*, internship, reason: str, by, now: datetime) -> EndPaper:
    """Something in it was wrong: it holds no more, and another can be made. By the promoter's staff; all are told."""
    internship = locked_over(internship, by)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say in a sentence why.")})
    paper = attestation_of(internship)
    if paper is None:
        raise NotNow(_("There is no attestation that holds."), code="none")
    paper.withdrawn_at, paper.withdrawn_by, paper.reason = now, by, reason
    paper.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    withdraw_document(document=paper.document, by=by, now=now)
    about = internship.participation.person_id
    record(verb="internships.attestation_withdrawn", by=by, now=now, on=internship, about=about)
    notifications.paper_withdrawn(paper, now=now)
    return paper


def check_attended(internship, hours: Decimal, values: RuleValues) -> None:
    """NotNow with the sum where `hours` attended are too few for the attestation by the rules of its first day."""
    if not values.holds("attestation") or attended_share(internship, hours) >= values.share("attestation"):
        return
    sentence = _("%(hours)s of %(planned)s hours were attended: the attestation needs %(share)s %% (%(source)s).") % {
        "hours": number_format(plain(hours)),
        "planned": number_format(internship.hours_planned),
        "share": values.whole("attestation"),
        "source": values.rule("attestation").source,
    }
    raise NotNow(sentence, code="attended")


@transaction.atomic
def make_dossier(*, internship, by, now: datetime) -> EndPaper:
    """Put together all that shows what was learnt, as one PDF. By the promoter's staff; may be made anew.

    The intern is told; for a minor, whoever represents them gets a copy. Raises pdf.Unavailable.
    """
    internship = locked_over(internship, by)
    with override(LANGUAGE):
        content = dossier_of(internship)
    return _make(internship, EndPaperKind.DOSSIER, content, [], by, now)


TITLES = {
    EndPaperKind.ATTESTATION: lambda: _("Final attestation of internship"),
    EndPaperKind.DOSSIER: lambda: _("Individual dossier of the internship"),
}


def _make(internship, kind, content, competences, by, now) -> EndPaper:
    person, hours = internship.participation.person, hours_attended(internship)
    paper = EndPaper(
        internship=internship,
        kind=kind,
        hours=hours,
        planned=internship.hours_planned,
        competences=competences,
        issued_at=now,
        issued_by=by,
    )
    with override(LANGUAGE):
        title = TITLES[kind]()
    paper.document = make_document(
        kind=f"internship-{kind}",
        title=title,
        language=LANGUAGE,
        template=f"internships/documents/{kind}.html",
        context={
            "paper": paper,
            "internship": internship,
            "person": person,
            "host": internship.unit.host,
            "share": int(attended_share(internship, hours) * 100),
            "check": absolute_url("documents:check"),
            **content,
        },
        by=by,
        now=now,
        about=person,
        archive=True,
    )
    paper.save(force_insert=True)
    record(verb=f"internships.{kind}_made", by=by, now=now, on=internship, about=person.pk)
    notifications.paper_ready(paper, now=now)
    return paper
