"""Applications: one's own, and the partner's lists of offers and of who applied."""

from django.db.models import Count, Q

from intake.models import Participation
from internships.enums import ApplicationState as S
from internships.enums import InternshipState
from internships.links import APPLICATION
from internships.models import Application, ApplicationLink, Internship, Offer
from internships.models.applications import WAITING
from internships.workflow import OPEN_STATES
from programme.models import Organisation

PAGE = 50
# The order in which one looks at them: what waits first.
ORDER = (S.SENT, S.INVITED, S.SHORTLISTED, S.TAKEN, S.TURNED_DOWN, S.WITHDRAWN, S.CLOSED)


def own_application(offer, participation) -> Application | None:
    """This person's for this offer, drafts too."""
    if participation is None:
        return None
    found = Application.objects.filter(offer=offer, participation=participation).select_related("cv").first()
    if found is not None:
        found.offer, found.participation = offer, participation
    return found


def applications_of(participations) -> list[Application]:
    """Somebody's own, what waits first, then the latest."""
    rows = Application.objects.filter(participation__in=participations).whole().order_by("-created_at", "pk")[:PAGE]
    return sorted(rows, key=lambda row: row.state not in (S.DRAFT, *WAITING, S.TAKEN))


def participation_for(person, edition_id) -> Participation | None:
    return Participation.objects.filter(person=person, edition=edition_id).select_related("person").first()


def offers_of(user, *, is_open: bool) -> list[Offer]:
    """The offers that `user` looks after, each with how many wait for a first answer and how many in all."""
    rows = Offer.objects.of_staff(user).whole()
    gone = Q(opportunity__state="expired")
    rows = rows.exclude(gone) if is_open else rows.filter(gone)
    return list(
        rows.annotate(
            unanswered=Count("applications", filter=Q(applications__state=S.SENT)),
            going=Count("applications", filter=Q(applications__state__in=(S.SHORTLISTED, S.INVITED))),
            all_sent=Count("applications", filter=~Q(applications__state=S.DRAFT)),
        ).order_by("-created_at", "pk")[:PAGE]
    )


def applicants(offer, state: str = "") -> list[Application]:
    """Who applied for it, in the order in which one looks at them; or those in one state."""
    rows = offer.applications.sent().select_related("participation__person", "cv", "referral")
    if state:
        rows = rows.filter(state=state)
    rows = list(rows.order_by("sent_at", "pk")[:200])
    for row in rows:
        row.offer = offer
    return sorted(rows, key=lambda row: ORDER.index(row.state))


def counts(offer) -> dict[str, int]:
    """How many applications stand in each state."""
    rows = offer.applications.sent().order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def served(participation, organisation_id) -> set:
    """The referrals from which an internship came already, or is coming."""
    states = [*OPEN_STATES, InternshipState.COMPLETED]
    rows = Internship.objects.filter(participation=participation, promoter=organisation_id, state__in=states)
    return set(rows.exclude(referral=None).values_list("referral", flat=True))


def internship_of(application) -> Internship | None:
    """What came of an application that was taken."""
    if application.referral_id is None:
        return None
    return application.referral.internships.exclude(state=InternshipState.CANCELLED).order_by("-created_at").first()


def taken_by(referral) -> Application | None:
    """The application by which somebody came to this referral: its offer says what the proposal is about."""
    rows = Application.objects.filter(referral=referral, state=S.TAKEN).whole()
    return rows.order_by("-state_since").first()


def link_of_token(token: str) -> ApplicationLink | None:
    """The link behind an address; None for one that the portal did not write."""
    key = APPLICATION.key(token)
    if key is None:
        return None
    rows = ApplicationLink.objects.select_related(
        "tutor",
        "application__participation__person",
        "application__cv",
        *(f"application__offer__{name}" for name in ("opportunity__organisation", "run", "unit__host", "answered_by")),
    )
    return rows.filter(pk=key).first()


def organisations(keys) -> list[Organisation]:
    """Those of these keys, by name: for whom somebody may write offers."""
    return list(Organisation.objects.filter(pk__in=keys).order_by("short_name", "pk"))
