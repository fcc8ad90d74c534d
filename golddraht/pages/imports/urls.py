"""Imports of customers, among the settings."""

from __future__ import annotations

from django.urls import path

from golddraht.pages.imports import mending, views

urlpatterns = [
    path("", views.list_imports, name="imports"),
    path("sample.csv", views.sample, name="import_sample"),
    path("mappings/<int:mapping_id>/forget/", views.forget, name="forget_mapping"),
    path("<int:import_id>/", views.show_import, name="import"),
    path("<int:import_id>/columns/", views.map_import, name="map_import"),
    path("<int:import_id>/try/", views.try_import, name="try_import"),
    path("<int:import_id>/take/", views.take_import, name="take_import"),
    path("<int:import_id>/undo/", views.undo_import, name="undo_import"),
    path("<int:import_id>/away/", views.throw_import_away, name="throw_import_away"),
    path("<int:import_id>/rows.csv", mending.bad_sheet, name="import_bad_rows"),
    path("<int:import_id>/rows/mended/", mending.mended, name="import_mended"),
    path("<int:import_id>/rows/without/", mending.without, name="import_without"),
    path("<int:import_id>/rows/leave/", mending.leave, name="import_leave"),
    path("<int:import_id>/rows/let-in/", mending.let_in, name="import_let_in"),
    path("<int:import_id>/rows/<int:row_number>/", mending.mend_row, name="import_row"),
]
