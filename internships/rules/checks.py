"""The checks of an internship, as a table: what each is called, and how it is made."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.rules import words
from internships.rules.allowance import least_of_month
from internships.rules.checks_of_time import TIME
from internships.rules.duration import latest_end, longest_rule
from internships.rules.facts import Facts, Span
from internships.rules.findings import Answer, Finding, Level, judged
from internships.rules.quota import quota
from internships.rules.values import RuleValues
from migwork.months import add_months


def _first_for(kind: str, *codes: str, rules: RuleValues) -> str:
    """Of rules that say the same of different kinds, the one that is about `kind`; else the first."""
    return next((code for code in codes if rules.is_for(code, kind)), codes[0])


def _age(facts: Facts, rules: RuleValues) -> Answer | None:
    if not (facts.birth_date and facts.starts_on):
        return None
    rule = _first_for(facts.kind, "age.min", "age.min_other", rules=rules)
    age, least = facts.age_on(facts.starts_on), rules.whole(rule)
    return Answer(
        age >= least,
        rule,
        _("On the first day the person is %(age)s: at least %(least)s.") % {"age": age, "least": least},
        str(age),
        str(least),
    )


def _school(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.school is None:
        return None
    if facts.school:
        return Answer(True, "school.named", _("It is part of studies at %(school)s.") % {"school": facts.school})
    return Answer(False, "school.named", _("It is part of studies: write at which school."))


def _level(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.eqf_level is None:
        return None
    least = rules.whole("eqf.min")
    said = {"level": facts.eqf_level, "least": least}
    right = facts.eqf_level >= least
    sentence = (
        _("What is learnt is of EQF level %(level)s: at least %(least)s.")
        if right
        else _("Elementary work (EQF level %(level)s) is no internship: level %(least)s at least.")
    )
    return Answer(right, "eqf.min", sentence % said, str(facts.eqf_level), str(least))


def _shortest(facts: Facts, rules: RuleValues) -> Answer | None:
    if not facts.span or facts.duration_class:
        return None
    rule = "duration.min_seasonal" if facts.is_seasonal else "duration.min"
    months = rules.whole(rule)
    earliest = latest_end(facts.starts_on, months, facts.suspended_days)
    return Answer(
        facts.ends_on >= earliest,
        rule,
        _("It lasts until %(end)s: at least until %(earliest)s, which is %(months)s.")
        % {"end": words.day(facts.ends_on), "earliest": words.day(earliest), "months": words.months(months)},
        words.day(facts.ends_on),
        words.day(earliest),
    )


def _longest(facts: Facts, rules: RuleValues) -> Answer | None:
    if not facts.span:
        return None
    rule = longest_rule(facts.duration_class, facts.eqf_level, rules)
    return _until(facts, rule, rules.whole(rule))


def _until(facts, rule, months) -> Answer:
    latest = latest_end(facts.starts_on, months, facts.suspended_days)
    said = {"end": words.day(facts.ends_on), "latest": words.day(latest), "months": words.months(months)}
    sentence = (
        _("It lasts until %(end)s: at most until %(latest)s, which is %(months)s and the suspended days.")
        if facts.suspended_days
        else _("It lasts until %(end)s: at most until %(latest)s, which is %(months)s.")
    )
    return Answer(facts.ends_on <= latest, rule, sentence % said, words.day(facts.ends_on), words.day(latest))


def _summer_shortest(facts: Facts, rules: RuleValues) -> Answer | None:
    if not facts.span:
        return None
    lasts, least = (facts.net_end - facts.starts_on).days + 1, rules.whole("duration.summer_min")
    return Answer(
        lasts >= least,
        "duration.summer_min",
        _("A summer internship of %(lasts)s: at least %(least)s.")
        % {"lasts": words.days(lasts), "least": words.days(least)},
        words.days(lasts),
        words.days(least),
    )


def _summer_longest(facts: Facts, rules: RuleValues) -> Answer | None:
    return _until(facts, "duration.summer_max", rules.whole("duration.summer_max")) if facts.span else None


def _shadowing_longest(facts: Facts, rules: RuleValues) -> Answer | None:
    if not facts.span:
        return None
    lasts, most = (facts.net_end - facts.starts_on).days + 1, rules.whole("duration.shadowing_max")
    value, limit = words.days(lasts), words.days(most)
    sentence = _("Somebody watches for %(lasts)s: %(most)s at most.") % {"lasts": value, "most": limit}
    return Answer(lasts <= most, "duration.shadowing_max", sentence, value, limit)


def _summer_promoter(facts: Facts, rules: RuleValues) -> Answer:
    return Answer(False, "summer.promoter", _("Only the public employment centre promotes summer internships."))


def _extension(facts: Facts, rules: RuleValues) -> Answer | None:
    """Past so many months, so many more at most, and only for demanding work."""
    if not (facts.span and facts.extended_from) or facts.ends_on <= facts.extended_from:
        return None
    if facts.ends_on <= latest_end(facts.starts_on, rules.whole("extension.after"), facts.suspended_days):
        return None
    months, high = rules.whole("extension.max"), rules.whole("eqf.high")
    # Days suspended after the old end make the extension no longer.
    after = Span(facts.extended_from, facts.ends_on)
    suspended = Facts(
        kind=facts.kind, starts_on=after.first, ends_on=after.last, suspensions=facts.suspensions
    ).suspended_days
    latest = latest_end(_day_after(facts.extended_from), months, suspended)
    demanding = bool(facts.duration_class) or (facts.eqf_level is not None and facts.eqf_level >= high)
    return Answer(
        facts.ends_on <= latest and demanding,
        "extension.max",
        _("Extended until %(end)s: at most until %(latest)s, %(months)s more, and only from EQF level %(high)s on.")
        % {
            "end": words.day(facts.ends_on),
            "latest": words.day(latest),
            "months": words.months(months),
            "high": high,
        },
        words.day(facts.ends_on),
        words.day(latest),
    )


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _places(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.headcount is None:
        return None
    if facts.quota_exempt:
        return Answer(True, "quota.exempt", _("This person does not count towards the places of the workplace."))
    found = quota(
        headcount=facts.headcount,
        permanent_staff=facts.permanent_staff,
        ended=facts.ended_at_unit,
        hired=facts.hired_at_unit,
        rules=rules,
    )
    with_this = facts.others_at_unit + 1
    return Answer(
        with_this <= found.places,
        found.rule,
        ngettext(
            "%(with)s intern at once in this workplace: %(places)s at most, with %(staff)s employees.",
            "%(with)s interns at once in this workplace: %(places)s at most, with %(staff)s employees.",
            with_this,
        )
        % {"with": with_this, "places": found.places, "staff": facts.headcount},
        str(with_this),
        str(found.places),
    )


def _host_tutor(facts: Facts, rules: RuleValues) -> Answer | None:
    rule = _first_for(facts.kind, "tutor.host", "tutor.host_curricular", rules=rules)
    sentence = _("The tutor at the host follows %(with)s at once: %(most)s at most.")
    return _load(facts.others_of_host_tutor, rule, sentence, rules)


def _promoter_tutor(facts: Facts, rules: RuleValues) -> Answer | None:
    sentence = _("The promoter’s tutor follows %(with)s at once: %(most)s at most.")
    return _load(facts.others_of_promoter_tutor, "tutor.promoter", sentence, rules)


def _load(others, rule, sentence, rules) -> Answer | None:
    if others is None:
        return None
    with_this, most = others + 1, rules.whole(rule)
    return Answer(with_this <= most, rule, sentence % {"with": with_this, "most": most}, str(with_this), str(most))


def _allowance(facts: Facts, rules: RuleValues) -> Answer | None:
    """Nothing is compulsory for who is on income support."""
    if facts.allowance is None or facts.on_income_support:
        return None
    case, least = least_of_month(
        rules, has_meals=facts.has_meals, longest_day=facts.longest_day, is_public=facts.is_public
    )
    value, limit = words.euro(facts.allowance), words.euro(least)
    sentence = _("An allowance of %(amount)s a month: at least %(least)s.") % {"amount": value, "least": limit}
    return Answer(facts.allowance >= least, f"allowance.{case}", sentence, value, limit)


def _promoter(facts: Facts, rules: RuleValues) -> Answer:
    if facts.promoter_is_host:
        return Answer(False, "promoter.not_host", _("Promoter and host are the same: two different bodies are needed."))
    return Answer(True, "promoter.not_host", _("Promoter and host are two different bodies."))


def _same_host(facts: Facts, rules: RuleValues) -> Answer:
    if facts.others_with_host:
        sentence = _("This person already has or had an internship with this host: there is only one.")
        return Answer(False, "bar.same_host", sentence, str(facts.others_with_host + 1), "1")
    return Answer(True, "bar.same_host", _("The first internship of this person with this host."), "1", "1")


def _worked_there(facts: Facts, rules: RuleValues) -> Answer | None:
    sentence = _("This person worked for this host until %(day)s: before %(limit)s at the latest.")
    return _long_ago(facts.worked_there_until, "bar.worked", sentence, facts, rules)


def _dismissals(facts: Facts, rules: RuleValues) -> Answer | None:
    sentence = _("The last dismissal for the same work was on %(day)s: before %(limit)s at the latest.")
    return _long_ago(facts.dismissals_on, "bar.dismissals", sentence, facts, rules)


def _long_ago(day, rule, sentence, facts, rules) -> Answer | None:
    """Right when `day` lies as many months before the first day as the rule asks, or more."""
    if day is None or facts.starts_on is None:
        return None
    limit = add_months(facts.starts_on, -rules.whole(rule))
    said = sentence % {"day": words.day(day), "limit": words.day(_day_after(limit))}
    return Answer(day <= limit, rule, said, words.day(day), words.day(limit))


def _short_time(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.short_time is None or facts.span is None:
        return None
    if facts.short_time.meets(facts.span):
        sentence = _("The workplace has short-time work for the same work on days of the internship.")
        return Answer(False, "bar.short_time", sentence, words.day(facts.short_time.first))
    return Answer(True, "bar.short_time", _("No short-time work on days of the internship."))


def _insolvent(facts: Facts, rules: RuleValues) -> Answer | None:
    if facts.insolvent_from is None or facts.span is None:
        return None
    if facts.insolvent_from <= facts.ends_on:
        sentence = _("Insolvency proceedings against the host since %(day)s.") % {
            "day": words.day(facts.insolvent_from)
        }
        return Answer(False, "bar.insolvent", sentence, words.day(facts.insolvent_from))
    return Answer(True, "bar.insolvent", _("No insolvency proceedings on days of the internship."))


# In the order in which people read them. For which kinds each holds, the rule set says.
CHECKS = (
    ("age", _age),
    ("school", _school),
    ("level", _level),
    ("shortest", _shortest),
    ("longest", _longest),
    ("extension", _extension),
    ("summer_shortest", _summer_shortest),
    ("summer_longest", _summer_longest),
    ("shadowing_longest", _shadowing_longest),
    ("summer_promoter", _summer_promoter),
    ("places", _places),
    ("host_tutor", _host_tutor),
    ("promoter_tutor", _promoter_tutor),
    *TIME,
    ("allowance", _allowance),
    ("promoter", _promoter),
    ("same_host", _same_host),
    ("worked_there", _worked_there),
    ("dismissals", _dismissals),
    ("short_time", _short_time),
    ("insolvent", _insolvent),
)


def check(facts: Facts, rules: RuleValues) -> list[Finding]:
    """All that the rules say of an internship, in a fixed order. What cannot be checked yet is not named."""
    findings = _whether_they_hold(facts, rules)
    for code, made in CHECKS:
        answer = made(facts, rules)
        if answer and rules.holds(answer.rule, facts.kind):
            findings.append(judged(code, answer, rules))
    return findings


def _whether_they_hold(facts, rules) -> list[Finding]:
    day = facts.starts_on
    if day is None or (rules.valid_from <= day and (rules.valid_to is None or day <= rules.valid_to)):
        return []
    sentence = _("No rules are entered for the first day: it is judged by “%(name)s”.") % {"name": rules.name}
    return [Finding("rule_set", Level.WARNING, sentence, words.day(day), "", rules.name)]
