"""Who sends, without knowing who: network addresses as hashes whose key is thrown away."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import AddressKey

Address = IPv4Address | IPv6Address

_INSIDE = [ip_network(it) for it in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")]

KEY_LASTS = timedelta(weeks=1)


@dataclass(frozen=True)
class Sender:
    """What is known of whoever sends a form."""

    addresses: list[str]  # hashes of the network, the one under the present key first
    seconds: float  # since the form was handed out
    trap: str = ""  # what stands in the field that people do not see

    @property
    def address(self) -> str:
        return next(iter(self.addresses), "")


def network_of(request: HttpRequest) -> str:
    """Where the request comes from: an IPv4 address, or the /64 that a household has of IPv6; "" if unknown.

    A header is believed as far as the proxies in TRUSTED_PROXIES wrote it: the last address that is none of theirs.
    Behind a proxy that nobody named, all readers would seem to be one: then it is unknown.
    """
    address = _parse(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    if address is None or (forwarded and _is_inside(address) and not _is_trusted(address)):
        return ""
    for hop in reversed(forwarded.split(",")):
        client = _parse(hop)
        if client is None or not _is_trusted(address):
            break
        address = client
    if isinstance(address, IPv6Address):
        return ":".join(address.exploded.split(":")[:4])
    return str(address)


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_inside(address: Address) -> bool:
    """Whether it is of a machine or network of one's own, where a proxy would be."""
    return any(address in network for network in _INSIDE)


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def hashes(network: str) -> list[str]:
    """The hash of a network under the key of this week, and of the last if it is there; none where it is unknown."""
    if not network:
        return []
    week = this_week()
    AddressKey.objects.get_or_create(week=week, defaults={"secret": secrets.token_bytes(32)})
    keys = AddressKey.objects.filter(week__in=[week, week - 1]).order_by("-week")
    return [hmac.digest(bytes(key.secret), network.encode(), "sha256").hex() for key in keys]


def is_too_much(
    rows: QuerySet[Any], addresses: Sequence[str], most: int, *, of_unknown: int, by: str = "address"
) -> bool:
    """Whether a network with these hashes sent `most` of `rows` already; of all networks that are unknown, together,
    `of_unknown`. `by` names the column with the hash.
    """
    sent = rows.filter(**{f"{by}__in": addresses or [""]}).count()
    return sent >= (most if addresses else of_unknown)


def recognised_until(at: datetime) -> datetime:
    """Until when `hashes` still gives the hash that it gave a network first at that time."""
    return datetime.fromtimestamp((_week_of(at) + 2) * KEY_LASTS.total_seconds(), UTC)


def this_week() -> int:
    return _week_of(timezone.now())


def _week_of(at: datetime) -> int:
    return int(at.timestamp() // KEY_LASTS.total_seconds())


def hash_of_email(email: str) -> str:
    """Keyed hash of an e-mail address, the same in capitals and without; "" where there is none."""
    return salted_hmac("comments.senders", email.casefold(), algorithm="sha256").hexdigest() if email else ""
