"""Every write about documents: making them, and having them signed."""

from foundation.documents.actions.again import channel_of, send_again, send_again_by_link
from foundation.documents.actions.documents import make_document, withdraw_document
from foundation.documents.actions.signing import (
    SignerData,
    ask,
    cancel,
    check_code,
    expire,
    know_signer,
    load_papers,
    refuse,
    remind,
    send_code,
    send_link,
    sign,
    sign_on_paper,
    stop_links,
    withdraw,
)

__all__ = [
    "SignerData",
    "ask",
    "cancel",
    "channel_of",
    "check_code",
    "expire",
    "know_signer",
    "load_papers",
    "make_document",
    "refuse",
    "remind",
    "send_again",
    "send_again_by_link",
    "send_code",
    "send_link",
    "sign",
    "sign_on_paper",
    "stop_links",
    "withdraw",
    "withdraw_document",
]
