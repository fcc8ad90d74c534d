"""What may leave for whom: the words of it, the law as a table, and the one judgement."""

from golddraht.consent.rules.judging import Act, History, Leaving, Verdict, judge, settled
from golddraht.consent.rules.law import Need, Norm, norm_for
from golddraht.consent.rules.words import (
    ASKS_LEAVE,
    PURPOSE_OF,
    Basis,
    Kind,
    MessageClass,
    Proof,
    Purpose,
    Reason,
    State,
    Way,
    may_prove,
)

__all__ = [
    "ASKS_LEAVE",
    "PURPOSE_OF",
    "Act",
    "Basis",
    "History",
    "Kind",
    "Leaving",
    "MessageClass",
    "Need",
    "Norm",
    "Proof",
    "Purpose",
    "Reason",
    "State",
    "Verdict",
    "Way",
    "judge",
    "may_prove",
    "norm_for",
    "settled",
]
