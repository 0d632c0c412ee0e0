"""Accompanied paths: `operator` goes along with `young`; no partner does, and coordinators read none."""

from pathways.queries.paths import check_token
from tests.access import Row


def path(world):
    return {"pk": world.path.pk}


def participation(world):
    return {"pk": world.participation.pk}


def step(world):
    return {"pk": world.path_step.pk}


def talk(world):
    return {"pk": world.path_talk.pk}


def stay(world):
    return {"pk": world.stay_path.pk}


def learnt(world):
    return {"pk": world.stay_path.pk, "skill": world.learnt.pk}


def idea(world):
    return {"pk": world.venture_path.pk}


def part(world):
    return {"pk": world.venture_path.pk, "part": "value"}


def option(world):
    return {"pk": world.study_option.pk}


# Whoever goes along; a stranger finds nothing.
DESK = {"everyone": 404, "operator": 200, "administrator": 200}
# The young person reads the path, but these pages are the companion's.
WITH = {**DESK, "young": 403, "other_young": 404}
BOTH = {**DESK, "young": 200, "other_young": 404}
DONE = {"everyone": 404, "operator": 302, "administrator": 302}


def form(name, key, who=WITH):
    return [Row(f"pathways:{name}", key, methods=["GET"], **who), Row(f"pathways:{name}", key, methods=["POST"], **who)]


def button(name, key, **who):
    return Row(f"pathways:{name}", key, methods=["POST"], **{**DONE, "young": 403, "other_young": 404, **who})


ROWS = [
    Row("pathways:my-study", everyone=403, young=200),
    Row("pathways:person-study", participation, methods=["GET"], everyone=403, operator=302, administrator=302),
    Row("pathways:person-study", participation, methods=["POST"], everyone=403, operator=302, administrator=302),
    Row("pathways:path-list", everyone=403, operator=200, partner=200, administrator=200),
    # Their own page is elsewhere.
    Row("pathways:path-detail", path, **{**DESK, "young": 302, "other_young": 404}),
    button("path-choose", path),
    button("path-start", path),
    button("path-reopen", path),
    *form("path-end", path),
    *form("path-hand", path),
    *form("path-step-add", path, BOTH),
    Row("pathways:path-step", step, methods=["GET"], **BOTH),
    Row("pathways:path-step", step, methods=["POST"], **{**DONE, "young": 302, "other_young": 404}),
    button("path-step-tick", step, young=302),
    button("path-step-drop", step),
    *form("path-talk-arrange", path),
    *form("path-talk-note", path),
    *form("path-talk-held", talk),
    button("path-talk-off", talk),
    # Asked only when its day has come.
    *form("path-check-told", path, {"everyone": 404, "young": 403, "other_young": 404}),
    Row("pathways:path-check", lambda world: {"token": check_token(world.path_check)}, everyone=200, anonymous=200),
    Row(
        "pathways:path-check",
        lambda world: {"token": check_token(world.path_check)},
        methods=["POST"],
        everyone=200,
        anonymous=200,
    ),
    Row("pathways:my-stay", everyone=403, young=200),
    Row("pathways:person-stay", participation, methods=["GET"], everyone=403, operator=302, administrator=302),
    Row("pathways:person-stay", participation, methods=["POST"], everyone=403, operator=302, administrator=302),
    *form("stay-plan", stay),
    # Their own words: nobody writes them for them.
    *form(
        "stay-learnt", stay, {"everyone": 404, "operator": 403, "administrator": 403, "young": 200, "other_young": 404}
    ),
    # Skills are written by the case team alone.
    Row("pathways:stay-skills", stay, everyone=404, operator=200, administrator=403, young=403, other_young=404),
    Row(
        "pathways:stay-skill",
        learnt,
        methods=["GET"],
        everyone=404,
        operator=200,
        administrator=403,
        young=403,
        other_young=404,
    ),
    Row(
        "pathways:stay-skill",
        learnt,
        methods=["POST"],
        everyone=404,
        operator=200,
        administrator=403,
        young=403,
        other_young=404,
    ),
    Row("pathways:my-venture", methods=["GET"], everyone=403, young=200),
    Row("pathways:my-venture", methods=["POST"], everyone=403, young=200, other_young=404),
    Row("pathways:person-venture", participation, methods=["GET"], everyone=403, operator=302, administrator=302),
    Row("pathways:person-venture", participation, methods=["POST"], everyone=403, operator=302, administrator=302),
    *form("idea", idea, BOTH),
    *form("idea-part", part, BOTH),
    *form("study-option-add", path),
    *form("study-option", option),
    button("study-option-choose", option),
    button("study-option-drop", option),
]
