"""Which team and which person cares for what has just arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from golddraht.ground.addresses import folded_address
from golddraht.ground.text import words
from golddraht.team.rules.priority import Priority


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a message when its team is chosen."""

    mailbox_id: int | None = None
    recipients: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalRule:
    """Sends an arrival to a team when everything it names is true; one that names nothing never does.

    `recipient` and `sender` are addresses, or "@domain" for everybody there. Of `content`, one
    word or phrase is enough; "liefer*" stands for every word that begins so.
    """

    team_id: int
    mailbox_id: int | None = None
    recipient: str = ""
    sender: str = ""
    content: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL

    def fits(self, arrival: Arrival) -> bool:
        named = tuple(self.conditions(arrival))
        return bool(named) and all(named)

    def conditions(self, arrival: Arrival) -> Iterable[bool]:
        if self.mailbox_id is not None:
            yield self.mailbox_id == arrival.mailbox_id
        if self.recipient:
            yield any(is_addressed(self.recipient, to) for to in arrival.recipients)
        if self.sender:
            yield is_addressed(self.sender, arrival.sender)
        if self.content:
            said = words(f"{arrival.subject} {arrival.text}")
            yield any(is_said(phrase, said) for phrase in self.content)


def is_addressed(wanted: str, address: str) -> bool:
    whole = folded_address(address)
    if wanted.strip().startswith("@"):
        return whole.endswith(folded_address("x" + wanted.strip())[1:])
    return whole == folded_address(wanted)


def is_said(phrase: str, said: Sequence[str]) -> bool:
    wanted = words(phrase)
    begins = phrase.rstrip().endswith("*")
    starts = range(len(said) - len(wanted) + 1) if wanted else range(0)
    return any(is_spoken_at(wanted, said[start:], begins) for start in starts)


def is_spoken_at(wanted: Sequence[str], said: Sequence[str], begins: bool) -> bool:
    *first, last = wanted
    if list(said[: len(first)]) != first:
        return False
    word = said[len(first)]
    return word.startswith(last) if begins else word == last


def deciding_rule(arrival: Arrival, rules: Iterable[ArrivalRule]) -> ArrivalRule | None:
    """The first rule that fits; None leaves it to the default team."""
    return next((rule for rule in rules if rule.fits(arrival)), None)


class Reason(StrEnum):
    """Why this person: what the conversation's trail and the team's lead can read."""

    KNOWS_CUSTOMER = "knows_customer"
    DEPUTY = "deputy"
    SKILL_AND_LANGUAGE = "skill_and_language"
    SKILL = "skill"
    LANGUAGE = "language"
    LOWEST_LOAD = "lowest_load"
    LEAD_ON_DUTY = "lead_on_duty"
    NOBODY_PRESENT = "nobody_present"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An active member of the team. `load` counts the open conversations they own."""

    membership_id: int
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    load: int = 0
    is_present: bool = True
    deputy_id: int | None = None
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    membership_id: int
    reason: Reason


def choose_owner(
    candidates: Sequence[Candidate],
    *,
    language: str | None = None,
    skill: str | None = None,
    previous_owner_id: int | None = None,
) -> Choice | None:
    """Who cares: the customer's previous owner, else the best suited and least loaded person.

    Whoever is away is stood in for by their deputy. With nobody present it is the lead, whom the
    escalation reaches. None only when there are no candidates at all. The same question always
    gets the same answer.
    """
    if not any(candidate.is_present for candidate in candidates):
        return lead_on_duty(candidates)
    known = {candidate.membership_id: candidate for candidate in candidates}
    return (
        previous_or_deputy(known, previous_owner_id)
        or deputy_of_skilled(known, skill)
        or best_present(candidates, language, skill)
    )


def previous_or_deputy(known: dict[int, Candidate], owner_id: int | None) -> Choice | None:
    previous = known.get(owner_id) if owner_id is not None else None
    if previous and previous.is_present:
        return Choice(previous.membership_id, Reason.KNOWS_CUSTOMER)
    deputy = present_deputy(known, previous) if previous else None
    return Choice(deputy.membership_id, Reason.DEPUTY) if deputy else None


def present_deputy(known: dict[int, Candidate], away: Candidate) -> Candidate | None:
    """The first present one along the chain of deputies; None when it breaks off or turns round."""
    seen = {away.membership_id}
    deputy_id = away.deputy_id
    while deputy_id in known and deputy_id not in seen:
        deputy = known[deputy_id]
        if deputy.is_present:
            return deputy
        seen.add(deputy_id)
        deputy_id = deputy.deputy_id
    return None


def deputy_of_skilled(known: dict[int, Candidate], skill: str | None) -> Choice | None:
    """The deputy of somebody with the skill, where everybody who has it is away."""
    skilled = [one for one in known.values() if skill and skill in one.skills]
    if any(one.is_present for one in skilled):
        return None
    deputies = [deputy for one in skilled if (deputy := present_deputy(known, one))]
    if not deputies:
        return None
    return Choice(min(deputies, key=least_loaded).membership_id, Reason.DEPUTY)


def best_present(candidates: Sequence[Candidate], language: str | None, skill: str | None) -> Choice:
    present = [candidate for candidate in candidates if candidate.is_present]
    best = min(present, key=suitability(language, skill))
    return Choice(best.membership_id, reason_for(best, language, skill))


def suitability(language: str | None, skill: str | None) -> Callable[[Candidate], tuple[bool, bool, int, int]]:
    return lambda one: (skill not in one.skills, language not in one.languages, *least_loaded(one))


def least_loaded(candidate: Candidate) -> tuple[int, int]:
    return candidate.load, candidate.membership_id


def reason_for(best: Candidate, language: str | None, skill: str | None) -> Reason:
    reasons = {
        (True, True): Reason.SKILL_AND_LANGUAGE,
        (True, False): Reason.SKILL,
        (False, True): Reason.LANGUAGE,
        (False, False): Reason.LOWEST_LOAD,
    }
    return reasons[skill in best.skills, language in best.languages]


def lead_on_duty(candidates: Sequence[Candidate]) -> Choice | None:
    leads = [candidate for candidate in candidates if candidate.is_lead]
    if leads:
        return Choice(min(leads, key=least_loaded).membership_id, Reason.LEAD_ON_DUTY)
    if candidates:
        return Choice(min(candidates, key=least_loaded).membership_id, Reason.NOBODY_PRESENT)
    return None
