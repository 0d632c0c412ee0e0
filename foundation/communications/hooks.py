"""Where later rooms join in what is sent."""

from dataclasses import dataclass

from migwork.hooks import Hook


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; `parameters` are those of its content type."""

    name: str
    content: bytes
    maintype: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()


attachments = Hook(
    """attachments(message, now): the files that go with a mail, a list of Attachment.

    Called when the mail leaves: `message.cause` names what it tells of. Files are made anew for each try and kept
    nowhere, so that they say what is true at that moment and nothing is left behind.
    """
)
