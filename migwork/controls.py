"""The fields of a form as HTML: label, hint, error and control, and the summary of all errors.

As tags: {% error_summary form %}, {% field form.email %}, {% fields form %} of `{% load ui %}`.
"""

from functools import lru_cache
from html import escape

from django import forms
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from migwork import icons
from migwork.choices import SharedChoices
from migwork.inputs import DateInput, TimeInput
from migwork.markup import attributes, escaped


def error_summary(form):
    """All that has to be mended, on top of a refused form, each a link to its field."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    rows = [format_html("<li>{}</li>", error) for error in form.non_field_errors()]
    for bound in form:
        rows += [
            format_html('<li><a href="#{}">{}: {}</a></li>', _anchor(bound), str(bound.label).rstrip("?.:"), error)
            for error in bound.errors
        ]
    return format_html(
        '<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="errors-title">'
        '<h2 id="errors-title">{}</h2><ul>{}</ul></div>',
        gettext("There is something to mend"),
        SafeString("".join(rows)),
    )


def _anchor(bound):
    """Where a link to this field leads: its control, or the group that holds its choices."""
    return f"{bound.auto_id}_group" if bound.use_fieldset else bound.id_for_label or bound.auto_id


_OPTIONAL = _("optional")

# Django draws a control, and each of its options, with a template of its own: a tenth of a millisecond
# each. The usual kinds are drawn here instead, several times as fast; every widget of another class or with
# another template still comes from Django. Measures: docs/adr/0003-forms-without-crispy.md.


def _draw_input(bound, widget, attrs):
    value = widget.format_value(bound.value())
    if isinstance(widget, forms.PasswordInput) and not widget.render_value:
        value = None
    kind = attrs.pop("type", widget.input_type)
    return _input(kind, bound.html_name, value, attrs)


def _input(kind, name, value, attrs):
    value = SafeString("") if value is None else f' value="{escaped(value)}"'
    return SafeString(f'<input type="{kind}" name="{escaped(name)}"{value}{attributes(attrs)}>')


def _draw_textarea(bound, widget, attrs):
    value = widget.format_value(bound.value())
    return SafeString(
        f'<textarea name="{escaped(bound.html_name)}"{attributes(attrs)}>\n{escaped(value or "")}</textarea>'
    )


def _draw_checkbox(bound, widget, attrs):
    value = bound.value()
    if widget.check_test(value):
        attrs["checked"] = True
    return _input("checkbox", bound.html_name, widget.format_value(value), attrs)


@lru_cache(maxsize=128)
def _options(pairs):
    """The options of a flat select, none chosen, with the place of each in the text. The same for each who asks."""
    drawn = [f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs]
    # Of two options with one value the first is chosen, as browsers would send either.
    return {value: n for n, (value, _label) in reversed(list(enumerate(pairs)))}, tuple(drawn)


def _draw_select(bound, widget, attrs):
    if type(widget) is forms.Select and (pairs := _flat(widget.choices)):
        places, drawn = _options(pairs)
        chosen = places.get((widget.format_value(bound.value()) or [""])[0])
        if chosen is not None:
            before, after = drawn[chosen].split('">', 1)
            drawn = (*drawn[:chosen], f'{before}" selected>{after}', *drawn[chosen + 1 :])
        return SafeString(f'<select name="{escaped(bound.html_name)}"{attributes(attrs)}>{"".join(drawn)}</select>')
    parts = []
    for group, options, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value()), attrs):
        drawn = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((option["value"], attributes(option["attrs"]), option["label"]) for option in options),
        )
        parts.append(format_html('<optgroup label="{}">{}</optgroup>', group, drawn) if group else drawn)
    return format_html(
        '<select name="{}"{}>{}</select>', bound.html_name, attributes(attrs), SafeString("".join(parts))
    )


def _flat(choices):
    """The choices as a tuple of two texts each; None where some are grouped, or hold markup."""
    if isinstance(choices, SharedChoices):
        return choices.pairs()
    pairs = []
    for value, label in choices:
        if isinstance(label, list | tuple | SafeString) or hasattr(value, "instance"):
            return None
        pairs.append(("" if value is None else str(value), str(label)))
    return tuple(pairs)


@lru_cache(maxsize=512)
def _boxes(kind, name, attrs, pairs):
    """The radio buttons or boxes of a group: of each its value, and how it is drawn open and chosen."""
    widget, attrs, drawn = kind(), dict(attrs), []
    for n, (value, label) in enumerate(pairs):
        ways = (widget.create_option(name, value, label, chosen, n, attrs=attrs) for chosen in (False, True))
        drawn.append((value, *map(_box, ways)))
    return tuple(drawn)


def _box(option):
    own = option["attrs"]
    label = f' for="{escaped(own["id"])}"' if own.get("id") else ""
    control = _input(option["type"], option["name"], option["value"], own)
    return f"<div><label{label}>{control} {escaped(option['label'])}</label></div>"


def _draw_choices(bound, widget, attrs):
    kept = {name: attrs[name] for name in ("id", "class") if name in attrs}
    if pairs := _flat(widget.choices):
        chosen = set(widget.format_value(bound.value()))
        boxes = _boxes(type(widget), bound.html_name, tuple(attrs.items()), pairs)
        drawn = "".join([on if value in chosen else off for value, off, on in boxes])
        return SafeString(f"<div{attributes(kept)}>{drawn}</div>")
    parts = []
    for group, options, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value()), attrs):
        drawn = SafeString("".join(map(_box, options)))
        parts.append(format_html("<div><label>{}</label>{}</div>", group, drawn) if group else drawn)
    return format_html("<div{}>{}</div>", attributes(kept), SafeString("".join(parts)))


_DRAWN = {
    forms.HiddenInput: _draw_input,
    forms.TextInput: _draw_input,
    forms.EmailInput: _draw_input,
    forms.NumberInput: _draw_input,
    forms.PasswordInput: _draw_input,
    forms.URLInput: _draw_input,
    forms.DateInput: _draw_input,
    forms.TimeInput: _draw_input,
    DateInput: _draw_input,
    TimeInput: _draw_input,
    forms.Textarea: _draw_textarea,
    forms.CheckboxInput: _draw_checkbox,
    forms.Select: _draw_select,
    forms.RadioSelect: _draw_choices,
    forms.CheckboxSelectMultiple: _draw_choices,
}


def _control(bound):
    widget = bound.field.widget
    draw = _DRAWN.get(type(widget))
    if draw is None or widget.template_name != type(widget).template_name:
        return bound.as_widget()
    if bound.field.localize:
        widget.is_localized = True
    attrs = widget.build_attrs(widget.attrs, bound.build_widget_attrs({}, widget))
    if bound.auto_id:
        attrs.setdefault("id", bound.auto_id)
    return draw(bound, widget, attrs)


def field(bound, why="", label=None):
    """{% field form.email why=_("So that we can write to you") %}: label, hint, error and control, in this order.

    Django ties hint and error to the control (aria-describedby, aria-invalid).
    """
    if bound.is_hidden:
        return _control(bound)
    widget = bound.field.widget
    text = escaped(bound.label if label is None else label)
    # A box may always be left empty: that is what it is for. `needed`: not at once, but before all is done.
    if not (getattr(bound.field, "needed", bound.field.required) or isinstance(widget, CheckboxInput)):
        text = f'{text} <span class="optional">({escaped(_OPTIONAL)})</span>'
    name, control = escaped(bound.id_for_label), _control(bound)
    hint, reason, error = _hint(bound), _reason(why), _error(bound)
    css = "field has-error" if bound.errors else "field"
    if isinstance(widget, CheckboxInput):
        return SafeString(
            f'<div class="{css}">{hint}{error}<div class="choices choice-single"><label for="{name}">'
            f"{control}<span>{text}</span></label></div>{reason}</div>"
        )
    if bound.use_fieldset:
        described = bound.aria_describedby
        described = f' aria-describedby="{escaped(described)}"' if described else ""
        kind = "choices" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "date-parts"
        return SafeString(
            f'<fieldset class="{css}" id="{escaped(bound.auto_id)}_group"{described}><legend>{text}</legend>'
            f'{hint}{reason}{error}<div class="{kind}">{control}</div></fieldset>'
        )
    return SafeString(f'<div class="{css}"><label for="{name}">{text}</label>{hint}{reason}{error}{control}</div>')


def _hint(bound):
    return (
        f'<p class="hint" id="{escaped(bound.auto_id)}_helptext">{escaped(bound.help_text)}</p>'
        if bound.help_text
        else ""
    )


def _reason(why):
    if not why:
        return ""
    title = escaped(gettext("Why do we ask you this?"))
    return f'<details class="why"><summary>{title}</summary><p>{escaped(why)}</p></details>'


def _error(bound):
    if not bound.errors:
        return ""
    said = "<br>".join(map(escaped, bound.errors))
    return (
        f'<div class="field-error" id="{escaped(bound.auto_id)}_error">{icons.icon("warning")}<span>{said}</span></div>'
    )


def fields(form, *names):
    """All fields of a form, or those named, in order. Without names the hidden ones come too."""
    if names:
        return SafeString("".join(field(form[name]) for name in names))
    return SafeString("".join(field(bound) for bound in form))
