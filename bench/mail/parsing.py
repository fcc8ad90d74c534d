"""The ceiling: mails parsed and their texts decoded, nothing understood and nothing stored."""

from __future__ import annotations

import email
import json
import sys
from pathlib import Path
from typing import Any

from bench.mail.measuring import Result, read_mails, taken_one_by_one


def parse(mail: bytes) -> int:
    """With the standard library, as plainly as possible: structure, and each part decoded."""
    read = email.message_from_bytes(mail)
    return sum(len(part.get_payload(decode=True) or b"") for part in read.walk() if not part.is_multipart())


def understand(mail: bytes) -> Any:
    """As Golddraht reads a mail, without storing anything."""
    from golddraht.channels.mail.reading import read

    return read(mail)


WAYS = {"bare parsing (standard library)": parse, "Golddraht's reading alone": understand}


def main(asked: dict[str, Any]) -> None:
    folder, result = Path(asked["folder"]), Result(asked["way"])
    for mail in read_mails(folder / "earlier.mails"):
        WAYS[asked["way"]](mail)
    taken_one_by_one(read_mails(folder / "mails.mails"), WAYS[asked["way"]], result, 0)
    result.stored = result.mails - result.failed
    result.write(Path(asked["result"]))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
