"""Looking again whether an article is still true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from golddraht.knowledge.events import ArticleSaved, ReviewDue
from golddraht.knowledge.models import Article
from golddraht.knowledge.operations.writing import ArticleRefused
from golddraht.knowledge.rules import REVIEWED_EVERY, Refusal, State
from golddraht.plumbing import bus

AT_ONCE = 100


@dataclass(frozen=True)
class Swept:
    is_done: bool


@transaction.atomic
def confirm_review(*, article_id: int, by: int, at: datetime, next_on: date | None = None) -> Article:
    """Somebody has looked: it is still true. Raises ArticleRefused for a next day that has passed."""
    next_on = next_on or (at + REVIEWED_EVERY).date()
    if next_on <= at.date():
        raise ArticleRefused(Refusal.PAST, "Choose a day to come for the next review.")
    article: Article = Article.objects.select_for_update().get(pk=article_id)
    article.review_on, article.reminded_at = next_on, None
    article.save(update_fields=["review_on", "reminded_at"])
    bus.publish(ArticleSaved(article.pk, at))
    return article


@transaction.atomic
def sweep(*, at: datetime) -> Swept:
    """Tell the owners of articles whose day has come, once each."""
    rows = Article.objects.filter(review_on__lte=at.date(), reminded_at=None).exclude(state=State.RETIRED)
    due = list(rows.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
    Article.objects.filter(pk__in=[article.pk for article in due]).update(reminded_at=at)
    for article in due:
        bus.publish(ReviewDue(article.pk, article.owner_id, at))
    return Swept(is_done=len(due) < AT_ONCE)
