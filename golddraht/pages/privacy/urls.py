"""Data protection: requests to be erased, retention, and the record of processing activities."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.privacy import archive, erasing, keeping, processing

urlpatterns: list[URLPattern] = [
    path("record/", processing.record, name="privacy_record"),
    path("record/sheet.csv", processing.record_sheet, name="privacy_record_sheet"),
    path("archive/", archive.archive, name="privacy_archive"),
    path("archive/rights/", archive.change_right, name="privacy_archive_right"),
    path("archive/<int:locked_id>/open/", archive.open_one, name="privacy_open"),
    path("archive/opened/<int:opening_id>/", archive.opened, name="privacy_opened"),
    path("archive/opened/<int:opening_id>/files/<int:place>/", archive.opened_file, name="privacy_opened_file"),
    path("retention/", keeping.retention, name="privacy_retention"),
    path("retention/begin/", keeping.begin, name="privacy_retention_begin"),
    path("retention/stop/", keeping.stop, name="privacy_retention_stop"),
    path("retention/choose/", keeping.choose, name="privacy_retention_choose"),
    path("retention/holds/", keeping.hold_customer, name="privacy_retention_hold"),
    path("retention/holds/<int:hold_id>/end/", keeping.end_a_hold, name="privacy_retention_end_hold"),
    path("requests/", erasing.requests, name="privacy_requests"),
    path("requests/<int:erasure_id>/", erasing.request_shown, name="privacy_request"),
    path("requests/<int:erasure_id>/approve/", erasing.approve, name="privacy_approve"),
    path("requests/<int:erasure_id>/refuse/", erasing.refuse, name="privacy_refuse"),
    path("requests/<int:erasure_id>/extend/", erasing.extend, name="privacy_extend"),
    path("requests/<int:erasure_id>/withdraw/", erasing.withdraw, name="privacy_withdraw"),
]
