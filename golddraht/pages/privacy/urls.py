"""Data protection: requests to be erased, and the record of processing activities."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.privacy import erasing, processing

urlpatterns: list[URLPattern] = [
    path("record/", processing.record, name="privacy_record"),
    path("record/sheet.csv", processing.record_sheet, name="privacy_record_sheet"),
    path("requests/", erasing.requests, name="privacy_requests"),
    path("requests/<int:erasure_id>/", erasing.request_shown, name="privacy_request"),
    path("requests/<int:erasure_id>/approve/", erasing.approve, name="privacy_approve"),
    path("requests/<int:erasure_id>/refuse/", erasing.refuse, name="privacy_refuse"),
    path("requests/<int:erasure_id>/extend/", erasing.extend, name="privacy_extend"),
    path("requests/<int:erasure_id>/withdraw/", erasing.withdraw, name="privacy_withdraw"),
]
