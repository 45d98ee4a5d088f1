"""How well the spam filter learns, and how fast: python -m tests.bench_spam FOLDER, or make bench-spam data=FOLDER.

FOLDER has labelled comments in files comments-*.csv. Each file is judged by a model of all the others.
"""

import random
import sys
import time
from pathlib import Path

from django.core.management import CommandError

from comments.learning import ENOUGH, Evaluation, Example, Model
from comments.management.commands.evaluate_spam import read_examples

COUNT, LENGTH = 50_000, 200  # comments, and characters in each


def print_quality(files: list[Path]) -> None:
    print(f"{'held out':24} {'recall at <= 1% false positives':>32} {'AUC':>8} {'false positives':>16}")
    evaluations = []
    for held_out in files:
        model = Model.train(read_examples([file for file in files if file != held_out], at_least=ENOUGH))
        evaluation = Evaluation.of(model, read_examples([held_out]))
        evaluations.append(evaluation)
        print(
            f"{held_out.stem:24} {evaluation.recall:32.1%} {evaluation.auc:8.4f} {len(evaluation.false_positives):16}"
        )
    recall = sum(evaluation.recall for evaluation in evaluations) / len(files)
    auc = sum(evaluation.auc for evaluation in evaluations) / len(files)
    print(f"{'mean':24} {recall:32.1%} {auc:8.4f}")


def print_speed(examples: list[Example]) -> None:
    many = mixed(examples)
    started = time.perf_counter()
    size = len(Model.train(many).to_bytes())
    print(f"\nTraining on {COUNT} comments: {time.perf_counter() - started:.1f} s; the model has {size} bytes")


def mixed(examples: list[Example]) -> list[Example]:
    """Comments of stretches of others of their kind, with one word in twenty that no other has."""
    choose = random.Random(1)
    words = {kind: [text.split() for text, is_spam in examples if is_spam == kind] for kind in (True, False)}

    def comment(kind: bool) -> str:
        text = ""
        while len(text) < LENGTH:
            source = choose.choice(words[kind])
            start = choose.randrange(max(len(source) - 10, 1))
            stretch = source[start : start + 10]
            text += " ".join(word if choose.random() > 0.05 else f"{choose.random()}" for word in stretch) + " "
        return text[:LENGTH]

    return [(comment(is_spam), is_spam) for _, is_spam in choose.choices(examples, k=COUNT)]


def main() -> None:
    folder = Path(sys.argv[1])
    files = sorted(folder.glob("comments-*.csv"))
    if len(files) < 2:
        sys.exit(f"{folder} has no two files comments-*.csv with columns text and label: make bench-spam data=FOLDER")
    try:
        print_quality(files)
        print_speed(read_examples(files))
    except CommandError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
