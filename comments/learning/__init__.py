"""The learned part of the spam filter: a model of what moderators decided."""

from .evaluation import Evaluation
from .model import ENOUGH, Example, Model

__all__ = ["ENOUGH", "Evaluation", "Example", "Model"]
