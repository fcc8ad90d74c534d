"""What follows from what. Read this to know the consequences of anything that happens."""

from __future__ import annotations

from golddraht.plumbing.bus import Reaction

REACTIONS: dict[type, list[Reaction]] = {}
