"""The parts of `./dev` that need no server."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from devtools import checks, cli, environment, machine, paths, ports, processes, secrets, stamps
from devtools.paths import ROOT
from devtools.run import Program
from devtools.terminal import Stop, run_step


def test_help_has_one_line_for_each_command(capsys):
    assert cli.main(["help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == ["run", "test", "manage", "bench", "reset", "lock", "help"]


def test_an_unknown_command_shows_the_help_and_fails(capsys):
    assert cli.main(["lauch"]) == 2
    assert "There is no ./dev lauch." in capsys.readouterr().out


def test_all_is_ours_and_the_rest_goes_to_pytest():
    assert checks.split(["--all", "tests/intake", "-k", "plan"]) == (True, ["tests/intake", "-k", "plan"])
    assert checks.pytest(False, ["-x"])[-3:] == ["-m", "not slow", "-x"]
    assert "not slow" not in checks.pytest(True, [])


@pytest.mark.parametrize(
    ("everything", "minutes", "cores", "tests_end_with", "ends_with"),
    [
        (False, 9.9, 2, 0, 0),
        (False, 10.1, 2, 0, 1),
        (False, 10.1, 2, 3, 3),
        (False, 10.1, 1, 0, 0),
        (True, 39.9, 2, 0, 0),
        (True, 40.1, 8, 0, 1),
    ],
)
def test_a_whole_run_watches_its_own_time(capsys, everything, minutes, cores, tests_end_with, ends_with):
    clock = iter([1000.0, 1000.0 + minutes * 60]).__next__
    limit = checks.LIMITS[everything]
    assert checks.timed(lambda: tests_end_with, limit=limit, cores=cores, clock=clock) == ends_with
    said = capsys.readouterr().out
    assert f"took {int(minutes)} min {round(minutes % 1 * 60)} s" in said
    too_slow = minutes * 60 > limit and cores > 1
    assert ("Too slow" in said and f"may take {limit // 60} min" in said) == too_slow


def test_a_run_that_was_too_slow_names_its_slowest_tests(tmp_path, capfd):
    """A real run of pytest, the way ./dev starts a whole one, with no time at all allowed."""
    (tmp_path / "test_slow.py").write_text(
        "import time\n\ndef test_sleeper():\n    time.sleep(0.02)\n\ndef test_other():\n    pass\n"
    )
    argv = [*checks.pytest(True, []), "-p", "no:django", "-c", os.devnull, "--rootdir", tmp_path, tmp_path]
    argv[0] = sys.executable

    def work():
        return processes.foreground(argv, env=dict(os.environ), cwd=tmp_path)

    assert checks.timed(work, limit=0, cores=2) == 1
    said = capfd.readouterr().out
    assert "2 passed" in said
    assert re.search(r"slowest 10 durations.*call +test_slow\.py::test_sleeper.*Too slow", said, re.DOTALL)
    assert checks.timed(lambda: 0, limit=None) == 0, "a part of the tests has no limit"
    assert "Too slow" not in capfd.readouterr().out


@pytest.mark.parametrize(
    ("given", "ours"),
    [
        ("redis://host:6379/0", "redis://host:6379/15"),
        ("redis://host:6379", "redis://host:6379/15"),
        ("redis://:pass@host/", "redis://:pass@host/15"),
    ],
)
def test_the_tests_keep_off_the_portals_redis_keys(monkeypatch, given, ours):
    monkeypatch.setenv("REDIS_URL", given)
    assert checks.own_redis(given) == ours


def test_a_digest_tells_content_names_and_extras_apart(tmp_path):
    (tmp_path / "a").write_text("1")
    first = stamps.digest([tmp_path], root=tmp_path)
    assert stamps.digest([tmp_path], root=tmp_path) == first
    assert stamps.digest([tmp_path], "3.12", root=tmp_path) != first
    (tmp_path / "a").write_text("2")
    changed = stamps.digest([tmp_path], root=tmp_path)
    assert changed != first
    (tmp_path / "a").rename(tmp_path / "b")
    assert stamps.digest([tmp_path], root=tmp_path) not in (first, changed)


def test_a_stamp_holds_for_its_value_only(tmp_path):
    marks = stamps.Stamps(tmp_path / "stamps")
    assert not marks.holds("migrate", "1")
    marks.put("migrate", "1")
    assert marks.holds("migrate", "1")
    assert not marks.holds("migrate", "2")


def test_sources_leave_out_what_is_fetched_or_built(tmp_path):
    for place in ("intake/migrations", ".venv/lib/migrations", "node_modules/x/migrations"):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        (folder / "0001_first.py").touch()
    found = list(stamps.sources(tmp_path, "migrations/*.py"))
    assert found == [tmp_path / "intake/migrations/0001_first.py"]


def test_a_port_is_kept_while_it_is_free_and_else_drawn_anew():
    assert ports.pick("here", 21234, free=lambda port: True) == 21234
    drawn = ports.pick("here", 21234, free=lambda port: port != 21234)
    assert drawn != 21234
    assert drawn == ports.pick("here", free=lambda port: True)
    assert drawn != ports.pick("next door", free=lambda port: True)


def test_the_web_takes_the_next_port_but_never_another_than_asked_for():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert ports.reserve_web(str(taken)) is None
        with ports.reserve_web(None, taken) as listener:
            assert listener.getsockname()[1] != taken


def test_secrets_are_made_once_for_the_owner_alone(tmp_path):
    path = tmp_path / "secrets.json"
    made = secrets.load(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert secrets.load(path) == made
    assert len(set(made.values())) == len(made)


def test_the_field_key_is_one_that_the_portal_accepts(tmp_path):
    from cryptography.fernet import Fernet

    key = secrets.load(tmp_path / "secrets.json")["MIGWORK_FIELD_KEYS"]
    box = Fernet(key)
    assert box.decrypt(box.encrypt(b"a talk")) == b"a talk"


def test_what_the_person_set_wins_except_where_the_servers_are(monkeypatch):
    for name in ("MIGWORK_SITE_URL", "MIGWORK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MIGWORK_DEMO", "0")
    monkeypatch.setenv("DATABASE_URL", "postgres://yours")
    env = environment.portal_env({"postgres": "postgres://ours", "redis": "redis://ours"}, port=8123)
    assert env["MIGWORK_DEMO"] == "0"
    assert env["DATABASE_URL"] == "postgres://ours"
    assert env["MIGWORK_SITE_URL"] == "http://localhost:8123"
    assert env["MIGWORK_DEBUG"] == "0"


def test_nothing_that_is_set_for_the_portal_leaks_into_the_tests(monkeypatch):
    monkeypatch.setenv("MIGWORK_DEMO", "0")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "migwork.settings.production")
    env = checks.test_env({"postgres": "postgres://ours", "redis": "redis://ours"}, "/usr/bin/chromium")
    assert env["DJANGO_SETTINGS_MODULE"] == "migwork.settings.test"
    assert [name for name in env if name.startswith("MIGWORK_")] == []
    assert (env["DATABASE_URL"], env["CHROMIUM"]) == ("postgres://ours", "/usr/bin/chromium")


def test_the_installer_is_pinned_with_hashes():
    entry = environment.entry_of("uv", environment.REQUIREMENTS.read_text())
    assert re.match(r"uv==[\d.]+ \\\n", entry)
    assert "--hash=sha256:" in entry
    assert entry.count("==") == 1


def test_nothing_pinned_names_a_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
        ("dnf", "sudo dnf install pango"),
        ("brew", "brew install pango"),
    ],
)
def test_a_missing_library_is_one_command_to_type(tool, command):
    assert machine.command_for(machine.PANGO, which=lambda name: name == tool) == command


@pytest.fixture
def packages(monkeypatch):
    """The packages that apt-get is asked for, as root on Debian."""
    asked = []
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(machine, "run_step", lambda title, argv, **_: asked.extend(argv[4:]))
    return asked


def test_root_on_debian_gets_pango_installed(monkeypatch, packages):
    monkeypatch.setattr(machine, "has_pango", lambda: bool(packages))
    assert machine.want_pango() is None
    assert packages == ["libpango-1.0-0", "libpangoft2-1.0-0"]


@pytest.fixture
def release(tmp_path, monkeypatch):
    """`release(id)`: a machine of this system."""

    def of(name):
        path = tmp_path / "os-release"
        path.write_text(f"NAME=Something\nID={name}\n")
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setattr(machine, "RELEASE", path)

    return of


def test_root_on_debian_gets_the_small_chromium(monkeypatch, packages, release):
    release("debian")
    have = {"apt-get", "chromium"}
    monkeypatch.setattr(
        machine.shutil, "which", lambda name: f"/bin/{name}" if name in have | set(packages) else None
    )
    assert machine.want_chromium("python", {}) == ("/bin/chromium-headless-shell", None)
    assert packages == ["chromium-headless-shell"]


def test_other_systems_have_the_whole_chromium(monkeypatch, packages, release):
    release("ubuntu")
    have = {"apt-get", "chromium"}
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/bin/{name}" if name in have else None)
    assert machine.want_chromium("python", {}) == ("/bin/chromium", None)
    assert packages == []


def test_others_get_one_sentence_and_the_portal_still_starts(monkeypatch, packages):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine, "has_pango", lambda: False)
    assert machine.want_pango() == f"PDFs can't be made until Pango is installed: {machine.command_for(machine.PANGO)}"
    assert packages == []


def test_a_python_without_venv_is_mended_by_root_and_said_to_others(monkeypatch, packages):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None)
    machine.need_venv()
    assert packages == [f"python3.{sys.version_info.minor}-venv"]
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    with pytest.raises(Stop, match=r"install it with: sudo apt-get install python3\.\d+-venv"):
        machine.need_venv()


def test_a_step_that_fails_says_so_and_shows_the_end_of_its_log(capsys):
    paths.make_folders()
    with pytest.raises(Stop, match="no such thing"):
        run_step("Trying", [sys.executable, "-c", "import sys; sys.exit('no such thing')"], log="trying.log")
    (paths.LOG / "trying.log").unlink()
    assert "Trying: failed in" in capsys.readouterr().out


def test_only_the_standard_library_is_needed_to_start():
    """A Python without any package, in isolated mode, shows the help."""
    probe = f"import sys; sys.path.insert(0, {os.fspath(ROOT)!r}); from devtools.cli import main; main(['help'])"
    argv = [sys.executable, "-S", "-I", "-c", probe]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60)
    assert "usage: ./dev" in done.stdout


class Sleeper(Program):
    def __init__(self, folder, code="import time; time.sleep(60)"):
        roster = processes.Roster(folder / "roster.json")
        argv = [sys.executable, "-c", code]
        super().__init__("sleeper", argv, dict(os.environ), roster, log=folder / "sleeper.log")


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_program_comes_up_again_and_says_so(tmp_path, capsys):
    sleeper = Sleeper(tmp_path)
    sleeper.start()
    first = sleeper.process.pid
    os.kill(first, signal.SIGKILL)
    try:
        until(lambda: sleeper.keep_up() or sleeper.process.pid != first)
        assert sleeper.process.poll() is None
        assert "killed by SIGKILL" in sleeper.log.read_text()
        assert "starting it again" in capsys.readouterr().out
    finally:
        sleeper.end(grace=lambda: 0)
    assert processes.birth(sleeper.process.pid) is None


def test_a_program_that_keeps_dying_is_tried_ever_more_slowly(tmp_path):
    sleeper = Sleeper(tmp_path, code="raise SystemExit(3)")
    pauses = []
    for _ in range(3):
        sleeper.start()
        sleeper.process.wait()
        pauses.append(sleeper.pause)
        sleeper.keep_up()
    assert pauses == [0.5, 1.0, 2.0]


def test_the_next_start_ends_what_the_last_one_left(tmp_path):
    sleeper = Sleeper(tmp_path)
    sleeper.start()
    assert processes.Roster(tmp_path / "roster.json").end_leftovers() == ["sleeper"]
    assert sleeper.process.wait(10) != 0
    assert processes.Roster(tmp_path / "roster.json").end_leftovers() == []


def test_a_later_process_with_the_same_number_is_left_alone(tmp_path):
    sleeper = Sleeper(tmp_path)
    sleeper.start()
    (tmp_path / "roster.json").write_text(f'{{"sleeper": [{sleeper.process.pid}, "another birth"]}}')
    try:
        assert processes.Roster(tmp_path / "roster.json").end_leftovers() == []
        assert sleeper.process.poll() is None
    finally:
        sleeper.end(grace=lambda: 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals children when their parent dies")
def test_children_end_when_their_parent_is_killed(tmp_path):
    """kill -9 of ./dev leaves nothing behind."""
    code = (
        "import os, sys, time; from devtools.processes import spawn\n"
        "child = spawn([sys.executable, '-c', 'import time; time.sleep(60)'], env=dict(os.environ),"
        " log=os.devnull, cwd='/')\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(parent.stdout.readline())
    assert processes.birth(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: processes.birth(child) is None)
