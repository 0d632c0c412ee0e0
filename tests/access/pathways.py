"""`partner` runs the world's course; `young` is enrolled in it."""

from pathways import check_in
from pathways.queries.assessments import assessment_token
from pathways.queries.kept import token_of
from pathways.queries.offers import offer_token
from tests.access import Row


def opportunity(world):
    return {"slug": world.opportunity.slug}


def module_path(world):
    return {"slug": world.module_path.slug}


def run(world):
    return {"pk": world.run.pk}


def session(world):
    return {"pk": world.session.pk}


def friend_link(world):
    return {"slug": world.opportunity.slug, "token": world.friend_link.token}


def trainer(world):
    return {"pk": world.trainer.pk}


def room(world):
    return {"pk": world.room.pk}


def attended(world):
    return {"pk": world.session.pk, "enrolment": world.enrolment.pk}


def code(world):
    return {"code": check_in.code_of(world.session, world.session.starts_at)}


def enrolment(world):
    return {"pk": world.enrolment.pk}


def kept_search(world):
    return {"pk": world.kept_search.pk}


def assessment(world):
    return {"token": assessment_token(world.enrolment)}


def participation(world):
    return {"pk": world.participation.pk}


def certificate(world):
    return {"pk": world.certificate.pk}


def proof(world):
    return {"code": world.certificate.printed_code}


def translation(world):
    return {"slug": world.opportunity.slug, "language": "en"}


def synonyms(world):
    return {"pk": world.synonyms.pk}


# The workspace: whoever runs it, coordinators who look after all; young people and the desk stay outside.
STAFF = {"everyone": 403, "other_partner": 404}

PARTS = ("partner", "other_partner", "coordinator", "administrator")
WRITERS = {**STAFF, "partner": 200, "coordinator": 200, "administrator": 200}

HEADS = {**STAFF, "partner": 200, "coordinator": 403, "administrator": 200}

