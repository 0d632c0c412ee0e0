"""What stands in the header and the footer: rooms register it, nothing here names a room.

In the `ready()` of a room's AppConfig::

    navigation.register("operator", _("Reception"), "intake:reception-list")
    navigation.place("search", "pathways:opportunity-list")

The roles of a user are those in `user.roles`; the room that knows who is who may say it better, once::

    navigation.roles_from(lambda user: user.roles or {"young_person"})
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from migwork import icons
from migwork.markup import escaped

EVERYONE = "everyone"
ANONYMOUS = "anonymous"

# The fixed spots of the layout that a room may fill with one of its pages.
PLACES = (
    "home",
    "search",
    "sign_in",
    "sign_up",
    "sign_out",
    "language",
    "account",
    "privacy",
    "accessibility",
    "feedback",
    "check",
    "demo",
)


@dataclass(frozen=True)
class Entry:
    role: str
    label: str
    url_name: str
    order: int


_entries: list[Entry] = []
# Libraries' pages, no room's.
_places = {
    "sign_in": "account_login",
    "sign_up": "account_signup",
    "sign_out": "account_logout",
    "language": "set_language",
}
_roles: list[Callable[[object], Iterable[str]]] = []


def register(role: str, label: str, url_name: str, *, order: int = 50) -> None:
    """Put a page into the menu of a role (or of EVERYONE, or of ANONYMOUS). Twice is the same as once."""
    entry = Entry(role, label, url_name, order)
    if not any((e.role, e.url_name) == (role, url_name) for e in _entries):
        _entries.append(entry)
        _entries.sort(key=lambda e: e.order)
        _forget()


def place(name: str, url_name: str) -> None:
    """Say which page fills a fixed spot of the layout."""
    if name not in PLACES:
        raise ValueError(f"unknown place {name!r}: one of {', '.join(PLACES)}")
    _places[name] = url_name
    _forget()


def roles_from(function: Callable[[object], Iterable[str]]) -> None:
    """Say how the roles of a signed-in user are found (cheaply: it is asked on every page)."""
    _roles[:] = [function]


def roles_of(user) -> frozenset[str]:
    if not user.is_authenticated:
        return frozenset({EVERYONE, ANONYMOUS})
    return frozenset({EVERYONE, *(_roles[0](user) if _roles else getattr(user, "roles", ()))})


@cache
def _path(url_name: str, urlconf) -> str:
    try:
        return reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:
        return ""


def path(url_name: str) -> str:
    """The path of a page without arguments, or "" when this installation has no such page."""
    return _path(url_name, get_urlconf())


@cache
def _paths_of_places(urlconf) -> dict[str, str]:
    return {name: _path(_places[name], urlconf) if name in _places else "" for name in PLACES}


def places() -> dict[str, str]:
    """The path of each fixed spot, "" where nothing fills it."""
    return _paths_of_places(get_urlconf())


@cache
def _entries_for(roles: frozenset[str], urlconf) -> tuple[tuple[str, str], ...]:
    found = {}
    for entry in _entries:
        if entry.role in roles and (url := _path(entry.url_name, urlconf)):
            found.setdefault(url, entry.label)
    return tuple((label, url) for url, label in found.items())


def _nearest(entries, current: str) -> str:
    """The entry which the page `current` is or below which it lies, "" for none."""
    below = [url for _, url in entries if current == url or (url != "/" and current.startswith(url))]
    return max(below, key=len, default="")


def menu(user, current: str) -> list[dict]:
    """The menu of this user: label, url, and whether the current page is it or lies below it."""
    entries = _entries_for(roles_of(user), get_urlconf())
    nearest = _nearest(entries, current)
    return [{"label": label, "url": url, "current": url == nearest} for label, url in entries]


def drawn_menu(user, current: str) -> SafeString:
    """The menu in the header of the page `current`; nothing for whom there is none."""
    entries = _entries_for(roles_of(user), get_urlconf())
    nearest = _nearest(entries, current)
    mark = "page" if nearest == current else "true"
    return _drawn(roles_of(user), nearest, mark, get_language(), get_urlconf()) if entries else SafeString("")


@cache
def _drawn(roles: frozenset[str], nearest: str, mark: str, language, urlconf) -> SafeString:
    title, name = escaped(gettext("Menu")), escaped(gettext("Main menu"))
    marks = {nearest: f' aria-current="{mark}"'}
    links = "".join(
        f'<li><a href="{escaped(url)}"{marks.get(url, "")}>{escaped(label)}</a></li>'
        for label, url in _entries_for(roles, urlconf)
    )
    return SafeString(
        f'<details class="menu"><summary>{icons.icon("menu")}{title}</summary>'
        f'<nav aria-label="{name}"><ul class="nav-list">{links}</ul></nav></details>'
    )


def _forget() -> None:
    for kept in (_paths_of_places, _entries_for, _drawn):
        kept.cache_clear()
