"""What follows from what. Read this to know the consequences of anything that happens."""

from __future__ import annotations

from golddraht.conversations import events as conversations
from golddraht.plumbing.bus import Reaction
from golddraht.promises import reactions as promises

REACTIONS: dict[type, list[Reaction]] = {
    # The promise first: the receipt says by when.
    conversations.MessageReceived: [promises.promise_on_arrival, promises.acknowledge_arrival],
    conversations.MessageWritten: [promises.keep_on_answer],
    conversations.ConcernReopened: [promises.promise_on_return],
    conversations.ConcernSolved: [promises.settle_on_solution],
    conversations.HandedOver: [promises.pass_on_with_the_concern],
}
