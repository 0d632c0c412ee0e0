"""One’s own account and the ways in."""

from tests.access import Row


def eidentity(world):
    return {"pk": world.eidentity.pk}


ROWS = [
    # Everybody sees their own account; only a young person has data to correct here.
    Row("accounts:profile", everyone=200),
    Row("accounts:profile", methods=["POST"], everyone=403, young=200),
    # How one signs in oneself; of others nothing is found.
    Row("accounts:sign-in-ways", everyone=200),
    Row("accounts:unlink-eid", eidentity, everyone=404, young=405, other_young=404),
    Row("accounts:unlink-eid", eidentity, methods=["POST"], everyone=404, young=302, other_young=404),
]
