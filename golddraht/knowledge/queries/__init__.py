"""Questions about what we know: one file per kind of answer."""

from golddraht.knowledge.queries.articles import (
    ArticleLine,
    NoSuchArticle,
    Seer,
    Standing,
    Wanted,
    article_for,
    articles_for,
    draft_of,
    file_of,
    marks_of,
    names_behind,
    others_writing,
    reviews_due,
    tags_of_articles,
    text_of,
    versions_of,
)

__all__ = [
    "ArticleLine",
    "NoSuchArticle",
    "Seer",
    "Standing",
    "Wanted",
    "article_for",
    "articles_for",
    "draft_of",
    "file_of",
    "marks_of",
    "names_behind",
    "others_writing",
    "reviews_due",
    "tags_of_articles",
    "text_of",
    "versions_of",
]
