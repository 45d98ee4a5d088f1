"""Who moderates."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet

MAY_MODERATE = "comments.moderate_comment"


def moderators() -> QuerySet[User]:
    """Whoever may moderate and can sign in to do it."""
    users = get_user_model().objects.with_perm(MAY_MODERATE, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(is_staff=True)
