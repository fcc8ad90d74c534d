"""What happened to what we know. Ids and moments only; the tenant is the one being seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ArticleSaved:
    """Somebody wrote in it; readers see it only when it is published."""

    article_id: int
    at: datetime


@dataclass(frozen=True)
class ArticlePublished:
    """Readers see it from now on: colleagues, or everybody when `is_public`."""

    article_id: int
    language: str
    is_public: bool
    at: datetime


@dataclass(frozen=True)
class ArticleRetired:
    """Nobody outside sees it any more."""

    article_id: int
    at: datetime


@dataclass(frozen=True)
class ReviewDue:
    """The day has come on which its owner looks whether it is still true."""

    article_id: int
    owner_id: int
    at: datetime


@dataclass(frozen=True)
class NobodyAnswered:
    """Somebody asked and nothing was found, or a colleague did not know."""

    question_id: int
    at: datetime


@dataclass(frozen=True)
class QuestionSettled:
    """Answered by an article, or closed with a reason."""

    question_id: int
    at: datetime
