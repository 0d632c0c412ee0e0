"""What SPID and CIE say of somebody, checked; and kept in the session between two pages, nowhere else."""

import time
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import fiscal_code
from accounts.enums import EidProvider
from migwork.text import one_line

SESSION_KEY = "accounts_eid"
# How long what SPID said waits for somebody to go on.
SESSION_SECONDS = 3600
FISCAL_NUMBER = "https://attributes.eid.gov.it/fiscal_number"
# Levels of assurance by their names in SPID, CIE and eIDAS. What is not among them is no level.
LEVELS = {
    "https://www.spid.gov.it/SpidL1": 1,
    "https://www.spid.gov.it/SpidL2": 2,
    "https://www.spid.gov.it/SpidL3": 3,
    "http://eidas.europa.eu/LoA/low": 1,
    "http://eidas.europa.eu/LoA/substantial": 2,
    "http://eidas.europa.eu/LoA/high": 3,
}


class Refused(Exception):
    """What the gateway sent is not enough to let somebody in. `code` for the log, `sentence` for the person."""

    def __init__(self, code, sentence):
        super().__init__(code)
        self.code, self.sentence = code, sentence


TOO_LOW = _("You came in with a level that is too low. Choose the one with a code on your phone (level 2), or CIE.")
INCOMPLETE = _("Your provider did not tell us who you are. Try again, and allow it to pass on the data that it shows.")


@dataclass(frozen=True)
class Claims:
    """Who somebody is, as a public identity says it."""

    provider: str
    subject: str
    level: str
    fiscal_code: str
    first_name: str
    last_name: str
    birth_date: date
    email: str = ""

    @property
    def provider_name(self) -> str:
        return EidProvider(self.provider).label

    @property
    def said_by_code(self) -> dict:
        """Sex and place of birth, which stand in the code."""
        said = fiscal_code.fills(self.fiscal_code, timezone.localdate())
        return {name: said.get(name, "") for name in ("gender", "birth_place")}

    def as_state(self) -> dict:
        """For a session."""
        return {**asdict(self), "birth_date": self.birth_date.isoformat()}

    @classmethod
    def from_state(cls, state: dict) -> "Claims":
        return cls(**{**state, "birth_date": date.fromisoformat(state["birth_date"])})


def signing_token(next_url: str | None) -> str | None:
    """The token of the link by which somebody signs, if it is to sign that they show who they are."""
    try:
        match = resolve(urlsplit(next_url or "").path)
    except (Resolver404, ValueError):
        return None
    return match.kwargs["token"] if match.view_name == "documents:sign-eid" else None


def is_offered() -> bool:
    """Whether there is any door by SPID or CIE."""
    return any(eid["url"] for eid in settings.EID.values())


def claims_of(provider: str, data: dict) -> Claims:
    """The claims in what the gateway sent: {"userinfo": …, "id_token": …}, the token's signature and times checked."""
    info, token = data.get("userinfo") or {}, data.get("id_token") or {}
    # A token without an end has none that could have been checked.
    if not info or "exp" not in token or token.get("sub") != info.get("sub"):
        raise Refused("subject", INCOMPLETE)
    level = str(token.get("acr", ""))
    if LEVELS.get(level, 0) < LEVELS[settings.EID[provider]["acr"]]:
        raise Refused("level", TOO_LOW)
    code = fiscal_code.cleaned(str(info.get(FISCAL_NUMBER) or "").removeprefix("TINIT-"))
    names = [one_line(str(info.get(name) or "")) for name in ("given_name", "family_name")]
    try:
        fiscal_code.check(code)
        born = date.fromisoformat(str(info.get("birthdate") or ""))
    except (ValidationError, ValueError) as error:
        raise Refused("attributes", INCOMPLETE) from error
    subject = str(token["sub"])
    if not all(names) or max(map(len, [*names, subject])) > 200 or not 1900 <= born.year <= timezone.localdate().year:
        raise Refused("attributes", INCOMPLETE)
    return Claims(
        provider=provider,
        subject=subject,
        level=level,
        fiscal_code=code,
        first_name=names[0],
        last_name=names[1],
        birth_date=born,
        email=str(info.get("email") or "").strip().lower()[:254],
    )


def keep(request, claims: Claims, next_url: str = "") -> None:
    """Until one goes on: an hour at most."""
    request.session[SESSION_KEY] = {"claims": claims.as_state(), "at": time.time(), "next": next_url}
    request.session.set_expiry(SESSION_SECONDS)


def kept(request) -> tuple[Claims, str] | None:
    """What is kept, and where one wanted to go."""
    state = request.session.get(SESSION_KEY)
    if not state or time.time() - state["at"] > SESSION_SECONDS:
        return None
    return Claims.from_state(state["claims"]), state["next"]


def forget(request) -> None:
    if request.session.pop(SESSION_KEY, None):
        request.session.set_expiry(None)


def forget_at_sign_in(sender, request, **kwargs) -> None:
    """Whoever signs in leaves what SPID said behind."""
    if request is not None:
        forget(request)
