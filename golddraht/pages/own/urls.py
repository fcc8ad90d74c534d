"""The own page of a customer, company by company."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.own import addresses, choosing, copies, entering, erasing, home, proving, record, writing

urlpatterns: list[URLPattern] = [
    path("", entering.own, name="own"),
    path("<slug:language>/", home.home, name="own_page"),
    path("<slug:language>/enter/", entering.enter, name="own_enter"),
    path("<slug:language>/enter/<str:token>/", entering.link, name="own_link"),
    path("<slug:language>/code/<str:token>/", entering.code, name="own_code"),
    path("<slug:language>/leave/", entering.leave_page, name="own_leave"),
    path("<slug:language>/prove/", proving.prove, name="own_prove"),
    path("<slug:language>/write/", writing.write, name="own_write"),
    path("<slug:language>/record/", record.record, name="own_record"),
    path("<slug:language>/record/say/", record.say, name="own_say"),
    path("<slug:language>/record/wishes/", record.wish, name="own_wish"),
    path("<slug:language>/choosing/", choosing.choosing, name="own_choosing"),
    path("<slug:language>/choosing/allow/", choosing.allow, name="own_allow"),
    path("<slug:language>/choosing/take-back/", choosing.take_back, name="own_take_back"),
    path("<slug:language>/choosing/no-advertising/", choosing.no_advertising, name="own_no_advertising"),
    path("<slug:language>/choosing/channels/", choosing.channels, name="own_channels"),
    path("<slug:language>/copy/", copies.copy, name="own_copy"),
    path("<slug:language>/copy/<int:copy_id>/", copies.file, name="own_copy_file"),
    path("<slug:language>/erase/", erasing.erase, name="own_erase"),
    path("<slug:language>/erase/stay/", erasing.stay, name="own_stay"),
    path("<slug:language>/addresses/", addresses.add, name="own_add"),
    path("<slug:language>/addresses/<str:token>/", addresses.confirm, name="own_confirm"),
    path("<slug:language>/addresses/<int:point_id>/drop/", addresses.drop, name="own_drop"),
]
