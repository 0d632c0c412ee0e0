from tests.access import Row


def person(world):
    return {"pk": world.young_person.pk}


# The case team alone: not even administrators, whose GET and POST end at the door.
ROWS = [
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
