import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def create_first_admin():
    output = StringIO()
    call_command("create_first_admin", stdout=output)
    return output.getvalue()


def test_first_call_shows_a_password_that_opens_the_admin():
    shown = create_first_admin()

    password = re.search(r"Password +(\S+)", shown)[1]
    user = authenticate(username="admin", password=password)
    assert user.is_superuser
    assert user.is_staff
    assert "http://testserver/admin/" in shown
    assert len(password) >= 16
    assert not set(password) & set("ilo01")


def test_later_calls_say_and_change_nothing():
    create_first_admin()
    before = get_user_model().objects.values().get()

    assert create_first_admin() == ""
    assert get_user_model().objects.values().get() == before


def test_any_other_superuser_is_enough():
    get_user_model().objects.create_superuser("somebody")

    assert create_first_admin() == ""
    assert get_user_model().objects.count() == 1
