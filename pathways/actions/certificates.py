"""Certificates: the rule, the test, giving one or one to each of a group, taking one back, giving it anew."""

import logging
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from foundation.documents import pdf
from foundation.documents.actions import make_document, withdraw_document
from foundation.privacy.actions import record
from migwork.checkdigit import new_code, spaced_code
from migwork.errors import NotNow
from migwork.jobs import holding
from migwork.links import absolute_url
from migwork.qr import qr_code
from pathways import notifications, permissions
from pathways.actions import places
from pathways.enums import BatchState
from pathways.models import Certificate, CertificateBatch, CertificateRule, Enrolment, FinalTest, Opportunity
from pathways.queries import certificates as queries
from pathways.workflow import CERTIFICATE

logger = logging.getLogger(__name__)

KIND = "certificate"
# What stopped so often without a single certificate needs a person's look.
MAX_ATTEMPTS = 3
# Papers that employers read are in Italian, whatever language the portal speaks to their holder.
LANGUAGE = settings.LANGUAGE_CODE


@transaction.atomic
def set_certificate_rule(*, opportunity, least_share: int, needs_test: bool, skills: list[str], by, now):
    """Say what one must have done for the certificate, and which skills it names. By whoever edits the activity.

    Certificates that were given stay as they are.
    """
    opportunity = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    permissions.check_can_edit_activity(by, opportunity)
    values = {"least_share": least_share, "needs_test": needs_test, "skills": skills}
    rule = queries.rule_of(opportunity)
    changed = [name for name, value in values.items() if rule is None or getattr(rule, name) != value]
    if not changed:
        return rule
    rule, _created = CertificateRule.objects.update_or_create(
        opportunity=opportunity, defaults={**values, "changed_at": now, "changed_by": by}
    )
    record(verb="pathways.certificate_rule", by=by, now=now, on=rule, fields=changed)
    return rule


@transaction.atomic
def record_tests(*, run, results: dict, by, now) -> None:
    """Write who passed the final test: `results` gives each enrolment's id True, False, or None for not held.

    By the partner's staff. The same results twice change nothing.
    """
    run = places.lock(run)
    permissions.check_can_run(by, run.opportunity)
    takers = run.enrolments.holding_a_place().filter(participation__person__limited_at=None)
    for enrolment in takers.select_related("participation", "final_test").filter(pk__in=results):
        test, passed = getattr(enrolment, "final_test", None), results[enrolment.pk]
        if passed == (test and test.passed):
            continue
        if passed is None:
            test.delete()
        else:
            FinalTest.objects.update_or_create(
                enrolment=enrolment, defaults={"passed": passed, "recorded_at": now, "recorded_by": by}
            )
        person = enrolment.participation.person_id
        record(verb="pathways.test_recorded", by=by, now=now, on=enrolment, about=person, fields=["final_test"])


@transaction.atomic
def issue_certificate(*, enrolment, by, now) -> Certificate:
    """Give somebody the certificate to which they have a right, and tell them. By the partner's staff.

    NotNow with what they lack, or when they have it already. Raises pdf.Unavailable.
    """
    run = places.lock(enrolment.run)
    permissions.check_can_run(by, run.opportunity)
    certificate = _issue(run, enrolment, by=by, now=now)
    notifications.certificate_issued(certificate, now=now)
    return certificate


@transaction.atomic
def revoke_certificate(*, certificate, reason: str, by, now) -> Certificate:
    """Take a certificate back: its public page says so from now on, its holder is told. By the partner's staff."""
    run = places.lock(certificate.enrolment.run)
    permissions.check_can_run(by, run.opportunity)
    certificate = _end(certificate, "revoke", reason=reason, by=by, now=now)
    notifications.certificate_revoked(certificate, now=now)
    return certificate


@transaction.atomic
def reissue_certificate(*, certificate, reason: str, by, now) -> Certificate:
    """Give it anew, with today's name, hours and rule: the old number says that this one replaced it.

    By the partner's staff. NotNow when the holder has no right to it as things stand now. Raises pdf.Unavailable.
    """
    run = places.lock(certificate.enrolment.run)
    permissions.check_can_run(by, run.opportunity)
    old = _end(certificate, "replace", reason=reason, by=by, now=now)
    new = _issue(run, old.enrolment, replaces=old, by=by, now=now)
    notifications.certificate_issued(new, now=now)
    return new


def _end(certificate, verb, *, reason, by, now):
    reason = reason.strip()
    if not reason:
        raise NotNow({"reason": _("Write why: their holder and the records need it.")}, code="reason")
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("document", "enrolment__participation__person", "enrolment__run__opportunity")
        .get(pk=certificate.pk)
    )
    certificate.state = CERTIFICATE.target(certificate.state, verb)
    certificate.ended_at, certificate.ended_by, certificate.reason = now, by, reason
    certificate.save(update_fields=["state", "ended_at", "ended_by", "reason"])
    withdraw_document(document=certificate.document, by=by, now=now)
    event = f"pathways.certificate_{certificate.state}"
    about = certificate.enrolment.participation.person_id
    record(verb=event, by=by, now=now, on=certificate, about=about, fields=["state"])
    return certificate


