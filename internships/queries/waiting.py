"""Who waits for an internship."""

from functools import lru_cache

from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from intake.workflow import OPEN_STATES as OPEN_PARTICIPATIONS
from migwork.db import with_values
from migwork.links import link_to

WAITING = 20

# The promoter of an internship is who was asked for it: with it the index tells who is served. Who is not is found
# before anything else is read, whatever the planner thinks: nearly all are. The limit has the rest read one by one.
_WAITING = """
    WITH waiting AS MATERIALIZED (
        SELECT id, participation_id, plan_action_id, answered_at
        FROM intake_referral AS referral
        WHERE purpose = 'internship' AND state = 'accepted' AND (%(all)s OR organisation_id = ANY(%(mine)s))
            AND NOT EXISTS (
                SELECT FROM internships_internship AS served
                WHERE referral_id = referral.id AND promoter_id = organisation_id AND served.state <> 'cancelled'
                    AND (%(all)s OR promoter_id = ANY(%(mine)s))
            )
    )
    SELECT waiting.id, first_name, last_name, answered_at, title
    FROM waiting CROSS JOIN LATERAL (
        SELECT person.first_name, person.last_name, action.title
        FROM intake_participation AS participation
        JOIN accounts_youngperson AS person ON person.id = person_id
        LEFT JOIN intake_planaction AS action ON action.id = plan_action_id
        WHERE participation.id = waiting.participation_id AND participation.state = ANY(%(open)s)
        LIMIT 1
    ) AS shown
    ORDER BY answered_at, waiting.id
    LIMIT %(few)s
"""


@lru_cache(maxsize=256)
def _waiting_of(everybody: bool, partners: tuple) -> str:
    """The statement with its values in it: planned once, not each time."""
    whose = {"all": everybody, "mine": list(partners)}
    return with_values(_WAITING, {**whose, "open": list(OPEN_PARTICIPATIONS), "few": WAITING})


def waiting_rows(user) -> list[dict]:
    """The first of those who were accepted for an internship and have none yet, the longest wait first."""
    partners = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    if not (partners or user.is_superuser):
        return []
    url = link_to("internships:internship-create")
    with connection.cursor() as cursor:
        cursor.execute(_waiting_of(user.is_superuser, tuple(partners)))
        return [
            {"person": f"{first} {last}", "answered_at": timezone.localtime(at), "action": action, "url": url(pk)}
            for pk, first, last, at, action in cursor
        ]
