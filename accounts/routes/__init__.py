"""The addresses of this room, one module for each group of pages.

Each module has `urlpatterns`. Those of modules named `entry_…` stand below /account/, under the
names that allauth knows them by; all others have the namespace `accounts` and say their whole path.
"""

from importlib import import_module
from pkgutil import iter_modules


def patterns(*, entry: bool) -> list:
    """The addresses of all modules of the one kind, by the names of the modules."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name.startswith("entry_") is entry)
    return [pattern for name in names for pattern in import_module(f"{__name__}.{name}").urlpatterns]
