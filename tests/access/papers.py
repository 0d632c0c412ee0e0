"""Identity papers, and the protected notes beside them."""

from tests.access import Row


def person(world):
    return {"pk": world.young_person.pk}


def my_paper(world):
    return {"paper": world.paper.pk}


def paper(world):
    return {"pk": world.young_person.pk, "paper": world.paper.pk}


ROWS = [
    # Papers: one's own, and those of anybody before an operator.
    Row("accounts:my-papers", methods=["GET", "POST"], everyone=403, young=200),
    Row("accounts:my-paper-edit", my_paper, methods=["GET", "POST"], everyone=403, young=200, other_young=404),
    Row("accounts:my-paper-remove", my_paper, methods=["POST"], everyone=403, young=302, other_young=404),
    Row("accounts:papers", person, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:paper-edit", paper, methods=["GET", "POST"], everyone=403, operator=200, administrator=200),
    Row("accounts:paper-check", paper, methods=["POST"], everyone=403, operator=302, administrator=302),
    Row("accounts:paper-remove", paper, methods=["POST"], everyone=403, operator=302, administrator=302),
    # Protected notes: the case team alone, not even administrators, whose GET and POST end at the door.
    Row("accounts:special-notes", person, methods=["GET", "POST"], everyone=403, operator=200),
    Row("accounts:special-add", person, methods=["GET", "POST"], everyone=403, operator=200),
    Row(
        "accounts:special-remove",
        lambda world: {"pk": world.special_note.pk},
        methods=["POST"],
        everyone=403,
        operator=302,
    ),
]
