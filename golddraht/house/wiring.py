"""What follows from what. Read this to know the consequences of anything that happens."""

from __future__ import annotations

from golddraht.access import events as door
from golddraht.access import reactions as access
from golddraht.access.operations import sweeping as door_sweeping
from golddraht.channels import events as mails
from golddraht.channels import reactions as channels
from golddraht.channels.operations import authenticating, domains, lasting_keys
from golddraht.channels.operations import lasting as token_sweeping
from golddraht.channels.operations import sweeping as mail_sweeping
from golddraht.commerce import events as outside
from golddraht.commerce import reactions as commerce
from golddraht.commerce.operations import deciding, tying
from golddraht.commerce.operations.filing import SUBJECTS as OUTSIDE
from golddraht.commerce.queries import filling, saying
from golddraht.consent import events as consent
from golddraht.conversations import events as conversations
from golddraht.conversations import reactions as caring
from golddraht.conversations.operations import attending, errands, sending, silence
from golddraht.conversations.queries.besides import Filler
from golddraht.customers import events as people
from golddraht.customers import reactions as customers
from golddraht.customers.operations import going_through
from golddraht.house import announcements as live
from golddraht.house.sweeping import Sweep
from golddraht.imports import events as imports
from golddraht.imports import reactions as importing
from golddraht.imports.operations import working as import_sweeping
from golddraht.imports.operations.people import PEOPLE
from golddraht.imports.rules.subjects import Subject
from golddraht.improvement import events as causes
from golddraht.improvement.operations import satisfaction, stating, telling
from golddraht.improvement.operations import sweeping as counting
from golddraht.journey import reactions as journey
from golddraht.knowledge import events as known
from golddraht.knowledge import reactions as knowledge
from golddraht.knowledge.operations import reviewing
from golddraht.knowledge.queries import found as shelf
from golddraht.notices import events as noticed
from golddraht.notices import reactions as notices
from golddraht.notices.operations import telling as notice_telling
from golddraht.plumbing.bus import Reaction
from golddraht.privacy import events as rights
from golddraht.privacy import reactions as privacy
from golddraht.privacy.operations import sweeping as privacy_sweeping
from golddraht.programs import events as programs
from golddraht.programs import reactions as news
from golddraht.programs.operations import sweeping as news_sweeping
from golddraht.promises import events as promised
from golddraht.promises import reactions as promises
from golddraht.promises.operations import sweeping as promise_sweeping
from golddraht.promises.queries.besides import Teller
from golddraht.search import events as looking
from golddraht.search.operations import drafting, reading
from golddraht.search.queries import showing
from golddraht.search.rules.kinds import Kind
from golddraht.team import events as team
from golddraht.telephone import events as telephone

