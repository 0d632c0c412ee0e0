"""Agreements and training projects: who writes, who signs, who reads the evidence, who edits the words."""

from tests.access import Row
from tests.access.internships import PROMOTER, STAFF

# The promoter alone; other staff are refused before anything is loaded.
PARTNERS = {"partner": 200, "administrator": 200}


def internship(world):
    return {"pk": world.internship.pk}


def asked(world):
    return {"pk": world.paper_request.pk}


def mine(world):
    return {"pk": world.own_signer.pk}


def hers(world):
    return {"pk": world.young_signer.pk}


def host(world):
    return {"pk": world.host.pk}


def boss(world):
    return {"pk": world.host_signer.pk}


def framework(world):
    return {"pk": world.framework.pk}


# Who is involved in a training project: the promoter, the intern, operators; nobody else knows of it.
INVOLVED = {"operator": 200, "partner": 200, "other_partner": 404, "administrator": 200}
AGREEMENT = {"operator": 403, "coordinator": 403, "other_partner": 404, "administrator": 200}
COORDINATORS = {"coordinator": 200, "administrator": 200}

ROWS = [
    Row("internships:project", internship, methods=["GET", "POST"], everyone=200, **PROMOTER),
    Row("internships:project-step", internship, methods=["POST"], everyone=404, **{**PROMOTER}),
    Row("internships:project-words", internship, methods=["GET", "POST"], everyone=200, **PROMOTER),
    Row("internships:project-send", internship, methods=["GET", "POST"], everyone=200, **PROMOTER),
    Row("internships:project-outside", internship, methods=["GET", "POST"], everyone=200, **PROMOTER),
    Row(
        "internships:project-scan",
        internship,
        everyone=404,
        young=200,
        other_young=404,
        coordinator=200,
        **INVOLVED,
    ),
    Row(
        "internships:my-project",
        internship,
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
    # By the link alone; posted without data, it says what is missing once it is the host's turn.
    Row(
        "internships:host-part",
        lambda world: {"token": world.host_token},
        methods=["GET", "POST"],
        everyone=200,
        anonymous=200,
    ),
    Row("internships:host-part", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
    # Each signs for themselves.
    Row(
        "internships:paper-sign",
        mine,
        methods=["GET", "POST"],
        everyone=404,
        partner=200,
        partner_admin=404,
        other_partner=404,
    ),
    Row(
        "internships:paper-refuse",
        hers,
        methods=["GET", "POST"],
        everyone=404,
        young=200,
        other_young=404,
    ),
    Row(
        "internships:signer-again",
        hers,
        methods=["POST"],
        everyone=404,
        young=302,
        other_young=404,
        operator=302,
        partner=302,
        other_partner=404,
        administrator=302,
    ),
    Row(
        "internships:signer-seen",
        hers,
        methods=["POST"],
        everyone=404,
        partner=302,
        other_partner=404,
        administrator=302,
    ),
    Row(
        "internships:school-signer",
        lambda world: {"pk": world.school_signer.pk},
        methods=["GET", "POST"],
        everyone=404,
        partner=200,
        other_partner=404,
        administrator=200,
    ),
    Row("internships:paper-evidence", asked, everyone=404, young=200, other_young=404, **INVOLVED),
    Row("internships:paper-file", asked, everyone=404, young=200, other_young=404, **INVOLVED),
    Row("internships:paper-scan", asked, methods=["GET", "POST"], everyone=404, **INVOLVED),
    # Hosts are common to all partners, and so is who signs for them.
    Row("internships:host-signer-create", host, methods=["GET", "POST"], everyone=403, **PARTNERS),
    Row("internships:host-signer-check", boss, methods=["GET", "POST"], everyone=403, **PARTNERS),
    Row(
        "internships:host-signer-end",
        boss,
        methods=["POST"],
        everyone=403,
        partner=302,
        administrator=302,
    ),
    Row("internships:agreement-list", everyone=403, **STAFF),
    Row("internships:agreement-create", host, methods=["GET"], everyone=403, **PARTNERS),
    Row(
        "internships:agreement-create",
        host,
        methods=["POST"],
        everyone=403,
        partner=200,
        administrator=(200, 403),
    ),
    Row("internships:agreement-detail", framework, everyone=403, **{**STAFF, "other_partner": 404}),
    Row("internships:agreement-send", framework, methods=["GET", "POST"], everyone=403, partner=200, **AGREEMENT),
    Row("internships:agreement-outside", framework, methods=["GET", "POST"], everyone=403, partner=200, **AGREEMENT),
    Row(
        "internships:agreement-back",
        framework,
        methods=["POST"],
        everyone=403,
        partner=302,
        **{**AGREEMENT, "administrator": 302},
    ),
    Row(
        "internships:agreement-end",
        framework,
        methods=["POST"],
        everyone=403,
        partner=302,
        **{**AGREEMENT, "administrator": 302},
    ),
    Row("internships:agreement-scan", framework, everyone=403, **{**STAFF, "other_partner": 404}),
    Row("internships:template-list", everyone=403, **COORDINATORS),
    Row(
        "internships:template-edit",
        lambda world: {"code": "agreement"},
        methods=["GET", "POST"],
        everyone=403,
        **COORDINATORS,
    ),
    Row(
        "internships:template-detail",
        lambda world: {"code": "agreement", "version": 1},
        everyone=403,
        **COORDINATORS,
    ),
]
