"""States of a request about one's own data, as a table."""

from accounts.enums import RequestState
from migwork.workflow import Step, Workflow

REQUEST = Workflow(
    name="privacy_request",
    states=RequestState,
    initial=RequestState.OPEN,
    steps=(
        Step("extend", (RequestState.OPEN,), RequestState.OPEN),
        Step("grant", (RequestState.OPEN,), RequestState.GRANTED),
        Step("grant_in_part", (RequestState.OPEN,), RequestState.PARTLY),
        Step("refuse", (RequestState.OPEN,), RequestState.REFUSED),
        Step("withdraw", (RequestState.OPEN,), RequestState.WITHDRAWN),
    ),
)
