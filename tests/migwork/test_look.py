"""The look: colours that can be read, little to download, sides that turn round, components that hold what they say."""

import re

import brotli
import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from pytest_django.asserts import assertHTMLEqual

from migwork import charts, controls, navigation
from migwork.inputs import DateInput, TimeInput
from tests.strict import StrictClient

STYLES = settings.BASE_DIR / "assets" / "styles"
BUILT = settings.BASE_DIR / "static" / "build"


def tokens(name):
    block = re.search(rf"\${name}: \((.*?)\n\);", (STYLES / "_tokens.scss").read_text(), re.DOTALL).group(1)
    return dict(re.findall(r"([\w-]+): (#[0-9a-f]{6})", block))


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "surface", "sunken")
TEXT = [
    *((text, ground) for text in ("text", "muted", "link", "primary", "on-stop") for ground in GROUNDS),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-primary-soft", "primary-soft"),
    ("primary", "primary-soft"),
    ("text", "primary-soft"),
    ("on-band", "band"),
    ("band-muted", "band"),
    ("on-next", "next"),
    ("on-next-soft", "next-soft"),
    *((f"on-{kind}", f"{kind}-soft") for kind in ("todo", "waiting", "done", "warn", "stop")),
]
CONTROLS = [
    *(
        (line, ground)
        for line in ("control", "primary", "focus", "chart-1", "chart-2", "chart-3")
        for ground in GROUNDS
    ),
    ("control", "primary-soft"),
    ("next-line", "next-soft"),
    ("focus", "next-soft"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(scheme):
    colours = tokens(scheme)
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT}
    assert {pair: round(value, 2) for pair, value in faint.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_stands_out_from_its_ground(scheme):
    colours = tokens(scheme)
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in CONTROLS}
    assert {pair: round(value, 2) for pair, value in faint.items() if value < 3} == {}


def test_dark_changes_every_colour_that_light_names():
    assert tokens("dark").keys() == tokens("light").keys()


def test_amber_is_kept_for_the_next_step():
    uses = {}
    for file in STYLES.glob("*.scss"):
        if file.name == "_tokens.scss":
            continue
        selector = ""
        for line in file.read_text().splitlines():
            if re.match(r"\S.*\{$", line):
                selector = line
            if "var(--next" in line or "var(--on-next" in line:
                uses.setdefault(selector, line)
    assert uses
    assert [selector for selector in uses if "next-step" not in selector] == []


def test_no_style_names_left_or_right():
    physical = re.compile(
        r"\b(?:(?:margin|padding|border)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
        r"|(?:text-align|float|clear):\s*(?:left|right))\b|^\s*(?:left|right):",
        re.MULTILINE,
    )
    found = {file.name: physical.findall(file.read_text()) for file in STYLES.glob("*.scss")}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("style", "allowed"), [("margin-left: 0", False), ("  left: 0", False), ("margin-inline-start: 0", True)]
)
def test_sides_are_recognised(style, allowed, tmp_path, monkeypatch):
    (tmp_path / "a.scss").write_text(style)
    monkeypatch.setattr(f"{__name__}.STYLES", tmp_path)
    if allowed:
        test_no_style_names_left_or_right()
    else:
        with pytest.raises(AssertionError):
            test_no_style_names_left_or_right()


def test_a_first_visit_is_small():
    """Style, script and the fonts of Italian and English, compressed: leaves 70 KB of the 150 to the page itself."""
    assert (BUILT / "app.css").exists(), "build the front end first: npm ci && npm run build"
    packed = sum(len(brotli.compress((BUILT / name).read_bytes())) for name in ("app.css", "app.js"))
    fonts = sum(file.stat().st_size for file in (BUILT / "fonts").glob("titillium-latin-[0-9]*.woff2"))
    assert fonts > 0
    assert packed + fonts < 80 * 1024


@pytest.mark.django_db
def test_gallery_shows_every_component(client):
    response = client.get(reverse("gallery"))
    html = response.content.decode()
    for piece in ("next-step", "card-title", "steps", "tasks", "facts", "timeline", "filters", "table-cards",
                  "empty-state", "callout", "confirmation", "figure", "chart", "job", "document", "thread",
                  "error-summary", "sticky-action", "pager", "tabs", "hero"):  # fmt: skip
        assert f'class="{piece}' in html or f" {piece}" in html, piece
    assert len(html.encode()) < 60_000


def test_a_page_that_does_not_exist_says_so_kindly(client, db):
    response = client.get("/there-is-no-such-page/")
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()
    assert 'class="btn btn-primary"' in response.content.decode() or not navigation.places()["home"]


