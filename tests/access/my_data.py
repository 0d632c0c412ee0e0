"""What people see, ask and choose about their data."""

from tests.access import SIGN_IN, Row


def request(world):
    return {"pk": world.privacy_request.pk}


def person(world):
    return {"pk": world.young_person.pk}


def copy(world):
    return {"pk": world.data_copy.pk}


def page(name, **kwargs):
    """A page of each young person about themselves; staff have none."""
    return Row(f"accounts:{name}", everyone=403, young=200, **kwargs)


ROWS = [
    page("my-data"),
    page("my-openings"),
    page("my-sharing"),
    page("my-consents"),
    page("my-preferences"),
    page("my-copy"),
    page("request-list"),
    Row("accounts:request-create", lambda world: {"kind": "correzione"}, everyone=403, young=200),
    # Posted without data: which partner, which purpose is not said.
    Row("accounts:my-sharing", methods=["POST"], everyone=403, young=404),
    Row("accounts:my-consents", methods=["POST"], everyone=403, young=404),
    Row("accounts:my-preferences", methods=["POST"], everyone=403, young=200),
    Row("accounts:my-copy", methods=["POST"], everyone=403, young=302),
    Row("accounts:notice-read", methods=["POST"], everyone=403, young=302),
    Row("accounts:sign-in-again", methods=["POST"], everyone=403, young=SIGN_IN),
    Row("accounts:limitation-lift", methods=["POST"], everyone=403, young=302),
    Row(
        "accounts:request-create",
        lambda world: {"kind": "correzione"},
        methods=["POST"],
        everyone=403,
        young=200,
    ),
    Row("accounts:request-take-back", request, methods=["POST"], everyone=403, young=302, other_young=404),
    Row("accounts:copy-pdf", copy, methods=["POST"], everyone=403, young=200, other_young=404),
    Row("accounts:copy-json", copy, methods=["POST"], everyone=403, young=200, other_young=404),
    # The privacy officer alone: an administrator does not pass.
    Row("accounts:privacy-request-list", everyone=403, privacy_officer=200),
    Row("accounts:faults-settle", methods=["POST"], everyone=403, privacy_officer=302),
    Row("accounts:retention", everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-find", everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-find", methods=["POST"], everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-enter", person, everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-enter", person, methods=["POST"], everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-detail", request, everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-detail", request, methods=["POST"], everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-extend", request, everyone=403, privacy_officer=405),
    Row("accounts:privacy-request-extend", request, methods=["POST"], everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-erase", request, everyone=403, privacy_officer=200),
    Row("accounts:privacy-request-erase", request, methods=["POST"], everyone=403, privacy_officer=200),
    Row("accounts:privacy-limitation-lift", request, methods=["POST"], everyone=403, privacy_officer=302),
    Row(
        "accounts:person-messages",
        lambda world: {"pk": world.young_person.pk},
        everyone=403,
        operator=200,
        administrator=200,
    ),
]
