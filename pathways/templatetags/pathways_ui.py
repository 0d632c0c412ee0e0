"""Long lists: the catalogue's cards, the partner's workspace. `{% load pathways_ui %}`; Python, as the components."""

from html import escape

from django import template
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from migwork.links import NUMBER, SLUG, link_to
from migwork.tables import link, table
from migwork.templatetags.ui import once, status
from migwork.words import day_in_words
from pathways.enums import EnrolmentState, OpportunityState
from pathways.models import Enrolment, Opportunity

register = template.Library()


def _csrf_field(context) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'


def _rows(rows) -> SafeString:
    return SafeString('<ul class="tasks">\n' + "".join([f"<li>{row}</li>\n" for row in rows]) + "</ul>")


def _session(session, url="") -> str:
    """The name of a session's row: its day, its times, where, with whom; the day leads to its list if there is one."""
    day = capfirst(day_in_words(session.starts_at.date(), "l j F"))
    name = f'<a href="{url}">{day}</a>' if url else day
    times = f"{session.starts_at:%H:%M}–{session.ends_at:%H:%M}"
    hint = " · ".join([times, *(escape(words) for words in (session.place, session.who) if words)])
    return f'<div class="task-name">{name}<span class="task-hint">{hint}</span></div>'


@register.simple_tag
def activity_cards(cards):
    """The catalogue's cards, inside <ul class="grid">."""
    return SafeString(
        "".join(
            [
                f"""<li class="card">
<p class="card-kind">{card["kind"]}</p>
<h3 class="card-title"><a href="{card["url"]}">{escape(card["title"])}</a></h3>
<p class="card-meta">{escape(card["when_where"])}</p>
<div class="card-foot">{card["state"]}<span>{card["ages"]}</span></div>
</li>
"""
                for card in cards
            ]
        )
    )


@register.simple_tag
def activities_table(activities, show_organisation):
    """The partner's activities, each with its state and its current run."""
    url, run_url, states = link_to("pathways:activity-detail", SLUG), link_to("pathways:run-detail"), {}
    columns = [gettext("Activity"), gettext("State"), gettext("Dates"), gettext("Places")]
    if show_organisation:
        columns.insert(1, gettext("Partner"))
    rows = []
    for activity in activities:
        if activity.state not in states:
            states[activity.state] = status(
                Opportunity(state=activity.state).kind, OpportunityState(activity.state).label
            )
        row = [link(url(activity.slug), activity.title), states[activity.state], "–", "–"]
        if activity.run:
            row[2:] = [link(run_url(activity.run), _dates(activity)), _places(activity)]
        if show_organisation:
            row.insert(1, activity.organisation)
        rows.append(row)
    return table("", columns, rows)


def _dates(run) -> str:
    last = day_in_words(run.ends_on, "j b Y")
    return last if run.starts_on == run.ends_on else f"{day_in_words(run.starts_on, 'j b')} – {last}"


@register.simple_tag
def days_of(run):
    """From its first day to its last; one that begins and ends on the same day has one."""
    last = day_in_words(run.ends_on, "j F Y")
    if run.starts_on == run.ends_on:
        return last
    return gettext("%(first)s to %(last)s") % {"first": day_in_words(run.starts_on, "j F"), "last": last}


def _places(run) -> str:
    places = f"{run.places_taken}/{run.places}"
    if not run.waiting:
        return places
    return f"{places} · " + ngettext("%(n)s waits", "%(n)s wait", run.waiting) % {"n": run.waiting}


@register.simple_tag
def sessions_held(sessions, can_run):
    """What took place, with how many came; who runs the activity opens the list of each."""
    url, to_record = link_to("pathways:session-attendance", NUMBER), status("warn", gettext("Attendance to record"))
    states = {}
    rows = []
    for session in sessions:
        there = session.there if session.recorded_at else None
        if there not in states:
            states[there] = (
                to_record
                if there is None
                else status("done", ngettext("%(n)s was there", "%(n)s were there", there) % {"n": there})
            )
        rows.append(_session(session, url(session.pk) if can_run else "") + states[there])
    return _rows(rows)


