"""States of an opportunity, of its runs, of an enrolment, of a certificate and of an accompanied path, as tables."""

from migwork.workflow import Step, Workflow
from pathways.enums import (
    ACTIVE,
    CertificateState,
    EnrolmentState,
    ModulePathState,
    OpportunityState,
    PathState,
    RunState,
)

OPPORTUNITY = Workflow(
    name="opportunity",
    states=OpportunityState,
    initial=OpportunityState.DRAFT,
    steps=(
        Step("submit", (OpportunityState.DRAFT,), OpportunityState.IN_REVIEW),
        Step("publish", (OpportunityState.IN_REVIEW, OpportunityState.EXPIRED), OpportunityState.PUBLISHED),
        Step("return", (OpportunityState.IN_REVIEW,), OpportunityState.DRAFT),
        Step("expire", (OpportunityState.PUBLISHED,), OpportunityState.EXPIRED),
    ),
)

MODULE_PATH = Workflow(
    name="module_path",
    states=ModulePathState,
    initial=ModulePathState.DRAFT,
    steps=(
        Step("publish", (ModulePathState.DRAFT,), ModulePathState.PUBLISHED),
        Step("withdraw", (ModulePathState.PUBLISHED,), ModulePathState.DRAFT),
    ),
)

RUN = Workflow(
    name="run",
    states=RunState,
    initial=RunState.PLANNED,
    steps=(
        Step("start", (RunState.PLANNED,), RunState.RUNNING),
        Step("complete", (RunState.PLANNED, RunState.RUNNING), RunState.COMPLETED),
        Step("cancel", (RunState.PLANNED, RunState.RUNNING), RunState.CANCELLED),
    ),
)

ENROLMENT = Workflow(
    name="enrolment",
    states=EnrolmentState,
    initial=EnrolmentState.ENROLLED,
    steps=(
        Step("offer", (EnrolmentState.WAITING,), EnrolmentState.OFFERED),
        Step("accept", (EnrolmentState.OFFERED,), EnrolmentState.ENROLLED),
        Step("lapse", (EnrolmentState.OFFERED,), EnrolmentState.WITHDRAWN),
        Step("withdraw", ACTIVE, EnrolmentState.WITHDRAWN),
        Step("complete", (EnrolmentState.ENROLLED,), EnrolmentState.COMPLETED),
        Step("fail", (EnrolmentState.ENROLLED, EnrolmentState.WAITING), EnrolmentState.NOT_COMPLETED),
    ),
)

CERTIFICATE = Workflow(
    name="certificate",
    states=CertificateState,
    initial=CertificateState.VALID,
    steps=(
        Step("revoke", (CertificateState.VALID,), CertificateState.REVOKED),
        Step("replace", (CertificateState.VALID,), CertificateState.REPLACED),
    ),
)

# One table for all kinds of path; what each state is called of which kind: paths.py.
PATH = Workflow(
    name="accompanied_path",
    states=PathState,
    initial=PathState.CHOOSING,
    steps=(
        # Also to choose again, while nothing was asked for.
        Step("choose", (PathState.CHOOSING, PathState.PREPARING), PathState.PREPARING),
        Step("start", (PathState.PREPARING,), PathState.UNDER_WAY),
        Step("end", (PathState.CHOOSING, PathState.PREPARING, PathState.UNDER_WAY), PathState.ENDED),
        Step("reopen", (PathState.ENDED,), PathState.CHOOSING),
    ),
)
