"""The checks of the hours: those of all, and those of minors."""

from decimal import Decimal

from django.utils.translation import gettext as _

from internships.rules import minors, words
from internships.rules.facts import Facts
from internships.rules.findings import Answer
from internships.rules.values import RuleValues

# The divisions of ATECO where food and drink are served, and those where people stay.
CATERING = ("56", "55")
SERVES_DRINKS = "56"


def _week(facts: Facts, rules: RuleValues) -> Answer | None:
    sentence = _("%(hours)s a week: %(most)s at most.")
    return _at_most(facts.weekly_hours, rules["time.week"], "time.week", sentence)


def _agreement(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.agreement_hours is None:
        return None
    sentence = _("%(hours)s a week: %(most)s by the host’s collective agreement.")
    return _at_most(facts.weekly_hours, facts.agreement_hours, "time.agreement", sentence)


def _at_most(hours, most, rule, sentence) -> Answer | None:
    if hours is None:
        return None
    value, limit = words.hours(hours), words.hours(most)
    return Answer(hours <= most, rule, sentence % {"hours": value, "most": limit}, value, limit)


def _is_minor(facts, rules) -> bool:
    return bool(facts.birth_date and facts.starts_on and facts.age_on(facts.starts_on) < rules.whole("minors.until"))


def _minors_week(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _is_minor(facts, rules):
        return None
    sentence = _("A minor works %(hours)s a week: %(most)s at most.")
    return _at_most(facts.weekly_hours, rules["minors.week"], "minors.week", sentence)


def _timed(facts, rules) -> bool:
    return bool(facts.timetable) and _is_minor(facts, rules)


def _minors_day(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules):
        return None
    most = Decimal(max(minors.minutes_by_day(facts.timetable).values())) / 60
    sentence = _("A minor works %(hours)s on the longest day: %(most)s at most.")
    return _at_most(most.quantize(Decimal("0.01")), rules["minors.day"], "minors.day", sentence)


def _minors_night(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules):
        return None
    said = {"hours": rules.whole("minors.night"), "from": rules.whole("minors.night_from")}
    said["to"] = rules.whole("minors.night_to")
    sentence = _("A minor has %(hours)s hours of rest each night, with those from %(from)s to %(to)s or one later.")
    return Answer(
        not minors.works_at_night(facts.timetable, rules), "minors.night", sentence % said, "", str(said["hours"])
    )


def _minors_break(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules):
        return None
    longest = minors.longest_without_break(facts.timetable, rules)
    said = {
        "hours": words.minutes_as_hours(longest),
        "most": words.hours(rules["minors.break_after"]),
        "pause": rules.whole("minors.break"),
    }
    sentence = _("A minor works %(hours)s on end: after %(most)s a break of %(pause)s minutes.")
    right = longest <= rules["minors.break_after"] * 60
    return Answer(right, "minors.break_after", sentence % said, said["hours"], said["most"])


def _minors_rest_days(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules):
        return None
    free, least = 7 - len(minors.minutes_by_day(facts.timetable)), rules.whole("minors.rest_days")
    sentence = _("A minor has %(free)s free in a week: at least %(least)s.")
    value, limit = words.days(free), words.days(least)
    return Answer(free >= least, "minors.rest_days", sentence % {"free": value, "least": limit}, value, limit)


def _minors_rest_hours(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules):
        return None
    rest = minors.longest_rest(facts.timetable)
    value, limit = words.minutes_as_hours(rest), words.hours(rules["minors.rest_hours"])
    sentence = _("A minor rests %(hours)s on end once a week: at least %(least)s.")
    right = rest >= rules["minors.rest_hours"] * 60
    return Answer(right, "minors.rest_hours", sentence % {"hours": value, "least": limit}, value, limit)


def _minors_sunday(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _timed(facts, rules) or facts.ateco.startswith(CATERING):
        return None
    works = minors.SUNDAY in minors.minutes_by_day(facts.timetable)
    return Answer(not works, "minors.sunday", _("A minor is free on Sunday; only in catering it can be another day."))


def _minors_alcohol(facts: Facts, rules: RuleValues) -> Answer | None:
    if not _is_minor(facts, rules) or not facts.ateco.startswith(SERVES_DRINKS):
        return None
    return Answer(False, "minors.alcohol", _("A minor must not serve alcohol: write how that is made sure of."))


TIME = (
    ("week", _week),
    ("agreement", _agreement),
    ("minors_week", _minors_week),
    ("minors_day", _minors_day),
    ("minors_night", _minors_night),
    ("minors_break", _minors_break),
    ("minors_rest_days", _minors_rest_days),
    ("minors_rest_hours", _minors_rest_hours),
    ("minors_sunday", _minors_sunday),
    ("minors_alcohol", _minors_alcohol),
)
