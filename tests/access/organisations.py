"""Organisations and their members."""

from tests.access import Row


def organisation(world):
    return {"pk": world.partner.pk}


def member(world):
    return {"pk": world.partner.pk, "who": world.partner_staff.pk}


def key_reset(world):
    return {**member(world), "verb": "reset-keys"}


# A partner's administrator has their own organisation here; another's does not find it.
OWN = {"everyone": 403, "partner_admin": 200, "other_partner": (403, 404), "administrator": 200}
ROWS = [
    Row("accounts:organisation-list", everyone=403, partner_admin=200, other_partner=(403, 200), administrator=200),
    Row("accounts:organisation-create", methods=["GET", "POST"], everyone=403, administrator=200),
    Row("accounts:organisation", organisation, **OWN),
    Row("accounts:invitation-create", organisation, methods=["GET", "POST"], **OWN),
    Row(
        "accounts:invitation-cancel",
        lambda world: {**organisation(world), "invitation": world.invitation.pk},
        methods=["POST"],
        **{**OWN, "partner_admin": 302, "administrator": 302},
    ),
    Row("accounts:member", member, **OWN),
    # Posted without saying what to do.
    Row("accounts:member-change", member, methods=["POST"], **{**OWN, "partner_admin": 404, "administrator": 404}),
    Row("accounts:member-confirm", key_reset, **OWN),
    Row(
        "accounts:member-confirm",
        key_reset,
        methods=["POST"],
        **{**OWN, "partner_admin": 302, "administrator": 302},
    ),
    Row("accounts:member-leave", member, methods=["GET", "POST"], **OWN),
]
