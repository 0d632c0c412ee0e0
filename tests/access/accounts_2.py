from tests.access import Row


def eidentity(world):
    return {"pk": world.eidentity.pk}


ROWS = [
    # How one signs in oneself; of others nothing is found.
    Row("accounts:sign-in-ways", everyone=200),
    Row("accounts:unlink-eid", eidentity, everyone=404, young=405, other_young=404),
    Row("accounts:unlink-eid", eidentity, methods=["POST"], everyone=404, young=302, other_young=404),
]
