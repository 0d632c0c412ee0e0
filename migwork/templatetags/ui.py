"""The components as template tags: `{% load ui %}`. What each is for: docs/look.md; all to be seen on /galleria/.

Written in Python with format_html rather than as included templates: an include costs about
thirty times as much, and some of these stand on every row of a list.
"""

import secrets
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import get_urlconf
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from migwork import controls, icons, navigation, remembered

register = template.Library()
register.tag("translate", remembered.translate)
register.tag("url", remembered.url)

NOTHING = SafeString("")


# -- words and numbers -----------------------------------------------------------------


@register.filter
def grouped(value, decimals=0):
    """1234 → 1.234 (1,234 in English)."""
    if value is None or value == "":
        return ""
    return grouped_in(get_language(), value, decimals)


@lru_cache(maxsize=1024)
def grouped_in(language, value, decimals=0):
    """The same in a language that the caller knows: each row of a list would ask for it anew."""
    # Django cuts the decimals of a Decimal off; people round.
    value = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.filter
def euro(value, decimals=None):
    """356545 → 356.545 €; cents only where there are some, or as many as asked."""
    if value is None or value == "":
        return ""
    value = Decimal(value)
    if decimals is None:
        decimals = 0 if value == value.to_integral_value() else 2
    number = grouped_in(get_language(), value, decimals)
    if (get_language() or "").startswith("en"):
        return f"-€{number[1:]}" if number.startswith("-") else f"€{number}"
    return f"{number}\xa0€"


@register.filter
def share(value, whole):
    """The part of a whole in per cent, without decimals: 61|share:140 → 44 %."""
    if not whole:
        return "–"
    return f"{grouped(Decimal(value) * 100 / Decimal(whole))}\xa0%"


# -- icons and status ------------------------------------------------------------------


@register.simple_tag
def icon(name):
    """{% icon "calendar" %}: always beside words."""
    return icons.icon(name)


@register.simple_tag
def once():
    """{% once %} beside {% csrf_token %}: however often this form is sent, it acts once (see SendOnce)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(12))


@register.simple_tag
def status(kind, label):
    """{% status "done" plan.get_state_display %}: a word with a shape.

    Kinds: todo, waiting, going, done, warn, stop, info.
    """
    return format_html('<span class="status is-{}">{}<span>{}</span></span>', kind, icons.shape(kind), label)


# -- head of a page ------------------------------------------------------------------


@cache
def _head_links():
    font = '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>'
    links = [
        (font, "build/fonts/titillium-latin-400.woff2"),
        (font, "build/fonts/titillium-latin-700.woff2"),
        ('<link rel="stylesheet" href="{}">', "build/app.css"),
        ('<script src="{}" defer></script>', "build/app.js"),
        ('<link rel="icon" href="{}" type="image/svg+xml">', "favicon.svg"),
        ('<link rel="apple-touch-icon" href="{}">', "icon-180.png"),
        ('<link rel="manifest" href="{}">', "site.webmanifest"),
    ]
    return SafeString("\n".join(format_html(html, static(path)) for html, path in links))


@register.simple_tag
def head_links():
    """Fonts, style, script and icons of the layout; their addresses are looked up once per process."""
    return _head_links()


@cache
def _kept(name, language, urlconf):
    return SafeString(get_template(name).render({"places": navigation.places()}))


@register.simple_tag
def kept(name):
    """A part of the layout that is the same for everybody: rendered once per language and process."""
    if settings.DEBUG:
        return _kept.__wrapped__(name, "", None)
    return _kept(name, get_language(), get_urlconf())


@register.simple_tag
def main_menu(request):
    """{% main_menu request %}: where this user may go, see migwork.navigation."""
    return navigation.drawn_menu(request.user, request.path)


@register.simple_tag
def crumbs(*pairs):
    """{% crumbs _("Activities") list_url object.title %}: label, url, label, url …, the last without an url."""
    items = [(str(pairs[i]), pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    home = navigation.places()["home"]
    if home:
        items.insert(0, (gettext("Home"), home))
    last_link = max((i for i, (label, url) in enumerate(items) if url), default=-1)
    rows = []
    for i, (label, url) in enumerate(items):
        if url:
            css = SafeString(' class="crumb-up"') if i == last_link else NOTHING
            rows.append(format_html('<li{}><a href="{}">{}</a></li>', css, url, label))
        else:
            rows.append(format_html('<li><span aria-current="page">{}</span></li>', label))
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>', gettext("Where you are"), SafeString("".join(rows))
    )


@register.simple_block_tag
def page_header(content, title, lead=""):
    """Title of the page, a sentence, and between the tags the one main action."""
    actions = content.strip()
    return format_html(
        '<div class="page-header"><div><h1>{}</h1>{}</div>{}</div>',
        title,
        format_html('<p class="lead">{}</p>', lead) if lead else NOTHING,
        format_html('<div class="actions">{}</div>', SafeString(actions)) if actions else NOTHING,
    )


# -- boxes ---------------------------------------------------------------------------


@register.simple_block_tag
def next_step(content, title, label="", level=2):
    """The amber box: what to do now. One on a page."""
    return format_html(
        '<section class="next-step"><h{0}>{1}</h{0}><p class="next-title">{2}</p>{3}</section>',
        level,
        label or gettext("Your next step"),
        title,
        SafeString(content),
    )


_CALLOUT_ICONS = {"info": "info", "done": "check", "warn": "warning", "stop": "warning"}


@register.simple_block_tag
def callout(content, kind="info", title=""):
    """A remark that stands out: info, done, warn, stop."""
    return format_html(
        '<div class="callout is-{}">{}<div>{}{}</div></div>',
        kind,
        icons.icon(_CALLOUT_ICONS[kind]),
        format_html("<strong>{}</strong>", title) if title else NOTHING,
        SafeString(content),
    )


@register.simple_tag
def message(level, text):
    """One of Django's messages, in the layout."""
    kind = {"success": "done", "error": "stop", "warning": "warn"}.get(level, "info")
    return format_html(
        '<div class="callout is-{}">{}<div><p>{}</p></div></div>', kind, icons.icon(_CALLOUT_ICONS[kind]), text
    )


