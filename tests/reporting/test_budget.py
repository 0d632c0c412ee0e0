from datetime import UTC, date, datetime
from decimal import Decimal

from programme.models import BudgetLine
from reporting import budget
from reporting.counting import count_figures
from tests import factories as f


def test_totals_and_every_subtotal_agree_to_the_cent(edition):
    read = budget.read(edition)
    assert read.total.allocated == Decimal("356545.00")
    assert (read.grant, read.own) == (Decimal("153519.00"), Decimal("203026.00"))
    for groups in (read.partners, read.macro_actions, read.cost_items, read.funders):
        assert sum(g.sums.allocated for g in groups) == read.total.allocated


def test_entered_is_committed_and_paid_is_spent(edition, partner):
    line = BudgetLine.objects.filter(edition=edition, partnership__organisation=partner).first()
    f.ExpenseFactory(line=line, amount=Decimal("10.10"))
    f.ExpenseFactory(line=line, amount=Decimal("0.20"))
    f.ExpenseFactory(line=line, amount=Decimal("7.07"), paid_on=None)
    sums = next(g.sums for g in budget.read(edition).partners if g.key == partner.code)
    assert (sums.spent, sums.committed) == (Decimal("10.30"), Decimal("7.07"))
    assert sums.left == sums.allocated - Decimal("17.37")


def test_a_past_day_shows_what_stood_then(edition):
    line = BudgetLine.objects.filter(edition=edition).first()
    f.ExpenseFactory(line=line, amount=Decimal("50"), document_date=date(2026, 3, 1), paid_on=date(2026, 4, 1))
    f.ExpenseFactory(line=line, amount=Decimal("70"), document_date=date(2026, 4, 2), paid_on=None)
    total = budget.read(edition, on=date(2026, 3, 31)).total
    assert (total.committed, total.spent) == (Decimal("50"), Decimal("0"))
    total = budget.read(edition, on=date(2026, 4, 2)).total
    assert (total.committed, total.spent) == (Decimal("70"), Decimal("50"))


def test_a_part_of_the_partners_reads_only_their_lines(edition, partner):
    read = budget.read(edition, organisations=[partner.pk])
    assert {line.organisation_id for line in read.lines} == {partner.pk}


def test_one_query_whatever_the_lines(edition, django_assert_num_queries):
    with django_assert_num_queries(1):
        budget.as_data(budget.read(edition))


def test_just_after_midnight_the_new_day_counts(edition):
    """In Rome it is the next day already while the clock of the world still says the day before."""
    line = BudgetLine.objects.filter(edition=edition).first()
    day = date(2026, 5, 4)
    f.ExpenseFactory(line=line, amount=Decimal("12"), document_date=day, paid_on=day)
    now = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)
    figures = count_figures(edition, from_day=edition.starts_on, to_day=day, now=now)
    assert figures["budget"]["total"]["spent"] == "12.00"


def test_allowances_are_committed_when_due_and_spent_when_paid(edition, partner, other_partner):
    """On the one line that bears them, of the partner that promotes."""
    training = edition.macro_actions.get(number=4)
    lines = BudgetLine.objects.filter(edition=edition, partnership__organisation=partner, macro_action=training)
    line = lines.first()
    when = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)  # in Rome the first of May
    for promoter, number, paid_on in ((partner, 1, None), (partner, 2, date(2026, 5, 20)), (other_partner, 3, None)):
        internship = f.InternshipFactory(promoter=promoter, macro_action=training)
        paid = {"state": "paid", "paid_on": paid_on, "paid_by": f.UserFactory()} if paid_on else {}
        f.AllowanceFactory(internship=internship, amount=Decimal(100 * number), computed_at=when, **paid)
    undecided = f.InternshipFactory(promoter=partner, macro_action=training)
    f.AllowanceFactory(internship=undecided, amount=None, state="to_decide", computed_at=when)

    def charged(on=None):
        read = next(one for one in budget.lines_of(edition, on=on) if one.pk == line.pk)
        return read.committed, read.spent

    assert charged() == (0, 0)
    line.bears_allowances = True
    line.save()
    assert charged() == (100, 200)
    assert charged(date(2026, 4, 30)) == (0, 0)
    assert charged(date(2026, 5, 1)) == (300, 0)
    assert charged(date(2026, 5, 20)) == (100, 200)
