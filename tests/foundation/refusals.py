"""What a database constraint refuses, and that it says so in words."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from migwork.db import sentence_of


def constraints_of(label: str) -> set[str]:
    """The names of all constraints of the room `label` that a model declares."""
    return {c.name for model in apps.get_app_config(label).get_models() for c in model._meta.constraints}


def assert_refused(name: str, *steps) -> None:
    """That the last of `steps` breaks the constraint `name`, whose sentence is its own and in Italian."""
    *before, last = steps
    for step in before:
        step()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        last()
    assert refused.value.__cause__.diag.constraint_name == name
    constraint = next(c for model in apps.get_models() for c in model._meta.constraints if c.name == name)
    assert constraint.violation_error_message != constraint.default_violation_error_message
    assert sentence_of(refused.value) == str(constraint.violation_error_message)