REACTIONS: dict[type, list[Reaction]] = {
    mails.MailKept: [channels.read_soon],
    mails.DeliveryQueued: [channels.deliver_soon],
    mails.DeliveryChanged: [live.show_progress],
    mails.SendersUnjudged: [channels.judge_senders_soon],
    mails.SenderDoubted: [caring.doubt_evidence, live.show_thread],
    mails.DomainAsked: [channels.look_at_domain_soon],
    mails.DomainLookedAt: [live.show_domain],
    mails.SealsWanted: [channels.open_again_soon],
    mails.SealsLookedAt: [live.show_thread, live.show_keys],
    mails.TrialAsked: [channels.send_trial_soon],
    mails.TokenEnding: [channels.renew_token],
    mails.AlarmUntold: [channels.tell_admins_again],
    # What waits to leave is stopped first, and whoever wants no advertising is heard; then the promise, before the receipt, which says by when.
    conversations.MessageReceived: [
        caring.stop_on_arrival,
        caring.hear_at_once,
        journey.note_arrival,
        commerce.tie_named,
        live.show_progress,
        promises.promise_on_arrival,
        promises.acknowledge_arrival,
        notices.tell_of_words,
        caring.gather_evidence_soon,
    ],
    conversations.TagsChanged: [live.show_lists],
    conversations.BlockedArrived: [caring.hear_of_the_blocked, live.show_conversation],
    conversations.AttendanceChanged: [live.show_attendance],
    conversations.AnswerLeaving: [caring.let_leave_then, live.show_leaving],
    conversations.AnswerHeldBack: [live.show_progress, live.show_own],
    conversations.DraftsChanged: [live.show_own],
    conversations.MentionsChanged: [live.show_own, notices.tell_of_mention],
    conversations.MessageWritten: [
        promises.keep_on_answer,
        caring.note_question_asked,
        journey.note_answer,
        channels.send_what_was_written,
        live.show_progress,
    ],
    conversations.AnswerLost: [
        promises.withdraw_on_loss,
        caring.forget_question_asked,
        journey.note_loss,
        live.show_progress,
    ],
    conversations.AnswerArrived: [promises.keep_on_late_arrival, caring.note_question_asked, live.show_progress],
    conversations.ConcernReopened: [
        journey.note_return,
        promises.promise_on_return,
        knowledge.forget_on_return,
        live.show_conversation,
    ],
    conversations.ConcernSolved: [
        journey.note_solution,
        promises.settle_on_solution,
        knowledge.remember_on_solution,
        live.show_promise,
    ],
    conversations.HandedOver: [
        promises.pass_on_with_the_concern,
        journey.note_hand_over,
        live.show_hand_over,
        notices.tell_of_hand_over,
    ],
    conversations.ConversationChanged: [live.show_change],
    conversations.MessageReworded: [live.show_progress],
    conversations.ThirdPartyAnswered: [live.show_progress],
    conversations.SolutionProposed: [journey.note_question, live.show_progress],
    conversations.NextTouchPassed: [live.show_progress],
    conversations.ErrandBegun: [caring.run_errand_soon],
    conversations.ErrandMoved: [live.show_errand],
    conversations.BrakePulled: [channels.alarm_about_brake, live.show_alarms],
    promised.PromiseMade: [journey.note_promise, live.show_promise],
    promised.PromiseKept: [journey.note_kept, live.show_promise],
    promised.PromiseBroken: [journey.note_broken, live.show_promise],
    promised.PromiseWaived: [live.show_promise],
    promised.PromiseReopened: [live.show_promise],
    promised.PromiseEndangered: [journey.note_danger, live.show_promise, notices.tell_of_danger],
    promised.OptionChosen: [journey.note_choice, live.show_promise],
    outside.OrderPlaced: [journey.note_order, commerce.tie_mentions],
    outside.OrderCancelled: [journey.note_cancelling],
    outside.DeliverySent: [journey.note_sending],
    outside.DeliveryArrived: [journey.note_delivery],
    outside.DeliveryPromised: [promises.follow_delivery],
    outside.VisitPlanned: [journey.note_appointment],
    outside.VisitDone: [journey.note_visit],
    outside.VisitPromised: [promises.follow_visit],
    outside.ReturnAnnounced: [journey.note_returning],
    outside.ReturnReceived: [journey.note_returned],
    outside.OutsideWithdrawn: [journey.forget_outside],
    outside.DateWithdrawn: [promises.take_word_back],
    known.ArticleSaved: [live.show_knowledge],
    known.ArticlePublished: [live.show_knowledge],
    known.ArticleRetired: [live.show_knowledge],
    known.ReviewDue: [live.show_knowledge],
    known.NobodyAnswered: [live.show_knowledge],
    known.QuestionSettled: [live.show_knowledge],
    causes.ProblemChanged: [live.show_problem],
    causes.ConcernLinked: [live.show_problem, live.show_conversation],
    causes.ProblemFixed: [live.show_problem],
    causes.AffectedTold: [live.show_problem],
    looking.FilterChanged: [live.show_filters],
    people.CustomersMerged: [journey.note_merge],
    people.CustomersTakenApart: [journey.note_parting],
    people.CustomerLearned: [customers.compare_at_once, customers.notice_doubts, commerce.tie_learned],
    consent.ConsentAsked: [caring.write_consent_question],
    consent.ConsentGiven: [journey.note_consent],
    consent.ConsentWithdrawn: [journey.note_withdrawal],
    consent.LeaveRefused: [caring.note_not_allowed],
    consent.ObjectionRaised: [journey.note_objection],
    consent.ObjectionRead: [caring.note_objection_read],
    consent.ChannelsChosen: [journey.note_ways],
    imports.ImportBegun: [importing.work_soon],
    imports.ImportMoved: [live.show_import],
    people.LookDue: [customers.look_on_soon],
    team.CountryChanged: [privacy.look_again],
    team.AlarmRaised: [channels.tell_admins, live.show_alarms],
    team.AlarmCleared: [live.show_alarms],
    telephone.CallChanged: [live.show_calls],
    rights.ErasureApproved: [privacy.erase_soon],
    rights.PersonErased: [live.show_lists],
    rights.KeepingDue: [privacy.keep_soon],
    programs.NewsWaits: [news.tell_soon],
    noticed.NoticeWaits: [notices.push_soon],
    door.CodeAsked: [access.send_code_soon],
    door.CopyAsked: [access.make_copy_soon],
}
for told in news.NEWS:
    # Webhooks hear last of all, and only where one listens.
    REACTIONS.setdefault(told, []).append(news.tell_programs)

SWEEPS: list[Sweep] = [
    sending.sweep,
    attending.forget_absent,
    silence.sweep,
    errands.sweep,
    promise_sweeping.sweep,
    mail_sweeping.sweep,
    token_sweeping.sweep,
    lasting_keys.sweep,
    authenticating.sweep,
    domains.sweep,
    reviewing.sweep,
    telling.sweep,
    tying.sweep,
    deciding.sweep,
    reading.sweep,
    news_sweeping.sweep,
    notice_telling.sweep,
    counting.sweep,
    stating.sweep,
    satisfaction.sweep,
    door_sweeping.sweep,
    import_sweeping.sweep,
    going_through.sweep,
    privacy_sweeping.sweep,
    privacy_sweeping.keep,
]
"""What the sweeper does in each tenant, in this order."""

NUDGES: frozenset[Reaction] = frozenset({channels.read_soon, channels.deliver_soon, caring.let_leave_then})
"""The reactions that only wake a worker; what they nudge is found by the sweeper as well."""

KINDS: list[Kind] = [
    Kind("message", drafting.message_drafts, showing.messages_shown),
    Kind("note", drafting.note_drafts, showing.notes_shown),
    Kind("article", shelf.article_drafts, shelf.articles_shown),
    Kind("customer", drafting.customer_drafts, showing.customers_shown),
]
"""What can be found. A row gets here by a trigger (`plumbing.findable`), named by the kind."""

FILLERS: list[Filler] = [filling.blanks_of_orders]
"""Who fills the placeholders of a text with what conversations do not know."""
TELLERS: list[Teller] = [saying.lines_for_receipt]
"""Who knows more than what is promised: a receipt says it."""
SUBJECTS: list[Subject] = [PEOPLE, *OUTSIDE]
"""What files may be about."""
