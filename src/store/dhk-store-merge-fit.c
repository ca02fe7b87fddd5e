/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether the questions of another study are those of this one. Of one instrument the id says which
 * item, category and target is which, as between its versions in one study; what this study's
 * version does not know is a question, and nothing is left out that nobody decided about.
 */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-text.h"
#include "store/dhk-store-merge-private.h"
#include "study/dhk-instrument-edit.h"

#define LEAVE_OUT "leave-out"
#define SAME "same"
#define UNREADABLE "unreadable"

/* So many questions that are worded otherwise are named. */
#define MAX_NAMED 3

typedef struct
{
  DhkMerge *merge;
  DhkDraft *draft;
  DhkDraftFile *study;
  GHashTable *answers; /* or NULL */
  DhkLanguage language;
} Fit;

/* Asking --------------------------------------------------------------------------------- */

typedef struct
{
  const char *id;
  const char *label; /* translated */
} Choice;

/* What was chosen, lent; NULL while it is open. Takes the texts. */
static const char *
ask (Fit *self, char *id, char *text, char *detail, const Choice *choices, guint n_choices)
{
  const char *given = self->answers != NULL ? g_hash_table_lookup (self->answers, id) : NULL;
  const char *chosen = NULL;
  DhkDraftQuestion *question;

  for (guint i = 0; given != NULL && i < n_choices; i++)
    if (strcmp (choices[i].id, given) == 0)
      chosen = choices[i].id;
  question = chosen != NULL ? dhk_draft_add_decision (self->draft, id, text, detail)
                            : dhk_draft_add_question (self->draft, id, text, detail);
  for (guint i = 0; i < n_choices; i++)
    dhk_draft_question_add_choice (question, g_strdup (choices[i].id), g_strdup (choices[i].label));
  question->file = self->study;
  question->chosen = g_strdup (chosen);
  question->by = chosen != NULL ? DHK_DECIDED_BY_HAND : DHK_DECIDED_BY_NOBODY;
  return chosen;
}

static gboolean
has_same_version (const Fit *self)
{
  return strcmp (dhk_instrument_get_version (self->merge->theirs),
                 dhk_instrument_get_version (self->merge->ours))
         == 0;
}

static char *
dup_way_out (Fit *self)
{
  if (has_same_version (self))
    /* Translators: the file name of a study. */
    return g_strdup_printf (_ ("To keep them, first make the questionnaires of “%s” those of this "
                               "study."),
                            self->merge->name);
  /* Translators: a version of the questionnaires, the file name of a study. */
  return g_strdup_printf (
      _ ("To keep them, first make version %s of the questionnaires, the one of "
         "“%s”, the version of this study."),
      dhk_instrument_get_version (self->merge->theirs), self->merge->name);
}

static void
note_left_out (Fit *self, guint n, const char *what)
{
  dhk_draft_file_add_note (self->study, DHK_NOTE_ATTENTION, 0,
                           g_dngettext (GETTEXT_PACKAGE,
                                        "%u answer to “%s” is left out, as you decided.",
                                        "%u answers to “%s” are left out, as you decided.", n),
                           n, what);
}

/* How it is asked there, else its id. */
static const char *
get_wording (Fit *self, gboolean is_variable, guint index)
{
  DhkInstrument *there = self->merge->theirs;

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (there); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (there, i);

      for (guint q = 0; q < questionnaire->n_questions; q++)
        if ((is_variable ? questionnaire->questions[q].variable : questionnaire->questions[q].item)
            == (int) index)
          return dhk_text_get (&questionnaire->questions[q].text, self->language);
    }
  return is_variable ? dhk_instrument_get_variable (there, index)->id
                     : dhk_instrument_get_item (there, index)->id;
}

/* Answers there ------------------------------------------------------------------------------ */

/* How many answers there are with each code (of a number: all under 0). */
static guint
count_codes (Fit *self, gboolean is_variable, guint index, int target, guint counts[128])
{
  const DhkFrame *frame = self->merge->frame;
  const gint8 *codes = NULL;
  const double *numbers = NULL;
  guint n = 0;

  if (!is_variable)
    codes = dhk_frame_get_answers (frame, index, target);
  else if (dhk_instrument_get_variable (self->merge->theirs, index)->kind == DHK_VARIABLE_NUMBER)
    numbers = dhk_frame_get_numbers (frame, index);
  else
    codes = dhk_frame_get_categories (frame, index);
  for (guint i = 0; i < dhk_frame_get_n_rows (frame); i++)
    {
      gboolean answered = codes != NULL ? codes[i] >= 0 : numbers != NULL && isfinite (numbers[i]);

      if (!answered)
        continue;
      counts[codes != NULL ? codes[i] : 0]++;
      n++;
    }
  return n;
}

