"""How long things are kept and what goes by itself, for whoever watches over it. A person switches it on; no program does."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from golddraht.api.door import Token, reading
from golddraht.api.shapes.retention import RetentionOut
from golddraht.privacy.queries import keeping_lines, keeping_runs, keeping_state
from golddraht.team.rules import Act, Area

router = Router(tags=["team"], auth=Token(Area.TEAM))


@router.get("", response=RetentionOut)
def look(request: HttpRequest) -> RetentionOut:
    """The state, the classes with their law, and what the last thirty runs did. For admins."""
    with reading(request) as visitor:
        visitor.must(Act.CONFIGURE)
        lines = keeping_lines(on=timezone.localdate(visitor.at))
        return RetentionOut.of(keeping_state(at=visitor.at), list(lines.values()), keeping_runs())
