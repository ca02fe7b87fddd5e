/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The instrument: everything a survey asks, as data.
 *
 * An instrument is read from an XML file (data/schemas/instrument.rng) and
 * never changes afterwards; it is reference counted and may be shared by
 * threads. Things in it are addressed by index in the order of the file, and by
 * id. The vocabulary:
 *
 *   answer scale      the labelled codes an item is answered with (1 … 5)
 *   item              one thing that is asked, apart from its wording
 *   variable          a background variable: a category (sector) or a number (age)
 *   several choices   a background variable of which a person may tick as many choices as
 *                     apply: a row of variables, one a choice, of the categories no and yes
 *   respondent type   who answers (a youth, a parent, …)
 *   role              a respondent type, or several taken together ("professional");
 *                     the first n_types roles are the types themselves, in order
 *   target            about whom is answered ("over"); a questionnaire may also
 *                     ask about nobody (DHK_NO_TARGET): the respondent's own work
 *   perspective       role × target, with its label ("Youth about worker")
 *   scale             items whose mean is a score, with a rule for missing answers
 *   measure           scale × target: what a respondent has one score of
 *   questionnaire     the form of one respondent type: its questions in order
 *   question          an item × target, or a variable, in this form's wording
 *   variant           a systematic other wording (one word replaced by another)
 *   self-rating       two scales that a person fills in alone to see an own profile
 *
 * Loading reports errors of the domain DHK_XML_ERROR, with line and element.
 */

#include <gio/gio.h>

#include "base/dhk-language.h"

G_BEGIN_DECLS

#define DHK_NO_TARGET (-1)

typedef struct
{
  int code;
  DhkText label;
} DhkAnswer;

typedef struct
{
  char *id;
  DhkText label;
  guint n_answers;
  DhkAnswer *answers; /* by rising code */
  guint n_missing;
  DhkAnswer *missing; /* labels that are no answer; the code is a DhkMissing, each at most once */
} DhkAnswerScale;

typedef struct
{
  char *id;
  DhkText label;
  char **aliases; /* other labels a file may use, NULL-terminated, maybe empty */
} DhkCategory;

/* A range of a number variable that can be compared like a category: low <= x < high. */
typedef struct
{
  char *id;
  DhkText label;
  double low;
  double high;
} DhkBand;

#define DHK_MAX_VARIABLES 128

typedef enum
{
  DHK_VARIABLE_CATEGORY,
  DHK_VARIABLE_NUMBER,
} DhkVariableKind;

typedef struct
{
  char *id;
  DhkVariableKind kind;
  DhkText label;
  guint n_categories; /* at most 100 */
  DhkCategory *categories;
  double minimum; /* of a number */
  double maximum;
  guint n_bands; /* of a number, for comparing */
  DhkBand *bands;
  char *
      *heads; /* column heads that mean this variable whatever the questionnaire, NULL-terminated */
  int choices; /* the several choices that it is one of, or -1 */
} DhkVariable;

/* The categories of a variable that is one of several choices, and their ids "0" and "1". */
enum
{
  DHK_NOT_CHOSEN,
  DHK_CHOSEN,
};

/*
 * Several choices. Each choice is a variable of its own, so it is stored, compared, corrected and
 * exported like any category: missing where the question was not answered or not asked, and where
 * it was answered, chosen or not. A person who answered and chose nothing has no choice chosen.
 */
typedef struct
{
  char *id;
  DhkText label;
  guint first; /* variable of the first choice; the others follow it */
  guint n_choices;
  DhkCategory *choices; /* label and aliases of each, as a file has them */
  char **heads;         /* column heads of all choices in one cell, NULL-terminated */
} DhkChoices;

typedef struct
{
  char *id;
  DhkText label;  /* "Jeugdige" */
  DhkText plural; /* "Jeugdigen" */
  guint32 types;  /* bit i: respondent type i belongs to it */
  char *colour;   /* "#E69F00" */
} DhkRole;

typedef struct
{
  char *id;
  DhkText label;  /* "hulpverlener" */
  DhkText plural; /* "hulpverleners" */
  char *suffix;   /* of a column name in an export: "h" */
} DhkTarget;

typedef struct
{
  guint role;
  int target;
  DhkText label; /* "Jeugdige over hulpverlener" */
} DhkPerspective;

