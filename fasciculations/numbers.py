"""The telephone numbers that the site names, in one place; the page that says so much as "call" shows them all."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """Whom to call where. `advice` and `to_talk` are (name of the service, number); a number may be ""."""

    code: str
    name: str
    emergency: tuple[str, ...]
    advice: tuple[str, str]
    to_talk: tuple[str, str]


# Each number is still to be checked against the page of its own service; the privacy and policy pages say so.
COUNTRIES = (
    Country("GB", "United Kingdom", ("999", "112"), ("NHS", "111"), ("Samaritans", "116 123")),
    Country("IE", "Ireland", ("112", "999"), ("GP or out-of-hours service", ""), ("Samaritans", "116 123")),
    Country("EU", "European Union", ("112",), ("national service", ""), ("in many countries", "116 123")),
    Country("US", "United States", ("911",), ("own doctor or nurse line", ""), ("988 Lifeline", "988")),
    Country("CA", "Canada", ("911",), ("in most places", "811"), ("9-8-8 Helpline", "988")),
    Country("AU", "Australia", ("000",), ("Healthdirect", "1800 022 222"), ("Lifeline", "13 11 14")),
)