def test_a_form_from_elsewhere_is_refused_kindly():
    response = StrictClient(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert response.status_code == 403
    assert 'class="lead"' in response.content.decode()


def test_the_page_for_our_own_faults_needs_nothing():
    html = Template((settings.BASE_DIR / "templates" / "500.html").read_text()).render(Context())
    assert 'lang="en"' in html
    assert "{%" not in (settings.BASE_DIR / "templates" / "500.html").read_text()


# -- tags ----------------------------------------------------------------------------------------


def render(source, **context):
    with translation.override("it"):
        return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 356545|euro }}", "356.545\xa0€"),
        ("{{ '1234.5'|euro }}", "1.234,50\xa0€"),
        ("{{ 0|euro:2 }}", "0,00\xa0€"),
        ("{{ '1234.567'|euro:0 }}", "1.235\xa0€"),
        ("{{ 1234567|grouped }}", "1.234.567"),
        ("{{ 61|share:140 }}", "44\xa0%"),
        ("{{ 1|share:0 }}", "–"),
    ],
)
def test_numbers_are_written_as_italians_write_them(source, expected):
    assert render(source) == expected


def test_money_in_english():
    with translation.override("en"):
        assert Template("{% load ui %}{{ 356545|euro }}").render(Context()) == "€356,545"


def test_what_people_wrote_is_escaped_in_every_tag():
    evil = "<b>x</b>"
    html = render(
        "{% status 'done' evil %}{% crumbs evil '/' evil %}{% steps items %}{% task_list items %}{% facts pairs %}"
        "{% chip evil '/' %}{% document evil '/' meta=evil %}{% figure evil 1 note=evil %}{% message 'info' evil %}"
        "{% page_header evil lead=evil %}{% endpage_header %}{% next_step evil %}{% endnext_step %}"
        "{% empty_state evil %}{% endempty_state %}{% callout 'info' evil %}{% endcallout %}{% card evil kind=evil %}"
        "{% endcard %}{% confirmation evil %}{% endconfirmation %}{% job_progress '/' label=evil %}{% chart drawing %}",
        evil=evil,
        items=[{"label": evil, "note": evil, "title": evil, "hint": evil, "state": "done", "kind": "done"}],
        pairs=[(evil, evil)],
        drawing=charts.bars(evil, [(evil, 1)], head=(evil, evil)),
    )
    assert evil not in html
    assert html.count("&lt;b&gt;x") > 20


class Form(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="Ad esempio amina@posta.it")
    phone = forms.CharField(label="Telefono", required=False)
    now = forms.ChoiceField(label="Adesso?", choices=[("a", "Studio"), ("b", "Lavoro")], widget=forms.RadioSelect)
    read = forms.BooleanField(label="Ho letto")


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = render("{% field form.email %}", form=Form({"email": "amina@"}))
    assert '<label for="id_email">E-mail</label>' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html


class Plain(forms.Form):
    text = forms.CharField(max_length=9, initial='"<b>', widget=forms.TextInput(attrs={"autocomplete": "name"}))
    mail = forms.EmailField(help_text="Ad esempio")
    number = forms.IntegerField(min_value=1, max_value=3, initial=1234)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1234)
    day = forms.DateField(widget=DateInput())
    hour = forms.TimeField(required=False, widget=TimeInput())
    when = forms.TimeField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), initial="</textarea>")
    off = forms.CharField(disabled=True)
    price = forms.DecimalField(localize=True, widget=forms.TextInput)
    read = forms.BooleanField()
    told = forms.BooleanField(required=False, initial=True, help_text="Ad esempio")
    zone = forms.ChoiceField(
        choices=[("", "Scegli"), ("1", "<Centro>"), ("Altre", [("9", "Niguarda"), ("8", "Gallaratese")])]
    )
    level = forms.TypedChoiceField(coerce=int, choices=[(1, "A"), (2, "B")], initial=2, disabled=True)
    sort = forms.ChoiceField(
        choices=[("a", "Studio & altro"), ("b", "Lavoro")], widget=forms.RadioSelect, help_text="x"
    )
    maybe = forms.ChoiceField(
        choices=[("", "Niente"), ("G", [("a", "A")])], widget=forms.RadioSelect(attrs={"class": "c"}), required=False
    )
    many = forms.MultipleChoiceField(
        choices=[(1, "Uno"), (1000, "Mille")], initial=[1000], widget=forms.CheckboxSelectMultiple
    )


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"text": "<i>", "mail": "x", "number": "9", "day": "2026-05-05", "note": "\n&", "price": "1234,5"},
        {"read": "on", "zone": "9", "sort": "b", "many": ["1", "1000"], "maybe": ""},
    ],
)
@pytest.mark.parametrize("name", list(Plain.base_fields))
def test_the_fast_controls_are_those_that_django_draws(name, data):
    prefixed = None
    if data is not None:
        prefixed = MultiValueDict({f"p-{k}": v if isinstance(v, list) else [v] for k, v in data.items()})
    with translation.override("it"):
        bound = Plain(prefixed, prefix="p")[name]
        assertHTMLEqual(controls._control(bound), bound.as_widget())


def test_only_what_may_be_left_out_says_so():
    assert "optional" not in render("{% field form.email %}", form=Form())
    assert 'class="optional"' in render("{% field form.phone %}", form=Form())


