"""Everything that the page of a concern shows, gathered and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.commerce.queries import known_of_customer, orders_of_concern
from golddraht.conversations.queries import Attending, Case, DraftKept, Said, attending, case_of, drafts_in, thread_of
from golddraht.conversations.queries.reading import is_mentioned, is_unread_for
from golddraht.conversations.queries.tags import TagLine, described
from golddraht.conversations.rules import LIVE, Direction, LinkKind, MoveKind, Status
from golddraht.ground.numbers import spoken
from golddraht.pages.consent.heard import HeardShown, heard_in_thread
from golddraht.pages.conversation import thread
from golddraht.pages.conversation.acts_offered import Offer, offers
from golddraht.pages.conversation.leaving import (
    FileShown,
    Later,
    LeavingShown,
    file_shown,
    later_choices,
    leaving_shown,
    stopped_words,
)
from golddraht.pages.conversation.place import url_of
from golddraht.pages.conversation.solution import solution_words
from golddraht.pages.customers.orders import Concern, OrdersShown, orders_beside
from golddraht.pages.customers.shown import PersonShown, person_shown, promise_lines
from golddraht.pages.customers.shown import PromiseShown as PastPromise
from golddraht.pages.shown import moment, money, status_word, touch_state, touch_text
from golddraht.promises.queries import PromiseCard, WordKept, promises_of_conversation, word_kept
from golddraht.promises.rules import BROUGHT_TO_THEM, Kind
from golddraht.team.queries import Viewer, absences
from golddraht.team.rules import AfterAnswer, Priority


@dataclass(frozen=True)
class NoticeShown:
    text: str
    state: str


@dataclass(frozen=True)
class PromiseShown:
    """What components/promise_card.html takes, and where to say that it was kept."""

    title: str
    when_text: str
    state: str
    state_text: str
    owner_name: str
    kept_url: str
    change_url: str
    danger_url: str


@dataclass(frozen=True)
class InquiryShown:
    asked: str
    state: str
    state_text: str
    messages: tuple[thread.MessageShown, ...]


@dataclass(frozen=True)
class LinkShown:
    number: str
    subject: str
    url: str
    kind_text: str
    undo_url: str
    undo_text: str
    done_at: datetime | None = None
    """When it was done, where a key may take it back."""


@dataclass(frozen=True)
class EventLine:
    text: str
    when: datetime
    url: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Shown:
    """One concern, as conversation/show.html takes it."""

    id: int
    plain_number: int
    number: str
    subject: str
    query: str
    list_url: str
    thread_url: str
    read_url: str
    opening_url: str
    owner_name: str
    deputy_name: str
    touch_text: str
    touch_state: str
    priority_text: str
    tags: list[TagLine]
    is_live: bool
    is_quiet: bool
    is_spam: bool
    is_blocked: bool
    is_proposed: bool
    may_answer: bool
    is_unread: bool
    seen_message_id: int | None
    latest_words: str
    is_our_turn: bool
    acts: list[Offer]
    thread: list[thread.PartShown]
    notices: list[NoticeShown]
    heard: list[HeardShown]
    person: PersonShown
    promises: list[PromiseShown]
    so_far: WordKept
    promised_before: list[PastPromise]
    outside: OrdersShown
    inquiries: list[InquiryShown]
    links: list[LinkShown]
    concerns: list[EventLine]
    solution_text: str
    solution_state: str
    goodwill_text: str
    draft: DraftKept | None
    draft_files: tuple[FileShown, ...]
    stopped_text: str
    leaving: list[LeavingShown]
    later: list[Later]
    after_answer: AfterAnswer
    undo_text: str
    is_draft_older: bool
    others: list[Attending]


def shown(conversation: Any, viewer: Viewer, *, place: str, at: datetime) -> Shown:
    """Gathers what the page of a concern shows to this viewer."""
    number, slug, status = conversation.number, viewer.tenant_slug, Status(conversation.status)
    entries = thread_of(viewer=viewer, number=number)
    case = case_of(viewer=viewer, number=number)
    reader = thread.reader_of(entries, viewer, at)
    said = [entry for entry in entries if isinstance(entry, Said)]
    theirs = [one for one in said if one.direction == Direction.IN and not one.inquiry_id and not one.machine_kind]
    query = "?" + urlencode({"place": place}) if place else ""
    away = absences(at=at).get(conversation.owner_id)
    promised = promises_of_conversation(conversation_id=conversation.pk, at=at)
    so_far = word_kept(customer_id=conversation.customer_id, at=at, besides=[card.id for card in promised])
    solution_text, solution_state = solution_words(case.solution, at)
    drafts = drafts_in(viewer=viewer, conversation_id=conversation.pk)
    draft = next((one for one in drafts if one.leaves_at is None), None)
    seen_message_id = max((one.id for one in theirs), default=None)
    return Shown(
        id=conversation.pk,
        plain_number=number,
        number=spoken(number),
        subject=conversation.subject,
        query=query,
        list_url=reverse("inbox", args=[slug]) + query,
        thread_url=url_of(slug, number, place=place),
        read_url=reverse("read", args=[slug, number]),
        opening_url=url_of(slug, number, place=place) + ("&" if place else "?") + "opening=1",
        owner_name=conversation.owner.name if conversation.owner and status in LIVE else "",
        deputy_name=away.deputy.name if away and away.deputy else "",
        touch_text=touch_text(status, conversation.next_touch_at, at),
        touch_state=touch_state(status, conversation.next_touch_at, at),
        priority_text=_priority(conversation.priority),
        tags=described(viewer=viewer, names=conversation.tags),
        is_live=status in LIVE,
        is_quiet=status is Status.QUIET,
        is_spam=status is Status.SPAM,
        is_blocked=conversation.block_id is not None,
        is_proposed=status is Status.PROPOSED,
        may_answer=status not in {Status.MERGED, Status.SPAM},
        is_unread=is_unread_for(member_id=viewer.membership_id, conversation=conversation)
        or is_mentioned(member_id=viewer.membership_id, conversation=conversation),
        seen_message_id=seen_message_id,
        latest_words=theirs[-1].text if theirs else "",
        is_our_turn=status is Status.OPEN and conversation.latest_direction == Direction.IN,
        acts=offers(conversation, viewer, query),
        thread=thread.with_options(thread.parts(entries, reader), said, promised, at),
        notices=_notices(conversation, case, at),
        heard=heard_in_thread(viewer, entries, number),
        person=person_shown(conversation.customer, viewer, at=at, number=number),
        promises=[_promise(card, slug, number) for card in promised],
        so_far=so_far,
        promised_before=promise_lines([*so_far.latest]),
        outside=_outside(conversation, slug, at),
        inquiries=_inquiries(case, said, reader),
        links=_links(case, slug, number, query),
        concerns=_concerns(conversation, case, slug),
        solution_text=solution_text,
        solution_state=solution_state,
        goodwill_text=gettext("%(amount)s granted in this concern") % {"amount": money(case.goodwill_cents)}
        if case.goodwill_cents
        else "",
        draft=draft,
        draft_files=tuple(file_shown(file, viewer, number) for file in draft.files) if draft else (),
        stopped_text=stopped_words(draft),
        leaving=[leaving_shown(one, viewer, number, query, at) for one in drafts if one.leaves_at],
        later=later_choices(at, next_touch_at=conversation.next_touch_at if status in LIVE else None),
        after_answer=viewer.after_answer,
        undo_text=_undo_words(viewer),
        is_draft_older=_is_older(draft, seen_message_id),
        others=attending(viewer=viewer, conversation_id=conversation.pk, at=at),
    )


def _outside(conversation: Any, slug: str, at: datetime) -> OrdersShown:
    known = known_of_customer(customer_id=conversation.customer_id)
    tied = orders_of_concern(conversation_id=conversation.pk) if known.orders else []
    return orders_beside(known, concern=Concern(tuple(tied), slug, conversation.number), at=at)


def _is_older(draft: DraftKept | None, newest: int | None) -> bool:
    """Whether something has arrived since the draft was written, and its writer was not told so another way."""
    if draft is None or draft.stopped_why or draft.seen_message_id is None or newest is None:
        return False
    return draft.seen_message_id < newest


def _undo_words(viewer: Viewer) -> str:
    seconds = int(viewer.undo_within.total_seconds())
    return gettext("can be taken back for %(seconds)d s") % {"seconds": seconds} if seconds else ""


def _priority(priority: str) -> str:
    return {Priority.HIGH: gettext("important"), Priority.URGENT: gettext("urgent")}.get(Priority(priority), "")


def _notices(conversation: Any, case: Case, at: datetime) -> list[NoticeShown]:
    """What must be known before reading: missed moments, put aside, merged."""
    found = [
        NoticeShown(
            gettext("The customer should have heard from us %(when)s; %(lead)s knows.")
            % {"when": moment(line.missed_at, at), "lead": line.lead_name},
            "late",
        )
        for line in case.escalations
        if line.taken_at is None
    ]
    if conversation.status == Status.QUIET:
        found.append(NoticeShown(gettext("Put aside: this needs no answer. One key brings it back."), "news"))
    if conversation.block_id is not None:
        found.append(NoticeShown(_rests(conversation.block), "news"))
    if case.merged_into:
        found.append(NoticeShown(gettext("Merged into %(number)s.") % {"number": case.merged_into}, "news"))
    return found


def _rests(block: Any) -> str:
    """Why the concern of a blocked sender lies here."""
    told = {"sender": block.pattern}
    if block.lifted_at is not None:
        return (
            gettext("It rests: %(sender)s was blocked when it came. From now on what they write arrives again.") % told
        )
    return gettext("It rests: %(sender)s is blocked. Nobody was told, and nothing was answered or promised.") % told


def _promise(card: PromiseCard, slug: str, number: int) -> PromiseShown:
    is_open = card.state in {"open", "soon", "danger", "late"} and card.kind != Kind.FIRST_ANSWER
    is_brought = is_open and card.kind in BROUGHT_TO_THEM and card.state != "danger"
    return PromiseShown(
        title=card.title,
        when_text=card.when_text,
        state="soon" if card.state == "danger" else card.state,
        state_text=card.state_text,
        owner_name=card.owner_name,
        kept_url=reverse("kept", args=[slug, number, card.id]) if is_open else "",
        change_url=reverse("change_promise", args=[slug, card.id]) if is_open else "",
        danger_url=reverse("promise_in_danger", args=[slug, card.id]) if is_brought else "",
    )


def _inquiries(case: Case, said: list[Said], reader: thread.Reader) -> list[InquiryShown]:
    return [
        InquiryShown(
            asked=asked.asked,
            state="ok" if asked.answered_at else "late" if asked.due_at <= reader.at else "none",
            state_text=(
                gettext("answered %(when)s") % {"when": moment(asked.answered_at, reader.at)}
                if asked.answered_at
                else gettext("answer needed by %(when)s") % {"when": moment(asked.due_at, reader.at)}
            ),
            messages=tuple(thread.message_shown(one, reader) for one in said if one.inquiry_id == asked.id),
        )
        for asked in case.inquiries
    ]


def _links(case: Case, slug: str, number: int, query: str) -> list[LinkShown]:
    kinds = {
        LinkKind.FOLLOWS: gettext("came later"),
        LinkKind.RELATED: gettext("linked"),
        LinkKind.SPLIT: gettext("split"),
    }
    linked = [
        LinkShown(
            number=one.spoken,
            subject=one.subject,
            url=url_of(slug, one.number),
            kind_text=kinds.get(LinkKind(one.relation), ""),
            undo_url=reverse("unlink", args=[slug, number, one.link_id]) + query
            if one.link_id and one.relation == LinkKind.RELATED
            else "",
            undo_text=gettext("unlink"),
        )
        for one in case.linked
    ]
    moves = [
        LinkShown(
            number=move.other,
            subject="",
            url=reverse("search", args=[slug]) + "?" + urlencode({"q": move.other}),
            kind_text=gettext("merged") if move.kind == MoveKind.MERGE else gettext("split"),
            undo_url=reverse("undo_move", args=[slug, number, move.move_id]) + query,
            undo_text=gettext("take back"),
            done_at=move.at,
        )
        for move in case.undoable
    ]
    return [*linked, *moves]


def _concerns(conversation: Any, case: Case, slug: str) -> list[EventLine]:
    now = EventLine(f"{conversation.subject} · {status_word(conversation.status)}", conversation.created_at, "", True)
    return [
        now,
        *(
            EventLine(f"{one.subject} · {status_word(one.status)}", one.latest_at, url_of(slug, one.number))
            for one in case.others
        ),
    ]
