"""What young people said of activities, in sum: of one for whoever runs it, of an edition for those who evaluate.

Nobody should work out a single answer from two looks at the same page: answers join the sums five at a time, in the
order in which they came, and numbers below five are not shown (migwork.small_numbers).
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.questionnaires.enums import QuestionKind
from foundation.questionnaires.models import Questionnaire
from foundation.questionnaires.queries import words
from migwork import charts
from migwork.small_numbers import LEAST, hide_small
from pathways.asking import OPINION, SCALE, SKILLS, scaled_questions
from pathways.enums import AskedMoment
from pathways.models import Assessment

SENTENCES = 30


@dataclass
class Choice:
    """A question of how it was: how many chose each of its answers, None where it is hidden."""

    label: str
    answers: list[tuple[str, int | None]]
    people: int

    @property
    def hides(self) -> bool:
        return any(number is None for _label, number in self.answers)


@dataclass
class Results:
    """`compared` people said how they see themselves before and after, `opinions` how it was: None for fewer than five.

    `skills` are (sentence, mean before, mean after), None where fewer than five answered it both times.
    """

    compared: int | None = None
    opinions: int | None = None
    skills: list[tuple[str, Decimal | None, Decimal | None]] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.compared is None and self.opinions is None

    @property
    def picture(self) -> charts.Drawing | None:
        rows = [row for row in self.skills if row[1] is not None]
        if not rows:
            return None
        return charts.pairs(
            _("How they see themselves, on average"),
            rows,
            names=(_("before"), _("after")),
            top=len(SCALE),
            write=charts.one_decimal,
            head=(_("About me"), _("Before"), _("After")),
            description=_("From 1, not at all, to 4, very much."),
        )


def results_of(rows: QuerySet[Assessment], language: str, *, sentences: bool = False) -> Results:
    """The sums of these askings; `sentences`: also what people added, without who and when. Four queries at most."""
    answers = list(
        rows.done().order_by("done_at", "pk").values_list("pk", "enrolment_id", "moment", "counted", named=True)
    )
    forms = _newest(SKILLS, OPINION)
    found = Results()
    if SKILLS in forms:
        _compare(found, answers, forms[SKILLS], language)
    if OPINION in forms:
        keys = _count(found, answers, forms[OPINION], language)
        if sentences and keys:
            found.sentences = _sentences(keys, forms[OPINION])
    return found


def of_activity(opportunity) -> QuerySet[Assessment]:
    return Assessment.objects.filter(enrolment__run__opportunity=opportunity)


def of_edition(edition) -> QuerySet[Assessment]:
    return Assessment.objects.filter(enrolment__participation__edition=edition)


def _newest(*keys) -> dict[str, Questionnaire]:
    rows = Questionnaire.objects.filter(key__in=keys).order_by("key", "-version").distinct("key")
    return {row.key: row for row in rows}


def _by_fives(rows: list) -> list:
    """The rows that are shown: the last ones wait until they are five."""
    return rows[: len(rows) - len(rows) % LEAST]


def _compare(found, answers, form, language):
    before = {row.enrolment_id: row.counted for row in answers if row.moment == AskedMoment.ENTRY}
    after = [row for row in answers if row.moment == AskedMoment.EXIT and row.enrolment_id in before]
    pairs = [(before[row.enrolment_id], row.counted) for row in _by_fives(after)]
    found.compared = len(pairs) or None
    for question in scaled_questions(form.definition) if pairs else ():
        key, label = question["key"], words(question["label"], language)
        both = [(int(a[key]), int(b[key])) for a, b in pairs if a.get(key) in SCALE and b.get(key) in SCALE]
        if len(both) < LEAST:
            found.skills.append((label, None, None))
            continue
        means = (Decimal(sum(side)) / len(both) for side in zip(*both, strict=True))
        found.skills.append((label, *means))


def _count(found, answers, form, language) -> list:
    shown = _by_fives([row for row in answers if row.moment == AskedMoment.OPINION])
    found.opinions = len(shown) or None
    questions = (q for section in form.definition["sections"] for q in section["questions"])
    for question in questions if shown else ():
        if (options := _options(question, language)) is None:
            continue
        given = [row.counted.get(question["key"]) for row in shown]
        numbers = [given.count(value) for value, _label in options]
        labels = [label for _value, label in options]
        found.choices.append(
            Choice(
                words(question["label"], language),
                list(zip(labels, hide_small(numbers), strict=True)),
                sum(numbers),
            )
        )
    return [row.pk for row in shown]


def _options(question, language) -> list[tuple[str, str]] | None:
    if question["kind"] == QuestionKind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    if question["kind"] == QuestionKind.CHOICE:
        return [(option["value"], words(option["label"], language)) for option in question["options"]]
    return None


def _sentences(keys, form) -> list[str]:
    """What people added. By the key of the sheet, which is by chance: the order tells nothing of who and when."""
    free = {
        question["key"]
        for section in form.definition["sections"]
        for question in section["questions"]
        if question["kind"] in (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
    }
    rows = Assessment.objects.filter(pk__in=keys).select_related("sheet").order_by("sheet").only("sheet__answers")
    given = (row.sheet.answers.values() for row in rows)
    texts = [section[key] for sections in given for section in sections for key in sorted(free & section.keys())]
    return texts[:SENTENCES]
