"""Addresses of pages that open without signing in: the address is the key."""

from migwork.links import absolute_url
from migwork.signed import SignedKey

HOST_PART = SignedKey("internships.host-part")
APPLICATION = SignedKey("internships.application")


def host_page(project) -> str:
    """The host's page of a training project; of an older key it opens nothing."""
    return absolute_url("internships:host-part", HOST_PART.token(project.host_key))


def application_page(link) -> str:
    """Where a host's tutor reads and answers one application."""
    return absolute_url("internships:host-application", APPLICATION.token(link.pk))
