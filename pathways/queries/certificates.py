"""Who of a run has a right to a certificate and why not yet; those that were given; what the public page says."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.db.models import DurationField, ExpressionWrapper, F, Prefetch, Sum
from django.utils.translation import gettext as _

from migwork.text import sort_key
from pathways.enums import BatchState, CertificateState, EnrolmentState
from pathways.models import Certificate, CertificateBatch, CertificateRule, Enrolment, Session

HOUR = Decimal(3600)


@dataclass
class Standing:
    """Where somebody stands towards the certificate: what they did, what they lack, what they got."""

    enrolment: Enrolment
    hours: Decimal
    held: Decimal
    # Of the hours that were held, in whole per cent; never rounded up to what was not reached.
    share: int
    passed: bool | None
    certificates: list[Certificate]
    lacks: list[str] = field(default_factory=list)

    @property
    def latest(self) -> Certificate | None:
        return self.certificates[0] if self.certificates else None

    @property
    def has_valid(self) -> bool:
        return any(row.state == CertificateState.VALID for row in self.certificates)

    @property
    def may_be_issued(self) -> bool:
        return not self.lacks and not self.has_valid

    @property
    def is_due(self) -> bool:
        """For the whole group at once: who never had one. One that was revoked comes back only by name."""
        return not self.lacks and not self.certificates


def rule_of(opportunity) -> CertificateRule | None:
    return CertificateRule.objects.filter(opportunity=opportunity).first()


def held_hours(run) -> Decimal:
    """Of all the run's sessions."""
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    whole = Session.objects.filter(run=run).aggregate(whole=Sum(length))["whole"] or timedelta(0)
    return Decimal(whole.total_seconds()) / HOUR


def standings(run, enrolments=None, rule=None) -> list[Standing]:
    """Of all who hold a place in `run`, or of these `enrolments`, by name. At most four queries."""
    rule = rule or rule_of(run.opportunity)
    held = held_hours(run)
    rows = run.enrolments.holding_a_place() if enrolments is None else enrolments
    rows = (
        rows.select_related("participation__person", "final_test")
        .annotate(attended=Sum("attendances__hours"))
        .prefetch_related(
            Prefetch("certificates", Certificate.objects.select_related("document").order_by("-issued_at"))
        )
        .order_by("participation__person__sort_key", "pk")
    )
    return [_standing(rule, held, row) for row in rows]


def _standing(rule, held, enrolment) -> Standing:
    hours = enrolment.attended or Decimal(0)
    share = int((hours * 100 / held).to_integral_value(ROUND_DOWN)) if held else 0
    test = getattr(enrolment, "final_test", None)
    found = Standing(enrolment, hours, held, share, test and test.passed, list(enrolment.certificates.all()))
    found.lacks = list(_lacks(rule, found))
    return found


def _lacks(rule, standing):
    if rule is None:
        yield _("The activity has no rule for its certificate yet.")
        return
    if standing.enrolment.state != EnrolmentState.COMPLETED:
        yield _("Has not completed the activity.")
    if standing.share < rule.least_share:
        yield _("%(share)s %% of the hours instead of %(least)s %%.") % {
            "share": standing.share,
            "least": rule.least_share,
        }
    if rule.needs_test and standing.passed is None:
        yield _("The result of the test is missing.")
    elif rule.needs_test and not standing.passed:
        yield _("Has not passed the test.")
    person = standing.enrolment.participation.person
    if person.anonymised_at:
        yield _("They asked us to forget them.")
    elif person.limited_at:
        yield _("They asked us not to use their data for now.")


def batch_at_work(run) -> CertificateBatch | None:
    return run.certificate_batches.filter(state=BatchState.QUEUED).first()


def latest_batch(run) -> CertificateBatch | None:
    return run.certificate_batches.order_by("-asked_at").first()


def unfinished_batches() -> list:
    """The ids of what is still to be made."""
    rows = CertificateBatch.objects.filter(state=BatchState.QUEUED).order_by("asked_at")
    return list(rows.values_list("pk", flat=True))


def certificates_of(person) -> list[Certificate]:
    """All that this person was given, in every edition, the latest first. One query."""
    rows = Certificate.objects.filter(enrolment__participation__person=person)
    return list(rows.select_related("document", "replaced_by__document").order_by("-issued_at", "pk"))


def certificate_of_code(code: str) -> Certificate | None:
    """What the code on a paper stands for. One query."""
    rows = Certificate.objects.select_related("document", "replaced_by__document", "enrolment__participation__person")
    return rows.filter(code=code).first()


@dataclass(frozen=True)
class Confirmed:
    """What anybody who holds the code may know. `known` says that they also knew the holder's name."""

    certificate: Certificate
    initials: str
    # Nobody can say any more whose it is.
    forgotten: bool
    # The name may be asked for, and is not confirmed yet.
    asks_name: bool
    known: bool


def confirmed(certificate: Certificate, name: str = "") -> Confirmed:
    """As little about the person as possible: initials, or all of the paper to who types the name that is on it.

    Of one that is not valid any more, and of a person who asked that their data be not used, nothing personal.
    """
    hidden = certificate.state != CertificateState.VALID or bool(certificate.enrolment.participation.person.limited_at)
    known = bool(certificate.holder) and not hidden and _words(name) == _words(certificate.holder)
    return Confirmed(
        certificate=certificate,
        initials="" if hidden else certificate.initials,
        forgotten=not certificate.holder,
        asks_name=bool(certificate.holder) and not hidden and not known,
        known=known,
    )


def _words(name: str) -> list[str]:
    """A name's words, whatever their order, case and accents."""
    return sorted(sort_key(name).split())
