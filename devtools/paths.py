"""Where things lie in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / ".dev"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = DEV / "log"
CACHE = DEV / "cache"


def make_folders():
    """Make `.dev/`. Others may pass through it (PostgreSQL runs as another user when root starts it),
    but read nothing: logs and uploads are for the owner alone."""
    DEV.mkdir(exist_ok=True)
    DEV.chmod(0o711)
    for private in (LOG, CACHE, DEV / "media", DEV / "stamps"):
        private.mkdir(parents=True, exist_ok=True)
        private.chmod(0o700)
