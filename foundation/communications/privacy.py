"""What this room's fields are, for the register."""

from django.utils.translation import gettext_lazy as _

from foundation.communications.enums import MessageState
from foundation.communications.models import OutgoingMessage, Preference, Thread, ThreadMessage
from foundation.privacy.actions import erase
from foundation.privacy.enums import FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, call_rows, classify, counted, erased, with_row

MESSAGES = "messages"


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    return [
        OutgoingMessage.objects.filter(about__in=abouts),
        Preference.objects.filter(about__in=abouts),
        Thread.objects.filter(about__in=abouts),
        ThreadMessage.objects.filter(thread__about__in=abouts),
    ]


def anonymise(about, by, now):
    """What waits does not leave any more; what left keeps when and how, without whom and what."""
    waiting = OutgoingMessage.objects.select_for_update().filter(about=about, state=MessageState.QUEUED)
    waiting.update(state=MessageState.CANCELLED)
    return erase(*holdings([about]))


def rows_to_let_go(rule, before, dry_run) -> dict:
    """Messages written before `before` lose whom and what; that one was sent, when and how, stays."""
    if rule.code != MESSAGES:
        return {}
    old = OutgoingMessage.objects.filter(created_at__lt=before).exclude(text="").exclude(state=MessageState.QUEUED)
    return {OutgoingMessage._meta.label: old.count()} if dry_run else erase(old)


def classify_fields():
    call_rows(
        **{
            "communications.OutgoingMessage": _("messages that we sent you"),
            "communications.Preference": _("how you want us to write to you"),
            "communications.ThreadMessage": _("what you and your operator wrote to each other"),
        }
    )
    classify(
        "communications.OutgoingMessage",
        key=TECHNICAL,
        cause=TECHNICAL,
        about=counted(retention="messages"),
        channel=counted(_("how we wrote to you"), retention="messages"),
        to=erased(FieldKind.CONTACT, _("where we wrote to"), retention="messages"),
        language=counted(_("in which language we wrote"), retention="messages"),
        subject=erased(FieldKind.ORDINARY, _("subject of a message"), retention="messages"),
        text=erased(FieldKind.ORDINARY, _("what we wrote"), retention="messages"),
        html=erased(FieldKind.TECHNICAL, retention="messages"),
        state=counted(_("what became of it"), retention="messages"),
        created_at=counted(_("when it was written"), retention="messages"),
        not_before=TECHNICAL,
        attempts=TECHNICAL,
        sent_at=counted(_("when it left"), retention="messages"),
        provider_reference=erased(FieldKind.TECHNICAL, retention="messages"),
        error=erased(FieldKind.TECHNICAL, retention="messages"),
        topic=TECHNICAL,
        digest=TECHNICAL,
        digest_of=TECHNICAL,
        delivered_at=counted(_("when it arrived"), retention="messages"),
    )
    classify(
        "communications.Preference",
        about=with_row(FieldKind.ORDINARY),
        channel=with_row(FieldKind.CONTACT, _("how you like to be reached")),
        quiet_from=with_row(FieldKind.CONTACT, _("quiet from")),
        quiet_to=with_row(FieldKind.CONTACT, _("quiet until")),
        digest=with_row(FieldKind.CONTACT, _("how often we write")),
        off=with_row(FieldKind.CONTACT, _("what you don't want to hear of")),
        closed=with_row(FieldKind.CONTACT, _("ways on which we must not write")),
        only_to=with_row(FieldKind.CONTACT, _("the only address to use")),
        changed_at=with_row(FieldKind.TECHNICAL),
    )
    classify("communications.Thread", about=counted(), opened_at=TECHNICAL)
    classify(
        "communications.ThreadMessage",
        thread=counted(),
        by=STAFF,
        from_person=counted(_("written by you")),
        text=erased(FieldKind.FREE_TEXT, _("what was written")),
        at=counted(_("when it was written")),
        read_at=counted(_("when it was read")),
        read_by=STAFF,
    )
    # The mailbox of the demo.
    classify("communications.MailboxMessage", message=TECHNICAL, arrived_at=TECHNICAL)
