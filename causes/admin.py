from django.contrib import admin

from articles.admin import (
    LINK_FIELDS,
    REVIEW_FIELDS,
    ArticleAdmin,
    FoundListAdmin,
    GuardedAdmin,
    PageAdmin,
    PartInline,
    ReadOnlyAdmin,
    RichTextAdmin,
    SectionInline,
)

from .models import (
    BodyArea,
    Cause,
    CauseGroup,
    CauseListSection,
    CauseSymptom,
    Claim,
    ClaimListSection,
    Clue,
    DiagramSection,
    DotsSection,
    GlossaryTerm,
    Medication,
    MedicationClass,
    MedicineTableSection,
    Nutrient,
    NutritionSection,
    Symptom,
    SymptomTable,
    SymptomTableColumn,
    SymptomTableSection,
)


@ArticleAdmin.section
class ClaimInline(PartInline, admin.StackedInline):
    model = Claim
    fields = ["statement", ("evidence", "position"), "why", "references"]


@ArticleAdmin.section
class ClaimListInline(SectionInline):
    model = ClaimListSection
    icon = "fact_check"


@ArticleAdmin.section
class CauseListInline(SectionInline):
    model = CauseListSection
    icon = "list"


@ArticleAdmin.section
class NutritionInline(SectionInline):
    model = NutritionSection
    icon = "restaurant"


@ArticleAdmin.section
class SymptomTableInline(SectionInline):
    model = SymptomTableSection
    icon = "table_chart"


@ArticleAdmin.section
class MedicineTableInline(SectionInline):
    model = MedicineTableSection
    icon = "medication"


@ArticleAdmin.section
class DiagramInline(SectionInline):
    model = DiagramSection
    icon = "draw"


@ArticleAdmin.section
class DotsInline(SectionInline):
    model = DotsSection
    icon = "apps"


class CauseSymptomInline(PartInline, admin.TabularInline):
    model = CauseSymptom


class ClueInline(PartInline, admin.StackedInline):
    model = Clue
    fields = [("answer", "medication_class"), ("fit", "evidence", "position"), "why", "references"]


class MedicationInline(PartInline, admin.TabularInline):
    model = Medication


class SymptomTableColumnInline(PartInline, admin.TabularInline):
    model = SymptomTableColumn


@admin.register(CauseGroup)
class CauseGroupAdmin(GuardedAdmin):
    list_display = ["name", "parent", "nature", "position"]
    list_filter = ["nature"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Cause)
class CauseAdmin(PageAdmin):
    list_display = ["title", "medical_name", "group", "relation", "evidence", "state", "last_published"]
    list_filter = [*PageAdmin.list_filter, "group", "relation", "evidence"]
    list_select_related = ["group"]
    search_fields = [*PageAdmin.search_fields, "medical_name", "other_names"]
    autocomplete_fields = [*PageAdmin.autocomplete_fields, "group"]
    inlines = [CauseSymptomInline, ClueInline, ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "medical_name", "other_names", "slug", "standfirst"]}),
        ("Where it stands", {"fields": ["group", "position", "relation", "evidence"]}),
        ("Text", {"fields": ["what_happens", "what_helps"]}),
        ("When to get help", {"fields": ["call_now_if", "ask_today_if", "see_gp_if", "when_to_get_help"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]


@admin.register(Symptom)
class SymptomAdmin(PageAdmin):
    list_display = ["title", "urgency", "state", "last_published"]
    list_filter = [*PageAdmin.list_filter, "urgency"]
    search_fields = [*PageAdmin.search_fields, "other_names"]
    inlines = [ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "other_names", "slug", "standfirst"]}),
        ("What to do", {"fields": ["urgency", "advice"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]


@admin.register(BodyArea)
class BodyAreaAdmin(PageAdmin):
    list_display = ["title", "muscle", "state", "last_published"]
    search_fields = [*PageAdmin.search_fields, "muscle"]
    autocomplete_fields = [*PageAdmin.autocomplete_fields, "causes"]
    inlines = [ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "muscle", "slug", "standfirst"]}),
        ("Text", {"fields": ["usual_meaning", "be_alert", "causes"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]


@admin.register(Nutrient)
class NutrientAdmin(PageAdmin):
    list_display = ["title", "deficiency", "state", "last_published"]
    list_select_related = ["deficiency"]
    autocomplete_fields = [*PageAdmin.autocomplete_fields, "deficiency"]
    inlines = [ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst", "deficiency"]}),
        ("Text", {"fields": ["role", "lack", "food_sources", "caution"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]


@admin.register(MedicationClass)
class MedicationClassAdmin(PageAdmin):
    list_display = ["title", "usual_movement", "evidence", "position", "state", "last_published"]
    list_filter = [*PageAdmin.list_filter, "evidence"]
    search_fields = [
        *PageAdmin.search_fields,
        "other_names",
        *("medications__inn", "medications__us_name", "medications__brands"),
    ]
    inlines = [MedicationInline, ClaimInline]
    fieldsets = [
        (None, {"fields": ["title", "other_names", "slug", "standfirst"]}),
        ("In the table", {"fields": ["position", "usual_movement", "evidence"]}),
        ("Text", {"fields": ["note", "emergency_signs"]}),
        LINK_FIELDS,
        REVIEW_FIELDS,
    ]


@admin.register(SymptomTable)
class SymptomTableAdmin(RichTextAdmin):
    list_display = ["name", "caption"]
    search_fields = ["name", "caption"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SymptomTableColumnInline]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(FoundListAdmin):
    list_display = ["term", "movement", "looks_like", "page"]
    list_filter = ["movement"]
    list_select_related = ["page"]
    search_fields = ["term", "slug", "definition"]
    autocomplete_fields = ["not_same_as", "page"]
    prepopulated_fields = {"slug": ["term"]}


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    """A ledger of every claim; a claim is changed on the page that it belongs to."""

    list_display = ["statement", "evidence", "page"]
    list_filter = ["evidence", "page__kind"]
    list_select_related = ["page"]
    search_fields = ["statement", "why", "page__title", "references__key"]
