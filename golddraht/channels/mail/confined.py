"""Work on a stranger's bytes in a process of its own, with a limit of memory and time: what it unpacks may be of any size."""

from __future__ import annotations

import base64
import json
import pickle
import subprocess
import sys
from typing import Any

SECONDS = 2
WAITED = 15
MEMORY = 340_000_000
CHILD = """
import pickle, sys
path, module, function, arguments, memory, seconds = pickle.load(sys.stdin.buffer)
import resource
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.path[:] = path
import base64, dataclasses, importlib, json
told = dataclasses.asdict(getattr(importlib.import_module(module), function)(*arguments))
for name, value in told.items():
    if isinstance(value, bytes):
        told[name] = {"base64": base64.b64encode(value).decode("ascii")}
json.dump(told, sys.stdout)
"""


def confined(module: str, function: str, *arguments: object) -> dict[str, Any] | None:
    """The fields of the dataclass that the function gives; None where it took too much or failed.

    Its fields are texts, numbers, bytes, None or lists of such. The child hears pickle and answers JSON, so that nothing it says can run here.
    """
    asked = pickle.dumps((sys.path, module, function, arguments, MEMORY, SECONDS))
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter with our own words
            [sys.executable, "-I", "-c", CHILD], input=asked, capture_output=True, timeout=WAITED, check=True
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError, OSError):
        return None
    return {
        name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value for name, value in told.items()
    }
