"""States and the steps between them, as data: checked by actions, drawn into docs/states/."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from migwork.errors import NotNow


@dataclass(frozen=True)
class Step:
    """One step: `verb` leads from any of `sources` to `target`."""

    verb: str
    sources: tuple
    target: str


@dataclass(frozen=True)
class Workflow:
    """The table of one model's states. `initial` is where a new row stands."""

    name: str
    states: type[TextChoices]
    initial: str
    steps: tuple[Step, ...]

    def target(self, state: str, verb: str) -> str:
        """The state that `verb` leads to from `state`. NotNow when it leads nowhere from there."""
        for step in self.steps:
            if step.verb == verb and state in step.sources:
                return step.target
        raise NotNow(
            _("This is not possible now: the state is “%(state)s”. Look again: someone may have been faster.")
            % {"state": self.states(state).label},
            code="workflow",
        )

    def verbs(self, state: str) -> list[str]:
        """What can be done from `state`, in the table's order."""
        return [step.verb for step in self.steps if state in step.sources]

    def mermaid(self) -> str:
        """The diagram's source, one arrow a step."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for step in self.steps:
            lines += [f"    {source} --> {step.target}: {step.verb}" for source in step.sources]
        return "\n".join(lines) + "\n"
