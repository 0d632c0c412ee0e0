from internships.host_link import token_of
from internships.models import Internship
from internships.queries.ends import EVALUATION_LINKS, LATER_LINKS, PAPER_LINKS
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

# Whoever may see the internship reads; strangers find nothing.
READERS = {
    "everyone": 404,
    "young": 200,
    "other_young": 404,
    "operator": 200,
    "partner": 200,
    "other_partner": 404,
    "coordinator": 200,
    "administrator": 200,
}
# Only the intern; whoever may see the internship otherwise is refused.
INTERN = {**READERS, "operator": 403, "partner": 403, "coordinator": 403, "administrator": 403}


def month(world):
    return {"pk": world.internship.pk, "month": f"{world.internship.starts_on:%Y-%m}"}


def a_day(world):
    return {"pk": world.internship.pk, "day": world.internship.starts_on.isoformat()}


def by_link(world):
    return {"token": token_of(world.host_link)}


def month_by_link(world):
    """Of an internship that has begun: others the link does not open."""
    Internship.objects.filter(pk=world.internship.pk).update(state="running")
    return {**by_link(world), **month(world)}


def at_work_by_link(world):
    """An accident is reported of who is at work."""
    Internship.objects.filter(pk=world.internship.pk).update(state="running")
    return {**by_link(world), "pk": world.internship.pk}


LINK = {"everyone": 200, "anonymous": 200}
PAY = {"everyone": 403, "partner": 200, "administrator": 200}


def payers_file(world):
    return {"month": f"{world.internship.starts_on:%Y-%m}", "kind": "csv"}


