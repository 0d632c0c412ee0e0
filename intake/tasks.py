"""What beat wakes."""

from celery import shared_task
from django.utils import timezone

from intake import actions


@shared_task
def write_due_reminders(**kwargs):
    """Every five minutes: appointments of tomorrow, actions whose day is over."""
    actions.write_due_reminders(now=timezone.now())


@shared_task
def forget_past_queues(**kwargs):
    """Every night: who was in yesterday's queue has gone, and first names without a file are forgotten."""
    actions.forget_past_queues(now=timezone.now())


@shared_task
def forget_old_contacts(**kwargs):
    """Every night: whoever was met on the street and not again for a year."""
    actions.forget_old_contacts(now=timezone.now())


@shared_task
def forget_old_entries(**kwargs):
    """Every night: whoever waited on the list of a group for a month."""
    actions.forget_old_entries(now=timezone.now())


@shared_task
def write_all_slots(**kwargs):
    """Every night: the hours that can be booked, one day further."""
    actions.write_all_slots(now=timezone.now())


@shared_task
def tell_earlier_hours(**kwargs):
    """Every five minutes: hours that became free, for whoever wants an earlier one."""
    actions.tell_earlier_hours(now=timezone.now())


@shared_task
def ask_due_follow_ups(**kwargs):
    """Every hour: those who left are asked how it goes."""
    actions.ask_due_follow_ups(now=timezone.now())


@shared_task
def tell_operators(**kwargs):
    """Every five minutes: what others changed in an operator's agenda."""
    actions.tell_operators(now=timezone.now())


@shared_task
def forget_past_changes(**kwargs):
    """Every night: changes that were called to mind long enough."""
    actions.forget_past_changes(now=timezone.now())


@shared_task
def remind_of_referrals(**kwargs):
    """Every morning: whoever has not answered yet, shortly before an answer is due."""
    actions.remind_of_referrals(now=timezone.now())


@shared_task
def remind_of_safeguarding(**kwargs):
    """Every morning: owners of what is due."""
    actions.remind_of_safeguarding(now=timezone.now())
