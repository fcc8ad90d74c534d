"""The thread as the page shows it: messages, notes and what happened, and what was asked of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeGuard

from django.urls import reverse
from django.utils.translation import gettext

from golddraht.channels.queries import DeliveryLine, deliveries_of, warnings_of
from golddraht.channels.queries.authenticity import doubts_about
from golddraht.channels.queries.seals import SealShown, seals_of
from golddraht.channels.rules import DeliveryState
from golddraht.conversations.queries import Enclosed, Happened, Noted, Said, ThreadEntry
from golddraht.conversations.rules import Automatic, Channel, Direction
from golddraht.pages.conversation import milestones, problems
from golddraht.pages.conversation.enclosed import LARGEST_PICTURE, PDF, hides_pictures
from golddraht.pages.conversation.laid_out import laid_out
from golddraht.pages.conversation.readable import readable_as
from golddraht.pages.shown import channel_name, moment, size
from golddraht.plumbing.files import PICTURES
from golddraht.promises.queries import PromiseCard, choice_for
from golddraht.promises.rules import BROUGHT_TO_THEM
from golddraht.team.queries import Viewer
from golddraht.team.rules import Act


@dataclass(frozen=True)
class FileShown:
    name: str
    size_text: str
    url: str
    # Where it is seen without saving it; empty for what a browser cannot show harmlessly.
    picture_url: str = ""
    pages_url: str = ""


@dataclass(frozen=True)
class OptionShown:
    """What components/option_card.html takes."""

    title: str
    text: str
    cost_text: str
    is_chosen: bool


@dataclass(frozen=True)
class SealLine:
    """What components/seal.html takes."""

    words: str
    state: str
    icon: str
    url: str


@dataclass(frozen=True)
class MessageShown:
    """What components/message.html takes."""

    id: int
    when: datetime
    author_name: str
    way_text: str
    text: str
    is_outgoing: bool
    is_automatic: bool
    quoted: str
    signature: str
    attachments: tuple[FileShown, ...]
    delivery_text: str
    delivery_state: str
    notices: tuple[str, ...]
    html_url: str
    pictures_url: str
    source_url: str
    is_machine: bool
    summary: str = ""
    options: tuple[OptionShown, ...] = ()
    html: str = ""
    doubts: tuple[str, ...] = ()
    seals: tuple[SealLine, ...] = ()
    kind: str = "message"


@dataclass(frozen=True)
class NoteShown:
    id: int
    when: datetime
    author_name: str
    text: str
    kind: str = "note"


@dataclass(frozen=True)
class EventShown:
    when: datetime
    text: str
    icon: str
    state: str
    kind: str = "event"


PartShown = MessageShown | NoteShown | EventShown


@dataclass(frozen=True)
class Reader:
    """Who reads a thread, and what is known of its messages on their way."""

    viewer: Viewer
    at: datetime
    deliveries: dict[int, list[DeliveryLine]]
    warnings: dict[int, list[str]]
    doubts: dict[int, list[str]]
    seals: dict[int, list[SealShown]]


def reader_of(entries: Iterable[ThreadEntry], viewer: Viewer, at: datetime) -> Reader:
    ids = [entry.id for entry in entries if isinstance(entry, Said)]
    return Reader(viewer, at, deliveries_of(ids), warnings_of(ids), doubts_about(ids), seals_of(ids))


def parts(entries: Iterable[ThreadEntry], reader: Reader) -> list[PartShown]:
    """What the customer and we said, noted and did; what was asked of others stands beside the thread."""
    return [_part(entry, reader) for entry in entries if not (isinstance(entry, Said) and entry.inquiry_id)]


def with_options(
    shown: list[PartShown], said: Iterable[Said], promised: Iterable[PromiseCard], at: datetime
) -> list[PartShown]:
    """The ways out that the customer was offered, below the latest notice of danger."""
    notices = [one.id for one in said if one.automatic == Automatic.DANGER]
    if not notices:
        return shown
    offered = next((options for card in promised if (options := _options(card, at))), ())
    return [replace(part, options=offered) if _is_message(part, notices[-1]) else part for part in shown]


def _is_message(part: PartShown, message_id: int) -> TypeGuard[MessageShown]:
    return isinstance(part, MessageShown) and part.id == message_id


def _options(card: PromiseCard, at: datetime) -> tuple[OptionShown, ...]:
    if card.kind not in BROUGHT_TO_THEM:
        return ()
    return tuple(
        OptionShown(option.title, _joined(option.when_text, option.condition), option.cost_text, option.is_chosen)
        for option in choice_for(promise_id=card.id, at=at).options
    )


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _part(entry: ThreadEntry, reader: Reader) -> PartShown:
    if isinstance(entry, Said):
        return message_shown(entry, reader)
    if isinstance(entry, Noted):
        return NoteShown(entry.id, entry.at, entry.author_name, entry.text)
    return _event(entry, reader.at)


def _event(entry: Happened, at: datetime) -> EventShown:
    return EventShown(entry.at, milestones.words_of(entry, at), milestones.icon_of(entry), milestones.state_of(entry))


def _shows_source(said: Said, viewer: Viewer) -> bool:
    """Of a mail that came; one with a link that is the customer's alone only to admins."""
    has_source = said.channel == Channel.EMAIL and said.direction == Direction.IN
    return has_source and (not said.holds_own_links or viewer.may(Act.CONFIGURE))


