"""What somebody asks for, and how words are made comparable; plain Python."""

from golddraht.search.rules.asking import Asked, Misunderstood, Phrase, asked
from golddraht.search.rules.documents import Draft
from golddraht.search.rules.marking import excerpt_marked, marked
from golddraht.search.rules.terms import keys_of, question, terms_of, vector

__all__ = [
    "Asked",
    "Draft",
    "Misunderstood",
    "Phrase",
    "asked",
    "excerpt_marked",
    "keys_of",
    "marked",
    "question",
    "terms_of",
    "vector",
]
