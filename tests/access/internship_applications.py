from internships.links import APPLICATION
from tests.access import Row

# The partner whose offer it is; other partners and young people find nothing, coordinators and operators are refused.
CHOOSERS = {
    "everyone": 403,
    "partner": 200,
    "other_partner": 404,
    "administrator": 200,
}
DONE = {**CHOOSERS, "partner": 302, "administrator": 302}
READERS = {"partner": 200, "other_partner": 404, "administrator": 200}
OWNER = {"everyone": 403, "young": 200, "other_young": 404}
CATALOGUE = {"everyone": 403, "partner": 200, "coordinator": 200, "administrator": 200}
LINK = {"everyone": 200, "anonymous": 200}


def offer(world):
    return {"pk": world.offer.pk}


def application(world):
    return {"pk": world.application.pk}


def by_link(world):
    return {"token": APPLICATION.token(world.application_link.pk)}


def guessed(world):
    return {"token": "guessed"}


ROWS = [
    Row("internships:offer-list", **CATALOGUE),
    Row("internships:offer-create", methods=["GET", "POST"], everyone=403, partner=200, administrator=200),
    Row("internships:offer-detail", offer, **{**CATALOGUE, "other_partner": 404}),
    Row("internships:offer-edit", offer, methods=["GET", "POST"], **{**CHOOSERS, "coordinator": 403}),
    Row("internships:offer-choose", offer, methods=["POST"], **DONE),
    Row("internships:apply", offer, **{**OWNER, "young": 302, "other_young": 200}),
    Row("internships:apply", offer, methods=["POST"], **{**OWNER, "other_young": 200}),
    Row("internships:application-list", everyone=403, young=200),
    Row("internships:application-detail", application, **OWNER),
    Row("internships:application-send", application, methods=["GET", "POST"], **{**OWNER, "young": 302}),
    Row("internships:application-withdraw", application, **OWNER),
    Row("internships:application-withdraw", application, methods=["POST"], **{**OWNER, "young": 302}),
    Row("internships:application-cv", application, everyone=404, young=200, other_young=404, **READERS),
    Row("internships:application-review", application, **CHOOSERS),
    Row(
        "internships:application-decide",
        application,
        methods=["POST"],
        **{**CHOOSERS, "partner": 302, "administrator": 302},
    ),
    Row("internships:host-application", by_link, **LINK),
    Row("internships:host-application", by_link, methods=["POST"], everyone=302, anonymous=302),
    Row("internships:host-application-cv", by_link, **LINK),
    Row(
        "internships:host-application",
        guessed,
        query="?guessed",
        everyone=404,
        anonymous=404,
    ),
]
