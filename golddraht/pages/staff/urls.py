"""What is collected about staff."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.staff import views

urlpatterns: list[URLPattern] = [
    path("", views.staff_records, name="staff_records"),
    path("turn/", views.turn, name="turn_staff_switch"),
    path("agreement/", views.works_agreement, name="works_agreement"),
]