@register.simple_tag(takes_context=True)
def sessions_to_come(context, sessions, may_change):
    """What is still to come; each with a link to change it and a button that takes it out."""
    if not may_change:
        return _rows(_session(session) for session in sessions)
    edit, remove, csrf = (
        link_to("pathways:session-edit", NUMBER),
        link_to("pathways:session-remove", NUMBER),
        _csrf_field(context),
    )
    change, out = escape(gettext("Change")), escape(gettext("Take out"))
    listed = link_to("pathways:session-attendance", NUMBER)
    rows = []
    for session in sessions:
        day = f'<span class="visually-hidden"> {day_in_words(session.starts_at.date(), "j F")}</span>'
        rows.append(
            f"{_session(session, listed(session.pk))}"
            f'<div class="row-actions"><a class="btn btn-small" href="{edit(session.pk)}">{change}{day}</a>'
            f'<form class="inline-form" method="post" action="{remove(session.pk)}">{csrf}{once()}'
            f'<button class="btn btn-small">{out}{day}</button></form></div>'
        )
    return _rows(rows)


@register.simple_tag(takes_context=True)
def people_of_run(context, takers, may_end):
    """Who holds a place and what they attended; while `may_end`, those who came can be said to have ended."""
    url, outcome, csrf = (
        link_to("pathways:enrolment-detail"),
        link_to("pathways:enrolment-outcome"),
        _csrf_field(context),
    )
    completed, stopped = escape(gettext("Has completed it")), escape(gettext("Has stopped"))
    button = '<button class="btn btn-secondary btn-small" name="outcome" value="'
    states, attended, unsigned = {}, {}, status("warn", gettext("A signature is missing"))
    rows = []
    for taker in takers:
        if taker.state not in states:
            states[taker.state] = status(Enrolment(state=taker.state).kind, EnrolmentState(taker.state).label)
        came = (taker.there, taker.hours)
        if came not in attended:
            attended[came] = escape(_attended(*came))
        name = escape(taker.name)
        row = (
            f'<div class="task-name"><a href="{url(taker.pk)}">{name}</a>'
            f'<span class="task-hint">{attended[came]}</span></div>'
            f"{unsigned if taker.unsigned else ''}{states[taker.state]}"
        )
        if may_end and taker.came and taker.is_enrolled and not taker.limited:
            who = f'<span class="visually-hidden"> {name}</span></button>'
            row += (
                f'<form class="inline-form" method="post" action="{outcome(taker.pk)}">{csrf}'
                f'{button}yes">{completed}{who}{button}no">{stopped}{who}</form>'
            )
        rows.append(row)
    return _rows(rows)


def _attended(sessions, hours) -> str:
    words = ngettext("%(n)s session, %(hours)s hours", "%(n)s sessions, %(hours)s hours", sessions)
    return words % {"n": sessions, "hours": floatformat(hours, -2)}


@register.simple_tag
def import_faults(faults):
    """What is wrong with a list that was brought: line, column, sentence."""
    columns = [gettext("Line"), gettext("Column"), gettext("What to mend")]
    whole, line = gettext("The whole file"), gettext("Line %s")
    rows = [[line % fault.line if fault.line else whole, fault.column, fault.sentence] for fault in faults]
    return table(gettext("What to mend"), columns, rows)


@register.simple_tag
def import_report(new, known):
    """What became of each line of a list that was brought."""
    url, written = link_to("pathways:activity-detail", SLUG), status("done", gettext("New draft"))
    there = status("info", gettext("Was there already"))
    rows = sorted([*new, *known], key=lambda row: row.line)
    columns = [gettext("Line"), gettext("Activity"), gettext("What happened")]
    cells = [
        [
            gettext("Line %s") % row.line,
            link(url(row.opportunity.slug), row.opportunity.title),
            written if row.is_new else there,
        ]
        for row in rows
    ]
    return table(gettext("Line by line"), columns, cells)
