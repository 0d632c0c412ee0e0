"""An edition from its file: whole, once, or not at all with line and reason."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Sum

from foundation.privacy.models import Event
from programme.actions import load_edition
from programme.edition_file import EditionFileError, add_months, months_and_days, read
from programme.enums import EditionKind
from programme.models import BudgetLine, Edition, MacroAction, Organisation, Partnership, Target
from programme.queries import receiving_edition
from tests import factories

pytestmark = pytest.mark.django_db
EDITIONS = Path(settings.BASE_DIR, "programme", "editions")
FIRST = (EDITIONS / "mig-work-2020.toml").read_text()


def line_of(text, words, nth=1):
    lines = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return lines[nth - 1]


def refused(text):
    with pytest.raises(EditionFileError) as error:
        read(text)
    return error.value.problems


def test_the_first_edition_to_the_euro(now):
    edition = load_edition(text=FIRST, demo=True, now=now).edition
    assert (edition.starts_on, edition.ends_on) == (date(2020, 10, 1), date(2021, 10, 31))
    assert (edition.min_age, edition.max_age, edition.grant_max_share) == (16, 34, Decimal("0.7"))
    amounts = dict(edition.funders.values_list("code", "amount"))
    assert amounts == {"regione-lombardia": 153_519, "comune-di-milano": 138_022, "altri-partner": 65_004}
    assert sum(amounts.values()) == 356_545
    lines = edition.budget_lines.values("funder__code").annotate(sum=Sum("amount")).values_list("funder__code", "sum")
    assert dict(lines) == amounts
    city = edition.budget_lines.filter(partnership__organisation__code="comune-di-milano")
    assert set(city.values_list("funder__code", flat=True)) == {"comune-di-milano"}
    assert set(edition.budget_lines.values_list("is_demo", flat=True)) == {True}
    assert dict(edition.targets.filter(unit="persons").values_list("code", "value")) == {
        "involved": 800,
        "in-training": 140,
    }
    assert list(edition.targets.get(code="in-training").macro_actions.values_list("number", flat=True)) == [4]
    assert edition.partnerships.get(is_lead=True).organisation.code == "comune-di-milano"
    assert (edition.partnerships.count(), edition.macro_actions.count(), edition.cost_items.count()) == (9, 6, 6)


def test_twice_is_the_same_as_once(now):
    load_edition(text=FIRST, starting=date(2026, 1, 15), demo=True, now=now)
    again = load_edition(text=FIRST, starting=date(2026, 1, 15), demo=True, now=now)
    assert not again.changed
    assert Event.objects.filter(verb="programme.edition_loaded").count() == 1
    assert (Edition.objects.count(), BudgetLine.objects.count()) == (1, 50)


def test_made_up_lines_stay_out_of_a_real_portal(now):
    done = load_edition(text=FIRST, now=now)
    assert (done.demo_lines_left_out, done.edition.budget_lines.count(), done.edition.is_demo) == (50, 0, False)


@pytest.mark.parametrize(
    ("starting", "ends_on"),
    [
        (date(2025, 10, 1), date(2026, 10, 31)),
        (date(2026, 1, 15), date(2027, 2, 14)),
        (date(2026, 1, 31), date(2027, 2, 27)),
    ],
)
def test_thirteen_months_from_another_day(now, starting, ends_on):
    edition = load_edition(text=FIRST, starting=starting, now=now).edition
    assert (edition.starts_on, edition.ends_on) == (starting, ends_on)


def test_months_and_odd_days():
    assert months_and_days(date(2020, 10, 1), date(2021, 11, 1)) == (13, 0)
    assert months_and_days(date(2020, 1, 31), date(2020, 3, 1)) == (1, 1)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 12, 31), 12) == date(2025, 12, 31)


def test_the_ordinary_service_receives_before_and_after(now):
    load_edition(text=FIRST, now=now)
    call_command("load_edition", EDITIONS / "ordinary.toml", verbosity=0)
    assert receiving_edition(date(2021, 10, 31)).kind == EditionKind.PROJECT
    assert receiving_edition(date(2021, 11, 1)).kind == EditionKind.ORDINARY
    ordinary = Edition.objects.get(kind=EditionKind.ORDINARY)
    assert (ordinary.ends_on, ordinary.targets.count()) == (None, 0)


def test_another_partner_leads_the_next_one(now):
    load_edition(text=FIRST, now=now)
    text = FIRST.replace("lead = true\n", "").replace(
        'role = "Co-progettazione partecipata"\n', 'role = "Co-progettazione partecipata"\nlead = true\n'
    )
    edition = load_edition(text=text, now=now).edition
    assert edition.partnerships.get(is_lead=True).organisation.code == "codici"


def test_the_file_says_how_many_days_before_people_are_reminded(now):
    """Without a word of it they are reminded as usual, and what was chosen since stays."""
    silent = FIRST.replace("reminder_days = [7, 1]\n", "")
    assert silent != FIRST
    load_edition(text=silent, now=now)
    assert Edition.objects.get().reminder_days == [7, 1]
    for days in ([3], []):
        load_edition(text=FIRST.replace("[7, 1]", str(days)), now=now)
        assert Edition.objects.get().reminder_days == days
        assert not load_edition(text=silent, now=now).changed
        assert Edition.objects.get().reminder_days == days


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("ends_on = 2021-10-31", "ends_on = 2020-09-30", "ends_on ="),
        ("ends_on = 2021-10-31", "ends_on = 2021-13-31", "ends_on ="),
        ("ends_on = 2021-10-31\n", "", "kind ="),
        ("max_age = 34", "max_age = 15", "max_age ="),
        ("min_age = 16", 'min_age = "sixteen"', "min_age ="),
        ("min_age = 16", "min_age = 16\nmin_aeg = 16", "min_aeg ="),
        ("total = 356545", "total = 356544", "total ="),
        ("amount = 65004", "amount = 65004.001", "amount = 65004"),
        ('kind = "training"', 'kind = "traning"', 'kind = "traning"'),
        ("lead = true\n", "", "[[partners]]"),
        ('ties = ["lives", "studies", "works"]', 'ties = ["lives", "loves"]', "ties ="),
        ('code = "in-training"', 'code = "involved"', 'code = "involved"'),
        ("macro_actions = [4]", "macro_actions = [7]", "macro_actions = [7]"),
        ("macro_actions = [4]", "macro_actions = 4", "macro_actions = 4"),
        ('organisation = "icei"', 'organisation = "isei"', 'organisation = "isei"'),
        ("starts_on = 2020-10-01", "starts_on = = 2020-10-01", "starts_on ="),
        ("reminder_days = [7, 1]", "reminder_days = 7", "reminder_days ="),
        ("reminder_days = [7, 1]", "reminder_days = [7, 31]", "reminder_days ="),
        ("reminder_days = [7, 1]", "reminder_days = [1, -1]", "reminder_days ="),
        ("reminder_days = [7, 1]", "reminder_days = [7, 7]", "reminder_days ="),
        ("reminder_days = [7, 1]", "reminder_days = [6, 5, 4, 3, 2, 1]", "reminder_days ="),
    ],
)
def test_a_wrong_file_says_where(old, new, where):
    assert old in FIRST
    text = FIRST.replace(old, new, 1)
    nth = 2 if where == 'code = "involved"' else 1
    # A row that is there twice is shown at its head, the line before its code.
    line = line_of(text, where, nth) - (nth - 1)
    assert line in [problem[0] for problem in refused(text)]


def test_all_that_is_wrong_is_said_at_once():
    text = FIRST.replace("min_age = 16", "min_age = -1").replace("value = 800", "value = -800")
    assert len(refused(text)) == 2


def test_every_funder_must_be_spread_to_the_euro():
    at = FIRST.index("amount = 78000")
    text = FIRST[:at] + "amount = 78001" + FIRST[at + len("amount = 78000") :]
    ((line, reason),) = refused(text)
    assert line == line_of(text, "amount = 138022")
    assert "78001" not in reason
    assert "138023" in reason


def test_the_citys_money_pays_no_other_partner():
    block = 'partner = "codici"\nmacro_action = 1\ncost_item = "personale"\nfunder = "regione-lombardia"'
    text = FIRST.replace(block, block.replace("regione-lombardia", "comune-di-milano"))
    assert line_of(text, block.splitlines()[0]) + 3 in [line for line, _reason in refused(text)]


def test_a_word_in_a_long_text_is_not_taken_for_a_key():
    text = FIRST.replace('elsewhere = """', 'elsewhere = """\nmin_age = 3', 1).replace("max_age = 34", "max_age = 3")
    assert (line_of(text, "max_age ="),) in [problem[:1] for problem in refused(text)]


def test_a_wrong_file_changes_nothing(tmp_path, now):
    load_edition(text=FIRST, now=now)
    file = tmp_path / "edition.toml"
    file.write_text(FIRST.replace("MiGeneration", "Generation").replace("total = 356545", "total = 1"))
    with pytest.raises(CommandError) as error:
        call_command("load_edition", file)
    assert str(line_of(file.read_text(), "total =")) in str(error.value)
    assert Edition.objects.get().name == "MiG-Work – MiGeneration Work in progress"


def test_the_command_moves_the_edition_or_says_how_to_write_the_day(capsys):
    file = EDITIONS / "mig-work-2020.toml"
    with pytest.raises(CommandError):
        call_command("load_edition", file, "--starting", "next month")
    call_command("load_edition", file, "--starting", "2026-04-01", "--demo")
    assert Edition.objects.get().ends_on == date(2027, 4, 30)
    assert "riga di bilancio × 50" in capsys.readouterr().out
    call_command("load_edition", file, starting=date(2026, 4, 1), demo=True)
    assert "Niente da cambiare" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError):
        call_command("load_edition", tmp_path / "no.toml")


def test_what_a_newer_file_leaves_out_goes_if_nothing_uses_it(now):
    edition = load_edition(text=FIRST, now=now).edition
    text = FIRST[: FIRST.index("# The founding document asks for it")] + FIRST[FIRST.index("# The document gives") :]
    done = load_edition(text=text, now=now)
    assert done.deleted == {Target: 1}
    assert not edition.targets.filter(code="codesign").exists()


def test_what_is_in_use_stays_and_nothing_changes(now):
    edition = load_edition(text=FIRST, now=now).edition
    action = MacroAction.objects.get(edition=edition, number=1)
    codici = Organisation.objects.get(code="codici")
    factories.OpportunityFactory(edition=edition, organisation=codici, macro_action=action)
    head, rest = FIRST.split("[[macro_actions]]\nnumber = 1", 1)
    text = head + rest[rest.index("[[macro_actions]]") :]
    text = text.replace("macro_actions = [1]\n", "macro_actions = []\n").replace("min_age = 16", "min_age = 15")
    text = text[: text.index("# The document gives")]
    with pytest.raises(EditionFileError):
        load_edition(text=text, now=now)
    edition.refresh_from_db()
    assert edition.min_age == 16
    assert Partnership.objects.get(organisation=codici).macro_actions.count() == 1
