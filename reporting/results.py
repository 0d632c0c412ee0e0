"""What became of those who left, as the funders ask: within four weeks and after six months (domain rules §4)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from intake.enums import FollowUpMoment
from intake.models import FollowUp

QUALIFIED, BETTER = "qualified", "better"


@dataclass
class Result:
    """One moment: of `due` people who left that long ago `asked` were written to, and `answered` have told.

    `counts` is {(result, gender): people}, a result being a FollowUpSituation, QUALIFIED or BETTER.
    """

    moment: FollowUpMoment
    due: int = 0
    asked: int = 0
    answered: int = 0
    counts: Counter = field(default_factory=Counter)

    def of(self, result: str) -> int:
        """How many people, of whatever gender."""
        return sum(n for (name, _gender), n in self.counts.items() if name == result)


def results(edition, today: date) -> list[Result]:
    """Both moments of an edition, each person once: of who left twice the last time counts. One query."""
    found = {moment.value: Result(moment) for moment in FollowUpMoment}
    asked_about = FollowUp.objects.filter(
        participation__edition=edition, participation__merged_into=None, due_on__lte=today
    )
    last = asked_about.order_by("participation", "moment", "-due_on", "pk").distinct("participation", "moment")
    rows = (
        FollowUp.objects.filter(pk__in=last.values("pk"))
        .order_by()
        .values_list("moment", "situation", "has_qualified", "is_better", "participation__person__gender")
        .annotate(people=Count("pk"), asked=Count("asked_at"))
    )
    for moment, situation, has_qualified, is_better, gender, people, asked in rows:
        result = found[moment]
        result.due += people
        result.asked += asked
        if not situation:
            continue
        result.answered += people
        result.counts[situation, gender] += people
        result.counts[QUALIFIED, gender] += people if has_qualified else 0
        result.counts[BETTER, gender] += people if is_better else 0
    return list(found.values())
