"""Work in the background: thin, safe to run twice."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from migwork.jobs import holding
from reporting import actions, queries


@shared_task
def refresh_figures(**kwargs):
    """Every minute: count the figures of the editions that still change."""
    now = timezone.now()
    for edition in queries.editions_to_count(now):
        actions.refresh_figures(edition=edition, now=now)


@shared_task
def build_report(*, report_id: str, **kwargs):
    """Build one report, unless another session is at it."""
    actions.build_report(report_id=UUID(report_id), now=timezone.now())


@shared_task
def resume_reports(**kwargs):
    """Every half minute: take up what is waiting, or what a crash left half done."""
    for report_id in queries.unfinished_reports():
        with holding(report_id) as held:
            free = held
        if free:
            build_report.delay(report_id=str(report_id))
