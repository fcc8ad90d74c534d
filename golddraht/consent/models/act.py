from __future__ import annotations

from django.db import models
from django.db.models import Q

from golddraht.consent.models.text import ConsentText
from golddraht.consent.rules import Kind
from golddraht.customers.models import Customer
from golddraht.plumbing.tenancy import TenantKey, TenantRow, walls


class ConsentAct(TenantRow):
    """One thing said or done about a consent, with its proof. Added, never changed: the database refuses.

    Without a way or purpose it is about all of them. What holds is judged from all acts of a person, in `rules.judge`.
    """

    customer = TenantKey(Customer, on_delete=models.CASCADE, related_name="consent_acts")
    kind = models.CharField(max_length=10)
    way = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    # How they said it, and which text they said it to.
    proof = models.CharField(max_length=10, blank=True)
    text = TenantKey(ConsentText, null=True)
    # Their own words, or where those can be found: "form of 12 March, folder 4".
    words = models.TextField(blank=True)
    # Folded, as addresses are compared; "" for all of the person's.
    address = models.CharField(max_length=254, blank=True)
    # From which network address they said so, where it was said on a page.
    network = models.GenericIPAddressField(null=True)
    # The message, a colleague's note or the call it was read or heard in, and the colleague who took it down; none when they did
    # it themselves.
    message_id = models.BigIntegerField(null=True)
    note_id = models.BigIntegerField(null=True)
    call_note = models.CharField(max_length=120, blank=True)
    actor_id = models.BigIntegerField(null=True)
    # To a confirmation: what had been asked.
    asked = TenantKey("self", null=True)
    # To a colleague's reading: which act, heard in a message, was misread or is one.
    read = TenantKey("self", null=True)
    # So long the proof must be there by law, counted from giving; each use counts anew.
    keep_until = models.DateField()

    class Meta:
        constraints = [
            *walls("consent_consentact", "customer", "text", "asked", "read", traced=True),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="kind_of_act_is_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["ASKED", "GIVEN", "CONFIRMED"])
                | (Q(text__isnull=False) & ~Q(proof="") & ~Q(way="") & ~Q(purpose="")),
                name="a_consent_has_its_text_proof_way_and_purpose",
            ),
            models.CheckConstraint(
                condition=Q(kind="CONFIRMED") ^ Q(asked__isnull=True), name="only_what_was_asked_is_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["MISREAD", "UPHELD", "UNSAID"]) ^ Q(read__isnull=True),
                name="a_reading_names_what_was_read",
            ),
            models.UniqueConstraint(fields=["tenant", "asked"], name="confirmed_once"),
            # Whoever reads the same message twice hears the same objection once.
            models.UniqueConstraint(
                fields=["tenant", "message_id", "kind", "way", "purpose"],
                condition=Q(message_id__isnull=False),
                name="one_act_of_a_message",
            ),
            models.UniqueConstraint(
                fields=["tenant", "note_id", "kind", "way", "purpose"],
                condition=Q(note_id__isnull=False),
                name="one_act_of_a_note",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "customer", "-at", "-id"], name="consent_acts_in_order")]

    @property
    def is_heard(self) -> bool:
        """Read by the program, in a message or a note, not declared to us."""
        return self.message_id is not None or self.note_id is not None


class ObjectionMark(TenantRow):
    """That somebody at this address wants no advertising, as a keyed hash: it holds for people unknown and outlives an erasure."""

    mark = models.CharField(max_length=64)
    at = models.DateTimeField()
    # Empty for every way and purpose.
    way = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            *walls("consent_objectionmark", traced=True),
            models.UniqueConstraint(fields=["tenant", "mark", "way", "purpose"], name="one_mark_of_an_address"),
        ]
