import logging
import re

_SECRET = re.compile(r"(/comments/(?:yours|replies|found)/)[^/\s]+")


class SecretPathFilter(logging.Filter):
    """Keeps out of the log what leads to somebody's comments: the secret part of an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_SECRET.sub(r"\1…", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


# Whatever follows a question mark that follows a slash may be a query: its end cannot be told, for a raw one may hold
# quotes and spaces. Of a request line, what stands after it is kept.
_QUERY = re.compile(r'^([^/\n]*/[^?\n]*\?).*?( HTTP/[\d.]+"[ \d]*)?$', re.MULTILINE)


class QuerylessFormatter(logging.Formatter):
    """Keeps out of the log what somebody asked: the query of every address, in messages and in tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _QUERY.sub(r"\1…\2", super().format(record))
