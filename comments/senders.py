"""Who sends, without knowing who: network addresses as hashes whose key is thrown away."""

import hmac
import secrets
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from .models import AddressKey

Address = IPv4Address | IPv6Address

KEY_LASTS = timedelta(days=7)


def network_of(request: HttpRequest) -> str:
    """Where the request comes from: an IPv4 address, or the /64 that a household has of IPv6; "" if unknown.

    A header is believed as far as the proxies in TRUSTED_PROXIES wrote it: the last address that is none of theirs.
    """
    address = _parse(request.META.get("REMOTE_ADDR", ""))
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        client = _parse(hop)
        if address is None or client is None or not _is_trusted(address):
            break
        address = client
    if isinstance(address, IPv6Address):
        return ":".join(address.exploded.split(":")[:4])
    return str(address or "")


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def hashes(network: str) -> list[str]:
    """The hash of a network under the key of now, and under the one before; none where it is unknown."""
    if not network:
        return []
    keys = list(AddressKey.objects.all()[:2])
    if not keys or keys[0].since + KEY_LASTS < timezone.now():
        keys = [AddressKey.objects.create(secret=secrets.token_bytes(32), since=timezone.now()), *keys[:1]]
    return [hmac.digest(bytes(key.secret), network.encode(), "sha256").hex() for key in keys]
