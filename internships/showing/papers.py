"""What the pages of an internship say of its papers: whose turn it is, what is missing, who has signed."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.documents.enums import SignatureState, SignerState
from foundation.documents.models import SignatureRequest, Signer
from foundation.documents.queries import evidence_of
from internships import parts, queries
from internships.enums import InternshipState, ProjectState
from internships.enums import ProjectState as P
from internships.kinds import way_of
from internships.models import TrainingProject
from internships.queries.papers import PROJECT, TUTOR_TASK

# Where the papers of an internship are written and signed.
BEFORE = (InternshipState.PROPOSED, InternshipState.AGREED, InternshipState.IN_SIGNATURE)


@dataclass
class Papers:
    """The section on an internship's page."""

    internship: object
    project: TrainingProject | None
    request: SignatureRequest | None
    tutors: SignatureRequest | None
    agreement: object
    title: str = ""
    says: str = ""
    main: tuple[str, str] | None = None
    steps: list[dict] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    evidence: list = field(default_factory=list)
    tutor_evidence: list = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.request is not None and self.request.state == SignatureState.OPEN

    @property
    def refused(self) -> list:
        """Who said no, while it is being mended."""
        if self.project is None or self.project.state in (P.IN_SIGNATURE, P.SIGNED):
            return []
        return [line for line in [*self.evidence, *self.tutor_evidence] if line.signer.state == SignerState.REFUSED]

    @property
    def way(self):
        """What its kind asks for."""
        return way_of(self.internship)

    @property
    def intern_writes(self) -> bool:
        return P.INTERN in parts.turns_of(self.internship)

    @property
    def asked(self) -> bool:
        """Whether signatures are being asked for, or were given."""
        return bool(self.project and self.project.state in (P.IN_SIGNATURE, P.SIGNED) and self.evidence)

    @property
    def is_written(self) -> bool:
        return self.internship.state in BEFORE


def papers_of(internship) -> Papers:
    """All about an internship's papers, in a constant number of queries."""
    project = queries.project_of(internship)
    requests = queries.latest_requests(project) if project and project.document_id else {}
    asked, tutors = requests.get(PROJECT), requests.get(TUTOR_TASK)
    agreement = project.agreement if project else None
    if agreement is None and internship.state == InternshipState.AGREED:
        agreement = queries.agreement_for(internship)
    papers = Papers(internship, project, asked, tutors, agreement)
    papers.evidence = evidence_of(asked) if asked else []
    papers.tutor_evidence = evidence_of(tutors) if tutors else []
    papers.steps = _steps(internship, project)
    papers.missing = _missing(project)
    return papers


def _steps(internship, project) -> list[dict]:
    """Whose turn it was, is and will be."""
    order = (*parts.turns_of(internship), P.IN_SIGNATURE)
    here = project.state if project else P.PROMOTER
    labels = {
        P.PROMOTER: _("The promoter writes"),
        P.HOST: _("The host writes"),
        P.INTERN: _("The young person writes"),
        P.IN_SIGNATURE: _("All sign"),
    }
    signed = here == P.SIGNED
    outside = signed and project.document_id is None
    rows = []
    for turn in order:
        whole = signed or (parts.done(project, turn) if turn in parts.TURNS else False)
        going = turn == here or (turn == P.IN_SIGNATURE and here == P.READY)
        rows.append({"label": labels[turn], "state": "going" if going else "done" if whole else "todo"})
    return [] if outside else rows


def _missing(project) -> list[tuple[str, str]]:
    """(turn, what) for each thing that is still missing, in words."""
    if project is None:
        return []
    names = TrainingProject._meta.get_field
    own = {"duties_read_at": _("plan and duties read"), "signer": _("who signs for the host")}
    return [
        (ProjectState(turn).label, own.get(name) or str(names(name).verbose_name))
        for turn, lacking in parts.all_missing(project).items()
        for name in lacking
    ]


def for_promoter(internship) -> Papers:
    """With what the promoter's staff do next."""
    papers = papers_of(internship)
    project = papers.project

    def to(name):
        return reverse(f"internships:{name}", args=[internship.pk])

    state = project.state if project else ""
    day = date_format(localtime(project.state_since), "j F") if project else ""
    match state:
        case "":
            papers.title = _("The training project has not been begun yet.")
            papers.main = (_("Write the training project"), to("project"))
        case P.PROMOTER:
            papers.title = _("It is your turn")
            papers.says = _("Write your part, then hand it on to the host.")
            papers.main = (_("Go on writing"), to("project"))
        case P.HOST:
            papers.title = _("It is the host’s turn since %(day)s") % {"day": day}
            papers.says = _("The host’s tutor got a link. You can send it again, or telephone.")
        case P.INTERN:
            papers.title = _("It is the young person’s turn since %(day)s") % {"day": day}
            papers.says = _("They write what they want to learn. Without an account: write it with them.")
        case P.READY:
            papers.title = _("Nothing is missing: ask for the signatures")
            if papers.agreement is None and way_of(internship).agreement:
                papers.title = _("Nothing is missing but the framework agreement with this host")
            if internship.state != InternshipState.AGREED:
                papers.title = _("Ready. When it is agreed, ask for the signatures.")
            papers.main = (_("Ask for the signatures"), to("project-send"))
        case P.IN_SIGNATURE:
            papers.title = _signed_so_far(papers.evidence)
        case P.SIGNED:
            papers.title = _("Signed by all on %(day)s") % {"day": date_format(project.signed_on, "j F Y")}
    return papers


def _signed_so_far(evidence) -> str:
    signed = sum(line.signer.state == SignerState.SIGNED for line in evidence)
    return _("%(signed)s of %(all)s have signed") % {"signed": signed, "all": len(evidence)}


def for_intern(internship, user) -> Papers:
    """With what is asked of the young person, in their words."""
    papers = papers_of(internship)
    state = papers.project.state if papers.project else ""
    if state == P.INTERN:
        papers.title = _("It is your turn: what do you want to learn?")
        papers.main = (_("Write your part"), reverse("internships:my-project", args=[internship.pk]))
    elif state == P.IN_SIGNATURE:
        mine = own_signer(papers.request, user)
        papers.title = _signed_so_far(papers.evidence)
        if mine and mine.state == SignerState.WAITING:
            papers.title = _("Read your training project, then sign")
            papers.main = (_("Read and sign"), reverse("internships:paper-sign", args=[mine.pk]))
    elif state == P.SIGNED:
        papers.title = _("Your training project is signed by all")
    return papers


def own_signer(request, user) -> Signer | None:
    """The signer of this request whose account `user` has."""
    return next((row for row in request.signers_read if row.user_id == user.pk), None) if request else None


def waiting_for(papers, user) -> Signer | None:
    """The signature that waits for this member of staff: the promoter's, or the tutor's."""
    for request in (papers.request, papers.tutors):
        mine = own_signer(request, user)
        if mine and mine.state == SignerState.WAITING and request.state == SignatureState.OPEN:
            return mine
    return None
