"""What a reader can tell about their twitching, and what it says for or against a cause."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from articles.models import Reference
from articles.models.base import is_one_of

from .claims import Cited, Evidence
from .medicines import MedicationClass

if TYPE_CHECKING:
    from articles.snapshot import Snapshot


class Answer(models.TextChoices):
    """What a reader can tell, in their words, beside symptoms and medicines; the prefix names the question."""

    IN_EYELID = "in-eyelid", "Eyelid"
    IN_FACE = "in-face", "Face, cheek or corner of the mouth"
    IN_CHIN = "in-chin", "Chin"
    IN_TONGUE = "in-tongue", "Tongue"
    IN_SHOULDER = "in-shoulder", "Neck or shoulder"
    IN_ARM = "in-arm", "Arm"
    IN_HAND = "in-hand", "Hand"
    IN_THUMB = "in-thumb", "Thumb"
    IN_TRUNK = "in-trunk", "Chest, belly or back"
    IN_THIGH = "in-thigh", "Thigh or hip"
    IN_CALF = "in-calf", "Calf"
    IN_FOOT = "in-foot", "Foot"
    IN_SEVERAL_PLACES = "in-several-places", "Several places, here and there"
    IN_ALL_OVER = "in-all-over", "All over the body"

    FEELS_FLICKER = "feels-flicker", "A flicker in one small patch"
    FEELS_RIPPLE = "feels-ripple", "A slow ripple, like worms under the skin"
    FEELS_CRAMP = "feels-cramp", "A cramp, a painful hard knot"
    FEELS_JERK = "feels-jerk", "A sudden jerk that moves the limb"
    FEELS_SHAKE = "feels-shake", "A rhythmic shake"
    FEELS_TWIST = "feels-twist", "A slow twist into a held posture"
    FEELS_CURLED_HANDS = "feels-curled-hands", "Hands or feet that curl up"

    AFTER_CAFFEINE = "after-caffeine", "Coffee, tea, cola, energy drinks or nicotine"
    AFTER_EXERCISE = "after-exercise", "Exercise or hard work"
    AFTER_STRESS = "after-stress", "Stress or worry"
    AFTER_POOR_SLEEP = "after-poor-sleep", "Poor sleep"
    AFTER_ALCOHOL = "after-alcohol", "Much alcohol"
    AFTER_SCREENS = "after-screens", "Long hours at a screen"
    AFTER_FAST_BREATHING = "after-fast-breathing", "Fast or deep breathing, for example in panic"
    AFTER_NEW_MEDICINE = "after-new-medicine", "A medicine that is new, or was changed"
    AFTER_STOPPING = "after-stopping-alcohol-or-sedatives", "Stopping alcohol or calming tablets"
    AFTER_VOMITING = "after-vomiting-or-diarrhoea", "Days of vomiting or diarrhoea"
    AFTER_HEAT = "after-heat-or-little-drink", "Heat, or too little to drink"
    AFTER_MUCH_WATER = "after-much-water", "Drinking far too much water"
    AFTER_INFECTION = "after-infection", "An infection in the weeks before"
    AFTER_NECK_OR_BACK_PAIN = "after-neck-or-back-pain", "Neck or back pain"
    AFTER_HAND_USE = "after-repeated-hand-use", "The same hand movement, over and over"
    AFTER_PESTICIDE = "after-pesticide", "Contact with pesticides"

    LASTS_DAYS = "lasts-days", "Up to two weeks"
    LASTS_WEEKS = "lasts-weeks", "More than two weeks"
    LASTS_MONTHS = "lasts-months", "More than three months"

    SIGN_FEVER = "sign-fever", "Fever"
    SIGN_FACE_DROOP = "sign-face-droop", "One side of the face droops or will not move"
    SIGN_DROPS_OR_TRIPS = "sign-drops-or-trips", "You drop things, trip, or a foot drags"
    SIGN_SUDDEN_WEAKNESS = "sign-sudden-weakness", "An arm or a leg went weak all of a sudden"
    SIGN_BOTH_LEGS_WEAK = "sign-both-legs-weak", "Both legs are weak"
    SIGN_BLADDER_OR_BOWEL = "sign-bladder-or-bowel", "New trouble with bladder or bowels"
    SIGN_NO_RELEASE = "sign-spasm-will-not-release", "A spasm that will not let go"
    SIGN_FLOPPY_CHILD = "sign-floppy-child", "It is a baby or child who is floppy, weak or feeds poorly"
    SIGN_NASAL_SPEECH = "sign-nasal-speech", "Speech has slowly become nasal or unclear"
    SIGN_BREATHLESS_LYING = "sign-breathless-lying-flat", "Short of breath when lying flat"
    SIGN_MORNING_HEADACHES = "sign-morning-headaches", "Headaches in the morning"
    SIGN_SLEEPY = "sign-unexplained-sleepiness", "Sleepy by day, and nothing explains it"
    SIGN_EYE_CLOSES = "sign-eye-closes", "The twitching closes the eye"
    SIGN_DISTURBS = "sign-disturbs-sleep-or-work", "It disturbs sleep or work"
    SIGN_WORRY = "sign-worry", "Worry about it is taking over"
    SIGN_SELF_HARM = "sign-self-harm", "Thoughts of self-harm"

    @property
    def question(self) -> str:
        """The question that it answers: “in” or “after”, for example."""
        return self.value.partition("-")[0]


def question_of(key: str) -> str:
    """The question that what a reader told answers; "" for symptoms and medicines."""
    return Answer(key).question if key in Answer else ""


class Fit(models.TextChoices):
    TYPICAL = "typical", "Typical"
    POSSIBLE = "possible", "Possible"
    AGAINST = "against", "Speaks against it"


class Clue(Cited):
    """An answer, or a medicine, that speaks for or against a cause; what symptoms say stands in CauseSymptom."""

    owner: ClassVar[str] = "cause"
    content_name: ClassVar[str] = "clues"
    sentences: ClassVar[tuple[str, ...]] = ("why",)
    stands_alone: ClassVar[bool] = False  # a reason means nothing without what it speaks for or against

    cause = models.ForeignKey("causes.Cause", on_delete=models.CASCADE, related_name="clues")
    answer = models.CharField(max_length=40, choices=Answer, null=True, blank=True)  # noqa: DJ001 - unique, or none
    medication_class = models.ForeignKey(
        MedicationClass,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clues",
        help_text="Instead of an answer.",
    )
    fit = models.CharField(max_length=10, choices=Fit)
    why = models.CharField(max_length=300, help_text="One fact in one plain sentence: readers see it as the reason.")
    evidence = models.CharField(max_length=20, choices=Evidence)
    references = models.ManyToManyField(Reference, blank=True, related_name="clues")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            is_one_of("fit", Fit, name="clue_fit"),
            is_one_of("evidence", Evidence, name="clue_evidence"),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, answer__in=Answer.values, medication_class__isnull=True)
                | Q(answer__isnull=True, medication_class__isnull=False),
                name="clue_is_an_answer_or_a_medicine",
                violation_error_message="Choose either an answer or a class of medicines.",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="clue_gives_a_reason"),
            models.UniqueConstraint(fields=["cause", "answer"], name="cause_has_clue_of_answer_once"),
            models.UniqueConstraint(fields=["cause", "medication_class"], name="cause_has_clue_of_medicine_once"),
        ]

    def __str__(self) -> str:
        return self.why

    @property
    def told_as(self) -> str:
        """What a reader has to tell: the answer, or the slug of the class of medicines."""
        return self.medication_class.slug if self.medication_class else self.answer or ""

    @property
    def label(self) -> str:
        """The same in words."""
        return self.medication_class.title if self.medication_class else self.get_answer_display()


def shown_clues(snapshot: "Snapshot") -> list[Clue]:
    """The clues of a page being drawn, typical ones first, each with `cited`; without those of hidden medicines."""
    clues = snapshot.parts(Clue)
    named = [clue.medication_class_id for clue in clues if clue.medication_class_id]
    medicines: dict[Any, Any] = MedicationClass.objects.live().in_bulk(named)
    for clue in clues:
        clue.cited = snapshot.related_ids(clue, "references")
        clue.medication_class = medicines.get(clue.medication_class_id)
    clues = [clue for clue in clues if clue.answer or clue.medication_class]
    return sorted(clues, key=lambda clue: Fit.values.index(clue.fit))
