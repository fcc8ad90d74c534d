"""Every page a browser can see, place by place."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from golddraht.pages import brand, live
from golddraht.pages.calls import views as calls
from golddraht.pages.catcher import urls as catcher
from golddraht.pages.clients import views as clients
from golddraht.pages.consent import hearing
from golddraht.pages.consent import views as consent
from golddraht.pages.conversation import (
    acts,
    attending,
    blocking,
    composing,
    enclosed,
    ending,
    joining,
    ordering,
    promising,
    sealed,
    wording,
)
from golddraht.pages.conversation import views as conversation
from golddraht.pages.conversation.place import SpokenNumber
from golddraht.pages.customers import belonging, copying, golden_rules, merging, refinery, ways
from golddraht.pages.customers import facts as customer_facts
from golddraht.pages.customers import views as customers
from golddraht.pages.entry import views as entry
from golddraht.pages.errands import macros
from golddraht.pages.errands import views as errands
from golddraht.pages.help import views as help_page
from golddraht.pages.home import views as home
from golddraht.pages.inbox import many
from golddraht.pages.inbox import views as inbox
from golddraht.pages.knowledge import concern as knowing
from golddraht.pages.knowledge import suggestions
from golddraht.pages.privacy import erasing
from golddraht.pages.problems import views as causes
from golddraht.pages.search import palette, reach
from golddraht.pages.search import views as search
from golddraht.pages.today import views as today

register_converter(SpokenNumber, "spoken")
register_converter(brand.Colours, "colours")
register_converter(brand.Initials, "initials")

CONVERSATION: list[URLPattern | URLResolver] = [
    path("", conversation.conversation, name="conversation"),
    path("reply/", composing.answer, name="reply"),
    path("draft/", composing.keep, name="keep_draft"),
    path("draft/preview/", composing.preview, name="preview_answer"),
    path("draft/discard/", composing.discard, name="discard_draft"),
    path("draft/files/", composing.add_files, name="add_draft_files"),
    path("draft/files/<int:draft_file_id>/remove/", composing.remove_file, name="remove_draft_file"),
    path("leaving/<int:draft_id>/take-back/", composing.bring_back, name="take_back"),
    path("leaving/<int:draft_id>/now/", composing.send_now, name="send_now"),
    path("read/", conversation.read, name="read"),
    path("macros/<int:macro_id>/", macros.run, name="run_macro"),
    path("attendance/", attending.attendance, name="attendance"),
    path("modules/", wording.insert_module, name="insert_module"),
    path("hand-over/", acts.hand_over_to, name="hand_over"),
    path("take/", acts.take_over, name="take"),
    path("next-touch/", acts.move_next_touch, name="next_touch"),
    path("note/", acts.note, name="note"),
    path("heard/", acts.heard, name="heard"),
    path("ask/", acts.ask_somebody, name="ask"),
    path("goodwill/", acts.goodwill, name="goodwill"),
    path("tags/", acts.tags, name="tags"),
    path("priority/", acts.priority, name="priority"),
    path("promise/", promising.promise, name="promise"),
    path("promises/<int:promise_id>/kept/", promising.kept, name="kept"),
    path("solved/", ending.ask_whether_solved, name="ask_whether_solved"),
    path("solved/confirmed/", ending.confirmed_in_person, name="confirmed_in_person"),
    path("solved/withdraw/", ending.withdraw, name="withdraw"),
    path("needs-no-answer/", ending.needs_no_answer, name="needs_no_answer"),
    path("needs-an-answer/", ending.needs_an_answer, name="needs_an_answer"),
    path("spam/", ending.spam, name="spam"),
    path("block/", blocking.block_writer, name="block"),
    path("free/", blocking.free, name="free_concern"),
    path("no-spam/", ending.no_spam, name="no_spam"),
    path("merge/", joining.merge_into, name="merge"),
    path("split/", joining.split_off, name="split"),
    path("moves/<int:move_id>/undo/", joining.undo, name="undo_move"),
    path("link/", joining.link_with, name="link"),
    path("article/", knowing.article_from, name="article_from_concern"),
    path("problem/", causes.belongs, name="belongs"),
    path("problem/<int:problem_id>/unlink/", causes.belongs_not, name="belongs_not"),
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path("articles/", suggestions.called_articles, name="answer_articles"),
    path("unknown/", knowing.unknown, name="nobody_knew"),
    path("orders/<int:order_id>/tie/", ordering.tie_order, name="tie_order"),
    path("orders/<int:order_id>/untie/", ordering.untie_order, name="untie_order"),
    path("links/<int:link_id>/unlink/", joining.unlink_from, name="unlink"),
]

WORKSPACE: list[URLPattern | URLResolver] = [
    path("today/", today.today, name="today"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("search/", search.search, name="search"),
    path("palette/", palette.palette, name="palette"),
    path("palette/places/", reach.palette_places, name="palette_places"),
    path("inbox/many/", many.do_to_many, name="do_to_many"),
    path("errands/<int:errand_id>/", errands.errand, name="errand"),
    path("errands/<int:errand_id>/undo/", errands.undo, name="undo_errand"),
    path("conversations/<spoken:number>/", include(CONVERSATION)),
    path("messages/<int:message_id>/html/", enclosed.message_html, name="message_html"),
    path("messages/<int:message_id>/source/", enclosed.message_source, name="message_source"),
    path("draft-files/<int:draft_file_id>/", composing.draft_file, name="draft_file"),
    path("undoable/", composing.undoable, name="undoable"),
    path("seals/<int:seal_id>/", sealed.signer, name="signer"),
    path("attachments/<int:attachment_id>/", enclosed.attachment, name="attachment"),
    path("attachments/<int:attachment_id>/pages/", enclosed.attachment_pages, name="attachment_pages"),
    path("promises/", include("golddraht.pages.promises.urls")),
    path("lead/", include("golddraht.pages.lead.urls")),
    path("knowledge/", include("golddraht.pages.knowledge.urls")),
    path("figures/", include("golddraht.pages.figures.urls")),
    path("statement/", include("golddraht.pages.statement.urls")),
    path("filters/", include("golddraht.pages.filters.urls")),
    path("problems/", include("golddraht.pages.problems.urls")),
    path("settings/imports/", include("golddraht.pages.imports.urls")),
    path("settings/staff/", include("golddraht.pages.staff.urls")),
    path("settings/privacy/", include("golddraht.pages.privacy.urls")),
    path("settings/", include("golddraht.pages.settings.urls")),
    path("health/", include("golddraht.pages.health.urls")),
    path("orders/file/", include("golddraht.pages.orders.urls")),
    path("customers/", customers.customers, name="customers"),
    path("customers/refinery/", refinery.refinery, name="refinery"),
    path("customers/refinery/pairs/<int:resemblance_id>/", refinery.settle_pair, name="settle_pair"),
    path("customers/refinery/pairs/<int:resemblance_id>/reopen/", refinery.reopen_pair, name="reopen_pair"),
    path("customers/refinery/<int:doubt_id>/", refinery.settle, name="settle_doubt"),
    path("customers/refinery/<int:doubt_id>/reopen/", refinery.reopen, name="reopen_doubt"),
    path("customers/merges/<int:merge_id>/apart/", merging.apart, name="take_apart"),
    path("customers/<int:customer_id>/belong/", belonging.belong, name="belong"),
    path("customers/<int:customer_id>/belong/<int:belonging_id>/leave/", belonging.leave, name="no_longer"),
    path("customers/<int:customer_id>/ways/", ways.add, name="add_way"),
    path("customers/<int:customer_id>/ways/<int:point_id>/retire/", ways.retire, name="retire_way"),
    path("customers/<int:customer_id>/ways/<int:former_id>/back/", ways.bring_back, name="bring_back_way"),
    path("customers/<int:customer_id>/merge/", merging.merge, name="merge_customer"),
    path("customers/<int:customer_id>/copy/", copying.ask, name="copy_customer"),
    path("customers/<int:customer_id>/copy/<int:copy_id>/", copying.copy, name="customer_copy"),
    path("customers/<int:customer_id>/copy/<int:copy_id>/file/", copying.file, name="customer_copy_file"),
    path("customers/rules/", golden_rules.golden_rules, name="golden_rules"),
    path("customers/<int:customer_id>/", customers.customer, name="customer"),
    path("customers/<int:customer_id>/facts/", customer_facts.fact, name="customer_fact"),
    path("customers/<int:customer_id>/erase/", erasing.erase_customer, name="erase_customer"),
    path("customers/<int:customer_id>/correct/", customers.correct, name="correct_customer"),
    path("heard/<int:act_id>/", hearing.judge_heard, name="judge_heard"),
    path("customers/<int:customer_id>/consents/", consent.allow, name="allow"),
    path("customers/<int:customer_id>/consents/ask/", consent.ask, name="ask_to_confirm"),
    path("customers/<int:customer_id>/consents/purchase/", consent.bought, name="note_purchase"),
    path("customers/<int:customer_id>/consents/presumed/", consent.presume, name="note_presumed"),
    path("customers/<int:customer_id>/consents/looked-up/", consent.looked_up, name="note_looked_up"),
    path("customers/<int:customer_id>/consents/withdraw/", consent.take_back, name="withdraw_consent"),
    path("customers/<int:customer_id>/consents/object/", consent.objects, name="object_to"),
    path("customers/<int:customer_id>/consents/channels/", consent.choose, name="choose_channels"),
    path("customers/<int:customer_id>/consents/<int:act_id>/", consent.proof, name="consent_proof"),
    path("calls/", calls.calls, name="calls"),
    path("enter/", entry.enter, name="enter"),
    path("write/", entry.write_first, name="write_first"),
    *catcher.WORKSPACE,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("clients/", clients.clients, name="clients"),
    path("client/<slug:tenant_slug>/", include("golddraht.pages.client.urls")),
    path("brand/<colours:colours>.css", brand.brand, name="brand"),
    path("brand/<colours:colours>/<initials:initials>.svg", brand.mark, name="brand_mark"),
    path("logo/<slug:tenant_slug>/<slug:digest>/", brand.logo, name="brand_logo"),
    path("t/<slug:tenant_slug>/", include(WORKSPACE)),
    path("live/", live.live, name="live_of_clients"),
    path("live/<slug:tenant_slug>/", live.live, name="live"),
    path("help/<slug:tenant_slug>/", include("golddraht.pages.help.urls")),
    path("robots.txt", help_page.robots, name="robots"),
    path("k/", include("golddraht.pages.portal.urls")),
    path("my/<slug:tenant_slug>/", include("golddraht.pages.own.urls")),
    path("demo/<slug:tenant_slug>/", include(catcher.PUBLIC)),
    path("", include("golddraht.pages.app.urls")),
]

if settings.DEBUG:
    from golddraht.pages import gallery

    urlpatterns += [
        path("gallery/", gallery.gallery, name="gallery"),
        path("gallery/<slug:scene>/", gallery.gallery, name="gallery_scene"),
    ]
