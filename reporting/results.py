"""What became of those who left, as the funders ask: within four weeks and after six months (domain rules §4)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, F, Q, Value, When

from accounts.enums import Gender
from intake.enums import FollowUpMoment, FollowUpSituation
from intake.models import FollowUp
from migwork.calendar import bounds_of
from migwork.small_numbers import LEAST, hide_small

QUALIFIED, BETTER = "qualified", "better"
GENDERS = (Gender.FEMALE, Gender.MALE, Gender.OTHER, Gender.UNSAID)


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
    """Both moments of an edition as they stood on the day `today`, each person once. One query.

    Of who left twice the last time counts.
    """
    found = {moment.value: Result(moment) for moment in FollowUpMoment}
    asked_about = FollowUp.objects.filter(
        participation__edition=edition, participation__merged_into=None, due_on__lte=today
    )
    last = asked_about.order_by("participation", "moment", "-due_on", "pk").distinct("participation", "moment")
    by_then = bounds_of(today)[1]
    rows = (
        FollowUp.objects.filter(pk__in=last.values("pk"))
        .order_by()
        .annotate(
            told=Case(When(answered_at__lt=by_then, then=F("situation")), default=Value(""), output_field=CharField())
        )
        .values_list("moment", "told", "has_qualified", "is_better", "participation__person__gender")
        .annotate(people=Count("pk"), asked=Count("pk", filter=Q(asked_at__lt=by_then)))
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


def as_data(result: Result) -> dict:
    """A moment as the page and the report show it: None for what is not shown, no rows for too few answers."""
    rows = []
    if result.answered >= LEAST:
        situations = [situation.value for situation in FollowUpSituation]
        sums = hide_small([result.of(name) for name in situations])
        rows = [_row(result, name, people) for name, people in zip(situations, sums, strict=True)]
        for name in (QUALIFIED, BETTER):
            people = result.of(name)
            rows.append(_row(result, name, None if 0 < people < LEAST else people))
    return {"moment": result.moment.value, "due": result.due, "answered": result.answered, "rows": rows}


def _row(result, name, people: int | None) -> dict:
    """One result by gender and in all; where the sum is not shown, its parts are not either."""
    genders = [result.counts[name, gender.value] for gender in GENDERS]
    return {
        "result": name,
        "genders": [None] * len(genders) if people is None else hide_small(genders),
        "count": people,
    }
