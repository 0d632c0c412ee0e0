"""Articles before days."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, override

from migwork.italian import days_put_right


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Entro il 11 marzo 2027.", "Entro l’11 marzo 2027."),
        ("Il 8 giugno", "L’8 giugno"),
        ("dal 8 giugno al 11 luglio", "dall’8 giugno all’11 luglio"),
        ("Dal 11 maggio, nel 8 maggio, sul 8 maggio", "Dall’11 maggio, nell’8 maggio, sull’8 maggio"),
        ("Si può chiudere dal 1 dicembre.", "Si può chiudere dal 1º dicembre."),
        ("il 18 marzo, il 2 marzo, dal 21 maggio", "il 18 marzo, il 2 marzo, dal 21 maggio"),
        ("il 8 per cento, vil 8 marzo, lunedì 8 marzo", "il 8 per cento, vil 8 marzo, lunedì 8 marzo"),
    ],
)
def test_days_after_an_article(written, said):
    assert days_put_right(written) == said


def test_sentences_put_their_own_articles_right():
    with override("it"):
        day = date_format(date(2027, 3, 11), "j F Y")
        assert gettext("Your last day was %(day)s.") % {"day": day} == "Il tuo ultimo giorno è stato l’11 marzo 2027."
        assert (
            str(gettext_lazy("Your last day was %(day)s.") % {"day": day})
            == "Il tuo ultimo giorno è stato l’11 marzo 2027."
        )
        page = Template("{% load i18n %}{% blocktranslate %}Your last day was {{ day }}.{% endblocktranslate %}")
        assert page.render(Context({"day": day})) == "Il tuo ultimo giorno è stato l’11 marzo 2027."
    with override("en"):
        assert gettext("Your last day was %(day)s.") % {"day": "8 marzo"} == "Your last day was 8 marzo."
