from tests.access import Row

STAFF = {"everyone": 403, "operator": 200, "partner": 200, "coordinator": 200, "administrator": 200}
PARTNERS = {"everyone": 403, "partner": 302, "administrator": 302}


def file(world):
    return {"kind": "csv"}


ROWS = [
    Row("internships:board", query="?elenco=1", **STAFF),
    Row("internships:board", query="?serve=late", **STAFF),
    Row("internships:board-file", file, **STAFF),
    # Nobody is chosen: back to the board. What comes of others' keys: tests/internships/test_together.py.
    Row("internships:together", methods=["GET", "POST"], **PARTNERS),
    Row("internships:together-done", **PARTNERS),
    Row("internships:tutor-loads", **STAFF),
    Row("internships:tutor-loads", query="?di=aziende", **STAFF),
]
