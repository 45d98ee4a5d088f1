"""Who may do what: each role is a group, and this is the one place that says what its members may."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

Models = tuple[str, ...]

PAGES: Models = (
    "articles.article",
    "articles.plainpage",
    *(f"causes.{kind}" for kind in ("cause", "symptom", "bodyarea", "nutrient", "medicationclass")),
)
_SECTIONS = "causelist", "claimlist", "diagram", "dots", "medicinetable", "nutrition", "symptomtable"
#: What stands on pages: it is saved with them, in their forms.
PARTS: Models = (
    *("articles.articleauthor", "articles.passage", "causes.causesymptom", "causes.claim"),
    *("causes.clue", "causes.medication"),
    *(f"articles.{kind}section" for kind in ("text", "callout", "helpcard", "quote", "image")),
    *(f"causes.{kind}section" for kind in _SECTIONS),
)
#: Rows that readers see as soon as they are saved.
SHARED: Models = (
    *("articles.author", "articles.authorlink", "articles.reference"),
    *(f"causes.{kind}" for kind in ("causegroup", "glossaryterm", "symptomtable", "symptomtablecolumn")),
)
RECORDS: Models = tuple(f"articles.{kind}" for kind in ("page", "revision", "auditentry", "oldpath", "tag"))

WRITER, EDITOR, CHIEF_EDITOR = "Writer", "Editor", "Chief editor"
CLINICAL_REVIEWER, MODERATOR = "Clinical reviewer", "Moderator"

Permissions = frozenset[str]


def _may(verbs: str, models: Models) -> Permissions:
    labels = (label.split(".") for label in models)
    return frozenset(f"{app}.{verb}_{model}" for app, model in labels for verb in verbs.split())


_READ = _may("view", PAGES + PARTS + SHARED + RECORDS)
_WRITE = _READ | _may("add change", PAGES) | _may("add change delete", PARTS) | _may("add", ("articles.reference",))
_EDIT = (
    _WRITE
    | _may("delete", PAGES)
    | _may("add change delete", SHARED)
    | {"articles.publish_page", "articles.change_any_page"}
)

#: What each role may do. A writer changes only the pages that are theirs, which the admin of pages sees to.
ROLES: dict[str, Permissions] = {
    WRITER: _WRITE,
    EDITOR: _EDIT,
    CHIEF_EDITOR: _EDIT
    | {"articles.override_draft", "auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"},
    CLINICAL_REVIEWER: _READ | {"articles.sign_off_page"},
    MODERATOR: _may("view", ("comments.comment",))
    | _may("view add change", ("comments.thread",))
    | _may("view add change delete", ("comments.savedtext",))
    | {"comments.moderate_comment"},
}


@transaction.atomic
def write_roles() -> None:
    """Give each role's group exactly what is said here; the groups of others are left alone.

    Raises LookupError, with nothing written, where a permission does not exist.
    """
    for name, wanted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = list(Permission.objects.filter(_any_of(wanted)).select_related("content_type"))
        names = {f"{permission.content_type.app_label}.{permission.codename}" for permission in found}
        if missing := wanted - names:
            raise LookupError(f"{name}: there is no permission {', '.join(sorted(missing))}")
        group.permissions.set(found)


def _any_of(wanted: Permissions) -> Q:
    found = Q(pk__in=())
    for permission in wanted:
        app, codename = permission.split(".")
        found |= Q(content_type__app_label=app, codename=codename)
    return found


def people() -> Iterator[tuple[str, list[str]]]:
    """Each role with the names of those who have it."""
    members = Group.objects.in_bulk(ROLES, field_name="name")
    for name in ROLES:
        users = members[name].user_set.order_by("username") if name in members else []
        yield name, [user.get_username() for user in users]
