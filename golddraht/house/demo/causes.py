"""The causes that the demo companies have named, and the concerns they tied to them."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q

from golddraht.conversations.models import Conversation
from golddraht.improvement.models import Problem
from golddraht.improvement.operations import link_concern, mark_fixed, open_problem
from golddraht.team.models import Membership

SCRIPTS = Path(__file__).parent


def name_causes(slug: str, *, people: dict[str, Membership], at: datetime) -> int:
    """Open the company's problems, once, and tie concerns to them. Gives how many there are now."""
    path = SCRIPTS / slug / "ursachen" / "ursachen.toml"
    if not path.exists() or Problem.objects.exists():
        return 0
    scripts = tomllib.loads(path.read_text(encoding="utf-8"))["problem"]
    for script in scripts:
        _name(script, people[script["owner"]], at=at)
    return len(scripts)


def _name(script: dict[str, Any], owner: Membership, *, at: datetime) -> None:
    opened_at = at - timedelta(days=script["opened"])
    problem = open_problem(
        title=script["title"],
        description=script["description"],
        owner_id=owner.pk,
        target_on=(at + timedelta(days=script["target"])).date(),
        by=owner.pk,
        at=opened_at,
    )
    words = Q()
    for word in script["subjects"]:
        words |= Q(subject__icontains=word)
    for conversation_id in Conversation.objects.filter(words).values_list("pk", flat=True):
        link_concern(
            problem_id=problem.pk,
            conversation_id=conversation_id,
            by=owner.pk,
            at=max(opened_at, at - timedelta(days=8)),
        )
    if "fixed" in script:
        mark_fixed(problem_id=problem.pk, by=owner.pk, at=at - timedelta(days=script["fixed"]))
