"""What people are told about internships and their papers, through the outbox."""

from internships.notifications.applications import (
    application_answered,
    application_sent,
    application_withdrawn,
    host_asked_about,
    host_has_answered,
    offer_late,
    offer_paused,
)
from internships.notifications.ends import asked_later, asked_to_evaluate, paper_ready, paper_withdrawn
from internships.notifications.internships import (
    remind_of_days,
    send_link,
    tell,
    tell_amended,
    tell_disputed,
    tell_month_closed,
    tell_not_here,
    tell_paid,
)
from internships.notifications.papers import (
    agreement_answered,
    change_asked,
    colleagues_asked,
    host_asked,
    intern_asked,
    invite_to_sign,
    project_answered,
)

__all__ = [
    "agreement_answered",
    "application_answered",
    "application_sent",
    "application_withdrawn",
    "asked_later",
    "asked_to_evaluate",
    "change_asked",
    "colleagues_asked",
    "host_asked",
    "host_asked_about",
    "host_has_answered",
    "intern_asked",
    "invite_to_sign",
    "offer_late",
    "offer_paused",
    "paper_ready",
    "paper_withdrawn",
    "project_answered",
    "remind_of_days",
    "send_link",
    "tell",
    "tell_amended",
    "tell_disputed",
    "tell_month_closed",
    "tell_not_here",
    "tell_paid",
]
