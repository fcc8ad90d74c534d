"""Addresses that belong to no company: the same for everybody, with nothing personal in them."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.app import views

urlpatterns: list[URLPattern] = [
    path("service-worker.js", views.worker, name="service_worker"),
    path("app/<slug:language>.webmanifest", views.manifest, name="manifest"),
    path("app/offline/<slug:language>/", views.offline, name="offline"),
    path("static/<slug:version>/<path:name>", views.other_version, name="static_of_another_version"),
]
