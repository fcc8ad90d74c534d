"""What an operation or a query refuses, as a program is told: one table, so that no view has to say it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from golddraht.access.queries import NoSuchCopy
from golddraht.channels.operations.keys import KeyRefused
from golddraht.channels.queries import NoSource, NoSuchMailbox
from golddraht.commerce.operations import AlreadySettled as RowSettled
from golddraht.commerce.operations import NotLetIn, NotTheirOrder
from golddraht.commerce.queries import NoSuchOrder
from golddraht.commerce.rules import Unreadable
from golddraht.consent.operations import ConsentRefused, TextRefused
from golddraht.consent.queries import NoSuchAct
from golddraht.conversations import operations as care
from golddraht.conversations.operations.acting import ActRefused
from golddraht.conversations.operations.automatic_words import WordsRefused
from golddraht.conversations.operations.blocking import BlockRefused
from golddraht.conversations.operations.errands import NothingToDo, NotTheirs, OnlyLeads
from golddraht.conversations.operations.macros import MacroRefused
from golddraht.conversations.operations.tags import TagRefused
from golddraht.conversations.operations.wording import ModuleRefused
from golddraht.conversations.queries import NoSuchConversation
from golddraht.conversations.queries.blocking import NoSuchBlock
from golddraht.conversations.queries.errands import NoSuchErrand
from golddraht.conversations.queries.tags import NoSuchTag
from golddraht.conversations.queries.wording import NoSuchModule
from golddraht.customers.operations import (
    AlreadySettled,
    NoSuchBelonging,
    NotDoubtful,
    NotMerged,
    NotTheirWay,
    TakenMeanwhile,
    WordsNeeded,
)
from golddraht.customers.operations import MergeRefused as CustomersNotMerged
from golddraht.customers.queries import NoSuchCustomer
from golddraht.customers.queries.doubts import NoSuchDoubt
from golddraht.customers.queries.persons import NoSuchMerge, NoSuchResemblance
from golddraht.customers.queries.places import NoSuchPlace
from golddraht.customers.rules import UnprovenSalutation
from golddraht.customers.rules.values import NotSuchValue
from golddraht.customers.rules.ways import NoSuchWay
from golddraht.imports.operations import ImportRefused
from golddraht.imports.queries import NoSuchImport
from golddraht.improvement.operations import ProblemRefused
from golddraht.improvement.queries import NoSuchProblem
from golddraht.knowledge.operations import ArticleRefused, StillMarked
from golddraht.knowledge.queries import NoSuchArticle
from golddraht.knowledge.queries.questions import NoSuchQuestion
from golddraht.plumbing.ledger import LedgerRefused
from golddraht.privacy.operations import CompanyInUse, ErasureRefused
from golddraht.privacy.queries import NoSuchErasure
from golddraht.promises import operations as promises
from golddraht.promises.queries import NoSuchPromise
from golddraht.search.operations import FilterRefused
from golddraht.search.queries import NoSuchFilter
from golddraht.team.operations import (
    AbsenceRefused,
    FoundingRefused,
    LogoRefused,
    RuleRefused,
    TeamRefused,
    TenantRefused,
)
from golddraht.team.queries import NotSetUp
from golddraht.team.queries.companies import NoSuchCompany
from golddraht.team.queries.dressing import NoSuchLogo


@dataclass(frozen=True)
class Refusal:
    """Status, name and title are the same for every occurrence; `members` are attributes told besides (RFC 9457 §3.2)."""

    status: int
    name: str
    title: str
    members: tuple[str, ...] = ()


# What was asked for in time, but collides with what is so by now.
LATE_DANGERS = frozenset({"ALREADY", "CHOSEN"})


def _of_danger(error: Any) -> Refusal:
    status = 409 if error.reason in LATE_DANGERS else 422
    return Refusal(status, "danger-refused", "The danger cannot be announced like that.", ("reason",))


REFUSALS: dict[type[Exception], Refusal | Callable[[Any], Refusal]] = {
    NoSuchConversation: Refusal(404, "no-such-conversation", "There is no such conversation."),
    NoSuchTag: Refusal(404, "no-such-tag", "There is no such tag."),
    NoSuchBlock: Refusal(404, "no-such-block", "There is no such blocked sender."),
    NoSuchErrand: Refusal(404, "no-such-errand", "There is no such errand."),
    NoSuchModule: Refusal(404, "no-such-text-module", "There is no such text module."),
    NoSuchCustomer: Refusal(404, "no-such-customer", "There is no such customer."),
    NoSuchOrder: Refusal(404, "no-such-order", "There is no such order."),
    NotTheirOrder: Refusal(422, "not-their-order", "This order belongs to another customer, or to nobody yet."),
    Unreadable: Refusal(422, "unreadable", "This row cannot be understood.", ("reason", "field")),
    NoSuchAct: Refusal(404, "no-such-consent", "There is no such consent."),
    ConsentRefused: Refusal(422, "consent-refused", "It cannot be taken down like that.", ("reason",)),
    TextRefused: Refusal(422, "consent-text-refused", "This cannot be agreed to.", ("reason",)),
    NoSuchFilter: Refusal(404, "no-such-filter", "There is no such filter."),
    NotSuchValue: Refusal(422, "no-such-value", "This cannot be said of a person: look at the form of the attribute."),
    NoSuchWay: Refusal(422, "no-such-way", "This is no address of that kind."),
    NotTheirWay: Refusal(404, "not-their-way", "This way does not stand in their record."),
    TakenMeanwhile: Refusal(409, "taken-meanwhile", "This way has become somebody else's.", ("owner_id",)),
    NoSuchBelonging: Refusal(404, "no-such-belonging", "They do not belong there."),
    NoSuchImport: Refusal(404, "no-such-import", "There is no such import."),
    ImportRefused: Refusal(422, "import-refused", "This cannot be done with the file.", ("reason",)),
    RowSettled: Refusal(404, "no-such-row", "There is no such row, or somebody has decided already."),
    NotLetIn: Refusal(
        422, "not-let-in", "This row is about nobody who was erased, or there is no reason.", ("reason",)
    ),
    LedgerRefused: Refusal(
        503, "ledger-not-readable", "The ledger of erasures cannot be read; an operator has to look."
    ),
    NoSuchCopy: Refusal(404, "no-such-copy", "There is no such copy, or it is not ready."),
    NoSuchMerge: Refusal(404, "no-such-merge", "There is no such merge."),
    NoSuchResemblance: Refusal(404, "no-such-pair", "There is no such pair."),
    NoSuchDoubt: Refusal(404, "no-such-doubt", "There is no such doubt."),
    NotDoubtful: Refusal(409, "not-doubtful", "There is nothing to settle here any more."),
    WordsNeeded: Refusal(422, "words-needed", "Note the words in which they said how they are addressed, or ask."),
    NotMerged: Refusal(409, "not-merged", "This merge was undone already."),
    AlreadySettled: Refusal(409, "already-settled", "Somebody has settled this pair already."),
    CustomersNotMerged: Refusal(409, "customers-not-merged", "These two cannot become one person.", ("reason",)),
    NoSuchErasure: Refusal(404, "no-such-erasure", "Nobody has asked for this."),
    ErasureRefused: Refusal(409, "erasure-refused", "This cannot be done with the request any more."),
    NoSuchQuestion: Refusal(404, "no-such-question", "There is no such question."),
    NoSuchArticle: Refusal(404, "no-such-article", "There is no such article."),
    NoSuchProblem: Refusal(404, "no-such-problem", "There is no such problem."),
    NoSuchPromise: Refusal(404, "no-such-promise", "There is no such promise."),
    NoSource: Refusal(404, "no-such-source", "This message did not come by mail."),
    NoSuchMailbox: Refusal(404, "no-such-mailbox", "There is no such mailbox."),
    NotSetUp: Refusal(404, "not-set-up", "There is no such team, person or rule."),
    care.NoSuchProposal: Refusal(404, "no-such-proposal", "Nobody has asked whether it is solved."),
    ArticleRefused: Refusal(422, "article-refused", "The article cannot be kept or shown like that.", ("reason",)),
    StillMarked: Refusal(409, "still-marked", "What may point at a person has not been judged yet.", ("reason",)),
    ProblemRefused: Refusal(422, "problem-refused", "The problem cannot be kept like that.", ("reason",)),
    care.StaleAnswer: Refusal(409, "stale-answer", "The customer wrote again meanwhile."),
    care.AlreadyLeft: Refusal(409, "already-left", "It has left already."),
    KeyRefused: Refusal(422, "key-refused", "This key cannot be kept."),
    NoSuchPlace: Refusal(404, "no-such-place", "There is no such company or household."),
    care.DraftMovedOn: Refusal(409, "draft-moved-on", "The draft was changed elsewhere."),
    care.SendTimeRefused: Refusal(422, "send-time-refused", "It cannot be sent then.", ("latest_at",)),
    care.NotLive: Refusal(409, "not-live", "The conversation rests."),
    care.MergeRefused: Refusal(409, "merge-refused", "These two cannot become one."),
    care.UndoRefused: Refusal(409, "undo-refused", "Something later stands on this."),
    care.NotAskedTwice: Refusal(409, "not-asked-twice", "Nothing is presumed before the customer was asked twice."),
    care.NothingToSay: Refusal(422, "nothing-to-say", "There is nothing to say."),
    care.RecipientRefused: Refusal(422, "recipient-refused", "The answer cannot go to these recipients."),
    care.NextTouchRefused: Refusal(422, "next-touch-refused", "The next touch cannot be then.", ("latest_at",)),
    care.CannotCare: Refusal(422, "cannot-care", "This person cannot care for it."),
    care.CannotAsk: Refusal(422, "cannot-ask", "The question cannot leave like that."),
    care.GoodwillTooHigh: Refusal(
        422, "goodwill-too-high", "That is more than this member may grant.", ("left_cents",)
    ),
    care.GoodwillRefused: Refusal(422, "goodwill-refused", "An amount and a reason are needed."),
    care.LinkRefused: Refusal(422, "link-refused", "A concern is not linked with itself."),
    care.SplitRefused: Refusal(422, "split-refused", "These messages cannot stand alone."),
    OnlyLeads: Refusal(403, "only-leads", "Only leads may do this."),
    promises.PromiseRefused: Refusal(422, "promise-refused", "It cannot be promised like that.", ("reason",)),
    promises.AlreadySettled: Refusal(409, "already-settled", "The promise is settled already."),
    promises.NotYet: Refusal(422, "not-yet", "Nothing can have been kept in the future."),
    promises.DangerRefused: _of_danger,
    promises.NoLongerOffered: Refusal(409, "no-longer-offered", "This way out is not offered any more."),
    NotTheirs: Refusal(403, "not-theirs", "Only whoever began it may do this."),
    NothingToDo: Refusal(422, "nothing-to-do", "There is nothing to do."),
    ActRefused: Refusal(422, "act-refused", "It cannot be done like that."),
    MacroRefused: Refusal(422, "macro-refused", "The macro cannot stand like that."),
    ModuleRefused: Refusal(422, "text-module-refused", "The text module cannot stand like that."),
    WordsRefused: Refusal(422, "words-refused", "The automatic message cannot be said like that.", ("reason", "names")),
    UnprovenSalutation: Refusal(
        422, "salutation-unproven", "Nobody has said that this person wants to be addressed so.", ("line", "instead")
    ),
    FilterRefused: Refusal(422, "filter-refused", "The filter cannot be kept like that.", ("reason",)),
    TagRefused: Refusal(422, "tag-refused", "The tag cannot be like that.", ("reason",)),
    BlockRefused: Refusal(422, "block-refused", "This is neither an address nor a domain."),
    promises.StillPromised: Refusal(
        409,
        "still-promised",
        "Something is promised to this sender; say `knowing` to block them all the same.",
        ("promises",),
    ),
    RuleRefused: Refusal(422, "rule-refused", "The rule cannot stand like that."),
    TeamRefused: Refusal(422, "team-refused", "The team cannot be like that."),
    LogoRefused: Refusal(422, "logo-refused", "This picture cannot be the logo."),
    NoSuchCompany: Refusal(404, "no-such-company", "No such company was founded from here."),
    NoSuchLogo: Refusal(404, "no-such-logo", "There is no logo from before."),
    CompanyInUse: Refusal(409, "company-in-use", "The company is not empty any more."),
    FoundingRefused: Refusal(422, "founding-refused", "No company can be founded or opened like that."),
    TenantRefused: Refusal(422, "company-refused", "The company cannot be like that."),
    AbsenceRefused: Refusal(422, "absence-refused", "The absence cannot stand like that."),
}


def refusal_of(error: Exception) -> tuple[Refusal, dict[str, Any]]:
    """How this error is told, and what is told besides."""
    entry = next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)
    found = entry(error) if callable(entry) else entry
    return found, {name: _plain(getattr(error, name)) for name in found.members}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
