"""What can be done with what we know: one file per verb or family of verbs."""

from golddraht.knowledge.operations.enclosing import add_file, remove_file
from golddraht.knowledge.operations.publishing import (
    StillMarked,
    bring_back,
    judge_mark_again,
    keep_mark,
    publish,
    retire,
)
from golddraht.knowledge.operations.reviewing import confirm_review
from golddraht.knowledge.operations.writing import (
    ArticleRefused,
    drop_draft,
    furnish,
    keep_draft,
    restore_version,
    save_text,
    start_article,
)

__all__ = [
    "ArticleRefused",
    "StillMarked",
    "add_file",
    "bring_back",
    "confirm_review",
    "drop_draft",
    "furnish",
    "judge_mark_again",
    "keep_draft",
    "keep_mark",
    "publish",
    "remove_file",
    "restore_version",
    "retire",
    "save_text",
    "start_article",
]
