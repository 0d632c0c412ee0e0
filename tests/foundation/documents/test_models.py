"""What the tables of documents and signing refuse, and which assurance is enough."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.documents.enums import Assurance
from foundation.documents.models import PaperKind, SignatureRequest, Signer
from foundation.documents.workflow import suffices
from tests import factories as f
from tests.foundation.refusals import assert_refused, constraints_of

SOMETHING, SOMEBODY = str(uuid.uuid4()), uuid.uuid4()


def request(**fields):
    def make():
        kind = PaperKind.objects.first() or f.PaperKindFactory()
        f.SignatureRequestFactory(kind=kind, on_id=SOMETHING, **fields)

    return make


def signer(**fields):
    return lambda: f.SignerFactory(request=SignatureRequest.objects.first() or f.SignatureRequestFactory(), **fields)


def link(**fields):
    return lambda: f.SigningLinkFactory(signer=Signer.objects.first() or f.SignerFactory(), **fields)


def over(**fields):
    """Fields with the present moment where True stands."""
    return {name: timezone.now() if value is True else value for name, value in fields.items()}


REFUSED = {
    "document_number_once_a_year": [
        lambda: f.DocumentFactory(year=2026, number=7),
        lambda: f.DocumentFactory(year=2027, number=7),
        lambda: f.DocumentFactory(year=2026, number=7),
    ],
    "paper_for_minors_is_never_by_link_alone": [
        lambda: f.PaperKindFactory(minors_only=False, least_assurance=Assurance.LINK),
        lambda: f.PaperKindFactory(minors_only=True, least_assurance=Assurance.LINK),
    ],
    "paper_that_binds_is_never_by_link_alone": [
        lambda: f.PaperKindFactory(binds=False, least_assurance=Assurance.LINK),
        lambda: f.PaperKindFactory(binds=True, least_assurance=Assurance.LINK),
    ],
    "paper_can_be_signed_for_a_day": [lambda: f.PaperKindFactory(valid_days=0)],
    "signature_asked_once": [
        request(state="refused", closed_at=timezone.now()),
        request(),
        request(),
    ],
    "signature_closed_has_its_time": [request(state="cancelled")],
    "signature_ends_after_it_is_asked": [request(ends_at=timezone.now() - timedelta(days=1))],
    "signer_once_a_request": [signer(party=None), signer(party=None), signer(party=SOMEBODY), signer(party=SOMEBODY)],
    "signer_acted_has_its_time": [signer(signed=True), signer(signed=True, acted_at=None)],
    "signer_signed_a_wording": [signer(signed=True, wording_sha256="")],
    "signer_refuses_with_a_reason": [
        lambda: signer(state="refused", acted_at=timezone.now(), reason="Not without her father")(),
        lambda: signer(state="refused", acted_at=timezone.now())(),
    ],
    "signer_checked_was_checked": [
        signer(signed=True, identity_checked=False, assurance=Assurance.EID),
        signer(signed=True, identity_checked=False, assurance=Assurance.CHECKED),
    ],
    "signing_link_one_alive": [
        lambda: link(replaced_at=timezone.now())(),
        lambda: link(used_at=timezone.now())(),
        link(),
        link(),
    ],
    "signing_link_ends_after_it_is_made": [link(ends_at=timezone.now() - timedelta(days=1))],
    "signing_link_code_has_its_time": [link(code_digest="0" * 64)],
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(db, name):
    assert_refused(name, *REFUSED[name])


def test_each_constraint_is_tried():
    assert constraints_of("documents") == set(REFUSED)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "waiting", "assurance": Assurance.LINK},
        {"state": "waiting", "acted_at": True},
        {"state": "signed", "acted_at": True, "wording_sha256": "0" * 64},
        {"state": "refused", "acted_at": True, "assurance": Assurance.EID, "reason": "No"},
        {"state": "refused", "reason": "No"},
        {"state": "cancelled", "acted_at": True},
    ],
)
def test_nothing_but_a_signature_has_an_assurance(db, fields):
    assert_refused("signer_acted_has_its_time", signer(**over(**fields)))


L, C, E, D, P = Assurance
ENOUGH = {
    L: {L, C, E, D, P},
    C: {C, E, D, P},
    E: {E, D, P},
    D: {D, P},
    P: {P},
}


@pytest.mark.parametrize("least", Assurance)
@pytest.mark.parametrize("reached", Assurance)
def test_which_assurance_is_enough(reached, least):
    assert suffices(reached, least) is (reached in ENOUGH[least])