ROWS = [
    Row("internships:allowance", lambda world: {"pk": world.internship.pk}, **READERS),
    Row(
        "internships:allowance",
        lambda world: {"pk": world.internship.pk},
        methods=["POST"],
        **{**READERS, "partner": 302, "administrator": 302, "operator": 403, "coordinator": 403},
    ),
    Row("internships:allowance-list", methods=["GET", "POST"], **PAY),
    Row("internships:allowance-file", payers_file, **PAY),
    Row(
        "internships:timetable",
        lambda world: {"pk": world.internship.pk},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row(
        "internships:host-link-step",
        lambda world: {"pk": world.internship.pk},
        methods=["POST"],
        everyone=302,
        **PROMOTER,
    ),
    Row("internships:register-month", month, **READERS),
    Row("internships:register-month", month, methods=["POST"], everyone=302, **PROMOTER),
    Row("internships:register-sheet", month, **READERS),
    Row("internships:my-days", lambda world: {"pk": world.internship.pk}, **INTERN),
    Row("internships:my-days", lambda world: {"pk": world.internship.pk}, methods=["POST"], **{**INTERN, "young": 302}),
    Row("internships:my-day", a_day, methods=["GET", "POST"], **INTERN),
    Row("internships:absence-proof", a_day, **{**INTERN, "young": 404, "partner": 404, "administrator": 404}),
    Row("internships:day-amend", a_day, methods=["GET", "POST"], everyone=200, **PROMOTER),
    Row("internships:host-home", by_link, **LINK),
    Row("internships:host-home", by_link, methods=["POST"], everyone=404, anonymous=404),
    Row("internships:host-home", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
    Row("internships:host-duties", by_link, **LINK),
    Row("internships:host-accident", at_work_by_link, methods=["GET", "POST"], **LINK),
    Row("internships:host-month", month_by_link, **LINK),
    Row("internships:host-month", month_by_link, methods=["POST"], everyone=302, anonymous=302),
    Row("internships:board", everyone=403, **STAFF),
    Row("internships:board", query="?stato=proposed", everyone=403, **STAFF),
    Row("internships:host-list", everyone=403, **STAFF),
    Row("internships:host-detail", lambda world: {"pk": world.host.pk}, everyone=403, **STAFF),
    *(
        Row(name, key, methods=["GET", "POST"], everyone=403, partner=200, administrator=200)
        for name, key in (
            ("internships:host-change", lambda world: {"pk": world.host.pk}),
            ("internships:unit-change", lambda world: {"pk": world.host.pk, "unit": world.host.units.get().pk}),
            ("internships:tutor-change", lambda world: {"pk": world.host.pk, "tutor": world.host.tutors.get().pk}),
        )
    ),
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
        "internships:proposal-check",
        lambda world: {"pk": world.referral.pk},
        methods=["POST"],
        everyone=403,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row("internships:override-list", everyone=403, **STAFF),
    Row(
        "internships:internship-rules",
        lambda world: {"pk": world.internship.pk},
        everyone=404,
        young=403,
        other_young=404,
        operator=200,
        partner=200,
        other_partner=404,
        coordinator=200,
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
    *[
        Row(
            f"internships:{name}",
            lambda world: {"pk": world.internship.pk},
            methods=["GET", "POST"],
            everyone=200,
            **PROMOTER,
        )
        for name in (
            "extend",
            "suspend",
            "return",
            "change-hours",
            "change-host-tutor",
            "change-promoter-tutor",
            "change-site",
            "end-early",
            "visit-plan",
        )
    ],
    Row(
        "internships:change-check",
        lambda world: {"pk": world.internship.pk, "change": "extension"},
        methods=["POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row("internships:copy-sheet", lambda world: {"pk": world.internship.pk}, everyone=200, **PROMOTER),
    Row(
        "internships:evidence",
        lambda world: {"pk": world.internship.pk, "kind": "safety_training"},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row(
        "internships:evidence",
        lambda world: {"pk": world.internship.pk, "kind": "fitness"},
        query="?",
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row(
        "internships:unit-assessment",
        lambda world: {"pk": world.unit.pk},
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        administrator=200,
    ),
    Row(
        "internships:accident-report",
        lambda world: {"pk": world.internship.pk},
        methods=["GET", "POST"],
        everyone=200,
        **{**PROMOTER, "young": 200},
    ),
    Row(
        "internships:accident-detail",
        lambda world: {"pk": world.accident.pk},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    # The intern alone: who promotes reads it, nobody writes it for them.
    Row(
        "internships:concern-raise",
        lambda world: {"pk": world.internship.pk},
        methods=["GET", "POST"],
        everyone=404,
        young=200,
        other_young=404,
        operator=403,
        partner=403,
        other_partner=404,
        coordinator=403,
        administrator=403,
    ),
    Row(
        "internships:concern-detail",
        lambda world: {"pk": world.concern.pk},
        methods=["GET", "POST"],
        everyone=404,
        young=200,
        other_young=404,
        operator=200,
        partner=200,
        other_partner=404,
        coordinator=403,
        administrator=200,
    ),
    Row(
        "internships:visit-detail",
        lambda world: {"pk": world.visit.pk},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row(
        "internships:visit-drop",
        lambda world: {"pk": world.visit.pk},
        methods=["POST"],
        everyone=302,
        **PROMOTER,
    ),
    Row(
        "internships:todo-detail",
        lambda world: {"pk": world.todo.pk},
        methods=["GET", "POST"],
        everyone=200,
        **PROMOTER,
    ),
    Row("internships:todo-undo", lambda world: {"pk": world.todo.pk}, methods=["POST"], everyone=302, **PROMOTER),
    Row("internships:todo-file", lambda world: {"pk": world.todo.pk}, everyone=200, **PROMOTER),
    Row(
        "internships:evidence-file",
        lambda world: {"pk": world.safety.pk},
        everyone=404,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row(
        "internships:evidence-file",
        lambda world: {"pk": world.assessment.pk},
        query="?",
        everyone=404,
        **STAFF,
    ),
    *[
        Row(
            f"internships:{name}",
            lambda world: {"pk": world.internship.pk},
            methods=["GET", "POST"],
            everyone=200,
            **PROMOTER,
        )
        for name in ("outcome", "attestation", "attestation-withdraw", "later")
    ],
    Row("internships:dossier", lambda world: {"pk": world.internship.pk}, methods=["POST"], everyone=302, **PROMOTER),
    Row(
        "internships:paper",
        lambda world: {"pk": world.end_paper.pk},
        everyone=404,
        young=200,
        other_young=404,
        other_partner=404,
        **STAFF,
    ),
    Row(
        "internships:evaluation-detail",
        lambda world: {"pk": world.evaluation_of_host.pk},
        everyone=404,
        young=200,
        other_young=404,
        other_partner=404,
        **{**STAFF, "coordinator": 404},
    ),
    Row(
        "internships:evaluation-again",
        lambda world: {"pk": world.evaluation.pk},
        methods=["POST"],
        everyone=302,
        **PROMOTER,
    ),
    Row(
        "internships:my-evaluation",
        lambda world: {"pk": world.internship.pk},
        methods=["GET", "POST"],
        **{**INTERN, "young": (200, 302)},
    ),
    # By a link: whoever holds it.
    *[
        Row(
            f"internships:{name}",
            lambda world, links=links, row=row: {"token": links.token(getattr(world, row).pk)},
            methods=["GET", "POST"],
            # Nothing has to be answered: an empty part is saved, too.
            everyone=(200, 302),
            anonymous=(200, 302),
        )
        for name, links, row in (
            ("paper-by-link", PAPER_LINKS, "end_paper"),
            ("evaluation", EVALUATION_LINKS, "evaluation"),
            ("later-by-link", LATER_LINKS, "later"),
        )
    ],
]
