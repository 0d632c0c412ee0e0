"""What this room's fields are, for the register. Figures name nobody; suppliers may be people."""

from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, classify

# By law, with the accounts: no young person's data, so that nobody's erasure touches them.
ACCOUNTS = Field(FieldKind.ORDINARY, Basis.LAW, "accounting", Erase.KEEP)


def classify_fields():
    classify(
        "reporting.Expense",
        line=PUBLIC,
        supplier=ACCOUNTS,
        supplier_key=ACCOUNTS,
        document_number=ACCOUNTS,
        document_date=ACCOUNTS,
        description=ACCOUNTS,
        amount=ACCOUNTS,
        paid_on=ACCOUNTS,
        entered_at=TECHNICAL,
        entered_by=STAFF,
    )
    classify("reporting.Figures", edition=TECHNICAL, counted_at=TECHNICAL, data=PUBLIC)
    classify(
        "reporting.Report",
        edition=PUBLIC,
        from_day=PUBLIC,
        to_day=PUBLIC,
        language=TECHNICAL,
        state=TECHNICAL,
        progress=TECHNICAL,
        attempts=TECHNICAL,
        frozen=PUBLIC,
        error=TECHNICAL,
        document=TECHNICAL,
        asked_at=TECHNICAL,
        asked_by=STAFF,
        ready_at=TECHNICAL,
    )
