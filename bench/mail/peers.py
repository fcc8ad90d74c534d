"""Other programs, installed from the package index into environments of their own, outside of this folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

FOLDER = "GOLDDRAHT_BENCH_PEERS"
"""Names a folder for the environments; they are kept between runs."""

WANTED = {
    "helpdesk": ("django-helpdesk==2.6.1", "django>=5.2,<5.3", "psycopg[binary]>=3.2"),
    "roundup_gateway": ("roundup==2.6.0", "psycopg2-binary>=2.9"),
}


def python_of(peer: str, *, wheels: str = "") -> Path:
    """The Python of that program's environment, which is made when need be. Raises CalledProcessError."""
    folder = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "golddraht-bench-peers") / peer
    python, stamp = folder / "bin" / "python", folder / "installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(WANTED[peer]):
        print(f"installing {WANTED[peer][0]} into {folder} …", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        found = ["--find-links", wheels] if wheels else []
        install: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *found,
            *WANTED[peer],
        ]
        subprocess.run(install, check=True, stdout=sys.stderr)
        stamp.write_text("\n".join(WANTED[peer]))
    return python
