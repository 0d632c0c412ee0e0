"""The demo is the same each time for the same seed and day, and there in less than a minute."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

LIMIT = 60


def loaded(at, hash_seed):
    """What a process of its own loaded into the test's database, before it took it all back."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    env = {**os.environ, "DATABASE_URL": urlunsplit(database), "PYTHONHASHSEED": hash_seed}
    argv = [sys.executable, "-m", "tests.portal.loading", at]
    done = subprocess.run(argv, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_is_the_same_each_time_and_takes_less_than_a_minute():
    """Loaded early and late on one day, with other keys and another order of sets."""
    early = loaded("2026-05-05T07:40:00+02:00", hash_seed="1")
    late = loaded("2026-05-05T21:15:00+02:00", hash_seed="2")
    assert all(early["rows"].values()), "a table without rows shows nothing"
    for table, rows in early["rows"].items():
        others = late["rows"][table]
        differ = sorted(set(rows) ^ set(others))
        assert rows == others, f"{table}: {len(differ)} rows differ, for example {differ[:4]}"
    # Beside other tests all takes longer: by how much, a fixed piece of work says, done before and after.
    for load in (early, late):
        said = f"{load['seconds']:.0f} s where work takes {load['slowness']:.1f} times as long"
        assert load["seconds"] / load["slowness"] < LIMIT, said
