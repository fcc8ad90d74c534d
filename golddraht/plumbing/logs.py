"""Structured logs without personal content: one JSON object a line."""

from __future__ import annotations

import json
import logging
import re
import time

ALLOWED = (
    "tenant",
    "conversation",
    "message",
    "mailbox",
    "delivery",
    "job",
    "promise",
    "count",
    "seconds",
    "path",
    "status",
)
"""The extra fields a line may carry: ids, counts and routes; never names, addresses or text of customers."""


LINK = re.compile(r"(/k/[^/\s]+/)[^/\s]+")


def without_links(words: str) -> str:
    """The words without the secret part of a customer's link: whoever reads the log could open the page with it."""
    return LINK.sub(r"\1…", words)


class JsonLines(logging.Formatter):
    """`{"at", "level", "from", "says", …ids}`; an error adds its type and where it was raised, not its values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": without_links(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record)
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """The same for people: one line a message, an error with its kind and places, never its values."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        lines = [f"{at} {record.levelname} {record.name}: {without_links(record.getMessage())}"]
        if record.exc_info and record.exc_info[0]:
            lines += [f"  {place}" for place in (*_places(record), record.exc_info[0].__name__)]
        return "\n".join(lines)


def _places(record: logging.LogRecord) -> list[str]:
    """The innermost eight frames as file:line; a traceback's text may quote a customer, its places cannot."""
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/golddraht/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]
