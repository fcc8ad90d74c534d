"""What programs are told of what happened. Where nobody listens this costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from golddraht.commerce import events as outside
from golddraht.conversations import events as concerns
from golddraht.programs import jobs, operations
from golddraht.programs.events import NewsWaits
from golddraht.programs.naming import subject_of
from golddraht.programs.queries import is_wanted
from golddraht.programs.rules import News
from golddraht.promises import events as promises
from golddraht.team import events as team

NEWS: dict[type, News] = {
    concerns.MessageReceived: News.MESSAGE_RECEIVED,
    concerns.MessageWritten: News.MESSAGE_SENT,
    concerns.ConversationChanged: News.CONCERN_CHANGED,
    concerns.HandedOver: News.CONCERN_HANDED_OVER,
    concerns.NextTouchPassed: News.CONCERN_ESCALATED,
    concerns.SolutionProposed: News.SOLUTION_PROPOSED,
    concerns.ConcernSolved: News.CONCERN_SOLVED,
    concerns.ConcernReopened: News.CONCERN_REOPENED,
    concerns.ThirdPartyAnswered: News.INQUIRY_ANSWERED,
    concerns.AnswerLost: News.ANSWER_LOST,
    promises.PromiseMade: News.PROMISE_MADE,
    promises.PromiseKept: News.PROMISE_KEPT,
    promises.PromiseBroken: News.PROMISE_BROKEN,
    promises.PromiseWaived: News.PROMISE_WAIVED,
    promises.PromiseReopened: News.PROMISE_REOPENED,
    promises.PromiseEndangered: News.PROMISE_ENDANGERED,
    promises.OptionChosen: News.OPTION_CHOSEN,
    outside.OrderPlaced: News.ORDER_PLACED,
    outside.DeliveryChanged: News.DELIVERY_CHANGED,
    team.AlarmRaised: News.ALARM_RAISED,
    team.AlarmCleared: News.ALARM_CLEARED,
}


def tell_programs(event: Any) -> None:
    for news in _news_of(event):
        if is_wanted(news):
            operations.note_news(news=news, subject=subject_of(event), at=event.at)


def tell_soon(event: NewsWaits) -> None:
    jobs.nudge(event.webhook_id, at=event.due_at)


def _news_of(event: Any) -> Iterator[News]:
    if isinstance(event, concerns.MessageReceived) and event.is_new_conversation:
        yield News.CONCERN_OPENED
    yield NEWS[type(event)]
