"""The table of the words that the catalogue holds: what typing errors are mended by."""

from django.db import connection, transaction

from pathways import search
from pathways.models import CatalogueWord, Opportunity, Synonym

# In order, so that two who learn the same words never wait for each other. Words that the search passes over
# ("di", "per") have no stem and are not kept.
_LEARN = """
    INSERT INTO pathways_catalogueword (word, stem)
    SELECT word, stem
    FROM unnest(%s::text[]) AS given(word),
        LATERAL (SELECT (tsvector_to_array(to_tsvector('italian', word)))[1] AS stem) AS found
    WHERE stem IS NOT NULL
    ORDER BY word
    ON CONFLICT (word) DO NOTHING
"""


def learn_words(words) -> None:
    """Add `words` (see search.plain_words) to those that are known."""
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, [sorted(words)])


@transaction.atomic
def renew_words() -> int:
    """Know the words of all published activities and of synonyms alone; each night, after a bulk load. How many."""
    words = set()
    for opportunity in Opportunity.objects.published().select_related("organisation").defer("search").iterator():
        words |= search.words_of_activity(opportunity)
    for text in Synonym.objects.values_list("words", flat=True):
        words |= search.plain_words(text)
    learn_words(words)
    CatalogueWord.objects.exclude(word__in=words).delete()
    return CatalogueWord.objects.count()
