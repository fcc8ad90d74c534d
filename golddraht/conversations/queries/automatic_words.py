"""How the company says its automatic messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from golddraht.conversations.models import AutomaticText, Conversation
from golddraht.conversations.queries.finding import Seer
from golddraht.conversations.rules import LIVE
from golddraht.plumbing.asking import Question
from golddraht.plumbing.memory import remembered


@dataclass(frozen=True)
class OwnWords:
    """Words of the company: since when, and by whom."""

    kind: str
    language: str
    text: str
    changed_at: datetime
    changed_by: str


def own_words(*, viewer: Seer) -> dict[tuple[str, str], OwnWords]:
    """By kind and language; what is missing is said in the shipped words."""
    rows = AutomaticText.objects.filter(tenant_id=viewer.tenant_id).select_related("changed_by")
    return {
        (row.kind, row.language): OwnWords(
            row.kind, row.language, row.text, row.changed_at, row.changed_by.name if row.changed_by else ""
        )
        for row in rows
    }


_KEPT: Question[tuple[str, str, str]] = Question(
    lambda: AutomaticText.objects.order_by().values_list("kind", "language", "text")
)


def words_kept(kind: str, language: str) -> str:
    """The company's words, or "". All of them are asked for at once, so that a portion of mails asks once."""
    return _all_kept().get((kind, language), "")


@remembered
def _all_kept() -> dict[tuple[str, str], str]:
    return {(kind, language): text for kind, language, text in _KEPT.all()}


def example_concern(*, viewer: Seer, language: str) -> Conversation | None:
    """A real concern to try words out with: the newest live one, of a customer of that language if there is any."""
    rows = Conversation.objects.filter(tenant_id=viewer.tenant_id, status__in=sorted(LIVE))
    rows = rows.select_related("customer", "owner", "team").order_by("-latest_at")
    found: Conversation | None = rows.filter(language=language).first() or rows.first()
    return found
