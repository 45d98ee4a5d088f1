import pytest

from .processes import run

GIVEN = {"SECRET_KEY": "x" * 32, "SITE_URL": "https://example.org"}
# This machine may have an .env of its own, which must not supply what the test leaves out.
SETUP = "import environ; environ.Env.read_env = lambda *a: None; import django; django.setup()"
REPORT = f"{SETUP}; from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.DEBUG)"


def start(tmp_path, code=SETUP, **variables):
    return run("-c", code, DJANGO_SETTINGS_MODULE="fasciculations.settings", DATA_DIR=str(tmp_path), **variables)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 31),
        ("SITE_URL", None),
        ("SITE_URL", ""),
        ("SITE_URL", "example.org"),
        ("SITE_URL", "ftp://example.org"),
        ("SITE_URL", "https://example.org/blog"),
    ],
)
def test_unfit_variable_stops_the_site(tmp_path, name, value):
    variables = GIVEN | {name: value} if value is not None else {k: v for k, v in GIVEN.items() if k != name}

    code, _, errors = start(tmp_path, **variables)

    assert code == 1
    assert errors.splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured")
    assert name in errors.splitlines()[-1]


def test_https_site_answers_its_own_host_with_secure_cookies_and_no_debugging(tmp_path):
    code, output, errors = start(tmp_path, REPORT, **GIVEN)

    assert (code, output, errors) == (0, "['example.org'] True False\n", "")


def test_http_site_on_localhost_may_use_plain_cookies(tmp_path):
    _, output, _ = start(tmp_path, REPORT, **GIVEN | {"SITE_URL": "http://localhost:8000"})

    assert output.endswith(" False False\n")
    assert "'localhost'" in output
