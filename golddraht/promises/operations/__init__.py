"""What can be done with a promise: one file per verb or family of verbs."""

from golddraht.promises.operations.acknowledging import acknowledge
from golddraht.promises.operations.blocking import StillPromised, block
from golddraht.promises.operations.changing import change_promise
from golddraht.promises.operations.choosing import Chosen, NoLongerOffered, choose_option
from golddraht.promises.operations.declaring import Declaration, declare
from golddraht.promises.operations.disturbing import announce_disturbance
from golddraht.promises.operations.endangering import DangerRefused, endanger, withdraw_danger
from golddraht.promises.operations.following import Thing, follow_word
from golddraht.promises.operations.keeping import (
    AlreadySettled,
    NotYet,
    keep_first_answer,
    keep_promise,
    waive_promises,
)
from golddraht.promises.operations.making import (
    PromiseRefused,
    hold_promised_times,
    make_promise,
    pass_promises_on,
    promise_an_answer,
)
from golddraht.promises.operations.sweeping import Swept, sweep
from golddraht.promises.operations.unsaying import unsay_word
from golddraht.promises.operations.withdrawing import withdraw_answer

__all__ = [
    "AlreadySettled",
    "Chosen",
    "DangerRefused",
    "Declaration",
    "NoLongerOffered",
    "NotYet",
    "PromiseRefused",
    "StillPromised",
    "Swept",
    "Thing",
    "acknowledge",
    "announce_disturbance",
    "block",
    "change_promise",
    "choose_option",
    "declare",
    "endanger",
    "follow_word",
    "hold_promised_times",
    "keep_first_answer",
    "keep_promise",
    "make_promise",
    "pass_promises_on",
    "promise_an_answer",
    "sweep",
    "unsay_word",
    "waive_promises",
    "withdraw_answer",
    "withdraw_danger",
]