@register.simple_block_tag
def empty_state(content, title, icon="info", level=2):
    """Nothing here yet: say why, and between the tags what to do."""
    return format_html(
        '<div class="empty-state">{0}<h{1}>{2}</h{1}>{3}</div>', icons.icon(icon), level, title, SafeString(content)
    )


@register.simple_block_tag
def confirmation(content, title, level=1):
    """It worked: the title of a page that ends an action. Follow it with "what happens now" and {% steps %}."""
    return format_html(
        '<div class="confirmation">{0}<h{1}>{2}</h{1}>{3}</div>', icons.icon("check"), level, title, SafeString(content)
    )


@register.simple_block_tag
def card(content, title, url="", kind="", level=3):
    """A card that leads where its title leads. In long lists write the markup instead (docs/look.md)."""
    return format_html(
        '<article class="card">{}<h{} class="card-title">{}</h{}>{}</article>',
        format_html('<p class="card-kind">{}</p>', kind) if kind else NOTHING,
        level,
        format_html('<a href="{}">{}</a>', url, title) if url else title,
        level,
        SafeString(content),
    )


# -- lists of steps, tasks, facts -------------------------------------------------------


def _get(item, name, default=""):
    if isinstance(item, dict):
        return item.get(name, default)
    return getattr(item, name, default)


_STEP_WORDS = {"done": _("done"), "going": _("now"), "todo": _("to do")}


@register.simple_tag
def steps(items):
    """Stations of a way. Each item: label, state (done, going, todo), and if you like note, url."""
    rows = []
    for number, item in enumerate(items, start=1):
        state = _get(item, "state", "todo")
        label, url, note = _get(item, "label"), _get(item, "url"), _get(item, "note")
        rows.append(
            format_html(
                '<li class="is-{}"{}><span class="step-mark" aria-hidden="true">{}</span><div>{}{}{}</div></li>',
                state,
                SafeString(' aria-current="step"') if state == "going" else NOTHING,
                icons.shape("done") if state == "done" else number,
                format_html('<a href="{}">{}</a>', url, label) if url else label,
                format_html('<span class="visually-hidden"> ({})</span>', _STEP_WORDS[state])
                if state in _STEP_WORDS
                else NOTHING,
                format_html('<span class="step-note">{}</span>', note) if note else NOTHING,
            )
        )
    return format_html('<ol class="steps">{}</ol>', SafeString("".join(rows)))


@register.simple_tag
def task_list(items):
    """Parts that may be done in any order. Each item: title, url, kind and state (see status), hint."""
    rows = []
    for item in items:
        title, url, hint, state = _get(item, "title"), _get(item, "url"), _get(item, "hint"), _get(item, "state")
        rows.append(
            format_html(
                '<li><div class="task-name">{}{}</div>{}</li>',
                format_html('<a href="{}">{}</a>', url, title) if url else title,
                format_html('<span class="task-hint">{}</span>', hint) if hint else NOTHING,
                status(_get(item, "kind", "todo"), state) if state else NOTHING,
            )
        )
    return format_html('<ul class="tasks">{}</ul>', SafeString("".join(rows)))


