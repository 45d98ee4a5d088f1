"""The body, front and back, as a drawing of links to what is known about each place."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from .models import Answer

#: Where the middle of each figure stands in the drawing; a limb is drawn on both sides of it.
FRONT, BACK = 101, 306
BOTH = (FRONT, BACK)


@dataclass(frozen=True)
class Callout:
    """A word beside the head, for a place too small to be pressed where it is."""

    word: str
    x: int
    y: int


@dataclass(frozen=True)
class Place:
    """One place. Its outline is drawn about x = 0, as on the right half of the drawing; limbs come in pairs."""

    answer: Answer
    outline: str = ""
    figures: tuple[int, ...] = BOTH
    is_pair: bool = True
    callout: Callout | None = None
    reach: tuple[int, int] | None = None  # middle of the circle that can be pressed, where the outline is too small
    area: str = ""  # slug of its BodyArea

    @property
    def transforms(self) -> list[str]:
        """Where the outline is drawn, and where it is drawn mirrored."""
        right = [f"translate({middle})" for middle in self.figures]
        return right + [f"{shift} scale(-1 1)" for shift in right if self.is_pair]


PLACES = [
    Place(Answer.IN_EYELID, callout=Callout("Eyelid", -8, 5), area="eyelid"),
    Place(
        Answer.IN_FACE,
        "M0 4C20 4 31 20 30 42C29 62 16 77 0 77S-29 62-30 42C-31 20-20 4 0 4Z",
        figures=(FRONT,),
        is_pair=False,
        callout=Callout("Face", 136, 5),
        area="face",
    ),
    Place(Answer.IN_CHIN, callout=Callout("Chin", 136, 44)),
    Place(Answer.IN_TONGUE, callout=Callout("Tongue", -8, 44), area="tongue"),
    Place(
        Answer.IN_SHOULDER,
        "M-13 77Q0 84 13 77V86C14 92 28 95 42 99C50 101 55 104 58 108L50 124H-50L-58 108C-55 104-50 101-42 99"
        "C-28 95-14 92-13 86Z",
        is_pair=False,
    ),
    Place(Answer.IN_ARM, "M61 111C73 117 79 129 81 143L93 214C94 220 71 224 69 219L57 160C55 148 53 138 53 127Z"),
    Place(
        Answer.IN_HAND, "M69 226C75 222 90 220 95 222C103 233 103 247 99 257C95 267 82 267 78 258C73 249 69 237 69 226Z"
    ),
    Place(
        Answer.IN_THUMB,
        "M66 227C69 235 68 245 63 253C59 260 48 259 50 250C54 243 58 235 59 228Z",
        figures=(FRONT,),
        reach=(57, 243),
        area="thumb",
    ),
    Place(
        Answer.IN_TRUNK,
        "M-50 129H50C50 150 41 168 40 186C39 202 44 214 46 226L2 243H-2L-46 226C-44 214-39 202-40 186"
        "C-41 168-50 150-50 129Z",
        is_pair=False,
    ),
    Place(Answer.IN_THIGH, "M3 248L46 231C50 262 43 292 39 320Q22 326 7 320C5 296 3 270 3 248Z"),
    Place(Answer.IN_CALF, "M7 325Q22 331 39 325C46 350 37 380 34 404H12C9 380 1 350 7 325Z", area="calf"),
    Place(Answer.IN_FOOT, "M12 409H34C36 420 46 430 44 437C36 443 16 443 9 438C7 430 10 420 12 409Z", area="foot-arch"),
]


AREA_OF_PLACE = {place.answer.value: place.area for place in PLACES if place.area}
PLACE_OF_AREA = {area: answer for answer, area in AREA_OF_PLACE.items()}


@dataclass(frozen=True)
class Link:
    """`about` is said after its words to those who do not see the row that it stands in."""

    words: str
    about: str
    address: str


@dataclass(frozen=True)
class Region:
    """A place as it is drawn for one page: what it is called there, where it leads, and where else its row leads."""

    place: Place
    name: str
    address: str
    more: Link | None = None
    is_chosen: bool = False


def explorer_address(place: str) -> str:
    return f"{reverse('cause-list')}?where={place}"


def body_map(
    areas: Mapping[str, str], *, address: Callable[[str], str] = explorer_address, chosen: str = ""
) -> list[Region]:
    """What causes/_body_map.html draws to choose from. `areas` maps the slugs of live body areas to their titles.

    `address` gives the link of a place, named as an Answer; `chosen` is the place that the reader has chosen, if any.
    """

    def region(place: Place) -> Region:
        value, title = place.answer.value, areas.get(place.area)
        more = Link("What it means", title, _page(place)) if title else None
        return Region(place, str(place.answer.label), address(value), more, is_chosen=value == chosen)

    return [region(place) for place in PLACES]


def page_map(areas: Collection[str]) -> list[Region]:
    """The same to read about: a place leads to its page where that is live, and else to its causes, and says so."""

    def region(place: Place) -> Region:
        label, causes = str(place.answer.label), explorer_address(place.answer.value)
        if place.area not in areas:
            return Region(place, f"{label}: causes", causes)
        return Region(place, label, _page(place), Link("Causes", label, causes))

    return [region(place) for place in PLACES]


def _page(place: Place) -> str:
    return reverse("body-area", args=[place.area])