static guint
count_item (Fit *self, guint item, guint counts[128])
{
  guint n = 0;

  for (int target = DHK_NO_TARGET;
       target < (int) dhk_instrument_get_n_targets (self->merge->theirs); target++)
    n += count_codes (self, FALSE, item, target, counts);
  return n;
}

/* Items --------------------------------------------------------------------------------------- */

/* What is not there at all. */
static void
ask_unknown (Fit *self, const char *kind, const char *id, const char *wording, guint n)
{
  const Choice choices[] = { { LEAVE_OUT, _ ("Leave them out") } };
  char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "What to do with %u answer to “%s”, which this study does not ask?",
                   "What to do with %u answers to “%s”, which this study does not ask?", n),
      n, wording);

  if (ask (self, g_strdup_printf ("study:%s:%s", kind, id), text, dup_way_out (self), choices,
           G_N_ELEMENTS (choices))
      != NULL)
    note_left_out (self, n, wording);
}

static const DhkAnswerScale *
get_scale (DhkInstrument *instrument, guint item)
{
  return dhk_instrument_get_answer_scale (instrument,
                                          dhk_instrument_get_item (instrument, item)->answer_scale);
}

static gboolean
is_same_text (const DhkText *a, const DhkText *b)
{
  static const DhkLanguage languages[] = { DHK_LANGUAGE_NL, DHK_LANGUAGE_EN };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *one = dhk_text_fold (dhk_text_get (a, languages[i]));
      g_autofree char *other = dhk_text_fold (dhk_text_get (b, languages[i]));

      if (g_strcmp0 (one, other) != 0)
        return FALSE;
    }
  return TRUE;
}

