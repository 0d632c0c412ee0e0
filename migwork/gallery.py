"""The gallery: every component with example states, for who writes pages. Exists in development and demo only."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from migwork import charts
from migwork.icons import ICONS, SHAPES
from migwork.inputs import DateInput
from migwork.templatetags.ui import euro


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nome", widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    email = forms.EmailField(
        label="E-mail", help_text="Ad esempio amina@posta.it", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    born = forms.DateField(label="Data di nascita", widget=DateInput())
    area = forms.ChoiceField(label="Zona", choices=[("", "Scegli"), ("1", "Centro"), ("9", "Niguarda, Bicocca")])
    now = forms.ChoiceField(
        label="Che cosa fai adesso?",
        choices=[("school", "Studio"), ("work", "Lavoro"), ("search", "Cerco lavoro"), ("none", "Nessuna di queste")],
        widget=forms.RadioSelect,
    )
    interests = forms.MultipleChoiceField(
        label="Che cosa ti interessa?",
        help_text="Scegline quante vuoi.",
        choices=[("bar", "Bar e cucina"), ("green", "Ambiente"), ("care", "Aiutare le persone")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Vuoi aggiungere qualcosa?", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    read = forms.BooleanField(label="Ho letto come trattate i miei dati")


def examples() -> dict:
    """What the page shows."""
    return {
        "form": ExampleForm(),
        "filter_form": ExampleForm(prefix="filter"),
        "refused": ExampleForm(
            {"refused-name": "Amina", "refused-email": "amina@", "refused-area": "9"}, prefix="refused"
        ),
        "shapes": list(SHAPES),
        "icons": list(ICONS),
        "steps": [
            {"label": "Accoglienza", "state": "done", "note": "4 novembre, con Sara"},
            {"label": "Colloquio", "state": "going", "note": "giovedì 4 dicembre, 15:30"},
            {"label": "Il tuo progetto", "state": "todo"},
        ],
        "tasks": [
            {"title": "I tuoi dati", "url": "#", "state": "Fatto", "kind": "done"},
            {"title": "Studi e lavori", "url": "#", "state": "In corso", "kind": "going", "hint": "3 domande su 5"},
            {"title": "Che cosa vuoi fare", "url": "#", "state": "Da fare", "kind": "todo"},
            {"title": "Firma", "state": "Non ancora", "kind": "waiting", "hint": "Dopo le altre parti"},
        ],
        "facts": [
            ("Quando", "dal 12 gennaio, ogni martedì e giovedì"),
            ("Dove", "via Dogana 2"),
            ("Costo", "gratis"),
        ],
        "today": date(2020, 12, 4),
        "rows": [
            {"name": "Amina B.", "age": 17, "state": "In attesa", "kind": "waiting", "last": "3 dicembre"},
            {"name": "Luca R.", "age": 24, "state": "In corso", "kind": "going", "last": "1 dicembre"},
            {"name": "Svitlana K.", "age": 29, "state": "Senza contatto", "kind": "warn", "last": "30 ottobre"},
        ],
        "bars": charts.bars(
            "Persone coinvolte per macroazione",
            [
                ("Accoglienza e orientamento", 431, 500),
                ("Competenze e impresa", 122, 150),
                ("Formazione e stage", 61, 140),
            ],
            head=("Macroazione", "Coinvolte", "Previste"),
        ),
        "money": charts.bars(
            "Spesa per voce",
            [("Personale", 98400, 160000), ("Prestazioni", 41204, 90000), ("Comunicazione", 31600, 40000)],
            head=("Voce", "Speso", "Previsto"),
            write=euro,
        ),
        "lines": charts.lines(
            "Persone coinvolte mese per mese",
            ["ott", "nov", "dic", "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott"],
            [
                ("coinvolte", [40, 95, 150, 228, 300, 371, 431, None, None, None, None, None, None]),
                ("previste", [61, 123, 184, 246, 307, 369, 430, 492, 553, 615, 676, 738, 800]),
            ],
            head="Mese",
        ),
        "funnel": charts.funnel(
            "Dall'accoglienza all'esito",
            [
                ("Accolti", 431, ""),
                ("Colloquio", 322, "8 giorni"),
                ("Progetto", 240, "15 giorni"),
                ("Attività", 171, "21 giorni"),
            ],
            head=("Passo", "Persone", "Degli accolti", "Tempo mediano"),
        ),
        "poll_url": "/galleria/lavoro/",
    }


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/gallery.html", examples())


def job(request: HttpRequest) -> HttpResponse:
    """The answer to the example of a long job: it is already finished."""
    return render(request, "gallery/_job.html", examples())


urlpatterns = [path("", gallery, name="gallery"), path("lavoro/", job, name="gallery-job")]
