"""“What fits?” as it ships: what it answers to stories that people might tell, and to every red flag."""

from itertools import combinations
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Urgency
from causes.check.judging import judge
from causes.check.knowledge import Knowledge
from causes.check.questions import SERIOUS_SIGNS
from causes.check.red_flags import ANY_MEDICINE, red_flags
from causes.check.told import MEANS, NOT_ASKED, Told, serious_alone
from causes.models import Answer, Clue, MedicationClass, Symptom

from .test_check import posted

FOLDER = Path(__file__).parent


def _yaml(name):
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


STORIES = _yaml("check_stories.yaml") + _yaml("check_stories_2.yaml")
RED_FLAGS = [(flag["flag"], flag["urgency"], told) for flag in _yaml("red_flags.yaml") for told in flag["told"]]


def is_as_soon(one, other):
    return list(Urgency).index(one) <= list(Urgency).index(other)


def told_by(story):
    return [*story["answers"], *story.get("symptoms", []), *story.get("medicines", [])]


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
        self.known = Knowledge()

    def judge(self, told):
        return judge(told, self.known.candidates, self.known.symptoms)

    @pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"][:50])
    def test_story_has_its_cause_first_and_never_less_urgency(self, story):
        result = self.judge(told_in(told_by(story), self.known))
        assert result.fitting[0].cause.slug in story["first"]
        assert is_as_soon(result.urgency, story["urgency"])

    @pytest.mark.parametrize(("flag", "urgency", "words"), RED_FLAGS)
    def test_red_flag_reaches_its_urgency(self, flag, urgency, words):
        assert is_as_soon(self.judge(told_in(words, self.known)).urgency, urgency), flag

    def test_every_red_flag_is_needed_by_one_of_these_cases(self, monkeypatch):
        """Without it a case is answered too late, by the flags alone. Three of them say more, but no sooner."""
        all_flags = red_flags()
        cases = [(told_in(words, self.known), urgency) for _, urgency, words in RED_FLAGS]
        unneeded = set()
        for flag in all_flags:
            monkeypatch.setattr("causes.check.judging.red_flags", lambda flag=flag: [f for f in all_flags if f != flag])
            if all(is_as_soon(judge(told, [], {}).urgency, urgency) for told, urgency in cases):
                unneeded.add(flag.says)
        assert unneeded == {
            "The eyelid has twitched for over three months.",
            "The twitch of the eyelid spreads down the face.",
            "Your tongue twitches, and speaking or swallowing has changed.",
        }

    @pytest.mark.parametrize(
        ("words", "heading"),
        [
            (["muscle-weakness"], "Ask for a GP appointment today"),
            (["fast-heartbeat"], "Get medical help today"),
            (["feels-curled-hands"], "Get medical help today"),
            (["lithium", "in-calf"], "Get medical help today"),
            (["lithium", "muscle-weakness"], "Get medical help today"),
        ],
    )
    def test_what_cannot_wait_for_days_is_told_to_get_help_today(self, client, words, heading):
        told = told_in(words, self.known)
        page = posted(client, answer=[*told.answers], symptom=[*told.symptoms], medicine=[*told.medicines])
        assert heading in page.select_one("#help").get_text()

    def test_one_jerk_is_one_sign_however_often_it_is_told(self):
        told = told_in(["ssris-and-snris", "feels-jerk", "muscle-jerks"], self.known)
        assert self.judge(told).urgency == "routine"
        assert self.judge(told_in(["ssris-and-snris", "stiffness", "tense-muscles"], self.known)).urgency == "routine"

    @pytest.mark.parametrize(
        ("words", "unsaid"),
        [
            (["after-exercise", "vomiting"], "long effort"),
            (["dark-urine", "muscle-pain", "tiredness"], "hard work"),
            (["fast-heartbeat", "thirst"], "You are short of fluid"),
        ],
    )
    def test_answer_claims_nothing_that_was_not_told(self, words, unsaid):
        flags = self.judge(told_in(words, self.known)).flags
        assert flags
        assert not any(unsaid in flag.says for flag in flags)

    def test_each_sentence_of_a_red_flag_is_read_once(self):
        flags = self.judge(told_in(["in-several-places", "in-calf", "in-arm"], self.known)).flags
        assert [flag.says for flag in flags] == ["It is in more than one place."]

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

    @property
    def harmless(self):
        """All answers but those that need help soon, or that mean another movement than a twitch."""
        return [answer for answer in Answer.values if answer not in serious_alone() | MEANS.keys()]

    def rare_first(self, *words):
        fitting = self.judge(told_in(words, self.known)).fitting
        return bool(fitting) and fitting[0].cause.top_group.slug == "rare-nerve-diseases"

    def test_one_fact_never_puts_a_rare_disease_first(self):
        words = {*self.harmless, *MEANS.keys() - serious_alone()}
        assert [word for word in words if self.rare_first(word)] == []
        assert [word for word in words if self.rare_first("feels-flicker", word)] == []

    def test_no_two_harmless_facts_put_a_rare_disease_first(self):
        assert [pair for pair in combinations(self.harmless, 2) if self.rare_first(*pair)] == []

    def test_twitch_of_the_tongue_alone_points_to_nothing(self, client):
        page = posted(client, answer="in-tongue")
        assert "does not point to one cause more than to another" in page.get_text()
        assert not page.select(".fit")

    @pytest.mark.parametrize(
        "words",
        [
            ("in-calf", "after-exercise", "sign-sudden-weakness", "sign-face-droop"),
            ("in-arm", "after-stress", "sign-both-legs-weak", "sign-bladder-or-bowel"),
        ],
    )
    def test_serious_signs_speak_against_an_everyday_cause(self, words):
        first = self.judge(told_in(words, self.known)).fitting[0]
        everyday = first.candidate.prior == max(candidate.prior for candidate in self.known.candidates)
        assert first.against or not everyday

    def test_change_of_the_order_comes_true(self):
        """What is said to bring another cause to the front does so; it is harmless, asked for, and named once."""
        asked = [*self.harmless, *MEANS, *(row.slug for row in self.known.symptoms.values())]
        labels = {answer.label: answer.value for answer in Answer}
        labels |= {row.title: row.slug for row in self.known.medicines}
        labels |= {row.title: row.slug for row in self.known.symptoms.values() if row.slug not in NOT_ASKED}
        said = []

        @given(st.sets(st.sampled_from(asked), min_size=1, max_size=6))
        def telling(words):
            told = told_in(words, self.known)
            changes = self.judge(told).changes
            assert len({change.label for change in changes}) == len(changes)
            assert [change.lead for change in changes] == sorted((change.lead for change in changes), reverse=True)
            for change in changes:
                key = labels[change.label]
                then = self.judge(told_in([*words, key], self.known))
                assert then.fitting[0].cause == change.cause, change.label
                assert not self.judge(told_in([key], self.known)).urgency.is_serious
                assert key not in serious_alone() | NOT_ASKED
                said.append(key)

        telling()
        assert said

    @pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"][:50])
    def test_story_has_the_same_answer_where_the_form_asks_for_it_only_once(self, story):
        once = {symptom: answer for answer, symptom in MEANS.items() if symptom in NOT_ASKED}
        words = [once.get(word, word) for word in told_by(story) if word != "poor-sleep"]
        result = self.judge(told_in(words, self.known))
        assert result.fitting[0].cause.slug in story["first"]
        assert is_as_soon(result.urgency, story["urgency"])

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

    def test_signs_on_the_form_are_all_there_and_those_that_need_help_soon_come_first(self, client):
        page = BeautifulSoup(client.get("/check/").content, "html.parser")
        legends = [legend.get_text() for legend in page.select("form.check legend")]
        assert legends.index("Do you have any of these?") < legends.index("What else do you notice?")
        offered = [field["value"] for field in page.select("form.check [type=checkbox]")]
        signs = {answer for answer in Answer.values if answer.startswith("sign-")}
        assert len(offered) == len(set(offered))
        assert signs | {*self.known.symptoms} - NOT_ASKED <= {*offered}
        assert {key for keys in SERIOUS_SIGNS.values() for key in keys} <= {*offered}
        assert "Other signs" not in page.get_text()

    def test_emergency_folds_the_causes_away(self, client):
        page = posted(client, answer=["in-calf", "after-exercise", "sign-sudden-weakness"])
        assert page.select("details:not([open]) .fit")
        assert not page.select("#changes")

    def test_answer_names_three_causes_and_folds_the_others(self, client):
        page = posted(client, answer=["in-calf", "feels-flicker", "lasts-days"])
        assert len(page.select(".fit")) == 3
        assert page.select("details:not([open]) > ul > li > a")
        assert page.select_one("details:not([open]) > #sources")
        assert "None of the answers" not in page.get_text()

    def test_who_can_look_after_themselves_can_stop_at_the_first_card(self, client):
        assert "You can stop here" in posted(client, answer="in-calf").select_one(".help-card").get_text()

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
        assert card["data-urgency"] == "emergency"
        assert "Samaritans" in card.get_text()
