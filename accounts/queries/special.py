"""For which rules something protected may be asked of somebody."""

from accounts import hooks
from accounts.models import SpecialRule


def special_rules_for(person) -> list[SpecialRule]:
    """The rules in force whose purpose holds of this person now; without one no rule is even looked for."""
    purposes = set().union(*hooks.special_purposes.call(person=person))
    return list(SpecialRule.objects.filter(is_active=True, purpose__in=purposes)) if purposes else []
