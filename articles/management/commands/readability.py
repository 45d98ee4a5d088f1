from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.reading import HIGHEST_AGE, measure


class Command(BaseCommand):
    help = f"Print the reading age of every section that readers see; fail where one is above {HIGHEST_AGE}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--above", type=float, default=0, metavar="AGE", help="print only sections above this age")

    def handle(self, *args: Any, above: float, **options: Any) -> None:
        measured = list(measure())
        for place, name, reading in measured:
            if reading.age > above:
                words = f"{len(reading.words):5} words, longest sentence {reading.longest:2}"
                self.stdout.write(f"{reading.age:5.1f}  {words}  {place}: {name}")
        ages = [reading.age for *_, reading in measured] or [0.0]
        self.stdout.write(f"{len(measured)} sections, mean age {sum(ages) / len(ages):.1f}, highest {max(ages):.1f}")
        if too_hard := sum(age > HIGHEST_AGE for age in ages):
            raise CommandError(f"{too_hard} sections are above the reading age of {HIGHEST_AGE}.")
