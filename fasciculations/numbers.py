"""The telephone numbers that the site names, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """Whom to call where: emergency numbers, and two services as (name, number), of which the number may be ""."""

    code: str
    name: str
    emergency: tuple[str, ...]
    advice: tuple[str, str]
    to_talk: tuple[str, str]


# Each number is still to be checked against the page of its own service; the editorial policy says so.
COUNTRIES = (
    Country("GB", "United Kingdom", ("999", "112"), ("NHS", "111"), ("Samaritans", "116 123")),
    Country("IE", "Ireland", ("112", "999"), ("A GP or the out-of-hours service", ""), ("Samaritans", "116 123")),
    Country("EU", "European Union", ("112",), ("The national service", ""), ("In many countries", "116 123")),
    Country(
        "US", "United States", ("911",), ("Your doctor or a nurse line", ""), ("Suicide and Crisis Lifeline", "988")
    ),
    Country("CA", "Canada", ("911",), ("In most provinces and territories", "811"), ("Suicide Crisis Helpline", "988")),
    Country("AU", "Australia", ("000",), ("Healthdirect", "1800 022 222"), ("Lifeline", "13 11 14")),
)
