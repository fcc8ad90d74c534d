"""What is asked when a file is imported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golddraht.imports.rules.subjects import CUSTOMERS
from golddraht.pages.imports.outside import subject_words
from golddraht.pages.imports.wording import kind_words


class FileForm(forms.Form):
    """A file, and where it comes from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, Excel workbook or vCards, up to 25 MB. Encoding, separator and columns are found out and shown."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.vcf,.vcard"}),
    )
    about = forms.ChoiceField(label=_("What stands in it?"))
    source = forms.CharField(
        label=_("Where does it come from?"),
        max_length=60,
        help_text=_("A name for the program or the list, the same each time: “Shop”, “ERP”, “Fair 2026”."),
        widget=forms.TextInput(attrs={"list": "import-sources", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), help_text=_("Counts for customers of a new source; a known one stays what it is.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = list(kind_words().items())
        kind.initial, kind.required = "import", False
        about: Any = self.fields["about"]
        about.choices, about.initial, about.required = list(subject_words().items()), CUSTOMERS, False

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or "import"

    def clean_about(self) -> str:
        return self.cleaned_data["about"] or CUSTOMERS


class RowForm(forms.Form):
    """The cells of one row."""

    def __init__(self, columns: list[str], cells: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, (name, cell) in enumerate(zip(columns, cells, strict=False)):
            is_long = len(cell) > 60 or "\n" in cell
            widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
            self.fields[f"cell{index}"] = forms.CharField(
                label=name, required=False, initial=cell, max_length=4000, widget=widget
            )

    def cells(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]
