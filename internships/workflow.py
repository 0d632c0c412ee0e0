"""States of an internship, as a table."""

from internships.enums import AllowanceState
from internships.enums import InternshipState as S
from migwork.workflow import Step, Workflow

INTERNSHIP = Workflow(
    name="internship",
    states=S,
    initial=S.PROPOSED,
    steps=(
        Step("agree", (S.PROPOSED,), S.AGREED),
        Step("send_for_signature", (S.AGREED,), S.IN_SIGNATURE),
        Step("sign", (S.IN_SIGNATURE,), S.SIGNED),
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
# These follow from the days of a suspension: see actions.suspend and actions.resume.
BY_DAYS = ("suspend", "resume")
