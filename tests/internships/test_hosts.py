"""Hosts: entered once, changed with a trace, with their places computed and explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.enums import MarkCode
from foundation.privacy.models import Event
from internships import actions, queries
from internships.enums import InternshipState
from internships.models import Host
from migwork.errors import NotNow
from tests import factories
from tests.internships.test_actions import HOST

TODAY = date(2026, 5, 5)


def page(name, *args):
    return reverse(f"internships:{name}", args=args)


def interns(unit, count, state=InternshipState.RUNNING, **changes):
    days = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 7, 31), **changes}
    return factories.InternshipFactory.create_batch(count, unit=unit, state=state, **days)


def test_a_change_is_kept_with_the_names_of_what_changed(unit, partner_staff, now):
    actions.change_host(
        host=unit.host, name="Bar Basso srl ", agreement_hours=Decimal(38), ateco="", by=partner_staff, now=now
    )
    unit.host.refresh_from_db()
    assert (unit.host.name, unit.host.sort_key, unit.host.agreement_hours) == ("Bar Basso srl", "bar basso srl", 38)
    event = Event.objects.get(verb="internships.host_changed")
    assert (event.fields, event.by, event.on_id) == (["agreement_hours", "name"], partner_staff, str(unit.host_id))
    actions.change_host(host=unit.host, name="Bar Basso srl", by=partner_staff, now=now)
    assert Event.objects.filter(verb="internships.host_changed").count() == 1, "nothing new, no event"


def test_workplaces_and_tutors_change_in_the_hosts_story(unit, host_tutor, partner_staff, now):
    actions.change_unit(unit=unit, headcount=25, permanent_staff=21, by=partner_staff, now=now)
    actions.change_tutor(tutor=host_tutor, phone="02 123456", by=partner_staff, now=now)
    story = queries.host_story(unit.host)
    assert [row["changed"] for row in story] == ["Telefono", "Dipendenti in questa sede, Di cui a tempo indeterminato"]
    assert {row["by"] for row in story} == {partner_staff}


def test_what_cannot_be_is_said_in_a_sentence(unit, host_tutor, partner_staff, now):
    with pytest.raises(ValidationError, match="a tempo indeterminato sono più"):
        actions.change_unit(unit=unit, permanent_staff=13, by=partner_staff, now=now)
    with pytest.raises(ValidationError, match="cassa integrazione"):
        actions.change_unit(unit=unit, short_time_to=TODAY, by=partner_staff, now=now)
    with pytest.raises(ValidationError, match="48"):
        actions.change_host(host=unit.host, agreement_hours=Decimal(50), by=partner_staff, now=now)
    with pytest.raises(ValidationError):
        actions.change_tutor(tutor=host_tutor, email="", phone="", by=partner_staff, now=now)
    with pytest.raises(TypeError):
        actions.change_host(host=unit.host, vat_number="1", by=partner_staff, now=now)


def test_only_partners_change_hosts(unit, host_tutor, operator, now):
    for act, row in (
        (actions.change_host, {"host": unit.host}),
        (actions.change_unit, {"unit": unit}),
        (actions.change_tutor, {"tutor": host_tutor}),
    ):
        with pytest.raises(PermissionDenied):
            act(**row, by=operator, now=now)


def test_of_two_who_enter_one_host_at_once_the_second_hears_of_the_first(partner_staff, now, monkeypatch):
    """Between her look and her writing somebody else has entered it."""

    def meanwhile(number):
        monkeypatch.undo()
        factories.HostFactory(name="Bar Basso", vat_number=number)

    monkeypatch.setattr(actions.hosts, "_check_unknown", meanwhile)
    with pytest.raises(NotNow, match="Bar Basso"):
        actions.save_host(**HOST, by=partner_staff, now=now)


# --- places ---------------------------------------------------------------------------


@pytest.mark.parametrize(("headcount", "places"), [(0, 1), (5, 1), (6, 2), (20, 2), (21, 3), (30, 3), (31, 4)])
def test_places_follow_the_employees(unit, headcount, places):
    unit.headcount = headcount
    unit.save()
    [found] = queries.places_of(unit.host, TODAY)
    assert (found.quota.places, found.free) == (places, places)
    assert str(headcount) in found.why[0]


def test_who_is_there_takes_a_place_unless_the_mark_says_no(unit):
    interns(unit, 1)
    interns(unit, 1, state=InternshipState.CANCELLED)
    interns(unit, 1, kind="pcto")
    interns(unit, 1, ends_on=date(2026, 5, 4))
    [exempt] = interns(unit, 1)
    factories.MarkFactory(person=exempt.participation.person, code=MarkCode.QUOTA_EXEMPT, value="yes")
    [found] = queries.places_of(unit.host, TODAY)
    assert (found.quota.places, found.taken, found.free, found.exempt) == (2, 1, 1, 1)
    assert any("non conta" in sentence for sentence in found.why)


def test_the_page_of_a_host_tells_its_places_and_costs_the_same(
    as_user, partner_staff, unit, host_tutor, django_assert_max_num_queries
):
    client = as_user(partner_staff)
    address = page("host-detail", unit.host_id)
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        body = client.get(address).content.decode()
    assert "2 posti liberi su 2" in body
    for _n in range(3):
        interns(factories.OperatingUnitFactory(host=unit.host), 2)
    with django_assert_max_num_queries(12) as many:
        assert "0 posti liberi su 2" in client.get(address).content.decode()
    assert len(one) == len(many)


def test_what_stands_in_the_way_is_said_on_the_page(as_user, partner_staff, unit, host_tutor, now):
    today = now.date()
    actions.change_unit(unit=unit, dismissals_on=date(2026, 1, 15), short_time_from=today, by=partner_staff, now=now)
    actions.change_host(
        host=unit.host, insolvent_from=today, liability_until=date(2026, 5, 4), by=partner_staff, now=now
    )
    body = as_user(partner_staff).get(page("host-detail", unit.host_id)).content.decode()
    for words in ("Licenziamento", "Cassa integrazione", "procedura concorsuale", "è scaduta"):
        assert words in body


def test_a_host_that_is_known_is_offered_instead(as_user, partner_staff, referral, unit):
    data = {"name": "Il Basso", "vat_number": "IT 00743110157", "address": "Via Plinio 39", "municipality": "Milano"}
    data |= {"headcount": "9", "tutor_name": "Carla Verdi", "tutor_phone": "02 29400580"}
    body = as_user(partner_staff).post(f"{page('host-create')}?invio={referral.pk}", data).content.decode()
    assert f"{page('internship-create', referral.pk)}?azienda={unit.host_id}" in body
    assert Host.objects.count() == 1


def test_all_is_changed_on_its_pages(as_user, partner_staff, unit, host_tutor):
    marta = as_user(partner_staff)
    host = unit.host
    changed = {"name": "Bar Basso", "ateco": "56.30", "agreement": "Terziario", "agreement_hours": "38,5"}
    changed |= {"is_seasonal": "on", "liability_policy": "Meneghina n. 7", "liability_until": "2027-01-01"}
    assert marta.post(page("host-change", host.pk), changed).status_code == 302
    more = {"address": "Via Plinio 40", "municipality": "Milano", "headcount": "25", "permanent_staff": "21"}
    assert marta.post(page("unit-change", host.pk, unit.pk), more).status_code == 302
    tutor = {"tutor_name": "Carla Neri", "tutor_email": "", "tutor_phone": "02 1"}
    assert marta.post(page("tutor-change", host.pk, host_tutor.pk), tutor).status_code == 302
    for row in (host, unit, host_tutor):
        row.refresh_from_db()
    assert (host.ateco, host.agreement_hours, host.is_seasonal) == ("56.30", Decimal("38.5"), True)
    assert (unit.headcount, unit.permanent_staff, host_tutor.name) == (25, 21, "Carla Neri")
    assert 'value="38,5"' in marta.get(page("host-change", host.pk)).content.decode()
    wrong = marta.post(page("unit-change", host.pk, unit.pk), {**more, "permanent_staff": "26"})
    assert "error-summary" in wrong.content.decode()
    other = factories.OperatingUnitFactory()
    assert marta.get(page("unit-change", host.pk, other.pk)).status_code == 404
