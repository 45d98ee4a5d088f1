"""The site as the tests run it: nothing of this machine's own, and fast. DATABASE_URL chooses the database."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One folder for a run: the first process makes and removes it, the parallel ones it starts inherit it.
if "TEST_SITE" not in os.environ:
    os.environ["TEST_SITE"] = tempfile.mkdtemp(prefix="fasciculations-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_SITE"], ignore_errors=True)
_folder = Path(os.environ["TEST_SITE"])
(_folder / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one

os.environ |= {
    "DATA_DIR": str(_folder),
    "DEBUG": "false",
    "SECRET_KEY": "only-the-tests-are-signed-with-this-key",
    "SITE_URL": "http://testserver",
}

from fasciculations.settings import *  # noqa: F403
from fasciculations.settings import DATABASES, STORAGES

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as on the site: the live server's threads then have connections, and locks, of their own.
    DATABASES["default"]["TEST"] = {"NAME": _folder / "test.sqlite3"}
else:
    # A thread of the live server that still held a connection would keep the database from being dropped at the end.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "tests.backends.AtOnce"}}
