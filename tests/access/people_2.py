"""What the table needs of papers, SPID and CIE."""

from tests import factories


def make(*, young_person) -> dict:
    return {
        "eidentity": factories.EIdentityFactory(user=young_person.user),
        "paper": factories.IdentityPaperFactory(person=young_person),
    }
