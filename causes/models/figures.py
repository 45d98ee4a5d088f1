"""Section types that draw: the site's own diagrams, and shares of people as dots."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.models import Reference, Section
from articles.models.base import is_one_of
from articles.models.sections import SectionQuerySet, Sourced


class Drawing(models.TextChoices):
    """The diagrams of this site; each is a template of the same name in causes/diagrams/."""

    MOTOR_UNIT = "motor_unit", "A motor unit that fires by itself"
    MOVEMENTS = "movements", "Twitch, cramp, tremor, jerk and tic side by side"
    WHEN_TO_GET_HELP = "when_to_get_help", "When to get help, as a path of questions"


class DiagramSection(Sourced, Section):
    template_name = "causes/sections/diagram.html"
    content_name = "diagram"
    sentences = ("caption",)

    drawing = models.CharField(max_length=30, choices=Drawing)
    caption = models.CharField(max_length=300, blank=True)
    source = models.ForeignKey(Reference, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Section.Meta):
        verbose_name = "diagram"
        constraints = [is_one_of("drawing", Drawing, name="diagram_drawing")]

    @property
    def drawing_template(self) -> str:
        return f"causes/diagrams/{self.drawing}.html"


class DotsQuerySet(SectionQuerySet["DotsSection"]):
    def for_overview(self) -> "DotsSection | None":
        """How common twitching is: the first dots of the first live article that has any."""
        return self.of_first_article().first()


class DotsSection(Sourced, Section):
    """A share of people as dots out of 100. No figure without a source."""

    template_name = "causes/sections/diagram.html"
    content_name = "dots"
    sentences = ("caption",)
    drawing_template: ClassVar[str] = "causes/diagrams/dots.html"

    filled = models.PositiveSmallIntegerField(help_text="How many of the 100 dots are filled.")
    filled_label = models.CharField(max_length=120, help_text="What those have in common: “have had twitches”.")
    rest_label = models.CharField(max_length=120, help_text="What the others have in common: “have not”.")
    caption = models.CharField(max_length=300, help_text="The figure in a sentence, with who was asked.")
    source = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+")

    objects = DotsQuerySet.as_manager()

    class Meta(Section.Meta):
        verbose_name = "dots out of 100"
        verbose_name_plural = "dots out of 100"
        constraints = [
            models.CheckConstraint(
                condition=Q(filled__lte=100),
                name="dots_are_out_of_100",
                violation_error_message="There are 100 dots.",
            )
        ]

    @property
    def dot_rows(self) -> list[tuple[int, int]]:
        """Ten rows of ten dots: the height of each, and how many of its dots are filled."""
        return [(row * 12 + 6, max(0, min(10, self.filled - row * 10))) for row in range(10)]
