"""What the privacy officer finds on their desk: requests, one of them near its term; who opened files; a lost message."""

from datetime import timedelta

from accounts import actions as accounts
from accounts.enums import RequestKind
from accounts.models import YoungPerson
from accounts.queries import acting_as
from foundation.communications.actions import report_delivery
from foundation.communications.enums import Channel, MessageState
from foundation.communications.models import OutgoingMessage
from foundation.privacy.actions import record_access
from foundation.privacy.enums import AccessReason
from portal.demo.stage import Stage

# What somebody asked: how many days ago, in which words, and with which answer, if there is one.
ASKED = [
    (RequestKind.NAMES, 26, "Vorrei sapere chi ha aperto la mia scheda la settimana scorsa.", ""),
    (RequestKind.ERASURE, 4, "Ho trovato lavoro in un’altra città: cancellate i miei dati.", ""),
    (
        RequestKind.CORRECTION,
        20,
        "Il mio titolo di studio è il diploma, non la licenza media.",
        "Hai ragione: l’operatore lo corregge al prossimo incontro, porta con te il diploma.",
    ),
]
LETTER = "Lettera del 5: non vuole essere chiamato per sondaggi."
# Old enough that all of it lies after their first day.
KNOWN_FOR = timedelta(days=45)
# How long a mail takes to come back.
RETURNED = timedelta(hours=2)


def office(stage: Stage):
    """Requests by three people and one letter, and who opened the files of those who asked."""
    old = YoungPerson.objects.filter(created_at__lt=stage.now - KNOWN_FOR, anonymised_at=None, merged_into=None)
    old = old.order_by("created_at")
    askers = list(old.filter(user__isnull=False)[: len(ASKED)])
    for person, (kind, days, text, answer) in zip(askers, ASKED, strict=False):
        _open_file(stage, person, days)
        then = stage.at(stage.now.date() - timedelta(days=days))
        asked = accounts.ask(person=person, kind=kind, text=text, by=person.user, now=then)
        if answer:
            then += timedelta(days=2)
            accounts.answer(request=asked, verb="grant", answer=answer, by=stage.officer, now=then)
    for writer in old.filter(user=None)[:1]:
        entered = stage.at(stage.now.date() - timedelta(days=7))
        accounts.ask(
            person=writer,
            kind=RequestKind.OBJECTION,
            text=LETTER,
            arrived_on=entered.date() - timedelta(days=3),
            by=stage.officer,
            now=entered,
        )


def _open_file(stage: Stage, person, days: int):
    """In the days before they asked, by three who work at the desk."""
    whys = (AccessReason.DESK, AccessReason.FOLLOWS, AccessReason.APPOINTMENT)
    for before, (operator, why) in enumerate(zip(stage.operators, whys, strict=False), start=1):
        role, organisation = acting_as(operator, why)
        record_access(
            by=operator,
            about=person,
            what="intake:person-file",
            why=why,
            as_role=role,
            organisation=organisation,
            now=stage.at(stage.now.date() - timedelta(days=days + before)),
        )


def lose_one(stage: Stage):
    """One of the last mails came back: the desk sees that somebody was not reached."""
    sent = OutgoingMessage.objects.filter(
        channel=Channel.EMAIL, state=MessageState.SENT, about__isnull=False, sent_at__lt=stage.now - RETURNED
    ).exclude(provider_reference="")
    for message in sent.order_by("-sent_at", "-created_at", "to", "subject")[:1]:
        report_delivery(reference=message.provider_reference, delivered=False, now=message.sent_at + RETURNED)