def message_shown(said: Said, reader: Reader) -> MessageShown:
    slug, is_mail = reader.viewer.tenant_slug, said.channel == Channel.EMAIL
    delivery_text, delivery_state = delivery_words(reader.deliveries.get(said.id, []), reader.at)
    seals = reader.seals.get(said.id, [])
    is_ours = bool(said.html) and said.author_id is not None and not said.automatic
    html_url = reverse("message_html", args=[slug, said.id]) if said.html and is_mail and not is_ours else ""
    return MessageShown(
        id=said.id,
        when=said.at,
        author_name=_author(said, reader.viewer),
        way_text=_way(said),
        text=said.text,
        is_outgoing=said.direction == Direction.OUT,
        is_automatic=bool(said.automatic),
        quoted=said.quoted_text,
        signature=said.signature,
        attachments=tuple(_file(file, slug) for file in said.attachments if not file.inline),
        delivery_text=delivery_text,
        delivery_state=delivery_state,
        notices=(*_problems(said, bool(seals)), *reader.warnings.get(said.id, ())),
        html_url=html_url,
        pictures_url=f"{html_url}?pictures=all" if html_url and hides_pictures(said.html) else "",
        source_url=reverse("message_source", args=[slug, said.id]) if _shows_source(said, reader.viewer) else "",
        is_machine=bool(said.machine_kind),
        summary=_summary(said),
        doubts=tuple(reader.doubts.get(said.id, ())),
        seals=tuple(_seal(one, slug) for one in seals),
        html=laid_out(said.html, _pictures(said, slug)) if is_ours else "",
    )


def _seal(seal: SealShown, slug: str) -> SealLine:
    icon = {"ok": "shield", "none": "key", "soon": "lock", "late": "alert"}[seal.state]
    return SealLine(seal.words, seal.state, icon, reverse("signer", args=[slug, seal.id]) if seal.is_stranger else "")


def _pictures(said: Said, slug: str) -> dict[str, str]:
    return {
        file.content_id: reverse("attachment", args=[slug, file.id])
        for file in said.attachments
        if file.inline and file.content_type in PICTURES
    }


def _summary(said: Said) -> str:
    """What an automatic message was for; its words are folded, the colleague knows them."""
    names = {
        Automatic.RECEIPT: gettext("Receipt: what was understood, who cares, until when"),
        Automatic.INTERIM: gettext("Interim message: who cares, and the new time"),
        Automatic.SOLVED_QUESTION: gettext("Asked once more whether it is solved"),
        Automatic.CONFIRMATION: gettext("Confirmation of what the customer chose"),
        Automatic.HANDOVER: gettext("Who cares from now on"),
        Automatic.SATISFACTION: gettext("Asked how satisfied they are"),
    }
    return names.get(Automatic(said.automatic), "") if said.automatic else ""


def _author(said: Said, viewer: Viewer) -> str:
    if said.automatic:
        return viewer.tenant_name
    if said.author_id == viewer.membership_id:
        return gettext("%(name)s (you)") % {"name": said.author_name}
    return said.author_name or gettext("Somebody without a name")


def _way(said: Said) -> str:
    words = channel_name(said.channel)
    if said.machine_kind:
        return gettext("%(channel)s, written by a machine") % {"channel": words}
    return words


def _file(file: Enclosed, slug: str) -> FileShown:
    url = reverse("attachment", args=[slug, file.id])
    return FileShown(
        file.name,
        size(file.size),
        url,
        picture_url=url if file.content_type in PICTURES and file.size <= LARGEST_PICTURE else "",
        pages_url=reverse("attachment_pages", args=[slug, file.id]) if _is_looked_into(file) else "",
    )


def _is_looked_into(file: Enclosed) -> bool:
    return file.content_type == PDF or readable_as(file.content_type, file.name) is not None


def _problems(said: Said, has_seals: bool) -> list[str]:
    """What could not be read; of signatures and encryption the seals themselves say more."""
    return [_problem(word) for word in said.problems if not (has_seals and problems.is_of_seals(word))]


def _problem(word: str) -> str:
    return gettext("Not everything could be read: %(problem)s") % {"problem": problems.in_words(word)}


def delivery_words(lines: list[DeliveryLine], at: datetime) -> tuple[str, str]:
    """What became of a message on its way, and how good that is; the worst of several recipients is said first."""
    told = sorted(
        (_one_delivery(line, at) for line in lines), key=lambda one: ["late", "soon", "none", "ok"].index(one[1])
    )
    if not told:
        return "", "none"
    if len(told) == 1 or len({text for text, _ in told}) == 1:
        return told[0]
    named = [f"{line.recipient}: {_one_delivery(line, at)[0]}" for line in lines]
    return " · ".join(named), told[0][1]


def _one_delivery(line: DeliveryLine, at: datetime) -> tuple[str, str]:
    if line.bounced_at:
        return gettext("Came back: %(reason)s") % {"reason": line.bounce or line.answer}, "late"
    if line.state is DeliveryState.ACCEPTED:
        return gettext("Taken by the customer's mail server %(when)s") % {"when": moment(line.changed_at, at)}, "ok"
    if line.state is DeliveryState.REFUSED:
        return gettext("Refused: %(reason)s") % {"reason": line.answer}, "late"
    if line.state is DeliveryState.UNKNOWN:
        return gettext("Perhaps it arrived: the line broke at the last moment. It is not sent again by itself."), "late"
    if line.state is DeliveryState.HELD:
        return gettext("Held back: %(reason)s") % {"reason": line.answer or gettext("sending is paused")}, "soon"
    if line.state is DeliveryState.WAITING and line.attempts and line.next_attempt_at:
        when = moment(line.next_attempt_at, at)
        return gettext("Not through yet; next try %(when)s. %(reason)s") % {"when": when, "reason": line.answer}, "soon"
    if line.state is DeliveryState.WAITING and line.next_attempt_at and line.next_attempt_at > at:
        when = moment(line.next_attempt_at, at)
        return gettext("Waits for the end of the customer's quiet hours: leaves %(when)s") % {"when": when}, "soon"
    return gettext("On its way"), "none"
