"""What a young person asked about their data."""

from tests import factories


def make(*, young_person) -> dict:
    return {
        "privacy_request": factories.PrivacyRequestFactory(person=young_person),
        "data_copy": factories.DataCopyFactory(person=young_person, ready=True),
    }