typedef struct
{
  char *id;
  guint answer_scale;
} DhkItem;

typedef struct
{
  char *id;
  DhkText label;
  DhkText description;
  guint answer_scale; /* of its items; all items of a scale share one */
  guint n_items;
  guint *items;
  gboolean *reversed; /* per item */
  guint min_answered; /* a score needs at least so many answered items */
} DhkScale;

typedef enum
{
  DHK_SOURCE_QUOTED,      /* quoted in a publication */
  DHK_SOURCE_OWN_WORDING, /* our own words for the construct */
} DhkSource;

/* A question with several choices is one question for each of them, in a row. */
typedef struct
{
  int item;      /* or -1 */
  int variable;  /* or -1 */
  int target;    /* of an item; DHK_NO_TARGET otherwise */
  DhkText text;  /* the wording; the column head of an export */
  DhkText stem;  /* the question above a grid, maybe empty */
  DhkText whole; /* of one of several choices: the wording without the choice; else empty */
  DhkSource source;
  char *licence;
} DhkQuestion;

typedef struct
{
  char *id;
  guint type; /* respondent type */
  DhkText label;
  guint n_questions;
  DhkQuestion *questions;
  char **file_hints; /* parts of a file name that point at it, NULL-terminated */
} DhkQuestionnaire;

typedef struct
{
  char *from;
  char *to;
} DhkReplacement;

typedef struct
{
  char *id;
  DhkText label;
  guint n_replacements;
  DhkReplacement *replacements; /* case of the first letter is kept */
} DhkVariant;

/* Which of both is above the middle of its answers. */
typedef enum
{
  DHK_FINDING_BOTH,
  DHK_FINDING_IDEAL, /* important, but it does not happen: a gap */
  DHK_FINDING_ACTUAL,
  DHK_FINDING_NEITHER,
} DhkFindingKind;

#define DHK_N_FINDINGS 4

/* What a person can fill in alone, to see an own profile. */
typedef struct
{
  DhkText label;
  DhkText introduction;
  guint ideal;  /* scale: how things should be */
  guint actual; /* scale: how they are; its items pair with those of `ideal` by place */
  DhkText findings[DHK_N_FINDINGS]; /* per DhkFindingKind: "This you find important, but …" */
  guint n_forms;
  guint *forms; /* questionnaires that ask all these items, about nobody */
  guint n_background;
  guint *background; /* category variables, asked before the items */
} DhkSelfRating;

typedef struct _DhkInstrument DhkInstrument;

/* Loading and life ------------------------------------------------------- */

/*
 * `name` is the display name used in messages. The result is owned.
 */
DhkInstrument *dhk_instrument_new_from_bytes (GBytes *bytes, const char *name, GError **error);
DhkInstrument *
dhk_instrument_new_from_file (GFile *file, GCancellable *cancellable, GError **error);

/* A built-in instrument by id ("partnerschap-2023"), or NULL with G_IO_ERROR_NOT_FOUND. */
DhkInstrument *dhk_instrument_new_builtin (const char *id, GError **error);

DhkInstrument *dhk_instrument_ref (DhkInstrument *self);
void dhk_instrument_unref (DhkInstrument *self);

/* What it is ------------------------------------------------------------- */

const char *dhk_instrument_get_id (const DhkInstrument *self);

/* Its version ("1"), and the id and version that it was made from, or NULL. */
const char *dhk_instrument_get_version (const DhkInstrument *self);
const char *dhk_instrument_get_based_on (const DhkInstrument *self);
const DhkText *dhk_instrument_get_title (const DhkInstrument *self);

/* The report plan that belongs to it by default (an id), or NULL. */
const char *dhk_instrument_get_plan_id (const DhkInstrument *self);

/* The file as it was read: what a study keeps. */
GBytes *dhk_instrument_get_xml (const DhkInstrument *self);

/* The parts: count, one by index (lent), index by id (-1 when there is none) -- */

guint dhk_instrument_get_n_answer_scales (const DhkInstrument *self);
const DhkAnswerScale *dhk_instrument_get_answer_scale (const DhkInstrument *self, guint i);

guint dhk_instrument_get_n_variables (const DhkInstrument *self);
const DhkVariable *dhk_instrument_get_variable (const DhkInstrument *self, guint i);
int dhk_instrument_find_variable (const DhkInstrument *self, const char *id);
int dhk_variable_find_category (const DhkVariable *variable, const char *id);

