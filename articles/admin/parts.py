"""Inlines of the parts of a page: what they cost does not grow with the number of parts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.functional import cached_property


class SharedRows:
    """Rows of a table by key, loaded when the first of a formset's widgets asks, then shared by them all."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        self._queryset = queryset

    @cached_property
    def _by_key(self) -> dict[str, Any]:
        return {str(row.pk): row for row in self._queryset}

    def row(self, key: Any) -> Any:
        """The row with this key, or None."""
        return self._by_key.get(str(key))

    def labels(self, keys: Iterable[Any]) -> list[tuple[str, str]]:
        return [(str(key), str(row)) for key in keys if (row := self.row(key))]


class _ChoosesAmongShared:
    """An autocomplete that takes the labels of its chosen options from `rows`, not from a query of its own."""

    rows: SharedRows

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> list[Any]:
        options = [self.create_option(name, "", "", False, 0)] if not self.allow_multiple_selected else []
        chosen = [key for key in value if key]
        for key, label in self.rows.labels(chosen) if chosen else ():
            options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class SharedAutocomplete(_ChoosesAmongShared, AutocompleteSelect):
    pass


class SharedAutocompleteMultiple(_ChoosesAmongShared, AutocompleteSelectMultiple):
    pass


class RowField(forms.ModelChoiceField):
    """The hidden key of a part: the formset has read the row already, so no query looks for it again."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(type(row)._default_manager.none(), required=False, widget=forms.HiddenInput)
        self.initial, self._row = row.pk, row

    def to_python(self, value: Any) -> models.Model:
        if str(value) != str(self._row.pk):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self._row


class LabelledField(forms.ModelChoiceField):
    """A choice that is looked up among the rows that its widget has loaded for all parts."""

    def to_python(self, value: Any) -> models.Model | None:
        if value in self.empty_values:
            return None
        if row := self.widget.rows.row(value):
            return row
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class PartForm(forms.ModelForm):
    """A part by itself is checked without its foreign keys: their fields have looked up what they point at, and
    whether two parts are doubles, only the formset can tell."""

    _is_alone = False

    def _post_clean(self) -> None:
        self._is_alone = True
        super()._post_clean()
        self._is_alone = False

    def _get_validation_exclusions(self) -> set[str]:
        pointers = {field.name for field in self._meta.model._meta.fields if field.many_to_one}
        return super()._get_validation_exclusions() | (pointers if self._is_alone else set())


class PartFormSet(BaseInlineFormSet):
    """Parts of a page, saved together: what it costs does not grow with their number, even when all of them move.

    Parts that nobody touched are not validated again. Changed parts are deleted and written again in one go, so that
    values under a unique constraint can swap.
    """

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count():
            form.empty_permitted = True
            form.fields[self._pk_field.name] = RowField(form.instance)

    def _existing_object(self, pk: Any) -> Any:
        """A part that somebody else has deleted meanwhile comes back as a new one; saving then meets their change.

        A key that another page uses is none of ours.
        """
        known = super()._existing_object(pk)
        return known or (None if self.model._base_manager.filter(pk=pk).exists() else self.model(pk=pk))

    def clean(self) -> None:
        """Show the untouched parts to the check for duplicates, which reads cleaned data."""
        for form in self.initial_forms:
            if not form.has_changed():
                fields = [field for field in form.instance._meta.fields if field.name in form.fields]
                form.cleaned_data = {field.name: field.value_from_object(form.instance) for field in fields}
        super().clean()
        self._refuse_doubles_of_unseen_parts()

    def _refuse_doubles_of_unseen_parts(self) -> None:
        """A part may be the double of one that somebody else added after this form was opened."""
        added = [form.cleaned_data for form in self.extra_forms if form.has_changed() and form.is_valid()]
        constraints = self.model._meta.total_unique_constraints if added else []
        for constraint in constraints:
            names = [name for name in constraint.fields if name != self.model.owner]
            unseen = self.queryset.exclude(pk__in=[form.instance.pk for form in self.initial_forms])
            for row in unseen:
                if any(all(data.get(name) == getattr(row, name) is not None for name in names) for data in added):
                    raise ValidationError(f"“{row}” is there already: somebody has added it meanwhile. Delete yours.")

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        if not commit:
            return super().save_existing_objects(commit=False)
        self.deleted_objects = [form.instance for form in self.deleted_forms if form in self.initial_forms]
        changed = [form for form in self.initial_forms if form.has_changed() and form not in self.deleted_forms]
        self.changed_objects = [(form.instance, form.changed_data) for form in changed]
        replaced = [row.pk for row in [*self.deleted_objects, *(form.instance for form in changed)]]
        if replaced:
            self.model._base_manager.filter(pk__in=replaced).delete()
        rows = self.model._base_manager.bulk_create([form.save(commit=False) for form in changed])
        for form in changed:
            form.save_m2m()
        return rows


class PartInline(admin.options.InlineModelAdmin):
    """What inlines of parts share; combine it with a tabular, stacked or content editor inline.

    Every relation is an autocomplete, and the labels of all its rows are loaded once for all parts.
    """

    extra = 0
    form = PartForm
    formset = PartFormSet

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        relations = [field.name for field in self.model._meta.many_to_many]
        return super().get_queryset(request).prefetch_related(*relations)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        fields = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [field.name for field in fields if field.remote_field and field.name != self.model.owner]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What a part points at is chosen here, and changed at its own place: no buttons around each choice."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.many_to_one and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs |= {"widget": self._shared(SharedAutocomplete, db_field), "form_class": LabelledField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = self._shared(SharedAutocompleteMultiple, db_field)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _shared(self, widget_class: Any, db_field: Any) -> Any:
        widget = widget_class(db_field, self.admin_site)
        widget.rows = SharedRows(db_field.remote_field.model._default_manager.all())
        return widget
