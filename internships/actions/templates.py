"""The words of the papers: a draft, its publication, and those that the portal starts with."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from foundation.documents import actions as documents
from foundation.privacy.actions import record
from internships import wording
from internships.models import PaperTemplate
from internships.permissions import check_can_keep_templates
from migwork.db import as_validation_error


@transaction.atomic
def save_template(*, code: str, body: str, by, now: datetime) -> PaperTemplate:
    """Write the draft of a paper's next version, good or not yet. By coordinators."""
    check_can_keep_templates(by)
    draft = PaperTemplate.objects.select_for_update().filter(code=code, published_at=None).first()
    if draft is None:
        draft = PaperTemplate(code=code, version=_latest(code) + 1)
    draft.body, draft.changed_at, draft.changed_by = body, now, by
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise as_validation_error(error) from error
    record(verb="internships.template_changed", by=by, now=now, on=draft, fields=["body"])
    return draft


@transaction.atomic
def publish_template(*, code: str, body: str, by, now: datetime) -> PaperTemplate:
    """Save and publish: new papers take these words from now on. Refused with what is to be mended."""
    check_can_keep_templates(by)
    if faults := wording.faults(code, body):
        raise ValidationError({"body": faults})
    template = save_template(code=code, body=body, by=by, now=now)
    template.published_at, template.published_by = now, by
    template.save(update_fields=["published_at", "published_by"])
    record(verb="internships.template_published", by=by, now=now, on=template)
    return template


@transaction.atomic
def load_papers(*, papers: list[dict], bodies: dict[str, str], now: datetime) -> int:
    """Add the kinds of paper that are signed and the first version of each paper's words where there is none."""
    new = documents.load_papers(papers=papers, now=now)
    for code, body in bodies.items():
        if PaperTemplate.objects.filter(code=code).exists():
            continue
        template = PaperTemplate.objects.create(code=code, version=1, body=body, changed_at=now, published_at=now)
        record(verb="internships.template_published", by=None, now=now, on=template)
        new += 1
    return new


def _latest(code: str) -> int:
    return PaperTemplate.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
