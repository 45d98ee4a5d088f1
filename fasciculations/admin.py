"""The people of the newsroom, as a chief editor may see them: roles, and nothing that leads beyond them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from articles.admin import ReadOnlyAdmin

from .roles import ROLES

admin.site.unregister([User, Group])


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin, GroupAdmin):
    """What a role may do stands in the code: a group changed here would be another thing than its name says."""

    list_display = ["name"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Whoever is no superuser gives roles alone: no single permissions, no superusers, no hold on one."""

    fieldsets_of_roles = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email"]}),
        ("What they may do", {"fields": ["is_active", "is_staff", "groups"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj and not request.user.is_superuser:
            return self.fieldsets_of_roles
        return super().get_fieldsets(request, obj)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ["is_active", "groups"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_no_threat(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_no_threat(request, obj)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _is_no_threat(request: HttpRequest, user: Any) -> bool:
    """Whoever may do more than roles allow is for superusers alone, their password included."""
    if request.user.is_superuser or user is None:
        return True
    has_more = user.user_permissions.exists() or user.groups.exclude(name__in=ROLES).exists()
    return not user.is_superuser and not has_more
