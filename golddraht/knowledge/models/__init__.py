"""The tables of knowledge: one file per noun."""

from golddraht.knowledge.models.article import Article, ArticleSource, KeptMark
from golddraht.knowledge.models.file import ArticleFile
from golddraht.knowledge.models.question import Asking, OpenQuestion
from golddraht.knowledge.models.solved import SolvedConcern
from golddraht.knowledge.models.text import ArticleText, Draft, Verdict, Version
from golddraht.knowledge.models.word import Word

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleSource",
    "ArticleText",
    "Asking",
    "Draft",
    "KeptMark",
    "OpenQuestion",
    "SolvedConcern",
    "Verdict",
    "Version",
    "Word",
]
