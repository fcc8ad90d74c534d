"""What could not be read of a mail, in the language of whoever reads the page.

The reading of mail is plain Python and says its problems in English; this is the list of the sentences it knows. A sentence
that is new there is shown as it is.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

KNOWN = (
    gettext_noop("The date of the mail cannot be read."),
    gettext_noop("An invitation in the mail cannot be read; it is kept as an attachment."),
    gettext_noop("The text is longer than two million characters; the rest stands in the raw mail."),
    gettext_noop("The mail is larger than %(number)s MB; only its headers were read."),
    gettext_noop("The mail has no headers."),
    gettext_noop("Something stands in front of the headers; it was skipped."),
    gettext_noop("The mail holds more than could be unpacked; the rest is kept in the raw mail only."),
    gettext_noop("The mail holds more invitations than were read; they are kept as attachments."),
    gettext_noop("The mail holds more seals than were looked at; the rest is kept as it came."),
    gettext_noop("The mail has more than %(number)s texts; the rest is kept as attachments."),
    gettext_noop("The mail is too large to be taken apart so deeply; the rest is kept as one piece."),
    gettext_noop("A part has a content type that cannot be understood; it is taken as text."),
    gettext_noop("A multipart mail does not name its boundary."),
    gettext_noop("The mail has more than %(number)s parts; the rest was left unread."),
    gettext_noop("A multipart mail has no parts; its text is shown as it is."),
    gettext_noop("The mail is nested more than %(number)s levels deep; the rest is kept as one piece."),
    gettext_noop("Text stands behind the last part of the mail; it is kept in the raw mail only."),
    gettext_noop("The mail ends in the middle of a part."),
    gettext_noop("Headers and text are not parted by an empty line."),
    gettext_noop("The headers are longer than %(number)s KB; the rest of them was left unread."),
    gettext_noop("The packet winmail.dat is damaged; what could be read of it is shown, and it is kept as it came."),
    gettext_noop("A sealed part (S/MIME) cannot be read; it is kept as an attachment."),
    gettext_noop("The mail is sealed more than %(number)s times over; the rest is kept as it is."),
    gettext_noop(
        "The mail is encrypted (S/MIME) and no key of ours opens it; it is kept as it came. Whoever holds"
        " the key can open it with an ordinary mail program, or the sender can be asked to send it unencrypted."
    ),
    gettext_noop(
        "The mail is encrypted (PGP) and no key of ours opens it; it is kept as it came. Whoever holds the"
        " key can open it with an ordinary mail program, or the sender can be asked to send it unencrypted."
    ),
    gettext_noop(
        "The signature does not fit the mail: it was changed on its way, or the signature is not of this mail."
    ),
    gettext_noop("The mail is signed, but nobody we trust vouches for the signer."),
    gettext_noop("The mail is signed by %(signer)s, who is not its sender."),
    gettext_noop("This is one piece of a mail that was sent in several; the pieces are not put together."),
    gettext_noop("The mail points to a file that lies elsewhere; it was not fetched."),
    gettext_noop("The transfer encoding “%(name)s” is not known."),
    gettext_noop("A base64 part is damaged; what could be decoded is kept."),
    gettext_noop("The charset “%(charset)s” is not known; the text was read as %(name)s."),
    gettext_noop("The charset “%(charset)s” is not known."),
    gettext_noop("The text is UTF-8 although it is labelled “%(charset)s”."),
    gettext_noop("Some characters could not be read."),
    gettext_noop("No charset was given; the text was read as %(name)s."),
    gettext_noop("The text is not valid %(charset)s; it was read as %(name)s."),
    gettext_noop("The HTML of the mail is larger than 2 MB; it is shown as text."),
    gettext_noop("The HTML of the mail is nested too deeply or malformed; it is shown as text."),
    gettext_noop("The mail could not be read (%(name)s)."),
    gettext_noop("This mail could not be read."),
)
SEALS = KNOWN[KNOWN.index(next(one for one in KNOWN if one.startswith("The mail is encrypted (S/MIME)"))) :][:5]
BLANK = re.compile(r"%\\\((\w+)\\\)s")


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(BLANK.sub(r"(?P<\1>.{1,300}?)", re.escape(sentence)))


PATTERNS = [(sentence, _pattern(sentence)) for sentence in KNOWN]


def is_of_seals(problem: str) -> bool:
    """Whether it says how a signature or encryption fared."""
    return any(pattern.fullmatch(problem) for sentence, pattern in PATTERNS if sentence in SEALS)


def in_words(problem: str) -> str:
    """The sentence in the active language, with what stood in its blanks."""
    for sentence, pattern in PATTERNS:
        if (hit := pattern.fullmatch(problem)) is not None:
            return gettext(sentence) % hit.groupdict() if hit.groupdict() else gettext(sentence)
    return problem