def test_every_link_of_the_error_summary_leads_somewhere():
    form = Form({"email": "amina@"})
    html = render("{% error_summary form %}{% fields form %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 3
    assert [target for target in targets if f'id="{target}"' not in html] == []
    assert "Adesso: " in html


def test_a_form_nobody_sent_has_no_summary():
    assert render("{% error_summary form %}", form=Form()) == ""


def test_crumbs_lead_back_one_step():
    html = render("{% crumbs 'Attività' '/a/' 'Barman' %}")
    assert html.count('class="crumb-up"') == 1
    assert '<li class="crumb-up"><a href="/a/">Attività</a>' in html
    assert '<span aria-current="page">Barman</span>' in html


def test_a_figure_marks_what_was_expected():
    html = render("{% figure 'Coinvolti' 431 target=800 expected=430 url='/persone/' %}")
    assert '<a href="/persone/">431</a>' in html
    assert 'd="M53.8 0V16"' in html
    assert 'width="53.9"' in html


def test_a_figure_above_its_target_stays_in_its_bar():
    assert 'width="100.0"' in render("{% figure 'Coinvolti' 900 target=800 %}")


# -- charts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (800, [0, 200, 400, 600, 800]),
        (431, [0, 200, 400, 600]),
        (356545, [0, 100000, 200000, 300000, 400000]),
    ],
)
def test_scales_have_round_numbers_and_reach_the_top(top, expected):
    assert charts.ticks(top) == expected


def test_bars_are_as_long_as_their_numbers():
    rows = charts.bars("Costi", [("A", 50, 100), ("B", 100)], head=("Voce", "Speso")).shapes["rows"]
    assert [row["width"] for row in rows] == ["180", "360"]
    assert [row["mark"] for row in rows] == ["359", None]


def test_a_line_stops_where_the_future_begins():
    drawing = charts.lines("Mesi", ["ott", "nov", "dic"], [("fatto", [1, 2, None]), ("previsto", [1, 2, 3])])
    done, planned = drawing.shapes["series"]
    assert len(done["points"].split()) == 2
    assert len(planned["points"].split()) == 3
    assert drawing.table[2] == ("dic", "–", "3")


@pytest.mark.parametrize(
    "drawing",
    [
        charts.bars("Niente", [], head=("Voce", "Speso")),
        charts.bars("Zero", [("A", 0)], head=("Voce", "Speso")),
        charts.lines("Un mese", ["ott"], [("fatto", [0])]),
        charts.funnel("Nessuno", [("Accolti", 0), ("Colloquio", 0)], head=("Passo", "Persone", "Parte")),
    ],
)
def test_charts_of_nothing_can_be_drawn(drawing):
    html = render("{% chart drawing %}", drawing=drawing)
    assert "<title>" in html
    assert "<table" in html


def test_coordinates_are_never_written_with_a_comma():
    drawing = charts.bars("Costi", [("A", 1), ("B", 3)], head=("Voce", "Speso"))
    assert 'width="120"' in render("{% chart drawing %}", drawing=drawing)
    assert not re.search(r'(?:x|y|width|height)="\d+,\d', render("{% chart drawing %}", drawing=drawing))


# -- the menu ------------------------------------------------------------------------------------------


class Visitor:
    is_authenticated = False


class Worker:
    is_authenticated = True
    roles = frozenset({"operator"})


@pytest.fixture
def _own_menu(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", [])
    monkeypatch.setattr(navigation, "_roles", [])
    navigation._forget()
    navigation.register(navigation.EVERYONE, "Galleria", "gallery")
    navigation.register("operator", "Lavoro", "gallery-job", order=10)
    navigation.register("coordinator", "Salute", "health-live")
    navigation.register(navigation.EVERYONE, "Not built", "no-such:page")
    yield
    monkeypatch.undo()
    navigation._forget()


@pytest.mark.usefixtures("_own_menu")
def test_each_sees_the_menu_of_their_role():
    assert [e["label"] for e in navigation.menu(Visitor(), "/")] == ["Galleria"]
    assert [e["label"] for e in navigation.menu(Worker(), "/")] == ["Lavoro", "Galleria"]


@pytest.mark.usefixtures("_own_menu")
def test_one_entry_is_current_the_nearest():
    entries = navigation.menu(Worker(), reverse("gallery-job"))
    assert [e["label"] for e in entries if e["current"]] == ["Lavoro"]
    gallery, below = reverse("gallery"), reverse("gallery") + "x/"
    with translation.override("it"):
        assert f'<a href="{gallery}" aria-current="page">Galleria</a>' in navigation.drawn_menu(Visitor(), gallery)
        assert f'<a href="{gallery}" aria-current="true">Galleria</a>' in navigation.drawn_menu(Visitor(), below)
        assert f'<a href="{gallery}">Galleria</a>' in navigation.drawn_menu(Visitor(), "/")
        assert "Lavoro" not in navigation.drawn_menu(Visitor(), gallery)
        assert "Lavoro" in navigation.drawn_menu(Worker(), gallery)


def test_a_place_that_the_layout_does_not_have_is_refused():
    with pytest.raises(ValueError, match="unknown place"):
        navigation.place("basement", "gallery")


def test_a_field_left_empty_is_said_kindly():
    class Empty(forms.Form):
        name = forms.CharField()

    with translation.override("it"):
        assert Empty({}).errors["name"] == ["Manca ancora."]
