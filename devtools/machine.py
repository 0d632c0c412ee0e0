"""What the machine must bring: venv, Pango, a Chromium. Root on Debian or Ubuntu gets it installed,
others get one sentence with the command to type."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .terminal import Stop, run_step, say

PANGO = {"apt": ["libpango-1.0-0", "libpangoft2-1.0-0"], "dnf": ["pango"], "brew": ["pango"], "apk": ["pango"]}
# Debian has the part of Chromium that shows no windows by itself: ten profiles open in 0.9 s instead of 3.1.
SHELL = "chromium-headless-shell"
CHROMIUM = {"apt": ["chromium"], "dnf": ["chromium"], "brew": ["chromium"], "apk": ["chromium"]}
RELEASE = Path("/etc/os-release")
INSTALL = {
    "apt": "sudo apt-get install {}",
    "dnf": "sudo dnf install {}",
    "apk": "sudo apk add {}",
    "brew": "brew install {}",
}


def command_for(packages, which=shutil.which):
    """The line to type on this system."""
    tool = next((tool for tool in ("apt", "dnf", "apk", "brew") if which(tool)), "apt")
    return INSTALL[tool].format(" ".join(packages[tool]))


def install(title, packages):
    """As root on Debian or Ubuntu: install packages. False if we may not or it failed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run_step("Reading the list of packages", ["apt-get", "update"], log="setup.log", env=env)
        argv = ["apt-get", "install", "-y", "--no-install-recommends", *packages["apt"]]
        run_step(title, argv, log="setup.log", env=env)
    except Stop:
        return False
    return True


def need_venv():
    """Python's venv module; Debian splits it off."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    packages = {"apt": [package], "dnf": ["python3-pip"], "apk": ["py3-pip"], "brew": ["python"]}
    if not install("Installing Python's venv module", packages):
        raise Stop(f"Python's venv module is missing; install it with: {command_for(packages)}")


def has_pango():
    """Whether the libraries that make PDFs can be loaded."""
    names = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
    if sys.platform == "darwin":
        names = ("libpango-1.0.dylib", "libpangoft2-1.0.dylib")
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        # A fresh process looks again: the loader may remember what it did not find.
        probe = "import ctypes,sys;[ctypes.CDLL(n) for n in sys.argv[1:]]"
        return subprocess.run([sys.executable, "-c", probe, *names], capture_output=True, check=False).returncode == 0
    return True


def want_pango():
    """Pango for PDFs; without it the portal still starts. Returns a sentence if it is missing."""
    if has_pango() or (install("Installing Pango for PDFs", PANGO) and has_pango()):
        return None
    return f"PDFs can't be made until Pango is installed: {command_for(PANGO)}"


def find_chromium():
    """A browser on this machine that Playwright can drive, or None."""
    names = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def is_debian():
    return RELEASE.is_file() and "ID=debian" in RELEASE.read_text().splitlines()


def want_chromium(python, env):
    """A Chromium for the journeys: the machine's, Debian's, or Playwright's own.

    Returns the path (empty for Playwright's own) and a sentence if there is none.
    """
    title, found = "Installing Chromium for the journeys", find_chromium()
    if is_debian() and not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        install(title, {"apt": [SHELL]})
        found = find_chromium()
    if not found and install(title, CHROMIUM):
        found = find_chromium()
    if found:
        return found, None
    try:
        argv = [python, "-m", "playwright", "install", "chromium"]
        run_step("Fetching Playwright's Chromium", argv, log="setup.log", env=env)
        subprocess.run([python, "-c", PROBE], env=env, capture_output=True, check=True, timeout=120)
    except (Stop, subprocess.SubprocessError):
        return "", f"The browser journeys need a Chromium: {command_for(CHROMIUM)}"
    return "", None


PROBE = """
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    play.chromium.launch().close()
"""


def note(sentence):
    if sentence:
        say(f"  Note: {sentence}")
