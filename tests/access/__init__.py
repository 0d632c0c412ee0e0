"""Every URL of the portal × every role: what each person gets.

Each room lists its addresses in tests/access/<room>.py, accounts by subject in several files:

    from tests.access import SIGN_IN, Row

    ROWS = [
        # One line a page: the address, what fills it from the world, and who gets which status.
        Row(
            "intake:person-file",
            lambda world: {"pk": world.participation.pk},
            everyone=404,                  # whoever is not named below
            operator=200, partner=200, other_partner=404, coordinator=200, administrator=200,
        ),
        # Posted without data: the form comes again (200), or says no (400, 403, 404, 405).
        Row("intake:plan-propose", lambda world: {"pk": world.plan.pk}, methods=["POST"], everyone=403, operator=302),
        Row("pathways:opportunity-list", everyone=200, anonymous=200),
    ]

A status is a number, a tuple of numbers (any of them), or SIGN_IN: sent to the
sign-in page, which is what `anonymous` gets unless the row says otherwise.

- `young` owns what the world holds; `other_young` is a stranger to it (as `young` unless said).
- `partner` is staff of the partner to whom the person is referred; `partner_admin` its
  administrator; `other_partner` staff and administrator of another one (both as `partner` unless said).
- `administrator` is a superuser.
- `privacy_officer` answers requests about people's data for the City.
- `representative` signs for a minor and `host_by_link` for a host: both by a link, without an account (as `anonymous`
  unless said).

`world` (tests/access/world.py) holds one of everything that has an address. Rooms add to it what
they need. The table fails for an address without a row, for a view that takes POST
without a POST row, and for a row whose address is gone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

SIGN_IN = "sign-in"
# Fixture of each person → the row's columns from which their status is taken, the first that is filled.
PEOPLE = {
    "anonymous": ("anonymous",),
    "young_person": ("young", "everyone"),
    "other_young_person": ("other_young", "young", "everyone"),
    "operator": ("operator", "everyone"),
    "partner_staff": ("partner", "everyone"),
    "partner_admin": ("partner_admin", "partner", "everyone"),
    "other_partner_staff": ("other_partner", "partner", "everyone"),
    "other_partner_admin": ("other_partner", "partner_admin", "partner", "everyone"),
    "coordinator": ("coordinator", "everyone"),
    "evaluator": ("evaluator", "everyone"),
    "administrator": ("administrator", "everyone"),
    "privacy_officer": ("privacy_officer", "everyone"),
    "representative": ("representative", "anonymous"),
    "host_by_link": ("host_by_link", "anonymous"),
}
# They hold a link, or nothing: there is no account to sign in with.
WITHOUT_ACCOUNT = {"anonymous", "representative", "host_by_link"}
Status = int | str | tuple | None


@dataclass(frozen=True)
class Row:
    """What each person gets at one address."""

    name: str
    kwargs: Callable = field(default=lambda world: {})
    methods: list = field(default_factory=lambda: ["GET"], kw_only=True)
    query: str = field(default="", kw_only=True)
    everyone: Status = field(default=None, kw_only=True)
    anonymous: Status = field(default=SIGN_IN, kw_only=True)
    young: Status = field(default=None, kw_only=True)
    other_young: Status = field(default=None, kw_only=True)
    operator: Status = field(default=None, kw_only=True)
    partner: Status = field(default=None, kw_only=True)
    partner_admin: Status = field(default=None, kw_only=True)
    other_partner: Status = field(default=None, kw_only=True)
    coordinator: Status = field(default=None, kw_only=True)
    evaluator: Status = field(default=None, kw_only=True)
    administrator: Status = field(default=None, kw_only=True)
    privacy_officer: Status = field(default=None, kw_only=True)
    representative: Status = field(default=None, kw_only=True)
    host_by_link: Status = field(default=None, kw_only=True)

    def __post_init__(self):
        unsaid = [person for person in PEOPLE if self.status(person) is None]
        if unsaid:
            raise TypeError(f"The row of {self.name} says nothing of {', '.join(unsaid)}")

    def __str__(self):
        return f"{'+'.join(self.methods)} {self.name}{self.query}"

    def status(self, person: str) -> Status:
        return next((s for column in PEOPLE[person] if (s := getattr(self, column)) is not None), None)
