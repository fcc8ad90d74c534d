"""Customers' servers that resend what got no 250, and colleagues' programs that repeat what got no answer."""

from __future__ import annotations

import http.client
import json
import smtplib
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from random import Random
from typing import Any

from bench.chaos.peer import HandOver, Peer
from bench.letters import SERVICE, Letter, letter
from tests.browser.running import House

LINES = 4
PROGRAMS = 2
THREADED = 0.25
"""The share of mails that answer one of ours."""

SOON = 0.4
"""The share of answers after which the next word stays ours, and is due within the run."""


@dataclass
class Traffic:
    """What both kinds of writers share: the program, an end to trying, and a lock on what they note."""

    house: House
    ends: float
    stopped: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def may_try(self) -> bool:
        return time.monotonic() < self.ends


@dataclass
class Customers:
    """Mails at a rate, each tried until it is taken. `accepted` is what we got a 250 for, with the number of tries."""

    traffic: Traffic
    peer: Peer
    rate: float
    chance: Random
    accepted: dict[str, int] = field(default_factory=dict)
    given: int = 0
    # What was answered, by the mail that answers it: both must be in one conversation.
    answered: dict[str, str] = field(default_factory=dict)

    def start(self) -> list[threading.Thread]:
        self.begun = time.monotonic()
        lines = [threading.Thread(target=self._line, daemon=True, name=f"line {n}") for n in range(LINES)]
        for line in lines:
            line.start()
        return lines

    def _line(self) -> None:
        while not self.traffic.stopped.is_set():
            with self.traffic.lock:
                self.given += 1
                number, mail = self.given, self._next(self.given)
            self.traffic.stopped.wait(max(0.0, self.begun + number / self.rate - time.monotonic()))
            tries = self._tries_until_taken(mail)
            if tries:
                self.accepted[mail.mail_id] = tries

    def _next(self, number: int) -> Letter:
        ours = self.peer.taken() if self.chance.random() < THREADED else []
        ours = [one for one in ours if "@post" in one.recipient]
        return self._answer(number, self.chance.choice(ours)) if ours else letter(number)

    def _answer(self, number: int, ours: HandOver) -> Letter:
        mail, mail_id = EmailMessage(), f"{number}.answer@post.example"
        mail["From"], mail["To"] = ours.recipient, str(ours.head.get("Reply-To", SERVICE))
        mail["Subject"] = "AW: " + " ".join(str(ours.head.get("Subject", "")).split())
        mail["Message-ID"], mail["In-Reply-To"] = f"<{mail_id}>", f"<{ours.mail_id}>"
        mail["Date"] = datetime.now(UTC)
        mail.set_content(f"Vielen Dank. Das hilft mir leider noch nicht weiter, was mache ich mit Nummer {number}?")
        self.answered[mail_id] = ours.mail_id
        return Letter(mail_id, ours.recipient, mail.as_bytes())

    def _tries_until_taken(self, mail: Letter) -> int:
        tries = 0
        while self.traffic.may_try():
            tries += 1
            try:
                with smtplib.SMTP("127.0.0.1", self.traffic.house.smtp_port, timeout=20) as line:
                    line.sendmail(mail.sender, [SERVICE], mail.content)
                return tries
            except (OSError, smtplib.SMTPException):
                time.sleep(self.chance.uniform(0.1, 1.0))
        return 0


@dataclass
class Colleagues:
    """Answers through the interface for programs. `written` are those that were said to be kept, by their mark."""

    traffic: Traffic
    token: str
    rate: float
    chance: Random
    written: dict[str, int] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    given: int = 0

    def start(self) -> list[threading.Thread]:
        programs = [threading.Thread(target=self._program, daemon=True, name=f"program {n}") for n in range(PROGRAMS)]
        for program in programs:
            program.start()
        return programs

    def _program(self) -> None:
        while not self.traffic.stopped.wait(self.chance.expovariate(self.rate / PROGRAMS)):
            number = self._somewhere()
            if number:
                with self.traffic.lock:
                    self.given += 1
                    mark = f"Zeichen {self.given:05}."
                self._say(number, mark)

    def _somewhere(self) -> str:
        status, said = self._ask("/conversations?place=all&limit=200")
        rows = said.get("conversations", []) if status == 200 else []
        return str(self.chance.choice(rows)["number"]) if rows else ""

    def _say(self, number: str, mark: str) -> None:
        words: dict[str, Any] = {"text": f"Guten Tag,\n\nwir kümmern uns darum. {mark}\n\nFreundliche Grüße"}
        if self.chance.random() < SOON:
            due = datetime.now(UTC) + timedelta(seconds=self.chance.uniform(20, 60))
            words |= {"next_touch_at": due.isoformat(), "still_ours": True}
        while self.traffic.may_try():
            status, said = self._ask(f"/conversations/{number}/replies", words, key=mark)
            if status == 201:
                self.written[mark] = int(said["message_id"])
                return
            if 400 <= status < 500 and status != 429:
                self.refused[f"{status} {said.get('title', '')}"] += 1
                return
            time.sleep(self.chance.uniform(0.1, 1.0))

    def _ask(self, path: str, words: dict[str, Any] | None = None, *, key: str = "") -> tuple[int, dict[str, Any]]:
        """Status and answer; 0 when there was none."""
        asked = urllib.request.Request(
            f"{self.traffic.house.url}/api/v1{path}",
            data=json.dumps(words).encode() if words else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            | ({"Idempotency-Key": key} if key else {}),
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return int(answer.status), json.load(answer)
        except urllib.error.HTTPError as failure:
            with failure:
                return failure.code, _told(failure.read())
        except (OSError, ValueError, http.client.HTTPException):
            return 0, {}


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