/* "1: “never” there, “seldom” here; …" for the codes whose labels differ; NULL for none. */
static char *
describe_labels (Fit *self, const DhkAnswerScale *there, const DhkAnswerScale *here)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < there->n_answers; i++)
    {
      const DhkAnswer *other = &there->answers[i];
      const DhkAnswer *own = dhk_answer_scale_find (here, other->code);

      if (own == NULL || is_same_text (&other->label, &own->label))
        continue;
      /* Translators: a code, its label in the other study and in this one. */
      g_string_append_printf (text, _ ("%s%d: “%s” there, “%s” here"), text->len > 0 ? "; " : "",
                              other->code, dhk_text_get (&other->label, self->language),
                              dhk_text_get (&own->label, self->language));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Whether the answers on both scales mean the same; asked once a pair. */
static gboolean
means_same (Fit *self, guint item_there, guint item_here)
{
  const Choice choices[] = { { SAME, _ ("Yes, they mean the same") },
                             { LEAVE_OUT, _ ("No, leave the answers on this scale out") } };
  const DhkAnswerScale *there = get_scale (self->merge->theirs, item_there);
  const DhkAnswerScale *here = get_scale (self->merge->ours, item_here);
  g_autofree char *labels = describe_labels (self, there, here);
  g_autofree char *id = NULL;
  const DhkDraftQuestion *asked;
  const char *chosen;

  if (labels == NULL)
    return TRUE;
  id = g_strdup_printf ("study:scale:%s:%s", there->id, here->id);
  asked = dhk_draft_find_question (self->draft, id);
  chosen = asked != NULL ? asked->chosen
                         : ask (self, g_steal_pointer (&id),
                                g_strdup (_ ("Do these answers mean the same in both studies?")),
                                g_steal_pointer (&labels), choices, G_N_ELEMENTS (choices));
  return g_strcmp0 (chosen, LEAVE_OUT) != 0;
}

/* Answers that this study's scale, or list of categories, does not have. FALSE: left out. */
static gboolean
settle_codes (Fit *self, gboolean is_variable, const char *id, const char *wording, guint unknown)
{
  const Choice choices[] = { { UNREADABLE, _ ("Count them as unreadable") },
                             { LEAVE_OUT, _ ("Leave the whole question out") } };
  const char *chosen;

  if (unknown == 0)
    return TRUE;
  chosen = ask (
      self, g_strdup_printf ("study:answers:%s:%s", is_variable ? "variable" : "item", id),
      g_strdup_printf (
          g_dngettext (
              GETTEXT_PACKAGE, "What to do with %u answer to “%s” that cannot be given to it here?",
              "What to do with %u answers to “%s” that cannot be given to it here?", unknown),
          unknown, wording),
      dup_way_out (self), choices, G_N_ELEMENTS (choices));
  return g_strcmp0 (chosen, LEAVE_OUT) != 0;
}

static void
fit_item (Fit *self, guint item)
{
  const DhkItem *there = dhk_instrument_get_item (self->merge->theirs, item);
  int here = dhk_instrument_find_item (self->merge->ours, there->id);
  const char *wording = get_wording (self, FALSE, item);
  guint counts[128] = { 0 };
  guint n = count_item (self, item, counts);
  guint unknown = 0;

  self->merge->items[item] = here;
  if (n == 0)
    return;
  if (here < 0)
    {
      ask_unknown (self, "item", there->id, wording, n);
      return;
    }
  for (guint code = 0; code < G_N_ELEMENTS (counts); code++)
    if (dhk_answer_scale_find (get_scale (self->merge->ours, (guint) here), (int) code) == NULL)
      unknown += counts[code];
  if (means_same (self, item, (guint) here)
      && settle_codes (self, FALSE, there->id, wording, unknown))
    return;
  self->merge->items[item] = -1;
  note_left_out (self, n, wording);
}

static void
fit_variable (Fit *self, guint variable)
{
  const DhkVariable *there = dhk_instrument_get_variable (self->merge->theirs, variable);
  int here = dhk_instrument_find_variable (self->merge->ours, there->id);
  const DhkVariable *own
      = here < 0 ? NULL : dhk_instrument_get_variable (self->merge->ours, (guint) here);
  const char *wording = get_wording (self, TRUE, variable);
  guint counts[128] = { 0 };
  guint n = count_codes (self, TRUE, variable, DHK_NO_TARGET, counts);
  guint unknown = 0;

  if (own != NULL && own->kind != there->kind)
    own = NULL;
  self->merge->variables[variable] = own != NULL ? here : -1;
  if (n == 0)
    return;
  if (own == NULL)
    {
      ask_unknown (self, "variable", there->id, wording, n);
      return;
    }
  for (guint i = 0; there->kind == DHK_VARIABLE_CATEGORY && i < there->n_categories; i++)
    if (dhk_variable_find_category (own, there->categories[i].id) < 0)
      unknown += counts[i];
  if (settle_codes (self, TRUE, there->id, wording, unknown))
    return;
  self->merge->variables[variable] = -1;
  note_left_out (self, n, wording);
}

static void
fit_target (Fit *self, guint target)
{
  const DhkTarget *there = dhk_instrument_get_target (self->merge->theirs, target);
  guint counts[128] = { 0 };
  guint n = 0;

  self->merge->targets[target] = dhk_instrument_find_target (self->merge->ours, there->id);
  for (guint i = 0; i < dhk_instrument_get_n_items (self->merge->theirs); i++)
    n += count_codes (self, FALSE, i, (int) target, counts);
  if (n > 0 && self->merge->targets[target] < 0)
    ask_unknown (self, "target", there->id, dhk_text_get (&there->label, self->language), n);
}

/* Versions --------------------------------------------------------------------------------------- */

static const DhkQuestion *
find_question (Fit *self, const DhkQuestionnaire *questionnaire, const DhkQuestion *wanted)
{
  int target = wanted->target >= 0 ? self->merge->targets[wanted->target] : DHK_NO_TARGET;

  for (guint q = 0; q < questionnaire->n_questions; q++)
    {
      const DhkQuestion *question = &questionnaire->questions[q];

      if (wanted->item >= 0 && question->item == self->merge->items[wanted->item]
          && question->target == target)
        return question;
    }
  return NULL;
}

/* Questions of both that are worded otherwise there, named. */
static guint
list_reworded (Fit *self, GString *names)
{
  DhkInstrument *there = self->merge->theirs;
  DhkInstrument *here = self->merge->ours;
  guint n = 0;

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (there); i++)
    {
      const DhkQuestionnaire *other = dhk_instrument_get_questionnaire (there, i);
      int found = dhk_instrument_find_questionnaire (here, other->id);

      for (guint q = 0; found >= 0 && q < other->n_questions; q++)
        {
          const DhkQuestion *own = find_question (
              self, dhk_instrument_get_questionnaire (here, (guint) found), &other->questions[q]);
          const char *text = dhk_text_get (&other->questions[q].text, self->language);

          if (own == NULL || strcmp (dhk_text_get (&own->text, self->language), text) == 0)
            continue;
          if (n++ < MAX_NAMED)
            g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", text);
        }
    }
  if (n > MAX_NAMED)
    g_string_append (names, ", …");
  return n;
}

