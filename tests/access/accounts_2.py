from tests.access import Row


def eidentity(world):
    return {"pk": world.eidentity.pk}


def person(world):
    return {"pk": world.young_person.pk}


def my_paper(world):
    return {"paper": world.paper.pk}


def paper(world):
    return {"pk": world.young_person.pk, "paper": world.paper.pk}


ROWS = [
    # How one signs in oneself; of others nothing is found.
    Row("accounts:sign-in-ways", everyone=200),
    Row("accounts:unlink-eid", eidentity, everyone=404, young=405, other_young=404),
    Row("accounts:unlink-eid", eidentity, methods=["POST"], everyone=404, young=302, other_young=404),
    # Papers: one's own, and those of anybody before an operator.
    Row("accounts:my-papers", methods=["GET", "POST"], everyone=403, young=200),
    Row("accounts:my-paper-edit", my_paper, methods=["GET", "POST"], everyone=403, young=200, other_young=404),
    Row("accounts:my-paper-remove", my_paper, methods=["POST"], everyone=403, young=302, other_young=404),
    Row("accounts:papers", person, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:paper-edit", paper, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:paper-check", paper, methods=["POST"], everyone=403, operator=302, administrator=302),
    Row("accounts:paper-remove", paper, methods=["POST"], everyone=403, operator=302, administrator=302),
]