ROWS = [
    Row("pathways:opportunity-list", everyone=200, anonymous=200),
    Row("pathways:opportunity-list", query="?q=corso&famiglia=training&posti=1", everyone=200, anonymous=200),
    Row("pathways:opportunity-detail", opportunity, everyone=200, anonymous=200),
    Row("pathways:friend", opportunity, methods=["GET"], everyone=403, young=200, other_young=200),
    Row("pathways:friend", opportunity, methods=["POST"], everyone=403, young=302, other_young=302),
    Row("pathways:friend-arrive", friend_link, everyone=302, anonymous=302),
    # Paths of modules.
    Row("pathways:module-path-catalogue", everyone=200, anonymous=200),
    Row("pathways:module-path", module_path, everyone=200, anonymous=200),
    Row("pathways:module-path-enrol", module_path, methods=["GET"], everyone=403, young=200),
    # No dates chosen, or from another edition: the page again.
    Row("pathways:module-path-enrol", module_path, methods=["POST"], everyone=403, young=200),
    Row("pathways:module-path-list", everyone=403, partner=200, coordinator=200, administrator=200),
    Row("pathways:module-path-create", everyone=403, partner=200, coordinator=200, administrator=200),
    Row("pathways:module-path-create", methods=["POST"], everyone=403, partner=200, coordinator=200, administrator=200),
    Row("pathways:module-path-manage", module_path, **WRITERS),
    Row("pathways:module-path-manage", module_path, query="?q=corso", **WRITERS),
    Row("pathways:module-path-edit", module_path, **WRITERS),
    Row("pathways:module-path-edit", module_path, methods=["POST"], **WRITERS),
    # Nothing was asked for: no such module.
    Row("pathways:module-path-arrange", module_path, methods=["POST"], everyone=403, **dict.fromkeys(PARTS, 404)),
    Row(
        "pathways:module-path-publish",
        module_path,
        methods=["POST"],
        **STAFF,
        partner=403,
        partner_admin=302,
        coordinator=302,
        administrator=302,
    ),
    Row(
        "pathways:module-path-withdraw",
        module_path,
        methods=["POST"],
        **STAFF,
        partner=403,
        partner_admin=302,
        coordinator=302,
        administrator=302,
    ),
    Row("pathways:opportunity-feed", query="?q=corso", everyone=200, anonymous=200),
    Row("pathways:opportunity-calendar", opportunity, everyone=200, anonymous=200),
    # The young person's own.
    Row("pathways:enrolment-list", everyone=403, young=200),
    Row("pathways:run-enrol", run, methods=["GET"], everyone=403, young=200),
    # Already enrolled: to the enrolment. A stranger to the edition reads why not.
    Row("pathways:run-enrol", run, methods=["POST"], everyone=403, young=302, other_young=200),
    Row(
        "pathways:enrolment-detail",
        enrolment,
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
        "pathways:enrolment-withdraw",
        enrolment,
        methods=["GET"],
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
        "pathways:enrolment-withdraw",
        enrolment,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=302,
        other_partner=404,
        coordinator=403,
        administrator=302,
    ),
    Row(
        "pathways:enrolment-remind",
        enrolment,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=302,
        other_partner=404,
        coordinator=403,
        administrator=302,
    ),
    # One's own alone: nobody answers for somebody else, or reads what they answered.
    Row(
        "pathways:assessment",
        enrolment,
        methods=["GET"],
        everyone=404,
        young=200,
        other_young=404,
        operator=403,
        partner=403,
        other_partner=404,
        coordinator=403,
        administrator=403,
    ),
    # It has not begun: nothing is asked, and who sends something is told so.
    Row(
        "pathways:assessment",
        enrolment,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=403,
        partner=403,
        other_partner=404,
        coordinator=403,
        administrator=403,
    ),
    Row("pathways:assessment-link", assessment, methods=["GET"], everyone=200, anonymous=200),
    Row("pathways:assessment-link", assessment, methods=["POST"], everyone=302, anonymous=302),
    Row("pathways:assessment-link", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
    Row("pathways:activity-results", opportunity, **STAFF, partner=200, coordinator=200, administrator=200),
    # Whoever holds the link of an offer; signed in, the young person and the desk.
    Row("pathways:offer-link", lambda world: {"token": offer_token(world.enrolment)}, everyone=200, anonymous=200),
    Row("pathways:offer-link", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
    Row("pathways:offer-link", lambda world: {"token": "guessed"}, methods=["POST"], everyone=404, anonymous=404),
    Row(
        "pathways:offer-answer",
        enrolment,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=403,
        other_partner=404,
        coordinator=403,
        administrator=302,
    ),
    Row(
        "pathways:enrolment-move",
        enrolment,
        methods=["GET"],
        everyone=404,
        young=200,
        other_young=404,
        operator=200,
        partner=200,
        other_partner=404,
        coordinator=403,
        administrator=200,
    ),
    # Which other dates is not said: there are none.
    Row(
        "pathways:enrolment-move",
        enrolment,
        methods=["POST"],
        everyone=404,
        coordinator=403,
    ),
    Row("pathways:run-together", run, methods=["GET"], everyone=403, operator=200, administrator=200),
    Row("pathways:run-together", run, methods=["POST"], everyone=403, operator=200, administrator=200),
    # The desk.
    Row("pathways:person-enrol", participation, everyone=403, operator=200, administrator=200),
    Row("pathways:person-enrol", participation, methods=["POST"], everyone=403, operator=404, administrator=404),
    # The partner's workspace.
    Row("pathways:activity-list", everyone=403, partner=200, coordinator=200, administrator=200),
    Row(
        "pathways:activity-create",
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        coordinator=200,
        administrator=200,
    ),
    Row(
        "pathways:activity-import",
        methods=["GET", "POST"],
        everyone=403,
        partner=200,
        coordinator=200,
        administrator=200,
    ),
    Row("pathways:activity-template-xlsx", everyone=403, partner=200, coordinator=200, administrator=200),
    Row("pathways:activity-template-csv", everyone=403, partner=200, coordinator=200, administrator=200),
    Row("pathways:activity-detail", opportunity, **STAFF, partner=200, coordinator=200, administrator=200),
    Row(
        "pathways:activity-edit",
        opportunity,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=200,
        administrator=200,
    ),
    # In other languages: who writes the activity.
    Row("pathways:translation-list", opportunity, **WRITERS),
    Row("pathways:translation-edit", translation, **WRITERS),
    Row("pathways:translation-edit", translation, methods=["POST"], **WRITERS),
    Row(
        "pathways:translation-remove",
        translation,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=302,
        administrator=302,
    ),
    Row(
        "pathways:run-create",
        opportunity,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=403,
        administrator=200,
    ),
    # It is published: submitting or publishing it again is answered with a sentence on its page.
    Row(
        "pathways:activity-submit",
        opportunity,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=302,
        administrator=302,
    ),
    Row(
        "pathways:activity-expire",
        opportunity,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=302,
        administrator=302,
    ),
    Row(
        "pathways:activity-publish",
        opportunity,
        methods=["POST"],
        **STAFF,
        partner=403,
        partner_admin=302,
        coordinator=302,
        administrator=302,
    ),
    Row(
        "pathways:activity-return",
        opportunity,
        methods=["GET", "POST"],
        **STAFF,
        partner=403,
        partner_admin=200,
        coordinator=200,
        administrator=200,
    ),
    Row("pathways:activity-preview", opportunity, **STAFF, partner=200, coordinator=200, administrator=200),
    Row(
        "pathways:activity-check",
        opportunity,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=302,
        administrator=302,
    ),
    Row("pathways:run-detail", run, **STAFF, partner=200, coordinator=200, administrator=200),
    Row("pathways:run-places", run, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row("pathways:run-cancel", run, methods=["GET"], **STAFF, partner=200, coordinator=403, administrator=200),
    Row("pathways:run-cancel", run, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row(
        "pathways:run-complete",
        run,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=403,
        administrator=200,
    ),
    # A count of nothing: the form again.
    Row("pathways:session-heads", session, methods=["GET", "POST"], **HEADS),
    Row(
        "pathways:session-heads-drop",
        lambda world: session(world) | {"row": world.headcount.pk},
        methods=["POST"],
        **{who: 302 if status == 200 else status for who, status in HEADS.items()},
    ),
    Row(
        "pathways:session-attendance",
        session,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=403,
        administrator=200,
    ),
    *(
        Row(name, row, methods=["GET", "POST"], **STAFF, partner=200, coordinator=403, administrator=200)
        for name, row in (
            ("pathways:session-edit", session),
            ("pathways:sessions-add", run),
            ("pathways:run-copy", run),
        )
    ),
    *(
        Row(name, run, **STAFF, partner=200, coordinator=403, administrator=200)
        for name in ("pathways:run-list-xlsx", "pathways:run-list-csv")
    ),
    Row("pathways:run-who", run, **STAFF, partner=200, coordinator=403, administrator=200),
    Row("pathways:run-who", run, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row(
        "pathways:trainer-list", methods=["GET", "POST"], everyone=403, partner=200, coordinator=200, administrator=200
    ),
    Row("pathways:trainer-keep", trainer, methods=["POST"], **STAFF, partner=302, coordinator=404, administrator=302),
    Row("pathways:room-keep", room, methods=["POST"], **STAFF, partner=302, coordinator=404, administrator=302),
    Row("pathways:session-sheet", session, **STAFF, partner=200, coordinator=403, administrator=200),
    Row("pathways:session-qr", session, **STAFF, partner=200, coordinator=403, administrator=200),
    Row(
        "pathways:attendance-correct",
        attended,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=403,
        administrator=200,
    ),
    # A code that is old by now: who may use it reads so.
    Row("pathways:check-in", code, methods=["GET", "POST"], everyone=403, young=410, other_young=410),
    Row("pathways:session-remove", session, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row(
        "pathways:enrolment-outcome",
        enrolment,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=403,
        administrator=302,
    ),
    # Certificates: the rule, a run's, one of them; the holder's own; the public page.
    Row(
        "pathways:certificate-rule",
        opportunity,
        methods=["GET", "POST"],
        **STAFF,
        partner=200,
        coordinator=200,
        administrator=200,
    ),
    Row("pathways:run-certificates", run, **STAFF, partner=200, coordinator=200, administrator=200),
    Row("pathways:run-certificates", run, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row("pathways:run-tests", run, **STAFF, partner=200, coordinator=403, administrator=200),
    Row("pathways:run-tests", run, methods=["POST"], **STAFF, partner=302, coordinator=403, administrator=302),
    Row(
        "pathways:certificate-issue",
        enrolment,
        methods=["POST"],
        **STAFF,
        partner=302,
        coordinator=403,
        administrator=302,
    ),
    Row("pathways:certificate-detail", certificate, **STAFF, partner=200, coordinator=200, administrator=200),
    *(
        Row(name, certificate, methods=["GET", "POST"], **STAFF, partner=200, coordinator=403, administrator=200)
        for name in ("pathways:certificate-revoke", "pathways:certificate-reissue")
    ),
    Row("pathways:certificate-list", everyone=403, young=200),
    Row(
        "pathways:certificate-paper",
        certificate,
        everyone=404,
        young=200,
        other_young=404,
        operator=200,
        partner=200,
        other_partner=404,
        coordinator=200,
        administrator=200,
    ),
    Row("pathways:certificate-check", everyone=200, anonymous=200),
    Row("pathways:certificate-proof", proof, methods=["GET", "POST"], everyone=200, anonymous=200),
    # Words that mean the same: who looks after the whole catalogue.
    Row("pathways:synonym-list", methods=["GET", "POST"], everyone=403, coordinator=200, administrator=200),
    Row("pathways:synonym-edit", synonyms, methods=["GET", "POST"], everyone=403, coordinator=200, administrator=200),
    Row("pathways:synonym-remove", synonyms, methods=["POST"], everyone=403, coordinator=302, administrator=302),
]

# Suggestions and kept searches: one's own.
ROWS += [
    Row("pathways:suggestions", methods=["GET"], everyone=403, young=200, other_young=200),
    Row("pathways:suggestions", methods=["POST"], everyone=403, young=302, other_young=302),
    Row("pathways:kept-searches", everyone=403, young=200, other_young=200),
    Row("pathways:search-keep", query="?q=barman", methods=["GET"], everyone=403, young=200, other_young=200),
    Row("pathways:search-keep", query="?q=barman", methods=["POST"], everyone=403, young=302, other_young=302),
    Row("pathways:search-stop", kept_search, methods=["POST"], everyone=403, young=302, other_young=404),
    Row("pathways:search-renew", kept_search, methods=["POST"], everyone=403, young=302, other_young=404),
    Row(
        "pathways:search-stop-link",
        lambda world: {"token": token_of(world.kept_search)},
        methods=["GET"],
        everyone=200,
        anonymous=200,
    ),
    Row(
        "pathways:search-stop-link",
        lambda world: {"token": token_of(world.kept_search)},
        methods=["POST"],
        everyone=302,
        anonymous=302,
    ),
    Row("pathways:search-stop-link", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
]