/* Somebody changed one of them and left its version as it was: the number tells nothing. */
static void
note_same_version (Fit *self)
{
  g_autoptr (GPtrArray) changes
      = dhk_instrument_list_changes (self->merge->ours, self->merge->theirs, self->language);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (changes->len, MAX_NAMED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            (const char *) g_ptr_array_index (changes, i));
  if (changes->len > MAX_NAMED)
    g_string_append (text, "; …");
  if (changes->len > 0)
    dhk_draft_file_add_note (
        self->study, DHK_NOTE_ATTENTION, 0,
        /* Translators: a version of the questionnaires, and what is otherwise. */
        _ ("Both studies call their questionnaires version %s, but those of the other one differ: "
           "%s. What was asked under the same id goes together."),
        dhk_instrument_get_version (self->merge->theirs), text->str);
}

static void
note_version (Fit *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  if (g_bytes_equal (dhk_instrument_get_xml (self->merge->theirs),
                     dhk_instrument_get_xml (self->merge->ours)))
    return;
  if (has_same_version (self))
    {
      note_same_version (self);
      return;
    }
  n = list_reworded (self, names);
  dhk_draft_file_add_note (
      self->study, DHK_NOTE_ATTENTION, 0,
      /* Translators: two versions of the questionnaires. */
      _ ("The other study was asked with version %s of the questionnaires, this one with version "
         "%s. What was asked under the same id goes together."),
      dhk_instrument_get_version (self->merge->theirs),
      dhk_instrument_get_version (self->merge->ours));
  if (n > 0)
    dhk_draft_file_add_note (self->study, DHK_NOTE_ATTENTION, 0,
                             g_dngettext (GETTEXT_PACKAGE,
                                          "%u question was worded otherwise there: %s.",
                                          "%u questions were worded otherwise there: %s.", n),
                             n, names->str);
}

void
dhk_merge_fit (DhkMerge *self, DhkDraft *draft, DhkDraftFile *study, GHashTable *answers)
{
  Fit fit = { .merge = self,
              .draft = draft,
              .study = study,
              .answers = answers,
              .language = dhk_language_of_messages () };
  guint n_items = dhk_instrument_get_n_items (self->theirs);
  guint n_variables = dhk_instrument_get_n_variables (self->theirs);
  guint n_targets = dhk_instrument_get_n_targets (self->theirs);

  self->items = g_new0 (int, n_items + 1);
  self->variables = g_new0 (int, n_variables + 1);
  self->targets = g_new0 (int, n_targets + 1);
  for (guint i = 0; i < n_targets; i++)
    fit_target (&fit, i);
  for (guint i = 0; i < n_variables; i++)
    fit_variable (&fit, i);
  for (guint i = 0; i < n_items; i++)
    fit_item (&fit, i);
  note_version (&fit);
}

/* Answers ------------------------------------------------------------------------------------------ */

int
dhk_merge_map_code (DhkMerge *self, gboolean is_variable, guint index, int code)
{
  int here = is_variable ? self->variables[index] : self->items[index];
  const DhkVariable *variable;

  if (code < 0 || here < 0)
    return code;
  if (!is_variable)
    return dhk_answer_scale_find (get_scale (self->ours, (guint) here), code) != NULL
               ? code
               : DHK_MISSING_UNREADABLE;
  variable = dhk_instrument_get_variable (self->theirs, index);
  if (variable->kind == DHK_VARIABLE_NUMBER)
    return code;
  if ((guint) code >= variable->n_categories)
    return DHK_MISSING_UNREADABLE;
  code = dhk_variable_find_category (dhk_instrument_get_variable (self->ours, (guint) here),
                                     variable->categories[code].id);
  return code >= 0 ? code : DHK_MISSING_UNREADABLE;
}
