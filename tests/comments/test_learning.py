"""The learned spam filter: what it learns, what it keeps, what it says of itself, and the command that measures it."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from comments.learning import ENOUGH, Evaluation, Model
from comments.learning.features import named, slots

SELLING = ["Buy cheap pills at", "Win a free phone today from", "Earn money at home with", "Follow my channel on"]
ASKING = [
    "My left calf twitches at",
    "The doctor looked at my arm for",
    "I slept badly before",
    "Coffee made it worse by",
]
ENDS = ["night shop", "noon here", "once week", "the evening", "lunch, friends", "number 4", "last May", "home again"]
SPAM = [f"{start} {end} http://pills{number}.example/" for number, start in enumerate(SELLING) for end in ENDS]
HAM = [f"{start} {end}." for start in ASKING for end in ENDS]
EXAMPLES = [*((text, True) for text in SPAM), *((text, False) for text in HAM)]

LONG = [part * (100_000 // len(part)) for part in ("a", "a b ", "<", "<a ", "&lt;", "🎉", "ﷺ")]
HOSTILE = ["", " ", "\n\r\t", "\0", "a", "👩‍👩‍👧 ❤️", "\ud83d", "&#xD800;", *LONG]


@pytest.fixture(scope="module")
def model():
    return Model.train(EXAMPLES)


def test_comments_like_the_examples_are_told_apart(model):
    assert model.is_trained
    assert model.probability("Cheap pills and a free phone") > 0.5 > model.probability("My calf felt worse at night")


@pytest.mark.parametrize(
    "disguised",
    [
        "BUY CHEAP PILLS",
        "ｂｕｙ ｃｈｅａｐ ｐｉｌｌｓ",
        "buy cheaaaaap pills",
        "<b>buy</b> cheap pills",
        "buy&#32;cheap pills",
    ],
)
def test_disguised_words_are_read_as_the_words(model, disguised):
    assert model.probability(disguised) == pytest.approx(model.probability("buy cheap pills"), abs=0.1)


def test_order_of_decisions_changes_nothing(model):
    assert Model.train(reversed(EXAMPLES)).to_bytes() == model.to_bytes()


def test_another_process_learns_the_same(model):
    program = (
        "import sys, tests.comments.test_learning as t; sys.stdout.buffer.write(t.Model.train(t.EXAMPLES).to_bytes())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert done.stdout == model.to_bytes()


def test_decision_that_is_undone_leaves_no_trace(model):
    with_another = Model.train([*EXAMPLES, ("My calf sells pills", True)])
    assert with_another.to_bytes() != model.to_bytes()
    assert Model.train(EXAMPLES).to_bytes() == model.to_bytes()


def test_model_comes_back_from_bytes_as_it_was(model):
    again = Model.from_bytes(model.to_bytes())
    assert again.is_trained
    assert again.to_bytes() == model.to_bytes()
    assert [again.probability(text) for text in SPAM] == [model.probability(text) for text in SPAM]


def test_untrained_model_comes_back_untrained():
    assert not Model.from_bytes(Model().to_bytes()).is_trained


@pytest.mark.parametrize("damage", [b"", b"another format", b"spam model 1\n", b"spam model 1\nnothing packed"])
def test_bytes_of_no_model_are_refused(damage):
    with pytest.raises(ValueError, match="spam model"):
        Model.from_bytes(damage)


@pytest.mark.parametrize("examples", [[], EXAMPLES[:ENOUGH], EXAMPLES[-ENOUGH:], EXAMPLES[13:]], ids=len)
def test_too_few_examples_of_a_kind_teach_nothing(examples):
    model = Model.train(examples)
    assert not model.is_trained
    assert model.probability(SPAM[0]) == 0
    assert model.explain(SPAM[0], 5) == []


def test_explanation_names_what_the_text_has(model):
    text = "A doctor asked: earn MONEY &amp; buy pills, 5 free"
    reasons = model.explain(text, 9)
    assert {"money", "buy", "pills"} <= {name for name, _ in reasons}
    words = re.findall(r"\w+|[^\w\s]", "a doctor asked: earn money & buy pills, 0 free")
    assert all(word in words for name, _ in reasons for word in name.replace("…", "").split())


def test_explanation_begins_with_what_speaks_most_for_spam(model):
    weights = [weight for _, weight in model.explain(SPAM[0], 9)]
    assert len(weights) == 9
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_explanation_is_empty_where_nothing_speaks_for_spam(model):
    assert model.explain("twitches", 9) == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:4]!r}*{len(text)}")
def test_hostile_text_is_judged_and_learned_from(model, text):
    assert 0 <= model.probability(text) <= 1
    assert len(model.explain(text, 3)) <= 3
    assert Model.train([*EXAMPLES, (text, True)]).is_trained


@given(st.lists(st.text(alphabet="ab 1!<>&\nÄ🎉\ud800", max_size=9), max_size=6))
def test_text_has_the_same_features_in_any_company(texts):
    together = [its.tolist() for its in slots(texts)]
    assert together == [its.tolist() for text in texts for its in slots([text])]


@given(st.text())
def test_explained_features_are_those_of_the_text(text):
    [its] = slots([text])
    assert {slot for _, some in named(text) for slot in some.tolist()} <= set(its.tolist())


class Scores(Model):
    """A model that takes a text for its own probability."""

    def probability(self, text):
        return float(text)


def test_recall_allows_one_false_positive_in_a_hundred_and_no_tie():
    ham = [("0.9", False), ("0.5", False), ("0.5", False), *[("0.1", False)] * 97]
    spam = [("0.95", True), ("0.6", True), ("0.5", True), ("0.3", True)]
    evaluation = Evaluation.of(Scores(), [*ham, *spam])
    assert evaluation.recall == 2 / 4
    assert evaluation.false_positives == ["0.9"]
    assert evaluation.auc == (100 + 99 + (97 + 2 / 2) + 97) / 400


def test_fewer_than_a_hundred_others_allow_no_false_positive():
    evaluation = Evaluation.of(Scores(), [("0.9", False), *[("0.1", False)] * 98, ("0.95", True), ("0.6", True)])
    assert (evaluation.recall, evaluation.false_positives) == (1 / 2, [])


@pytest.fixture
def write(tmp_path):
    def write(name, rows, *, columns=("text", "label"), encoding="utf-8-sig"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        return str(path)

    return write


def labelled(examples):
    return [(text, "spam" if is_spam else "ham") for text, is_spam in examples]


def evaluate_spam(*, train, test):
    out = io.StringIO()
    call_command("evaluate_spam", "--train", *train, "--test", test, stdout=out)
    return out.getvalue()


def test_command_prints_recall_auc_and_false_positives(write):
    train = [write("spam.csv", labelled(EXAMPLES[:32])), write("ham.csv", labelled(EXAMPLES[32:]))]
    others = [("My calf twitches", False)] * 99 + [("Buy cheap\npills, I\ndid", False)]
    test = write("test.csv", labelled([*others, ("Buy cheap pills", True), ("My calf twitches", True)]))
    assert evaluate_spam(train=train, test=test).splitlines() == [
        "Recall at no more than 1% false positives: 50.0%",
        "AUC: 0.7475",
        "False positives: 1",
        "  Buy cheap pills, I did",
    ]


def test_command_names_file_and_line_of_bad_input(write, tmp_path):
    good = write("good.csv", labelled(EXAMPLES))
    bad = {
        write("column.csv", [("a", "spam")], columns=("text", "kind")): "line 1: no column label",
        write("empty.csv", [], columns=()): "line 1: no column label and no column text",
        write("label.csv", [("two\nlines", "ham"), ("a", "Spam")]): "line 4: the label is 'Spam', not spam or ham",
        write("short.csv", [("a",)]): "line 2: the label is None, not spam or ham",
        write("long.csv", [("a" * 200_000, "spam")]): "line 2: field larger than field limit",
        write("latin.csv", [("ä", "spam")], encoding="latin-1"): "not in UTF-8",
        write("kind.csv", labelled(EXAMPLES[:32])): "at least 1 of each kind are needed, and here are 32 of spam and 0",
        str(tmp_path / "none.csv"): "No such file or directory",
    }
    for path, message in bad.items():
        with pytest.raises(CommandError, match=f"{re.escape(path)}.*{re.escape(message)}"):
            evaluate_spam(train=[good], test=path)


def test_command_refuses_to_train_on_too_little(write):
    few = write("few.csv", labelled(EXAMPLES[13:]))
    with pytest.raises(
        CommandError, match="at least 20 of each kind are needed, and here are 19 of spam and 32 of ham"
    ):
        evaluate_spam(train=[few], test=few)
