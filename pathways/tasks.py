"""What beat starts for the catalogue, and certificates that are made in the background."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from migwork.jobs import holding
from pathways import actions
from pathways.queries.certificates import unfinished_batches


@shared_task
def refresh_next_starts(**kwargs):
    """Each night: activities whose enrolment has closed move down to their next date."""
    actions.refresh_next_starts(now=timezone.now())


@shared_task
def renew_words(**kwargs):
    """Each night: words of activities that are off the catalogue are forgotten."""
    actions.renew_words()


@shared_task
def keep_catalogue_fresh(**kwargs):
    """Each morning: ask whether what nobody looked at for long is still right; take off what was asked in vain."""
    actions.keep_catalogue_fresh(now=timezone.now())


@shared_task
def make_certificates(*, batch_id: str, **kwargs):
    """Make the certificates of one group, unless another session is at it."""
    actions.make_certificates(batch_id=UUID(batch_id), now=timezone.now())


@shared_task
def resume_certificates(**kwargs):
    """Every half minute: take up what is waiting, or what a crash left half done."""
    for batch_id in unfinished_batches():
        with holding(batch_id) as held:
            free = held
        if free:
            make_certificates.delay(batch_id=str(batch_id))


@shared_task
def remind_of_paths(**kwargs):
    """Every hour: days, papers and talks of accompanied paths that come near, and whether an outcome lasted."""
    actions.remind_of_paths(now=timezone.now())


@shared_task
def ask_about_activities(**kwargs):
    """Every hour of the day: who begins an activity or has just been in one says how it is, if they like."""
    actions.ask_about_activities(now=timezone.now())


@shared_task
def tell_of_news(**kwargs):
    """Each evening, before the digests leave: what is new for the searches that people keep."""
    actions.tell_of_news(now=timezone.now())


@shared_task
def lapse_offers(**kwargs):
    """Every few minutes: places whose offer nobody answered go to the next."""
    actions.lapse_offers(now=timezone.now())


@shared_task
def tell_session_changes(**kwargs):
    """Every minute: changes of sessions that have settled are told to those concerned."""
    actions.tell_session_changes(now=timezone.now())
