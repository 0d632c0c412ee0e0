"""How the desk's events read, what its fields are for the register, and what it holds about a person."""

from intake.privacy import agenda, participations, plans, referrals, talks
from intake.privacy.holdings import anonymise, days_that_count, holdings
from intake.privacy.sentences import SENTENCES

__all__ = ["SENTENCES", "anonymise", "classify_fields", "days_that_count", "holdings"]


def classify_fields():
    for subject in (participations, agenda, talks, plans, referrals):
        subject.classify_fields()
