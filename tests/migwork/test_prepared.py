"""Reads whose SQL is kept: the same rows as the queryset, always fresh, for each kind of value its own SQL."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.privacy.models import Access, Event
from intake.models import Participation
from internships.models import Host
from migwork.prepared import Prepared, insert, insert_for_each, update
from pathways.models import Opportunity
from tests import factories


def test_it_gives_what_the_queryset_gives_with_one_query(django_assert_num_queries, participation, operator):
    factories.ParticipationFactory()
    read = Prepared(lambda person: Participation.objects.filter(person=person).select_related("person", "operator"))
    for _again in range(2):
        with django_assert_num_queries(1):
            (found,) = read(person=participation.person_id)
            assert (found, found.person.full_name) == (participation, participation.person.full_name)
    Participation.objects.filter(pk=participation.pk).update(operator=operator)
    assert read.first(person=participation.person_id).operator == operator


def test_only_some_columns_and_what_is_counted_beside_them(participation, now):
    read = Prepared(lambda since, state: Participation.objects.filter(opened_at__gte=since, state=state).only("state"))
    (found,) = read(since=participation.opened_at, state=participation.state)
    assert found.get_deferred_fields() >= {"opened_at", "outcome"}
    assert read.first(since=timezone.now().replace(year=2999), state=participation.state) is None


def test_what_confidential_fields_hold_is_read(participation):
    reception = factories.ReceptionFactory(participation=participation, need="Un corso serale")
    read = Prepared(lambda pk: type(reception).objects.filter(pk=pk))
    assert read.first(pk=reception.pk).need == "Un corso serale"


def test_a_value_that_the_query_does_not_use_is_refused(db):
    with pytest.raises(ValueError, match="person"):
        Prepared(lambda person: Participation.objects.all())(person=1)


def test_rows_of_columns_with_conditions_that_come_and_go(edition, now):
    old, young = (factories.OpportunityFactory(min_age=age, max_age=34, municipio=9) for age in (30, 16))

    def search(*, age=None, municipio=None, latest_first=False):
        rows = Opportunity.objects.order_by("-min_age" if latest_first else "min_age")
        rows = rows.filter(min_age__lte=age) if age else rows
        return (rows.filter(municipio=municipio) if municipio else rows).values_list("pk", "min_age")

    read = Prepared(search)
    assert read() == [(young.pk, 16), (old.pk, 30)]
    assert read(latest_first=True) == [(old.pk, 30), (young.pk, 16)]
    assert read(latest_first=False, age=20, municipio=9) == [(young.pk, 16)]
    assert read(latest_first=False, age=40, municipio=9) == [(young.pk, 16), (old.pk, 30)]
    assert read(municipio=8) == []


def test_insert_saves_as_save_does(db, now):
    host = insert(Host(name="Prova", vat_number="12345678903", sort_key="prova", created_at=now))
    host.refresh_from_db()
    assert (host.name, host.sector, host.created_at) == ("Prova", "", now)
    host.sector = "16.23"
    host.save()
    assert Host.objects.get().sector == "16.23"


def test_insert_keeps_keys_lists_and_nothing(coordinator, now):
    event = insert(Event(at=now, by=coordinator, verb="x.y", on_type="a.b", on_id="1", fields=["amount", "line"]))
    found = Event.objects.get(pk=event.pk)
    assert (found.at, found.by, found.about, found.fields) == (now, coordinator, None, ["amount", "line"])


def test_insert_leaves_to_the_database_what_it_has_a_default_for_and_tells_it(db, now):
    given = Event(at=now, verb="x.y", on_type="a.b", on_id="1", written_at=now)
    assert insert(given).written_at == now
    left = insert(Event(at=now, verb="x.y", on_type="a.b", on_id="2"))
    assert left.written_at == Event.objects.get(pk=left.pk).written_at


def test_one_row_for_each_of_several_values(coordinator, now):
    abouts = [uuid4(), uuid4()]
    insert_for_each(
        Access(at=now, by=coordinator, what="page", why="desk", reason="Per l’appuntamento"), "about", abouts
    )
    found = Access.objects.order_by("pk")
    assert [row.about for row in found] == abouts
    assert {(row.at, row.by, row.what, row.reason, row.special) for row in found} == {
        (now, coordinator, "page", "Per l’appuntamento", False)
    }
    insert_for_each(Access(at=now, what="page", why="desk"), "about", [])
    assert found.count() == 2
    insert_for_each(Access(at=now, what="page", why="desk"), "about", abouts[:1])
    assert found.last().by is None


@pytest.mark.django_db(transaction=True)
def test_only_a_row_that_stands_alone_does_not_wait_for_the_disk(now):
    def waits():
        with connection.cursor() as cursor:
            return cursor.execute("SHOW synchronous_commit").fetchone() == ("on",)

    def note(**how) -> bool:
        """Whether the statement said that it need not wait."""
        with CaptureQueriesContext(connection) as sent:
            insert_for_each(Access(at=now, what="page", why="desk"), "about", [uuid4()], **how)
        return "synchronous_commit" in sent[0]["sql"]

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    assert note(waits=False)
    assert waits()
    assert not note()
    with transaction.atomic():
        assert not note(waits=False)
        assert waits()
    assert Access.objects.count() == 3


def test_update_saves_the_fields_it_is_told_and_no_other(participation, now, django_assert_num_queries):
    reception = factories.ReceptionFactory(participation=participation, need="Un corso serale", next_step="Colloquio")
    reception.need, reception.next_step, reception.at = "Un corso", "", now
    with django_assert_num_queries(1):
        update(reception, "need", "at")
    reception.refresh_from_db()
    assert (reception.need, reception.next_step, reception.at) == ("Un corso", "Colloquio", now)


def test_what_is_gone_is_not_updated_without_a_word(participation):
    reception = factories.ReceptionFactory(participation=participation)
    type(reception).objects.all().delete()
    with pytest.raises(DatabaseError, match=r"no intake\.Reception"):
        update(reception, "need")


def test_a_statement_that_is_planned_once_holds_its_constants_and_stays_right(edition, now):
    """Words with signs of their own in SQL do not harm it, and no value is ever kept."""
    odd = "100% d'oro, %s"
    rows = [factories.OpportunityFactory(title=odd, min_age=age, max_age=34) for age in (16, 18)]
    factories.OpportunityFactory(title="Altro", min_age=16, max_age=34)
    read = Prepared(
        lambda age: Opportunity.objects.filter(title=odd, min_age=age, max_age=34).values_list("pk"), plan_once=True
    )
    assert [read(age=age) for age in (16, 18, 20)] == [[(rows[0].pk,)], [(rows[1].pk,)], []]
    (kept,) = read._kept.values()
    assert [place.name for place in kept.places] == ["age"]
