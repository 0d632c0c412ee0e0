"""States of an internship, as a table."""

from internships.enums import AgreementState as A
from internships.enums import AllowanceState
from internships.enums import ApplicationState as Ap
from internships.enums import InternshipState as S
from internships.enums import ProjectState as P
from migwork.workflow import Step, Workflow

INTERNSHIP = Workflow(
    name="internship",
    states=S,
    initial=S.PROPOSED,
    steps=(
        Step("agree", (S.PROPOSED,), S.AGREED),
        Step("send_for_signature", (S.AGREED,), S.IN_SIGNATURE),
        # As soon as the last signature is there, or the scan of what was signed outside of the portal.
        Step("sign", (S.AGREED, S.IN_SIGNATURE), S.SIGNED),
        # Somebody refused, the time ran out, or there was something to mend.
        Step("take_papers_back", (S.IN_SIGNATURE,), S.AGREED),
        Step("start", (S.SIGNED,), S.RUNNING),
        Step("suspend", (S.RUNNING,), S.SUSPENDED),
        Step("resume", (S.SUSPENDED,), S.RUNNING),
        Step("complete", (S.RUNNING,), S.COMPLETED),
        Step("end_early", (S.RUNNING, S.SUSPENDED), S.ENDED_EARLY),
        Step("cancel", (S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED), S.CANCELLED),
    ),
)
# What is to decide becomes due, or to decide again, when it is computed.
ALLOWANCE = Workflow(
    name="allowance",
    states=AllowanceState,
    initial=AllowanceState.DUE,
    steps=(
        Step("order", (AllowanceState.DUE,), AllowanceState.ORDERED),
        Step("pay", (AllowanceState.DUE, AllowanceState.ORDERED), AllowanceState.PAID),
        Step("take_back", (AllowanceState.ORDERED,), AllowanceState.DUE),
    ),
)
# In these, something is still expected of somebody.
OPEN_STATES = (S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED, S.RUNNING, S.SUSPENDED)
# Steps after which somebody will ask why.
NEED_A_REASON = ("suspend", "end_early", "cancel")
# While these last, somebody is at work, or kept a place there.
AT_WORK = (S.RUNNING, S.SUSPENDED)
# The papers are signed, and it is not over: what changes now is an amendment.
AMENDABLE = (S.SIGNED, S.RUNNING, S.SUSPENDED)
# It took place, and is over.
OVER = (S.COMPLETED, S.ENDED_EARLY)
# These are about days: see actions.suspend, actions.resume and actions.end_early, and their pages.
BY_DAYS = ("suspend", "resume", "end_early")
# These follow from what becomes of the papers: nobody takes them by a button.
BY_PAPERS = ("send_for_signature", "sign", "take_papers_back")

# Whose turn it is in a training project.
PROJECT = Workflow(
    name="training_project",
    states=P,
    initial=P.PROMOTER,
    steps=(
        Step("ask_host", (P.PROMOTER, P.HOST), P.HOST),
        Step("ask_intern", (P.HOST,), P.INTERN),
        Step("finish", (P.INTERN, P.PROMOTER), P.READY),
        Step("give_back", (P.HOST, P.INTERN, P.READY), P.PROMOTER),
        Step("send", (P.READY,), P.IN_SIGNATURE),
        Step("take_back", (P.IN_SIGNATURE,), P.PROMOTER),
        Step("sign", (P.IN_SIGNATURE,), P.SIGNED),
        Step("sign_outside", (P.PROMOTER, P.HOST, P.INTERN, P.READY), P.SIGNED),
    ),
)
AGREEMENT = Workflow(
    name="agreement",
    states=A,
    initial=A.DRAFT,
    steps=(
        Step("send", (A.DRAFT,), A.IN_SIGNATURE),
        Step("take_back", (A.IN_SIGNATURE,), A.DRAFT),
        Step("sign", (A.IN_SIGNATURE,), A.SIGNED),
        Step("sign_outside", (A.DRAFT,), A.SIGNED),
        Step("end", (A.DRAFT, A.SIGNED), A.ENDED),
    ),
)

# From the first word to the outcome; what hosts answer by their link are steps of it, too.
_WAITING = (Ap.SENT, Ap.SHORTLISTED, Ap.INVITED)
APPLICATION = Workflow(
    name="application",
    states=Ap,
    initial=Ap.DRAFT,
    steps=(
        Step("send", (Ap.DRAFT,), Ap.SENT),
        Step("shortlist", (Ap.SENT,), Ap.SHORTLISTED),
        # Again, too: another day or another place.
        Step("invite", _WAITING, Ap.INVITED),
        Step("take", _WAITING, Ap.TAKEN),
        Step("turn_down", _WAITING, Ap.TURNED_DOWN),
        # Somebody else withdrew, or the no was a slip.
        Step("reconsider", (Ap.TURNED_DOWN,), Ap.SHORTLISTED),
        Step("withdraw", (*_WAITING, Ap.TAKEN), Ap.WITHDRAWN),
        # The offer left the catalogue before anybody had decided.
        Step("close", _WAITING, Ap.CLOSED),
    ),
)
