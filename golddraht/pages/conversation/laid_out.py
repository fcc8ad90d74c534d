"""Formatted words of ours as they stand in the thread: cleaned, with their pictures from our own addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from golddraht.channels.mail.markup import cleaned
from golddraht.ground.formatting import as_html, is_formatted

CONTENT_ID = re.compile(r'src="cid:([^"]+)"')


def laid_out(html: str, pictures: Mapping[str, str]) -> SafeString:
    """The HTML for a page; `pictures` are addresses by content id, a picture that is not among them is left out."""
    safe, _problem = cleaned(html)

    def own(found: re.Match[str]) -> str:
        return f'src="{escape(pictures[found[1]])}" loading="lazy"' if found[1] in pictures else ""

    return mark_safe(CONTENT_ID.sub(own, safe or ""))  # noqa: S308  # Cleaned one line above.


def formatted(text: str, pictures: Mapping[str, str]) -> SafeString:
    """What somebody wrote with signs of formatting; empty where there are none, so that the text is shown as it is."""
    return laid_out(as_html(text), pictures) if is_formatted(text) else SafeString("")
