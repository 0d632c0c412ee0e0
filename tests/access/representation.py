"""Who signs for a minor, and what they consent to."""

from tests.access import Row


def person(world):
    return {"pk": world.young_person.pk}


def representation(world):
    return {"pk": world.representation.pk}


def consent(world):
    return {"pk": world.young_person.pk, "code": world.purpose.code}


def signer(world):
    return {"pk": world.signer.pk}


ROWS = [
    Row("accounts:my-representatives", methods=["GET", "POST"], everyone=403, young=200),
    Row(
        "accounts:my-consent-ask", lambda world: {"code": world.purpose.code}, methods=["POST"], everyone=403, young=302
    ),
    Row(
        "accounts:my-consent-confirm",
        lambda world: {"pk": world.consent_to_confirm.pk},
        methods=["POST"],
        everyone=403,
        young=302,
        other_young=404,
    ),
    Row("accounts:representatives", person, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:consent-ask", consent, methods=["POST"], everyone=403, operator=302, administrator=302),
    Row("accounts:person-correct", person, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:safe-contact", person, everyone=403, operator=200, administrator=200),
    Row("accounts:safe-contact", person, methods=["POST"], everyone=403, operator=302, administrator=302),
    Row(
        "accounts:representative-check",
        representation,
        methods=["GET", "POST"],
        everyone=403,
        operator=200,
        administrator=200,
    ),
    Row(
        "accounts:representative-end",
        representation,
        methods=["GET", "POST"],
        everyone=403,
        operator=200,
        administrator=200,
    ),
    # Again: the person, operators, and the partner to whom the person is referred.
    Row(
        "accounts:signing-send",
        signer,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=302,
        other_partner=404,
        administrator=302,
    ),
    Row(
        "accounts:signing-paper",
        signer,
        methods=["GET", "POST"],
        everyone=404,
        young=403,
        other_young=404,
        operator=200,
        partner=403,
        other_partner=404,
        administrator=200,
    ),
    Row(
        "accounts:signing-letter",
        signer,
        methods=["POST"],
        everyone=404,
        young=403,
        other_young=404,
        operator=200,
        partner=403,
        other_partner=404,
        administrator=200,
    ),
]
