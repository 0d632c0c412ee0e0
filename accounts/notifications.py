"""What people and their representatives are told about signatures, through the one outbox; and the printed letter."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from accounts.models import YoungPerson
from accounts.queries import consent_of, reach, shown_for_signing
from foundation.communications.actions import cancel, queue
from foundation.communications.enums import Channel
from foundation.communications.models import OutgoingMessage
from foundation.documents import pdf
from foundation.documents.actions import signing
from foundation.documents.enums import LinkChannel
from migwork.links import absolute_url
from migwork.qr import qr_code


def cause(person) -> str:
    """By what messages to this person's (or their id's) representatives are called back."""
    return signing.cause(getattr(person, "pk", person))


def address_of(token: str) -> str:
    return absolute_url("documents:sign", token)


def _until(link, language) -> str:
    with override(language):
        return date_format(timezone.localtime(link.ends_at), "j F Y")


def invite_to_sign(*, signer, link, token, now) -> None:
    """A representative gets their link (documents.hooks.link_made); the second time it says that we are waiting."""
    consent = consent_of(signer.request)
    if consent is None or consent.person.safe_contact:
        return
    channel = Channel.EMAIL if link.channel == LinkChannel.EMAIL else Channel.SMS
    queue(
        key=f"signing:link:{link.pk}",
        channel=channel,
        to=signer.email if channel == Channel.EMAIL else signer.phone,
        language=signer.language,
        template="accounts/messages/sign_invitation",
        context={
            "name": signer.name,
            "called": consent.person.short_name,
            "again": signer.links.count() > 1,
            "until": _until(link, signer.language),
            "link": address_of(token),
            "contact": settings.CONTACT_EMAIL,
        },
        now=now,
        cause=cause(consent.person),
    )


def stop_for(person, *, now) -> None:
    """Keep back what has not left yet for this person's representatives."""
    cancel(cause=cause(person), now=now)


def consent_answered(consent, *, now) -> None:
    """Tell the young person that there is an answer; what it is, they read where only they can."""
    _tell(
        consent.person,
        key=f"consent:{consent.pk}:{consent.state}",
        template="consent_answered",
        context={"link": absolute_url("accounts:my-representatives")},
        now=now,
    )


def consent_unanswered(consent, staff, *, now) -> None:
    """The time to sign ran out: the young person and whoever follows them hear of it once, and what can be done."""
    _tell(
        consent.person,
        key=f"consent:{consent.pk}:unanswered",
        template="consent_unanswered",
        context={"link": absolute_url("accounts:my-representatives")},
        now=now,
    )
    link = absolute_url("accounts:representatives", consent.person_id)
    for user in staff:
        if user.email:
            queue(
                key=f"consent:{consent.pk}:unanswered:{user.pk}",
                channel=Channel.EMAIL,
                to=user.email,
                language=user.language,
                template="accounts/messages/consent_unanswered_desk",
                context={"link": link},
                now=now,
                cause=f"consent:{consent.pk}",
            )


def came_of_age(person, *, now, to_confirm: bool) -> None:
    _tell(
        person,
        key=f"eighteen:{person.pk}",
        template="eighteen",
        context={
            "link": absolute_url("accounts:my-representatives"),
            "to_confirm": to_confirm,
        },
        now=now,
    )


def retention_warning(person, *, rule, due_on, now) -> None:
    """Your name is taken out of the data on that day, unless you come back."""
    _tell(
        person,
        key=f"retention:{rule.code}:{person.pk}:{due_on.isoformat()}",
        template="retention_warning",
        context={"day": due_on, "link": absolute_url("account_login")},
        now=now,
    )


def paper_ends(paper, *, mark, now) -> bool:
    """A paper of theirs ends soon: once for each `mark` (days before its end). Whether a message was written."""
    message = _tell(
        paper.person,
        key=f"paper:{paper.pk}:{paper.expires_on.isoformat()}:{mark}",
        template="paper_ends",
        context={"day": paper.expires_on, "link": absolute_url("accounts:my-papers")},
        now=now,
    )
    return message is not None


def _tell(person: YoungPerson, *, key, template, context, now) -> OutgoingMessage | None:
    address = reach(person)
    if address is None:
        return None
    channel, to = address
    return queue(
        key=key,
        channel=channel,
        to=to,
        language=person.language,
        template=f"accounts/messages/{template}",
        context={"called": person.called, **context},
        now=now,
        about=person.pk,
    )


def letter(made, person, *, now) -> bytes:
    """Page one a letter for a window envelope, with link, square and code; page two the paper to sign by hand."""
    signer = made.link.signer
    with override(signer.language):
        html = render_to_string(
            "accounts/documents/letter.html",
            {
                "signer": signer,
                "called": person.short_name,
                "person": person,
                "occasion": shown_for_signing(signer.request)["context"],
                "document": signer.request.document,
                "language": signer.language,
                "today": timezone.localdate(now),
                "until": _until(made.link, signer.language),
                "link": address_of(made.token),
                "square": qr_code(address_of(made.token)),
                "code": made.code,
                "contact": settings.CONTACT_EMAIL,
                "demo": settings.DEMO,
            },
        )
    return pdf.render(html, language=signer.language)
