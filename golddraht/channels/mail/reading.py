"""Any bytes, read as a mail: never raises, never hangs, and what was not understood is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from . import invitations, markup
from .addresses import addresses
from .automatic import LOOP_HEADER, automatic_kind, may_be_bounce
from .bounces import report, wild_report
from .charsets import decoded
from .complaints import complaint
from .filenames import safe_name
from .flowed import unflowed
from .headers import Headers, message_id, message_ids, moment
from .keyring import EMPTY, Keyring
from .mail import Attachment, Bounce, Invitation, Mail, Part, Seal
from .opening import Unsealing, open_packets, open_seals
from .quoting import told_apart
from .structure import COMPOSITE_MESSAGES, MAX_BYTES, Bounds, Node, whole
from .transfer import MAX_FILES, written_files

MAX_TEXT = 2_000_000
MAX_TEXT_BYTES = 4_000_000
MAX_TEXTS = 100
RECIPIENT_FIELDS = (
    *("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "x-rcpt-to"),
    *("to", "cc", "resent-to"),
)
ELSEWHERE = {
    "message/partial": "This is one piece of a mail that was sent in several; the pieces are not put together.",
    "message/external-body": "The mail points to a file that lies elsewhere; it was not fetched.",
}
NO_HTML_HERE = re.compile(r"\bhtml\b", re.IGNORECASE)


@dataclass
class Body:
    """The words of a mail while they are gathered; `plain` is None where only HTML was sent."""

    plain: str | None = None
    html: str | None = None


@dataclass
class Gathering:
    """What is collected on the way through the tree."""

    problems: dict[str, None] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    found: list[Attachment] = field(default_factory=list)
    spare: list[Body] = field(default_factory=list)
    meetings: list[Invitation] = field(default_factory=list)
    text_left: int = MAX_TEXT
    texts_left: int = MAX_TEXTS
    calendar_bytes_left: int = 3 * invitations.MAX_BYTES // 2
    language: str = "en"

    def note(self, problem: str | None) -> None:
        if problem:
            self.problems.setdefault(problem)


def read(raw: bytes, *, language: str = "en", keyring: Keyring = EMPTY, at: datetime | None = None) -> Mail:
    """The mail in `raw` (RFC 5322, MIME of RFC 2045 to 2049, RFC 2231, RFC 2047). Never raises, for any bytes.

    Moments are aware. Ids come without angle brackets. `html` is safe to show: remote images are not loaded.
    `language` is the one in which an invitation without words of its own is told. `keyring` opens what is sealed and
    checks what is signed; certificates must be valid `at` that moment, or when the mail says it was written.
    """
    try:
        return _read(raw, language=language, keyring=keyring, at=at)
    except Exception as failure:  # the promise to every caller: a mail that defeats us stays visible with its source
        return Mail(problems=(f"The mail could not be read ({type(failure).__name__}).",))


def _read(raw: bytes, *, language: str = "en", keyring: Keyring = EMPTY, at: datetime | None = None) -> Mail:
    bounds = Bounds()
    tree = whole(raw, bounds)
    seals = _unsealed(tree, bounds, keyring, at)
    open_packets(tree, bounds)
    gathering = Gathering(bounds.problems, language=language)
    body = _body(tree, gathering, is_whole_mail=True)
    if not (body.plain or body.html or "").strip():
        body = _joined(gathering.spare)
    text, html = _readable(body, gathering)
    told = told_apart(text or "")
    mail = _headed(tree, gathering)
    kind, bounce = _judged(tree, mail, text or "")
    return replace(
        mail,
        text=text,
        html=html,
        reply_text=told.reply_text,
        quoted_text=told.quoted_text,
        signature=told.signature,
        attachments=_attachments(tree, body.html or "", gathering),
        parts=tuple(_part(leaf) for leaf in tree.leaves()) if len(raw) <= MAX_BYTES else (),
        is_automatic=kind is not None,
        automatic_kind=kind,
        bounce=bounce,
        complaint=complaint(tree, text or "", tree.headers),
        problems=tuple(gathering.problems),
        invitations=tuple(gathering.meetings),
        seals=tuple(seals),
    )


def _unsealed(tree: Node, bounds: Bounds, keyring: Keyring, at: datetime | None) -> list[Seal]:
    if keyring == EMPTY:  # then nobody's name and no date is asked for
        unsealing = Unsealing(bounds)
    else:
        named = (one.address for name in ("from", "sender") for one in addresses(tree.headers.raws(name)))
        senders = frozenset(one.lower() for one in named if one)
        unsealing = Unsealing(bounds, keyring, at or moment(tree.headers.raw("date")), senders, tree=tree)
    open_seals(tree, unsealing)
    return unsealing.seals


# The headers


def _headed(tree: Node, gathering: Gathering) -> Mail:
    headers = tree.headers
    date = moment(headers.raw("date"))
    if date is None and headers.raw("date"):
        gathering.note("The date of the mail cannot be read.")
    path = headers.raw("return-path")
    return Mail(
        message_id=message_id(headers.raw("message-id")),
        in_reply_to=next(iter(message_ids(headers.raw("in-reply-to"))), None),
        references=message_ids(" ".join(headers.raws("references"))),
        date=date,
        from_=next(iter(addresses(headers.raws("from"))), None),
        sender=next(iter(addresses(headers.raws("sender"))), None),
        reply_to=addresses(headers.raws("reply-to")),
        to=addresses(headers.raws("to")),
        cc=addresses(headers.raws("cc")),
        subject=_subject(tree),
        recipients=_recipients(headers),
        authentication_results=tuple(headers.raws("authentication-results")),
        auto_submitted=headers.raw("auto-submitted"),
        return_path=None if path is None else path.strip("<> "),
        language=headers.word("content-language") or headers.word("accept-language") or None,
        loop_keys=tuple(headers.raws(LOOP_HEADER.lower())),
    )


def _subject(tree: Node) -> str | None:
    outer = tree.headers.text("subject")
    # Who encrypts may hide the subject inside, too (RFC 9788); outside stands a placeholder.
    inner = tree.opened.headers.text("subject") if tree.opened is not None and not tree.is_spare else None
    return inner if inner and (outer or "...") in {"...", "[...]", "Encrypted Message"} else outer


def _recipients(headers: Headers) -> tuple[str, ...]:
    """Whom the mail was for: first what the servers noted of the envelope, then what the sender wrote."""
    named = (one.address for name in RECIPIENT_FIELDS for one in addresses(headers.raws(name)))
    return tuple(dict.fromkeys(address for address in named if address))


def _judged(tree: Node, mail: Mail, text: str) -> tuple[str | None, Bounce | None]:
    subject = mail.subject or ""
    bounce = report(tree, text, tree.headers)
    if bounce is None and may_be_bounce(tree, subject, mail.from_):
        bounce = wild_report(tree, text, tree.headers)
    kind = automatic_kind(
        tree=tree, subject=subject, text=text, sender=mail.from_, reply_to=mail.reply_to, bounce=bounce
    )
    return kind, bounce


# The words


def _body(node: Node, gathering: Gathering, *, is_whole_mail: bool = False) -> Body:
    if node.opened is not None:
        opened = _body(node.opened, gathering)
        if node.is_spare:
            gathering.spare.append(opened)
        return Body() if node.is_spare else opened
    if not node.is_multipart:
        return _leaf(node, gathering, is_whole_mail=is_whole_mail)
    bodies = [_body(child, gathering) for child in node.children]
    if node.content_type == "multipart/alternative":
        return _best(bodies)
    return _joined(bodies)


def _leaf(node: Node, gathering: Gathering, *, is_whole_mail: bool) -> Body:
    gathering.note(ELSEWHERE.get(node.content_type))
    if node.content_type == "text/calendar":
        _meeting(node, gathering)
    if not _is_words(node, is_whole_mail=is_whole_mail):
        return Body()
    gathering.texts_left -= 1
    if gathering.texts_left < 0:
        gathering.note("The mail has more than 100 texts; the rest is kept as attachments.")
        return Body()
    return _words(node, gathering)


def _meeting(node: Node, gathering: Gathering) -> None:
    gathering.calendar_bytes_left -= len(node.content) + 1_000
    if gathering.calendar_bytes_left < 0:
        gathering.note("The mail holds more invitations than were read; they are kept as attachments.")
        return
    text, _ = decoded(node.content, node.parameters.get("charset") or "utf-8")
    found = invitations.invitations(text, node.parameters.get("method"))
    if found is None:
        gathering.note("An invitation in the mail cannot be read; it is kept as an attachment.")
    for one in found or ():
        gathering.meetings.append(one)
        gathering.spare.append(Body(plain=invitations.in_words(one, gathering.language)))


WORDS = {"text/plain", "text/html", "text/enriched", "text/markdown", "text/x-amp-html"}


def _is_words(node: Node, *, is_whole_mail: bool) -> bool:
    if node.children or node.content_type not in WORDS:
        return False
    return node.disposition != "attachment" and (is_whole_mail or not node.sent_name)


def _words(node: Node, gathering: Gathering) -> Body:
    gathering.shown.add(id(node))
    content = node.content
    if node.content_type != "text/html":
        content, files = written_files(content, max(0, MAX_FILES - len(gathering.found)))
        gathering.found += [_file(decoded(name, None)[0], "application/octet-stream", inside) for name, inside in files]
    text = _decoded(content, node, gathering)
    if node.content_type == "text/x-amp-html":
        return Body()  # a second form of the HTML that only some programs can run
    return Body(html=text) if node.content_type == "text/html" else Body(plain=_unfolded(text, node))


def _decoded(content: bytes, node: Node, gathering: Gathering) -> str:
    is_cut = len(content) > MAX_TEXT_BYTES
    if is_cut:
        content = content[: content.rfind(b"\n", 0, MAX_TEXT_BYTES) + 1 or MAX_TEXT_BYTES]
    text, problem = decoded(content, node.parameters.get("charset") or _charset_within(node))
    gathering.note(problem)
    if is_cut or len(text) > gathering.text_left:
        gathering.note("The text is longer than two million characters; the rest stands in the raw mail.")
    text = text[: gathering.text_left]
    gathering.text_left -= len(text)
    return text


def _unfolded(text: str, node: Node) -> str:
    # A signature was made over the lines as they stand.
    if node.parameters.get("format", "").lower() != "flowed" or "-----BEGIN PGP " in text:
        return text
    return unflowed(text, delsp=node.parameters.get("delsp", "").lower() == "yes")


def _charset_within(node: Node) -> str | None:
    if node.content_type != "text/html":
        return None
    found = re.search(rb"<meta[^>]{1,200}charset=[\"']?([A-Za-z0-9_-]{2,40})", node.content[:4_096], re.IGNORECASE)
    return found.group(1).decode("ascii") if found else None


def _best(bodies: list[Body]) -> Body:
    plains = [body.plain for body in bodies if body.plain and body.plain.strip()]
    htmls = [body.html for body in bodies if body.html and body.html.strip()]
    best = Body(plains[0] if plains else None, htmls[-1] if htmls else None)
    return Body(None, best.html) if _is_excuse(best) else best


def _is_excuse(body: Body) -> bool:
    # “Your program cannot show HTML” is no text of the sender, where the HTML says much more.
    if not body.plain or not body.html or len(body.plain) >= 400 or not NO_HTML_HERE.search(body.plain):
        return False
    return len(markup.text_of(body.html)) > 2 * len(body.plain)


def _joined(bodies: list[Body]) -> Body:
    full = [body for body in bodies if (body.plain or body.html or "").strip()]
    if len(full) <= 1:
        return full[0] if full else Body()
    html = "\n".join(body.html or markup.from_text(body.plain or "") for body in full)
    plain = "\n\n".join(
        (body.plain if body.plain is not None else markup.text_of(body.html or "")).strip("\n") for body in full
    )
    return Body(
        plain if any(body.plain is not None for body in full) else None,
        html if any(body.html is not None for body in full) else None,
    )


def _readable(body: Body, gathering: Gathering) -> tuple[str | None, str | None]:
    html = None
    if body.html:
        html, problem = markup.cleaned(body.html)
        gathering.note(problem)
    text = body.plain if body.plain is not None else markup.text_of(body.html or "")
    return (text if text.strip() else None), html


# The files


def _attachments(tree: Node, html: str, gathering: Gathering) -> tuple[Attachment, ...]:
    cids = set(re.findall(r"cid:([^\s\"'<>)]{1,500})", html))
    return (*_files(tree, gathering.shown, cids), *gathering.found)


def _files(node: Node, shown: set[int], cids: set[str]) -> Iterable[Attachment]:
    if node.opened is not None:
        yield from _files(node.opened, shown, cids)
    elif node.is_multipart and node.children:
        for child in node.children:
            yield from _files(child, shown, cids)
    elif id(node) not in shown and (node.content or node.headers):
        yield _attachment(node, cids)


def _attachment(node: Node, cids: set[str]) -> Attachment:
    content_id = node.content_id
    is_inline = node.disposition == "inline" or (content_id is not None and content_id in cids)
    name = node.sent_name
    if name is None and node.content_type in COMPOSITE_MESSAGES and node.children:
        subject = node.children[0].headers.text("subject")
        name = f"{subject}.eml" if subject else None
    return _file(name, node.content_type, node.content, inline=is_inline, content_id=content_id)


def _file(
    name: str | None, content_type: str, content: bytes, *, inline: bool = False, content_id: str | None = None
) -> Attachment:
    digest = sha256(content).hexdigest()
    return Attachment(safe_name(name), content_type, len(content), digest, inline, content_id, content)


def _part(leaf: Node) -> Part:
    return Part(leaf.content_type, len(leaf.content), sha256(leaf.content).hexdigest())