def _issue(run, enrolment, *, by, now, replaces=None) -> Certificate:
    rule = queries.rule_of(run.opportunity)
    with override(LANGUAGE):
        [standing] = queries.standings(run, Enrolment.objects.filter(pk=enrolment.pk, run=run), rule)
    if standing.lacks:
        raise NotNow(" ".join(standing.lacks), code="lacks")
    if standing.has_valid:
        raise NotNow(_("This person has the certificate of this activity already."), code="again")
    person = standing.enrolment.participation.person
    standing.enrolment.run = run  # what is told of it needs no second look
    certificate = Certificate(
        enrolment=standing.enrolment,
        code=new_code(),
        holder=person.full_name,
        activity=run.opportunity.title,
        issuer=run.opportunity.organisation.name,
        began=run.starts_on,
        ended=run.ends_on,
        hours=standing.hours,
        test_passed=rule.needs_test,
        skills=rule.skills,
        issued_at=now,
        issued_by=by,
        replaces=replaces,
    )
    certificate.document = make_document(
        kind=KIND,
        title=_title(certificate),
        language=LANGUAGE,
        template="pathways/documents/certificate.html",
        context=paper_of(certificate, held=standing.held),
        by=by,
        now=now,
        about=person,
    )
    certificate.save(force_insert=True)
    record(verb="pathways.certificate_issued", by=by, now=now, on=certificate, about=person)
    return certificate


def _title(certificate) -> str:
    with override(LANGUAGE):
        return _("Certificate: %(activity)s") % {"activity": certificate.activity}


def paper_of(certificate, *, held) -> dict:
    """What the template of the paper needs."""
    address = absolute_url("pathways:certificate-proof", spaced_code(certificate.code))
    return {
        "certificate": certificate,
        "held": held,
        "share": int(certificate.hours * 100 / held),
        "qr": qr_code(address),
        "page": absolute_url("pathways:certificate-check"),
    }


# --- For a whole group --------------------------------------------------------------------


@transaction.atomic
def ask_certificates(*, run, by, now) -> CertificateBatch:
    """Ask for the certificates of all of a run who have a right to one; made in the background. By the partner's staff.

    Asked for while they are being made it is that work.
    """
    run = places.lock(run)
    permissions.check_can_run(by, run.opportunity)
    if at_work := queries.batch_at_work(run):
        return at_work
    due = sum(standing.is_due for standing in queries.standings(run))
    if not due:
        raise NotNow(_("Nobody waits for a certificate now."), code="nobody")
    batch = CertificateBatch.objects.create(run=run, total=due, asked_at=now, asked_by=by)
    record(verb="pathways.certificates_asked", by=by, now=now, on=batch)
    _start_on_commit(batch)
    return batch


@transaction.atomic
def retry_certificates(*, batch, by, now) -> CertificateBatch:
    """Try once more to make what could not be made. By the partner's staff."""
    run = places.lock(batch.run)
    permissions.check_can_run(by, run.opportunity)
    batch = CertificateBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.FAILED:
        raise NotNow(_("Only what could not be made can be tried again."), code="state")
    batch.state, batch.attempts, batch.error = BatchState.QUEUED, 0, ""
    batch.save(update_fields=["state", "attempts", "error"])
    record(verb="pathways.certificates_asked", by=by, now=now, on=batch)
    _start_on_commit(batch)
    return batch


def _start_on_commit(batch):
    from pathways.tasks import make_certificates as task

    transaction.on_commit(partial(task.delay, batch_id=str(batch.pk)), robust=True)


def make_certificates(*, batch_id, now) -> CertificateBatch | None:
    """Make a group's certificates one by one, each in a transaction of its own.

    Whoever is cut off goes on with the next: who has one is not given another. None when there is nothing to do.
    """
    with holding(batch_id) as held:
        if not held:
            return None
        batch = _begin(batch_id, now)
        if batch is None:
            return None
        try:
            with override(LANGUAGE):
                due = [standing.enrolment.pk for standing in queries.standings(batch.run) if standing.is_due]
            for enrolment in due:
                _make_one(batch, enrolment, now)
        except (pdf.Unavailable, PermissionDenied) as error:
            return _close(batch, BatchState.FAILED, str(error) or _("Who asked may not do this any more."), now)
        except Exception:
            logger.exception("Certificates %s stopped (try %s)", batch.pk, batch.attempts)
            return _close(batch, BatchState.FAILED, _stopped(), now) if batch.attempts >= MAX_ATTEMPTS else None
        return _close(batch, BatchState.DONE, "", now)


def _stopped() -> str:
    return _("Making the certificates was interrupted %(n)s times.") % {"n": MAX_ATTEMPTS}


@transaction.atomic
def _begin(batch_id, now):
    """Note one more try, or that there have been enough of them."""
    rows = CertificateBatch.objects.select_for_update(of=("self",))
    batch = rows.select_related("run__opportunity__organisation", "asked_by").get(pk=batch_id)
    if batch.state != BatchState.QUEUED:
        return None
    if batch.attempts >= MAX_ATTEMPTS:
        _close(batch, BatchState.FAILED, _stopped(), now)
        return None
    batch.attempts += 1
    batch.save(update_fields=["attempts"])
    return batch


def _make_one(batch, enrolment_id, now) -> None:
    """One certificate and its place in the count come together, or neither."""
    enrolment = Enrolment(pk=enrolment_id, run=batch.run)
    try:
        with transaction.atomic():
            issue_certificate(enrolment=enrolment, by=batch.asked_by, now=now)
            CertificateBatch.objects.filter(pk=batch.pk).update(done=F("done") + 1, attempts=0)
    except NotNow as reason:
        # Somebody gave it meanwhile, or what gave the right to it was taken back: the others go on.
        logger.info("Certificates %s: one less (%s)", batch.pk, reason.code)
    else:
        batch.done, batch.attempts = batch.done + 1, 0


@transaction.atomic
def _close(batch, state, error, now):
    batch.state, batch.error = state, error[:300]
    batch.save(update_fields=["state", "error"])
    record(verb=f"pathways.certificates_{state}", by=None, now=now, on=batch)
    return batch
