"""How a message leaves. One function per way: send(message, now) -> the provider's reference.

Which channel uses which is settings.COMMUNICATIONS_TRANSPORTS. A transport raises
Refused when trying again is useless and TryLater when it is not; their text is kept
with the message and shown to staff, so it names no address. One that hands the message
to somebody outside notes the yes at once (notes.write).
"""

import smtplib
from contextlib import suppress
from datetime import datetime
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import parseaddr

import requests
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from foundation.communications import hooks, notes
from foundation.communications.enums import Channel
from foundation.communications.hooks import Attachment
from foundation.communications.models import MailboxMessage, OutgoingMessage


class Refused(Exception):
    """This message will never arrive as it is."""


class TryLater(Exception):
    """It did not work this time."""


def message_id(message: OutgoingMessage) -> str:
    """The same Message-ID however often this message is tried: mail servers drop the second by it."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{message.pk}@{address.rpartition('@')[2] or 'localhost'}>"


def smtp(message: OutgoingMessage, now: datetime) -> str:
    """By the mail server of the settings."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={
            "Message-ID": message_id(message),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in attachments_of(message, now):
        mail.attach(_part(attachment))
    try:
        _hand_over(mail, message)
    except smtplib.SMTPRecipientsRefused as error:
        code = max((reply[0] for reply in error.recipients.values()), default=450)
        if code >= 500:
            raise Refused(
                _("The mail server does not accept this address (code %(code)s).") % {"code": code}
            ) from error
        raise TryLater(
            _("The mail server does not take mail for this address now (code %(code)s).") % {"code": code}
        ) from error
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            raise Refused(
                _("The mail server refused the message (code %(code)s).") % {"code": error.smtp_code}
            ) from error
        raise TryLater(
            _("The mail server did not take the message (code %(code)s).") % {"code": error.smtp_code}
        ) from error
    except (BadHeaderError, UnicodeError) as error:
        raise Refused(_("The address or the subject cannot be written in a mail.")) from error
    except (smtplib.SMTPException, OSError) as error:
        # Wrong credentials or sender are the installation's fault, not the message's: it waits until they are mended.
        raise TryLater(_("The mail server cannot be used: %(kind)s.") % {"kind": type(error).__name__}) from error
    return message_id(message)


def attachments_of(message: OutgoingMessage, now: datetime) -> list[Attachment]:
    """The files that go with a message; none with a text message."""
    if message.channel != Channel.EMAIL:
        return []
    return [file for files in hooks.attachments.call(message=message, now=now) for file in files]


def _part(file: Attachment) -> MIMEBase:
    part = MIMEBase(file.maintype, file.subtype, **dict(file.parameters))
    part.set_payload(file.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


def _hand_over(mail: EmailMultiAlternatives, message: OutgoingMessage) -> None:
    server = get_connection()
    server.open()
    try:
        # On a connection opened before, this ends with the server's "250"; the farewell would cost time.
        server.send_messages([mail])
        notes.write(message, message_id(message))
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.close()


# How long a gateway may take to answer, in seconds.
SMS_TIMEOUT = 10
# What it says when it will never take this message: wrong number, wrong content.
SMS_NEVER = {400, 404, 406, 410, 413, 415, 422}


def sms_gateway(message: OutgoingMessage, now: datetime) -> str:
    """By the HTTP gateway of the settings: one POST of JSON, answered with the gateway's "id" of the message.

    The same Idempotency-Key however often this message is tried: a gateway drops the second by it.
    """
    try:
        answer = requests.post(
            settings.SMS_URL,
            json={
                "from": settings.SMS_SENDER,
                "to": message.to,
                "text": message.text,
                "reference": str(message.pk),
            },
            headers={"Authorization": f"Bearer {settings.SMS_TOKEN}", "Idempotency-Key": str(message.pk)},
            timeout=SMS_TIMEOUT,
            # The token and the number are for this address alone.
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise TryLater(_("The SMS gateway cannot be reached: %(kind)s.") % {"kind": type(error).__name__}) from error
    code = answer.status_code
    if code in SMS_NEVER:
        raise Refused(_("The SMS gateway does not accept this number (code %(code)s).") % {"code": code})
    if not answer.ok or code >= 300:
        raise TryLater(_("The SMS gateway does not take messages now (code %(code)s).") % {"code": code})
    reference = _gateway_id(answer) or str(message.pk)
    notes.write(message, reference)
    return reference


def _gateway_id(answer) -> str:
    """The gateway's own id of a message it took; "" where it gives none."""
    try:
        said = answer.json()
    except ValueError:
        return ""
    return str(said.get("id") or "")[:200] if isinstance(said, dict) else ""


def page(message: OutgoingMessage, now: datetime) -> str:
    """To the demo's mailbox page, in the sender's own transaction: exactly once by construction."""
    MailboxMessage.objects.create(message=message, arrived_at=now)
    return f"page-{message.pk}"


def none(message: OutgoingMessage, now: datetime) -> str:
    """For a channel this installation has no provider for."""
    raise Refused(
        _("This installation has no provider for the channel “%(channel)s”.")
        % {"channel": message.get_channel_display()}
    )
