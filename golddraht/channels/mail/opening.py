"""Parts that hold a mail of their own, opened: packets of Outlook, and what was signed or encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from . import tnef
from .headers import Headers
from .structure import Bounds, Node


def outer_leaves(node: Node) -> Iterator[Node]:
    """The leaves of this mail itself: neither those of mails that came along nor of what was opened."""
    if node.is_multipart and node.children:
        for child in node.children:
            yield from outer_leaves(child)
    else:
        yield node


def open_packets(tree: Node, bounds: Bounds) -> None:
    """Opens every `winmail.dat` of the mail; a damaged one is told and stays an attachment besides."""
    for node in outer_leaves(tree):
        if node.content_type in tnef.TYPES or node.content[:4] == tnef.SIGNATURE:
            _open_packet(node, bounds)


def _open_packet(node: Node, bounds: Bounds) -> None:
    found = tnef.packet(node.content)
    if found.is_damaged:
        bounds.note("The packet winmail.dat is damaged; what could be read of it is shown, and it is kept as it came.")
    children = [*_words(found), *map(_file, found.files)]
    if found.is_damaged:
        children.append(Node(node.headers, node.content_type, node.parameters, node.held))
    if children:
        node.opened = Node(Headers(), "multipart/mixed", children=children)
        node.is_spare = True


def _words(found: tnef.Packet) -> Iterator[Node]:
    forms = [("text/plain", found.text), ("text/html", found.html)]
    written = [
        Node(Headers(), kind, {"charset": "utf-8"}, words.encode("utf-8", "replace"))
        for kind, words in forms
        if words and words.strip()
    ]
    if written:
        yield Node(Headers(), "multipart/alternative", children=written)


def _file(file: tnef.File) -> Node:
    named = {"name": file.name} if file.name else {}
    fields = [("content-disposition", "attachment")]
    if file.content_id:
        fields.append(("content-id", file.content_id))
    return Node(Headers.of(fields), file.content_type, named, file.content)
