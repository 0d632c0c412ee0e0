"""States of a participation, a plan and an appointment, as tables."""

from intake.enums import (
    ActionState,
    AppointmentState,
    ContactState,
    Ending,
    GroupEntryState,
    ParticipationState,
    PlanState,
    QueueState,
    ReferralState,
    SafeguardingState,
)
from migwork.workflow import Step, Workflow

P = ParticipationState
OPEN_STATES = (P.REGISTERED, P.RECEIVED, P.INTERVIEWED, P.PLAN_DRAFT, P.PLAN_AGREED, P.IN_PROGRESS)

# Of an ending: what a way was closed with. All others say why it stopped before.
OUTCOMES = (Ending.WORK, Ending.STUDY, Ending.QUALIFIED, Ending.SEARCHING, Ending.SERVICE)
REASONS = tuple(ending for ending in Ending if ending not in OUTCOMES)

PARTICIPATION = Workflow(
    name="participation",
    states=P,
    initial=P.REGISTERED,
    steps=(
        Step("receive", (P.REGISTERED,), P.RECEIVED),
        Step("interview", (P.REGISTERED, P.RECEIVED), P.INTERVIEWED),
        Step("draft_plan", (P.RECEIVED, P.INTERVIEWED), P.PLAN_DRAFT),
        Step("agree_plan", (P.PLAN_DRAFT,), P.PLAN_AGREED),
        Step("start", (P.PLAN_AGREED,), P.IN_PROGRESS),
        Step("close", (P.PLAN_AGREED, P.IN_PROGRESS), P.CLOSED),
        Step("drop", OPEN_STATES, P.DROPPED),
        Step("reopen", (P.CLOSED, P.DROPPED), P.RECEIVED),
    ),
)

PLAN = Workflow(
    name="plan",
    states=PlanState,
    initial=PlanState.DRAFT,
    steps=(
        Step("propose", (PlanState.DRAFT,), PlanState.PROPOSED),
        Step("agree", (PlanState.PROPOSED,), PlanState.AGREED),
        Step("change", (PlanState.DRAFT, PlanState.PROPOSED, PlanState.AGREED), PlanState.DRAFT),
    ),
)

ACTION = Workflow(
    name="plan_action",
    states=ActionState,
    initial=ActionState.TO_DO,
    steps=(
        Step("start", (ActionState.TO_DO,), ActionState.DOING),
        Step("finish", (ActionState.TO_DO, ActionState.DOING), ActionState.DONE),
        Step("drop", (ActionState.TO_DO, ActionState.DOING), ActionState.DROPPED),
        Step("resume", (ActionState.DOING, ActionState.DONE, ActionState.DROPPED), ActionState.TO_DO),
    ),
)

APPOINTMENT = Workflow(
    name="appointment",
    states=AppointmentState,
    initial=AppointmentState.BOOKED,
    steps=(
        Step("see", (AppointmentState.BOOKED,), AppointmentState.SEEN),
        Step("excuse", (AppointmentState.BOOKED,), AppointmentState.EXCUSED),
        Step("cancel", (AppointmentState.BOOKED,), AppointmentState.CANCELLED),
        Step("miss", (AppointmentState.BOOKED,), AppointmentState.NO_SHOW),
    ),
)

QUEUE = Workflow(
    name="queue_entry",
    states=QueueState,
    initial=QueueState.ARRIVED,
    steps=(
        Step("call", (QueueState.ARRIVED,), QueueState.CALLED),
        # Nobody answered: they may be outside for a moment.
        Step("put_back", (QueueState.CALLED,), QueueState.ARRIVED),
        Step("receive", (QueueState.ARRIVED, QueueState.CALLED), QueueState.RECEIVED),
        Step("leave", (QueueState.ARRIVED, QueueState.CALLED, QueueState.RECEIVED), QueueState.LEFT),
    ),
)

REFERRAL = Workflow(
    name="referral",
    states=ReferralState,
    initial=ReferralState.SENT,
    steps=(
        Step("accept", (ReferralState.SENT,), ReferralState.ACCEPTED),
        Step("decline", (ReferralState.SENT,), ReferralState.DECLINED),
        # The young person decides who sees them; given back, it stands as it stood.
        Step("withdraw", (ReferralState.SENT, ReferralState.ACCEPTED), ReferralState.WITHDRAWN),
        Step("give_back_waiting", (ReferralState.WITHDRAWN,), ReferralState.SENT),
        Step("give_back_accepted", (ReferralState.WITHDRAWN,), ReferralState.ACCEPTED),
    ),
)

# In front of a participation, and never one: nobody is counted by a nickname (docs/adr).
CONTACT = Workflow(
    name="street_contact",
    states=ContactState,
    initial=ContactState.CONTACTED,
    steps=(
        Step("takes_part", (ContactState.CONTACTED,), ContactState.TAKES_PART),
        Step("forget", (ContactState.CONTACTED,), ContactState.FORGOTTEN),
    ),
)

GROUP_ENTRY = Workflow(
    name="group_entry",
    states=GroupEntryState,
    initial=GroupEntryState.WAITING,
    steps=(
        Step("register", (GroupEntryState.WAITING,), GroupEntryState.REGISTERED),
        Step("drop", (GroupEntryState.WAITING,), GroupEntryState.DROPPED),
    ),
)

SAFEGUARDING = Workflow(
    name="safeguarding_record",
    states=SafeguardingState,
    initial=SafeguardingState.OPEN,
    steps=(Step("close", (SafeguardingState.OPEN,), SafeguardingState.CLOSED),),
)
