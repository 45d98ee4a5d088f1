"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fasciculations.settings")
application = get_wsgi_application()

from comments.judging import prepare  # noqa: E402 - Django has to be set up

prepare()

# What is loaded by now stays for good. Looking through it took each full collection 50 ms, in the midst of a request.
gc.collect()
gc.freeze()
