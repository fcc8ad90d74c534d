"""Data protection: the record of processing activities."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.privacy import processing

urlpatterns: list[URLPattern] = [
    path("record/", processing.record, name="privacy_record"),
    path("record/sheet.csv", processing.record_sheet, name="privacy_record_sheet"),
]
