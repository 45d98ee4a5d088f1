"""“What fits?” as it ships: what it answers to stories that people might tell, and to every red flag."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from causes.check.judging import judge
from causes.check.knowledge import Knowledge
from causes.check.red_flags import ANY_MEDICINE, BY_URGENCY, red_flags
from causes.check.told import Told
from causes.models import Answer, Clue, MedicationClass, Symptom

from .test_check import posted

FOLDER = Path(__file__).parent


def _yaml(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


STORIES = _yaml("check_stories.yaml") + _yaml("check_stories_2.yaml")
RED_FLAGS = [(flag["flag"], flag["urgency"], told) for flag in _yaml("red_flags.yaml") for told in flag["told"]]


def is_as_soon(one, other):
    return BY_URGENCY.index(one) <= BY_URGENCY.index(other)


def told_in(words, knowledge):
    """Answers, symptoms and medicines from one list of words, each of which has to be one of them."""
    answers = {word for word in words if word in Answer.values}
    symptoms = {word for word in words if word in knowledge.symptoms}
    medicines = set(words) - answers - symptoms
    assert medicines <= {medicine.slug for medicine in knowledge.medicines}
    return Told(frozenset(answers), frozenset(symptoms), frozenset(medicines))


# --- as it ships ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestShipped:
    @pytest.fixture(autouse=True)
    def knowledge(self, content):
        self.known = Knowledge.load()

    def judge(self, told):
        return judge(told, self.known.candidates, self.known.symptoms)

    @pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"][:50])
    def test_story_has_its_cause_first_and_never_less_urgency(self, story):
        words = [*story["answers"], *story.get("symptoms", []), *story.get("medicines", [])]
        result = self.judge(told_in(words, self.known))
        assert result.fitting[0].cause.slug in story["first"]
        assert is_as_soon(result.urgency, story["urgency"])

    @pytest.mark.parametrize(("flag", "urgency", "words"), RED_FLAGS)
    def test_red_flag_reaches_its_urgency(self, flag, urgency, words):
        assert is_as_soon(self.judge(told_in(words, self.known)).urgency, urgency), flag

    def test_symptom_is_never_answered_below_the_urgency_of_its_page(self):
        for slug, symptom in self.known.symptoms.items():
            assert is_as_soon(self.judge(Told(symptoms=frozenset({slug}))).urgency, symptom.urgency), slug

    def test_telling_more_never_lowers_the_urgency(self):
        words = [*Answer.values, *self.known.symptoms, *(medicine.slug for medicine in self.known.medicines)]

        @given(some=st.sets(st.sampled_from(words), max_size=12), more=st.sets(st.sampled_from(words), max_size=4))
        def adding(some, more):
            before, after = (self.judge(told_in(told, self.known)).urgency for told in (some, some | more))
            assert is_as_soon(after, before)

        adding()

    def test_one_fact_never_puts_a_rare_disease_first(self):
        """Only what somebody tells who has nothing but a twitch: no symptom, and none of the signs."""
        rare = [each for each in self.known.candidates if each.cause.top_group.slug == "rare-nerve-diseases"]
        words = [answer for answer in Answer.values if not answer.startswith(("sign-", "feels-"))]
        for word in words:
            result = self.judge(told_in(["feels-flicker", word], self.known))
            assert result.fitting[0].candidate not in rare, word

    def test_change_of_the_order_comes_true(self):
        """What is said to bring another cause to the front does so."""
        told = told_in(["in-calf", "feels-flicker", "lasts-days"], self.known)
        changes = self.judge(told).changes
        assert changes
        labels = {answer.label: answer.value for answer in Answer}
        labels |= {row.title: row.slug for row in [*self.known.symptoms.values(), *self.known.medicines]}
        for change in changes:
            then = self.judge(told | told_in([labels[change.label]], self.known))
            assert then.fitting[0].cause == change.cause, change.label

    def test_conditions_that_people_only_ask_about_are_no_causes(self):
        told = told_in(["in-face", "feels-shake", "tremor", "stiffness", "memory-change"], self.known)
        assert "parkinsons-disease" not in {each.cause.slug for each in self.judge(told).fitting}

    def test_every_clue_has_a_reason_and_a_source(self):
        assert Clue.objects.count() > 100
        assert not Clue.objects.filter(references=None).exists()

    def test_what_red_flags_ask_about_has_a_page(self):
        asked = {key for flag in red_flags() for key in flag.keys} - {*Answer.values, ANY_MEDICINE}
        live = {page.slug for model in (Symptom, MedicationClass) for page in model.objects.live()}
        assert asked <= live

    def test_emergency_stands_above_everything(self, client):
        page = posted(client, answer=["in-calf", "sign-bladder-or-bowel"], symptom=["seizure"])
        card = page.select_one("main > h1").find_next_sibling()
        assert card["data-urgency"] == "emergency"
        assert card.select("a[href='tel:999']")
        assert "seizure" in card.get_text()
        assert len(page.select("main [data-urgency=emergency]")) == 1

    def test_answer_names_causes_with_reasons_evidence_and_sources(self, client):
        page = posted(client, answer=["in-eyelid", "feels-flicker", "lasts-days"])
        first = page.select_one(".fit")
        assert first.h3.a["href"] == "/causes/eyelid-twitching/"
        assert "harmless in nearly everybody" in first.get_text()
        assert first.select("[data-evidence=good]")
        assert first.select("a[href='#source-banik-2004']")
        assert page.select("#source-banik-2004")
        assert "not a diagnosis" in page.get_text()

    def test_thoughts_of_self_harm_are_answered_with_somebody_to_talk_to(self, client):
        card = posted(client, answer=["sign-self-harm"]).select_one(".help-card")
        assert "Samaritans" in card.get_text()
