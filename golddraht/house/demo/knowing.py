"""What the demo companies have written down, played through the operations that serve real ones."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from golddraht.knowledge.models import Article
from golddraht.knowledge.operations import publish, save_text, start_article
from golddraht.knowledge.operations.questions import note_unanswered, take_on
from golddraht.knowledge.rules import Audience, Sources
from golddraht.team.models import Membership
from golddraht.team.rules import Role

SCRIPTS = Path(__file__).parent
WRITTEN_BEFORE = timedelta(days=30)


def write_down(slug: str, *, people: dict[str, Membership], at: datetime) -> int:
    """Write and publish the company's articles, once. Gives how many there are now."""
    if Article.objects.exists():
        return 0
    lead = next(person for person in people.values() if person.role == Role.LEAD)
    scripts = scripts_of(slug, "article")
    for place, script in enumerate(scripts):
        _write(script, people[script["owner"]], lead, at=at - WRITTEN_BEFORE + timedelta(hours=7 * place), today=at)
    for script in scripts_of(slug, "question"):
        _ask(script, at=at)
    return len(scripts)


def scripts_of(slug: str, kind: str) -> list[dict[str, Any]]:
    """Everything of that kind in the files of a company."""
    found: list[dict[str, Any]] = []
    for path in sorted((SCRIPTS / slug / "wissen").glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).get(kind, [])
    return found


def _ask(script: dict[str, Any], *, at: datetime) -> None:
    """So often somebody searched the help page for it, and found nothing."""
    moments = [at - timedelta(days=day) for day in range(script["times"], 0, -1)]
    told = {"words": script["words"], "language": "de", "source": Sources.HELP}
    [question, *_] = [note_unanswered(at=moment, **told) for moment in moments]
    assert question is not None
    due_on = (at + timedelta(days=5)).date()
    take_on(question_id=question.pk, owner_id=question.owner_id, next_step=script["step"], due_on=due_on, at=at)


def _write(script: dict[str, Any], owner: Membership, lead: Membership, *, at: datetime, today: datetime) -> None:
    article = start_article(
        title=script["title"],
        body=script["body"],
        language="de",
        audience=Audience.PUBLIC if script.get("public") else Audience.INTERNAL,
        tags=script["tags"],
        review_on=(today + timedelta(days=script["due"])).date(),
        by=owner.pk,
        at=at,
    )
    languages = ["de"]
    if "english" in script:
        title, body = script["english_title"], script["english"]
        save_text(article_id=article.pk, language="en", title=title, body=body, by=owner.pk, at=at)
        languages.append("en")
    for language in languages if not script.get("draft") else []:
        publish(article_id=article.pk, language=language, by=lead.pk, at=at)
