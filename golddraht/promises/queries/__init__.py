"""Questions about promises: one file per kind of answer."""

from golddraht.promises.queries.blocking import promised_to
from golddraht.promises.queries.cards import (
    ChoiceCard,
    OptionCard,
    PromiseCard,
    choice_for,
    open_promises_known,
    promises_of_conversation,
    promises_of_customer,
)
from golddraht.promises.queries.finding import NoSuchPromise, promise_by_id, usual_options
from golddraht.promises.queries.lists import KeptRate, PromiseLine, due_list, kept_rate, touched_by
from golddraht.promises.queries.standing import WordKept, word_kept

__all__ = [
    "ChoiceCard",
    "KeptRate",
    "NoSuchPromise",
    "OptionCard",
    "PromiseCard",
    "PromiseLine",
    "WordKept",
    "choice_for",
    "due_list",
    "kept_rate",
    "open_promises_known",
    "promise_by_id",
    "promised_to",
    "promises_of_conversation",
    "promises_of_customer",
    "touched_by",
    "usual_options",
    "word_kept",
]
