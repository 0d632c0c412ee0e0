"""What the access table's world holds of protected notes."""

from tests import factories


def make(*, young_person) -> dict:
    return {"special_note": factories.SpecialCategoryFactory(person=young_person)}
