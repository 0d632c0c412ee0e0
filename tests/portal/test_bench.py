"""The bench measures, on a database of its own, with real server processes."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from internships.enums import InternshipState, Need
from internships.models import Internship
from internships.queries import needs_of
from portal.bench.data import Filler
from portal.bench.run import Row
from portal.management.commands.bench import empty


def test_a_row_is_good_within_its_limits():
    row = Row(page="p", queries=12, median=1, p95=1, per_second=1, raw=1, compressed=1, ratio=3.5, limit=3.5)
    assert row.good
    row.queries = 13
    assert not row.good
    row.queries, row.ratio = 12, 3.51
    assert not row.good


@pytest.fixture
def bench_database(db):
    """The address of an empty database beside the tests' own."""
    name = f"bench_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        autocommit = cursor.connection.__class__.connect(**connection.get_connection_params(), autocommit=True)
        autocommit.execute(f"DROP DATABASE IF EXISTS {name}")
        autocommit.execute(f"CREATE DATABASE {name}")
        at = autocommit.info
        yield f"postgres://{quote(at.user)}:{quote(at.password)}@{at.host}:{at.port}/{name}"
        autocommit.execute(f"DROP DATABASE {name} WITH (FORCE)")
        autocommit.close()


@pytest.mark.slow
@pytest.mark.django_db
def test_its_internships_have_all_that_hangs_on_them():
    """As many as were asked for, in every state, with registers and papers, and some that need a hand."""
    with transaction.atomic():
        connection.check_constraints()
        empty()
        Filler(persons=1500, opportunities=25, internships=700, now=timezone.now()).fill()
        today = timezone.localdate()
        assert Internship.objects.count() == 700
        assert set(Internship.objects.values_list("state", flat=True)) == set(InternshipState.values)
        at_work = Internship.objects.filter(state="running", starts_on__lt=today - timedelta(days=35))
        for row in at_work:
            assert row.days.count() > 20
            assert row.slots.count() == 5
            assert row.months.exists() or row.starts_on.month == (today - timedelta(days=35)).month
        assert not Internship.objects.filter(state="in_signature", project__document=None).exists()
        coordinator = User.objects.get(email="coordinatore@example.org")
        assert {Need.LATE, Need.DAYS, Need.MONTH, Need.OUR_TURN} <= set(needs_of(coordinator, today))
        transaction.set_rollback(True)


@pytest.mark.slow
def test_every_main_page_is_measured(bench_database, tmp_path):
    env = {**os.environ, "DATABASE_URL": bench_database, "DJANGO_SETTINGS_MODULE": "migwork.settings.development"}
    env |= {"MIGWORK_DEMO": "1", "MIGWORK_STATIC_ROOT": str(tmp_path / "static")}

    def manage(*words):
        argv = [sys.executable, "manage.py", *words]
        done = subprocess.run(argv, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    manage("migrate", "-v", "0")
    manage("collectstatic", "--no-input", "-v", "0")
    said = manage("bench", "--persons", "100", "--rounds", "1", "--json", str(tmp_path / "bench.json"))
    result = json.loads((tmp_path / "bench.json").read_text())
    assert result["persons"] == 100
    assert result["opportunities"] == 25
    assert len(result["pages"]) > 20
    assert {"internships' board", "internships, late ones", "month of a register"} <= {
        page["page"] for page in result["pages"]
    }
    for page in result["pages"]:
        assert page["page"] in said
        assert page["queries"] <= 12, page
        assert page["ratio"] > 0.1  # one round beside other tests: the floor may have had the worse moment
