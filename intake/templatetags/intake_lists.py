"""The desk's long lists, written row by row: the words of a column once for the table, each day once."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localdate, localtime
from django.utils.translation import gettext, ngettext

from foundation.privacy.sentences import sentence_for
from intake.enums import AppointmentState
from intake.models import Participation
from intake.signals import reasons
from intake.templatetags.intake_people import mediation
from intake.templatetags.intake_ui import note_said, state, state_of
from migwork.links import link_to
from migwork.tables import link, table
from migwork.templatetags.ui import NOTHING, status
from migwork.words import day_in_words, word_of

register = template.Library()


def _on(day, pattern) -> str:
    """A day in words."""
    return SafeString(f'<time datetime="{day.isoformat()}">{day_in_words(day, pattern)}</time>')


def _hours(pattern):
    """How to write moments: the day in words, and the hour. Where we are is asked once, not for each row."""
    here = get_current_timezone()

    def write(moment) -> str:
        moment = moment.astimezone(here)
        return f"{day_in_words(moment.date(), pattern)}, {moment:%H:%M}"

    return write


@register.simple_tag
def waiting_table(rows):
    """Who signed up and was not received yet; `rows` as intake.views.desk.listed() makes them."""
    name, signed_up, contact, to_do, receive = map(
        escape,
        (gettext("Name"), gettext("Signed up on"), gettext("Contact"), gettext("What to do"), gettext("Receive")),
    )
    at = _hours("j F")
    lines = [
        f'<tr><th scope="row">{link(row.file_url, row.name)}</th>'
        f'<td data-label="{signed_up}">{at(row.opened_at)}</td>'
        f'<td data-label="{contact}">{escape(row.contact)}</td>'
        f'<td><a class="btn btn-secondary btn-small" href="{row.receive_url}">{receive}'
        f'<span class="visually-hidden"> {escape(row.name)}</span></a></td></tr>\n'
        for row in rows
    ]
    return SafeString(
        f'<table class="table table-cards"><thead><tr><th scope="col">{name}</th><th scope="col">{signed_up}</th>'
        f'<th scope="col">{contact}</th><th scope="col"><span class="visually-hidden">{to_do}</span></th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


@register.simple_tag
def caseload_table(rows, choose=False):
    """The people an operator follows, `rows` as queries.caseload() gives them. `choose`: a box before each."""
    today, file_of = localdate(), link_to("intake:person-file")
    who = _box(gettext("Choose %(name)s")) if choose else lambda row, url: link(url, row.name)
    states = {value: state_of(Participation, value) for value in {row.state for row in rows}}
    days = {day: _on(day, "j F Y") if day else "–" for day in {row.heard_on for row in rows}}
    return table(
        "",
        [gettext("Name"), gettext("State"), gettext("Last contact"), gettext("Look at")],
        [
            (
                who(row, file_of(row.pk)) + _in_cover(row.cover),
                states[row.state],
                days[row.heard_on],
                SafeString(" ".join([_drawn(kind, said) for kind, said in reasons(row, today)])),
            )
            for row in rows
        ],
    )


@register.simple_tag
def talks_today(talks, user):
    """The next talks of the desk, as queries.next_talks() gives them: when, who, with whom."""
    with_me = gettext("with me")
    file_of, with_me = link_to("intake:person-file"), f"<strong>{escape(with_me)}</strong>"
    lines = []
    for talk in talks:
        start = localtime(talk.starts_at)
        who = link(file_of(talk.participation_id), talk.participation.person.full_name)
        whom = with_me if talk.operator_id == user.pk else escape(str(talk.operator))
        how = f"<p>{state(talk)}</p>" if talk.state != AppointmentState.BOOKED else ""
        lines.append(
            f'<li><time datetime="{start.isoformat()}">{start:%H:%M}</time><h3>{who}</h3>'
            f"<p>{escape(word_of(talk, 'kind'))} · {whom}</p>{how}</li>\n"
        )
    return SafeString(f'<ol class="timeline">{"".join(lines)}</ol>')


@register.simple_tag
def agenda_days(days, *, week, today, everybody):
    """The days of the agenda as of queries.agenda: a heading for each in a week, each line with whose it is for all."""
    written, now = _agenda_lines(everybody), gettext("today")
    said = []
    for row in days:
        name, heading = "", ""
        if week:
            key = f"d{row.day:%Y%m%d}"
            title = day_in_words(row.day, "l j") + (f" · {now}" if row.day == today else "")
            name, heading = f' aria-labelledby="{key}"', f'<h3 id="{key}">{escape(title)}</h3>'
        holiday = row.holiday and _muted(row.holiday)
        lines = f'<ul class="agenda">{"".join(map(written, row.lines))}</ul>' if row.lines else ""
        nothing = "" if holiday or lines else _muted(gettext("Nothing booked, no hours offered."))
        said.append(f"<section{name}>{heading}{holiday}{lines}{nothing}</section>")
    return SafeString(f'<div class="{"week" if week else "stack"}">{"".join(said)}</div>')


def _agenda_lines(everybody):
    """How to write a line of the agenda; with whose it is, if it is that of everybody."""
    file_of, free = link_to("intake:person-file"), escape(gettext("Free"))

    def offered(line):
        if line.offered_by is None:
            return escape(_places(line.places))
        return f"{free}{_hint(line.offered_by)}" if everybody else free

    def booked(line):
        talk = line.talk
        who = link(file_of(talk.participation_id), talk.participation.person.full_name)
        facts = [word_of(talk, "kind"), word_of(talk, "mode"), *([talk.operator.name] if everybody else ())]
        mediator = mediation(line.mediation) if line.mediation else NOTHING
        how = state(talk) if talk.state != AppointmentState.BOOKED else NOTHING
        return f"{who}{_hint(' · '.join(facts))}{mediator}{how}"

    def written(line):
        mark, what = ("", booked(line)) if line.talk else (' class="is-free"', offered(line))
        return f'<li{mark}><span class="agenda-hour">{line.hours}</span><div>{what}</div></li>'

    return written


def _hint(text):
    return f'<span class="task-hint">{escape(text)}</span>'


def _muted(text):
    return f'<p class="muted">{escape(text)}</p>'


def _places(number):
    return ngettext("The desk: %(n)s place free", "The desk: %(n)s places free", number) % {"n": number}


@lru_cache(maxsize=512)
def _drawn(kind, said):
    return status(kind, said)


def _box(words):
    """How to write a name with a box before it; `words`: what choosing is called."""

    def written(row, url):
        chosen = escape(words % {"name": row.name})
        return SafeString(
            f'<span class="choose"><input type="checkbox" name="chi" value="{row.pk}" aria-label="{chosen}">'
            f'<a href="{url}">{escape(row.name)}</a></span>'
        )

    return written


def _in_cover(cover):
    if cover is None:
        return NOTHING
    words = gettext("in cover for %(operator)s until %(day)s") % {
        "operator": cover.away,
        "day": day_in_words(cover.last_day, "j F"),
    }
    return SafeString(f'<span class="muted small in-cover">{escape(words)}</span>')


@register.simple_tag
def timeline(events, notes, user):
    """A person's story, newest first: when, what was done, by whom; `events` from intake.queries.story().

    `notes`: what those of them say that `user` may read, from intake.queries.notes_told().
    """
    sentences = {verb: escape(sentence_for(verb)) for verb in {event.verb for event in events}}
    at = _hours("j F Y")
    lines = [
        f'<li><time datetime="{event.at.isoformat()}">{at(event.at)}</time><p>{sentences[event.verb]}'
        f"{_by(event.by)}</p>{note_said(notes[event.on], user) if event.on in notes else NOTHING}</li>\n"
        for event in events
    ]
    return SafeString(f'<ol class="timeline">{"".join(lines)}</ol>')


def _by(name):
    return f' <span class="muted">· {escape(name)}</span>' if name else ""
