"""Where the data of this installation lies."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder that GOLDDRAHT_DATA names, else a place that the database's own user can reach too."""
    if named := os.environ.get("GOLDDRAHT_DATA"):
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/golddraht")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share").expanduser() / "golddraht"
