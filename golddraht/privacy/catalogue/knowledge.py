"""Articles, and what nobody could answer."""

from __future__ import annotations

from golddraht.privacy.catalogue.activities import COMPANY, KNOWLEDGE
from golddraht.privacy.catalogue.forms import goes, of_customers, of_nobody, spared

TABLES = (
    of_nobody(
        "knowledge.Article",
        COMPANY,
        "an answer of the company, free of customers",
        own="slug tags",
        state="audience state review_on reminded_at",
        colleague="owner created_at created_by changed_at",
    ),
    of_customers(
        "knowledge.ArticleSource",
        KNOWLEDGE,
        goes("conversation"),
        link="article conversation",
        happened="at",
        colleague="by",
    ),
    of_nobody(
        "knowledge.KeptMark",
        COMPANY,
        "words that look personal and are not, as somebody decided",
        spared(),
        words="words",
        state="article",
        colleague="by at",
    ),
    of_nobody(
        "knowledge.ArticleFile",
        COMPANY,
        "a picture or file of an article",
        own="article name file",
        state="content_type size",
        colleague="by at",
    ),
    of_customers(
        "knowledge.OpenQuestion",
        KNOWLEDGE,
        spared(),
        words="words stems key reason next_step",
        state="language due_on state article asked_at latest_at settled_at",
        colleague="owner settled_by",
    ),
    of_customers(
        "knowledge.Asking",
        KNOWLEDGE,
        goes("conversation"),
        link="question conversation",
        words="words",
        happened="at",
        state="source",
        colleague="by",
    ),
    of_customers(
        "knowledge.SolvedConcern",
        KNOWLEDGE,
        goes("conversation"),
        link="conversation",
        words="question answer words",
        happened="solved_at is_confirmed",
        state="language",
    ),
    of_nobody(
        "knowledge.ArticleText",
        COMPANY,
        "an answer of the company, free of customers",
        spared(),
        state="article language published published_words",
        words="title body words",
    ),
    of_nobody(
        "knowledge.Version",
        COMPANY,
        "an earlier text of an article",
        spared(),
        state="text number published_at",
        words="title body",
        colleague="by at published_by",
    ),
    of_nobody(
        "knowledge.Draft",
        COMPANY,
        "a text of an article that is being written",
        spared(),
        state="article language",
        words="title body",
        colleague="member at",
    ),
    of_nobody(
        "knowledge.Verdict",
        COMPANY,
        "whether an article helped, as a count of the day",
        count="on helped missed",
        state="text",
    ),
    of_nobody("knowledge.Word", COMPANY, "stems of the company's articles", own="language stem"),
)
