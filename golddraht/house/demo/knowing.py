"""What the demo companies have written down, played through the operations that serve real ones."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from golddraht.knowledge.models import Article
from golddraht.knowledge.operations import publish, save_text, start_article
from golddraht.knowledge.rules import Audience
from golddraht.team.models import Membership
from golddraht.team.rules import Role

SCRIPTS = Path(__file__).parent
WRITTEN_BEFORE = timedelta(days=30)


def write_down(slug: str, *, people: dict[str, Membership], at: datetime) -> int:
    """Write and publish the company's articles, once. Gives how many there are now."""
    if Article.objects.exists():
        return 0
    lead = next(person for person in people.values() if person.role == Role.LEAD)
    scripts = articles_of(slug)
    for place, script in enumerate(scripts):
        _write(script, people[script["owner"]], lead, at=at - WRITTEN_BEFORE + timedelta(hours=7 * place), today=at)
    return len(scripts)


def articles_of(slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted((SCRIPTS / slug / "wissen").glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    return found


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
