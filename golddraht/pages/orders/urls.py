"""Orders and deliveries from a file, and rows of it that have to be mended."""

from __future__ import annotations

from django.urls import URLPattern, path

from golddraht.pages.orders import views

urlpatterns: list[URLPattern] = [
    path("", views.orders_file, name="orders_file"),
    path("rows/<int:bad_row_id>/", views.mend, name="mend_row"),
    path("rows/<int:bad_row_id>/let-in/", views.let_in, name="let_in_row"),
    path("rows/<int:bad_row_id>/drop/", views.drop, name="drop_row"),
]
