"""Leases: a server lives as long as one command needs it, not longer."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from devtools.engines import Redis
from devtools.paths import ROOT
from devtools.processes import birth
from devtools.servers import Addresses, Lease, is_needed
from devtools.terminal import Stop


@pytest.fixture
def home():
    try:
        Redis._program()
    except Stop:
        pytest.fail("no Redis on this machine")
    folder = Path(tempfile.mkdtemp(prefix="migwork lease "))
    yield folder / "redis"
    shutil.rmtree(folder)


def lease(home):
    return Lease("redis", home, home.parent / "redis.log", durable=False)


def up(one):
    one.take()
    if not one.is_up():
        one.launch()
        one.wait_up()
    return one


def test_two_commands_share_a_server_and_the_last_one_stops_it(home):
    first, second = up(lease(home)), up(lease(home))
    assert second.keeper is None
    assert is_needed(home)
    port = first.port()
    assert port == second.port()
    first.let_go()
    first.wait_down()
    assert Redis(home).is_ready(port)
    second.let_go()
    second.wait_down()
    first.keeper.wait(20)
    assert not Redis(home).is_ready(port)
    assert not (home / "state.json").exists()
    assert not is_needed(home)


def test_the_server_stops_when_its_command_is_killed(home):
    code = (
        "import sys, time; from pathlib import Path; from devtools.servers import Lease\n"
        "home = Path(sys.argv[1]); one = Lease('redis', home, home.parent / 'redis.log', False)\n"
        "one.take(); one.launch(); one.wait_up(); print('up', flush=True); time.sleep(60)"
    )
    argv = [sys.executable, "-c", code, os.fspath(home)]
    command = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert command.stdout.readline() == "up\n"
    state = json.loads((home / "state.json").read_text())
    server = json.loads((home / "roster.json").read_text())["redis"][0]
    command.kill()
    command.wait()
    command.stdout.close()
    wait_gone(state["keeper"])
    assert birth(server) is None


def test_a_killed_server_comes_up_again(home):
    one = up(lease(home))
    try:
        pid = json.loads((home / "roster.json").read_text())["redis"][0]
        os.kill(pid, signal.SIGKILL)
        wait_gone(pid)
        for _ in range(200):
            if Redis(home).is_ready(one.port()):
                break
            subprocess.run(["sleep", "0.05"], check=True)
        assert Redis(home).is_ready(one.port())
    finally:
        one.let_go()
        one.wait_down()


def test_a_killed_keeper_is_replaced_on_the_same_port(home):
    one = up(lease(home))
    addresses = Addresses()
    addresses.leases = [one]
    try:
        before, port = one.keeper, one.port()
        before.kill()
        before.wait()
        addresses.keep_up()
        assert one.keeper is not before
        assert one.port() == port
        assert Redis(home).is_ready(port)
    finally:
        one.let_go()
        one.wait_down()


def wait_gone(pid):
    for _ in range(400):
        if birth(pid) is None:
            return
        subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError(f"process {pid} still lives")