guint dhk_instrument_get_n_choices (const DhkInstrument *self);
const DhkChoices *dhk_instrument_get_choices (const DhkInstrument *self, guint i);
int dhk_instrument_find_choices (const DhkInstrument *self, const char *id);

/* The several choices that a question asks one of, or NULL. */
const DhkChoices *
dhk_instrument_get_question_choices (const DhkInstrument *self, const DhkQuestion *question);

/*
 * Where the row of questions with the same several choices as this one begins, and how many they are;
 * `question` itself and 1 for any other.
 */
guint dhk_instrument_find_first_choice (const DhkInstrument *self,
                                        const DhkQuestionnaire *questionnaire,
                                        guint question,
                                        guint *n);

guint dhk_instrument_get_n_types (const DhkInstrument *self);
guint dhk_instrument_get_n_roles (const DhkInstrument *self);
const DhkRole *dhk_instrument_get_role (const DhkInstrument *self, guint i);

/* What goes before a respondent's number, "Parent": numbers run per questionnaire, so it is that one's name
 * where two of them are for the same people. Lent. */
const char *dhk_instrument_get_respondent_word (const DhkInstrument *self,
                                                guint questionnaire,
                                                DhkLanguage language);
int dhk_instrument_find_role (const DhkInstrument *self, const char *id);

guint dhk_instrument_get_n_targets (const DhkInstrument *self);
const DhkTarget *dhk_instrument_get_target (const DhkInstrument *self, guint i);
int dhk_instrument_find_target (const DhkInstrument *self, const char *id);

guint dhk_instrument_get_n_perspectives (const DhkInstrument *self);
const DhkPerspective *dhk_instrument_get_perspective (const DhkInstrument *self, guint i);

/* The label of role × target: the perspective's, else the role's. Lent. */
const char *dhk_instrument_get_perspective_label (const DhkInstrument *self,
                                                  guint role,
                                                  int target,
                                                  DhkLanguage language);

guint dhk_instrument_get_n_items (const DhkInstrument *self);
const DhkItem *dhk_instrument_get_item (const DhkInstrument *self, guint i);
int dhk_instrument_find_item (const DhkInstrument *self, const char *id);

guint dhk_instrument_get_n_scales (const DhkInstrument *self);
const DhkScale *dhk_instrument_get_scale (const DhkInstrument *self, guint i);
int dhk_instrument_find_scale (const DhkInstrument *self, const char *id);

guint dhk_instrument_get_n_questionnaires (const DhkInstrument *self);
const DhkQuestionnaire *dhk_instrument_get_questionnaire (const DhkInstrument *self, guint i);
int dhk_instrument_find_questionnaire (const DhkInstrument *self, const char *id);

guint dhk_instrument_get_n_variants (const DhkInstrument *self);
const DhkVariant *dhk_instrument_get_variant (const DhkInstrument *self, guint i);

/* NULL when nothing of it is for a self-rating. */
const DhkSelfRating *dhk_instrument_get_self_rating (const DhkInstrument *self);

/* Derived ---------------------------------------------------------------- */

/* Lowest and highest code of an answer scale. */
void dhk_answer_scale_get_range (const DhkAnswerScale *self, int *lowest, int *highest);

/*
 * What was chosen, in words: "School, Other", "None of the choices"; or why it is missing. `codes` has
 * one for each choice. Free with g_free().
 */
char *dhk_choices_dup_chosen (const DhkChoices *self, const gint8 *codes, DhkLanguage language);

/* The answer with this code, or NULL. */
const DhkAnswer *dhk_answer_scale_find (const DhkAnswerScale *self, int code);

/* TRUE when at least one respondent type of `role` is asked every item of `scale` about `target`.
 */
gboolean dhk_instrument_is_asked (const DhkInstrument *self, guint scale, guint role, int target);

/*
 * The column name of item × target in an export: "band1_h", or "bel1" without
 * a target. Free with g_free().
 */
char *dhk_instrument_dup_column_name (const DhkInstrument *self, guint item, int target);

/* `text` with the variant's words; NULL when nothing changes. Free with g_free(). */
char *dhk_variant_apply (const DhkVariant *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkInstrument, dhk_instrument_unref)

G_END_DECLS