@register.simple_tag
def facts(pairs):
    """A list of (label, value); empty values are left out, so that nobody reads through blanks."""
    rows = format_html_join(
        "",
        "<div><dt>{}</dt><dd>{}</dd></div>",
        ((label, value) for label, value in pairs if value not in (None, "")),
    )
    return format_html('<dl class="facts">{}</dl>', rows)


@register.simple_tag
def chip(label, url, on=False):
    """A filter to tap; switched on it shows a cross and its link takes it away. Inside <ul class="chips"><li>."""
    return format_html(
        '<a class="chip{}" href="{}"{}>{}{}</a>',
        " is-on" if on else "",
        url,
        SafeString(' aria-current="true"') if on else NOTHING,
        label,
        icons.icon("cross") if on else NOTHING,
    )


@register.simple_tag
def pager(previous="", following=""):
    """Links to the page before and the page after, as full urls; nothing when there is but one page."""
    if not previous and not following:
        return NOTHING
    return format_html(
        '<nav class="pager" aria-label="{}">{}{}</nav>',
        gettext("Pages"),
        format_html('<a class="btn btn-secondary" href="{}" rel="prev">{}</a>', previous, gettext("Previous"))
        if previous
        else SafeString("<span></span>"),
        format_html('<a class="btn btn-secondary" href="{}" rel="next">{}</a>', following, gettext("Next"))
        if following
        else NOTHING,
    )


@register.simple_tag
def document(title, url, meta="", state="", kind="todo"):
    """A document to download, inside <ul class="documents">. Meta: number, date, size."""
    return format_html(
        '<li class="document">{}<div><a href="{}">{}</a>{}</div>{}</li>',
        icons.icon("document"),
        url,
        title,
        format_html('<span class="document-meta">{}</span>', meta) if meta else NOTHING,
        status(kind, state) if state else NOTHING,
    )


# -- forms ----------------------------------------------------------------------------

register.simple_tag(controls.error_summary)
register.simple_tag(controls.field)
register.simple_tag(controls.fields)


# -- figures, charts, progress ----------------------------------------------------------


@register.simple_tag
def figure(label, value, target=None, expected=None, forecast=None, url="", unit="", note=""):
    """A number that opens its rows: value of target, a bar, what was expected today, where it will end.

    `unit="€"` writes money.
    """
    write = euro if unit == "€" else grouped
    number = write(value)
    bar, notes = NOTHING, []
    if target:
        done = min(float(value) / float(target), 1) * 100
        mark = ""
        if expected is not None:
            at = min(float(expected) / float(target), 1) * 100
            mark = format_html('<path class="c-mark" d="M{} 0V16" vector-effect="non-scaling-stroke"/>', f"{at:.1f}")
        bar = format_html(
            '<svg class="figure-bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
            '<rect class="c-track" y="3" width="100" height="10" rx="1"/>'
            '<rect class="c-1" y="3" width="{}" height="10" rx="1"/>{}</svg>',
            f"{done:.1f}",
            mark,
        )
    if expected is not None:
        notes.append(gettext("expected today %(number)s") % {"number": write(expected)})
    if forecast is not None:
        notes.append(gettext("at the end about %(number)s") % {"number": write(forecast)})
    if note:
        notes.append(note)
    return format_html(
        '<article class="figure"><h3 class="figure-label">{}</h3><p class="figure-value">{}{}</p>{}{}</article>',
        label,
        format_html('<a href="{}">{}</a>', url, number) if url else format_html("<strong>{}</strong>", number),
        format_html(" / {}", write(target)) if target else NOTHING,
        bar,
        format_html('<p class="figure-notes">{}</p>', format_html_join("", "<span>{}</span>", ((n,) for n in notes)))
        if notes
        else NOTHING,
    )


@register.simple_tag
def chart(drawing):
    """Draw what migwork.charts computed (bars, lines, funnel), with its table of numbers."""
    return get_template(drawing.template).render({"chart": drawing})


@register.simple_tag
def job_progress(poll_url, done=0, total=0, label="", finished=False):
    """Progress of a long job: an HTMX partial that asks for itself every two seconds until it is finished.

    The view of `poll_url` answers with a template that holds only this tag (or, finished, the result). For
    browsers without JavaScript put {% refresh 5 %} into the page's `head` block.
    """
    polling = NOTHING if finished else format_html(' hx-get="{}" hx-trigger="every 2s" hx-swap="outerHTML"', poll_url)
    value = format_html(' max="{}" value="{}"', total, done) if total else NOTHING
    return format_html(
        '<div class="job" aria-live="polite"{}><p>{}</p><progress aria-label="{}"{}></progress></div>',
        polling,
        label or gettext("We are working on it"),
        label or gettext("Progress"),
        value,
    )


@register.simple_tag
def refresh(seconds=5):
    """In the `head` block of a page that waits: reloads it where there is no JavaScript."""
    return format_html('<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds)
