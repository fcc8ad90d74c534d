"""What a customer allows and refuses, and what the gate says."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from ninja import Schema
from pydantic import Field

from golddraht.api.shapes import samples
from golddraht.api.shapes.fields import Moment, example
from golddraht.consent.queries import ActLine, Choices, PurposeChoice, WayStand
from golddraht.consent.rules import MessageClass, Proof, Purpose, Verdict, Way


class WayOut(Schema):
    """How it stands with one way: `allowed`, `asked`, `lapsed`, `withdrawn`, `objected`, `not_chosen`, `forbidden` or `never_given`."""

    way: str
    stand: str
    act_id: int | None

    @staticmethod
    def of(one: WayStand) -> WayOut:
        return WayOut(way=one.way, stand=one.stand, act_id=one.act_id)


class PurposeOut(Schema):
    """One purpose: the ways they chose for it, the dearest first (null where nobody chose), and how each stands where leave is needed."""

    purpose: str
    asks_leave: bool
    chosen: list[str] | None
    ways: list[WayOut]

    @staticmethod
    def of(one: PurposeChoice) -> PurposeOut:
        chosen = None if one.chosen is None else [str(way) for way in one.chosen]
        ways = [WayOut.of(way) for way in one.ways]
        return PurposeOut(purpose=one.purpose, asks_leave=one.asks_leave, chosen=chosen, ways=ways)


class ActOut(Schema):
    """One thing said or done about a consent; never changed. Without way or purpose it is about all of them."""

    id: int
    kind: str
    way: str | None
    purpose: str | None
    at: datetime
    proof: str | None
    text: str
    version: int
    words: str
    address: str
    call_note: str
    keep_until: date
    uses: list[datetime]
    read_id: int | None = Field(None, description="Of MISREAD, UPHELD and UNSAID: the act that was judged.")
    model_config = example(**samples.CONSENT)

    @staticmethod
    def of(line: ActLine) -> ActOut:
        same = (
            "id",
            "kind",
            "way",
            "purpose",
            "at",
            "proof",
            "text",
            "version",
            "words",
            "address",
            "call_note",
            "keep_until",
            "read_id",
        )
        return ActOut(uses=[use.at for use in line.uses], **{name: getattr(line, name) for name in same})


class ConsentsOut(Schema):
    """How it stands now, and everything they ever said about it, the latest first. `objects`: no advertising at all."""

    country: str
    is_business: bool
    objects: bool
    purposes: list[PurposeOut]
    acts: list[ActOut]
    model_config = example(
        country="DE",
        is_business=False,
        objects=False,
        purposes=[
            {
                "purpose": "NEWS",
                "asks_leave": True,
                "chosen": None,
                "ways": [{"way": "CALL", "stand": "allowed", "act_id": 71}],
            }
        ],
        acts=[samples.CONSENT],
    )

    @staticmethod
    def of(found: Choices, acts: list[ActLine]) -> ConsentsOut:
        return ConsentsOut(
            country=found.country,
            is_business=found.is_business,
            objects=found.objects,
            purposes=[PurposeOut.of(one) for one in found.purposes],
            acts=[ActOut.of(one) for one in acts],
        )


class ActsOut(Schema):
    """What was taken down; empty where it was so already."""

    acts: list[ActOut]
    model_config = example(acts=[samples.CONSENT])


class PurchaseIn(Schema):
    """In which purchase they gave the address. Without `address` it is the one that reaches them."""

    words: str = Field(min_length=1, max_length=400)
    address: str = Field("", max_length=254)
    model_config = example(words="Auftrag 88-2041 vom 3. November, Hinweis auf dem Formular")


class GiveIn(Schema):
    """What they allow, in their words or where these are kept. `said_at` is now where nothing is named."""

    purpose: Purpose
    ways: list[Way] = Field(min_length=1, max_length=6)
    proof: Proof = Field(description="How they said it; what proves nothing for a way is refused.")
    words: str = Field("", max_length=4000)
    address: str = Field("", max_length=254)
    call_note: str = Field("", max_length=120)
    said_at: Moment | None = None
    model_config = example(
        purpose="NEWS", ways=["CALL"], proof="RECORDED", words="Ja, rufen Sie mich an.", call_note="Anruf c9"
    )


class NoIn(Schema):
    """What they no longer allow; without purpose or way all of them."""

    purpose: Purpose | None = None
    way: Way | None = None
    words: str = Field("", max_length=4000)
    model_config = example(purpose="NEWS", words="Bitte keine Werbung mehr.")


class Reading(StrEnum):
    """What a colleague says of words that were read as an objection."""

    MISREAD = "MISREAD"
    UPHELD = "UPHELD"
    UNSAID = "UNSAID"


class ReadingIn(Schema):
    """What was meant. `words` is the reason, and may not be missing with MISREAD."""

    reading: Reading
    words: str = Field("", max_length=4000)
    model_config = example(reading="MISREAD", words="Gemeint war der Wartungsvertrag.")


class Ground(StrEnum):
    """What lets something leave without a consent."""

    PRESUMED = "PRESUMED"
    LISTED_NOT = "LISTED_NOT"


class GroundIn(Schema):
    """One of the exceptions, with its proof or where that is kept."""

    ground: Ground
    words: str = Field(min_length=1, max_length=400)
    model_config = example(ground="PRESUMED", words="Anfrage vom 3. Mai nach einem Wartungsvertrag.")


class AskIn(Schema):
    """Ask them by mail to confirm that they want this by mail (double opt-in)."""

    purpose: Purpose
    model_config = example(purpose="NEWS")


class ChannelsIn(Schema):
    """The ways they want for a purpose, the dearest first; none of them is a choice as well."""

    purpose: Purpose
    ways: list[Way] = Field(max_length=6)
    model_config = example(purpose="SERVICE", ways=["CALL", "EMAIL"])


class LeaveIn(Schema):
    """What wants to leave. `points_out` when it says how to object, free of charge."""

    message_class: MessageClass
    way: Way
    address: str = Field("", max_length=254)
    points_out: bool = False
    model_config = example(message_class="ADVERTISING", way="CALL")


class VerdictOut(Schema):
    """What the gate says: ALLOWED with its basis, HELD until their quiet hours end, or REFUSED with its reason."""

    state: str
    basis: str | None
    act_id: int | None
    reason: str | None
    until: datetime | None
    source: str
    model_config = example(
        state="ALLOWED", basis="CONSENT", act_id=71, reason=None, until=None, source="§ 7 (2) no. 1 UWG"
    )

    @staticmethod
    def of(one: Verdict) -> VerdictOut:
        return VerdictOut(**{name: getattr(one, name) for name in VerdictOut.model_fields})


class MayNotLeaveOut(Schema):
    """The gate said no: nothing was sent, and the refusal is kept with its reason."""

    type: str = "urn:golddraht:problem:may-not-leave"
    title: str = "They have not allowed it."
    status: int = 422
    reason: str
    source: str
    model_config = example(reason="NO_CONSENT", source="§ 7 (2) no. 2 UWG, (3) UWG")

    @staticmethod
    def of(one: Verdict) -> MayNotLeaveOut:
        return MayNotLeaveOut(reason=str(one.reason), source=one.source)
