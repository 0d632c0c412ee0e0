from tests.access import Row

STAFF = {"operator": 200, "partner": 200, "coordinator": 200, "administrator": 200}
# The promoter and the administrator; other staff are refused, other partners and young people find nothing.
PROMOTER = {
    "operator": 403,
    "coordinator": 403,
    "evaluator": 404,
    "privacy_officer": 404,
    "young": 403,
    "other_young": 404,
    "other_partner": 404,
}

ROWS = [
    Row("internships:board", everyone=403, **STAFF),
    Row("internships:board", query="?stato=proposed", everyone=403, **STAFF),
    Row("internships:host-list", everyone=403, **STAFF),
    Row("internships:host-detail", lambda world: {"pk": world.host.pk}, everyone=403, **STAFF),
    Row("internships:host-create", methods=["GET", "POST"], everyone=403, partner=200, administrator=200),
    Row(
        "internships:unit-create",
        lambda world: {"pk": world.host.pk},
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        administrator=200,
    ),
    Row(
        "internships:tutor-create",
        lambda world: {"pk": world.host.pk},
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        administrator=200,
    ),
    Row(
        "internships:internship-create",
        lambda world: {"pk": world.referral.pk},
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row(
        "internships:internship-detail",
        lambda world: {"pk": world.internship.pk},
        everyone=404,
        young=200,
        other_young=404,
        operator=200,
        partner=200,
        other_partner=404,
        coordinator=200,
        administrator=200,
    ),
    Row(
        "internships:internship-step",
        lambda world: {"pk": world.internship.pk},
        methods=["POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row(
        "internships:day-create",
        lambda world: {"pk": world.internship.pk},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
]
