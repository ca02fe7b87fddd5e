/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: what an answer can be, how it is written, and reading whole sheets. */

#include "store/dhk-store-entry-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"

static const struct
{
  DhkEntryKind kind;
  const char *text;
  int missing;
} kinds[] = {
  { DHK_ENTRY_EMPTY, "-empty", DHK_MISSING_EMPTY },
  { DHK_ENTRY_TWO_MARKS, "-two-marks", DHK_MISSING_UNREADABLE },
  { DHK_ENTRY_ILLEGIBLE, "-illegible", DHK_MISSING_UNREADABLE },
  { DHK_ENTRY_OUT_OF_RANGE, "-out-of-range", DHK_MISSING_UNREADABLE },
  { DHK_ENTRY_NOT_APPLICABLE, "-not-applicable", DHK_MISSING_NOT_ASKED },
};

/* Answers --------------------------------------------------------------------------------- */

/* The DhkMissing that this is in the study, or 0 for an answer. */
static int
get_missing (DhkEntryKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].missing;
  return kind == DHK_ENTRY_OPEN ? DHK_MISSING_EMPTY : 0;
}

DhkCell
dhk_entry_answer_to_cell (const DhkEntryAnswer *answer)
{
  int missing = get_missing (answer->kind);

  if (missing != 0)
    return (DhkCell){ .code = missing, .number = NAN };
  return (DhkCell){ .code = answer->code, .number = answer->number };
}

gboolean
dhk_entry_answer_same (const DhkEntryAnswer *a, const DhkEntryAnswer *b)
{
  if (a->kind != DHK_ENTRY_ANSWERED || b->kind != DHK_ENTRY_ANSWERED)
    return get_missing (a->kind) == get_missing (b->kind);
  return a->code == b->code && !(a->number < b->number) && !(a->number > b->number);
}

static char *
encode (DhkInstrument *instrument, const DhkSlot *slot, const DhkEntryAnswer *answer)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == answer->kind)
      return g_strconcat (kinds[i].text, answer->note[0] != '\0' ? ":" : "", answer->note, NULL);
  if (answer->kind == DHK_ENTRY_OPEN)
    return NULL;
  if (slot->number)
    return g_strdup (dhk_number_to_file (answer->number, buffer));
  if (slot->is_variable)
    return g_strdup (
        dhk_instrument_get_variable (instrument, slot->index)->categories[answer->code].id);
  return g_strdup_printf ("%d", answer->code);
}

char *
dhk_entry_answer_encode (DhkStore *self, guint slot, const DhkEntryAnswer *answer)
{
  return encode (self->instrument, dhk_store_slot (self, slot), answer);
}

static DhkSlot
describe_question (DhkInstrument *instrument, guint questionnaire, guint question)
{
  const DhkQuestion *asked
      = &dhk_instrument_get_questionnaire (instrument, questionnaire)->questions[question];
  gboolean is_variable = asked->variable >= 0;

  return dhk_store_describe_slot (instrument, is_variable,
                                  (guint) (is_variable ? asked->variable : asked->item));
}

char *
dhk_entry_answer_to_file (DhkInstrument *instrument,
                          guint questionnaire,
                          guint question,
                          const DhkEntryAnswer *answer)
{
  DhkSlot slot = describe_question (instrument, questionnaire, question);

  return encode (instrument, &slot, answer);
}

static gboolean
decode_missing (const char *text, DhkEntryAnswer *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize length = strlen (kinds[i].text);

      if (strncmp (text, kinds[i].text, length) != 0
          || (text[length] != '\0' && text[length] != ':'))
        continue;
      answer->kind = kinds[i].kind;
      if (text[length] == ':')
        g_strlcpy (answer->note, text + length + 1, sizeof answer->note);
      return g_utf8_validate (answer->note, -1, NULL);
    }
  return FALSE;
}

static gboolean
decode (DhkInstrument *instrument, const DhkSlot *slot, const char *text, DhkEntryAnswer *answer)
{
  gint64 code;

  if (text[0] == '-' && g_ascii_isalpha (text[1]))
    return decode_missing (text, answer);
  if (slot->number)
    return dhk_number_from_file (text, &answer->number);
  if (slot->is_variable)
    {
      answer->code = dhk_variable_find_category (
          dhk_instrument_get_variable (instrument, slot->index), text);
      return answer->code >= 0;
    }
  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &code, NULL))
    return FALSE;
  answer->code = (int) code;
  return dhk_slot_accepts (slot, instrument, answer->code);
}

void
dhk_entry_answer_decode (DhkStore *self, guint slot, const char *text, DhkEntryAnswer *answer)
{
  g_autofree char *note = NULL;

  *answer = (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED };
  if (decode (self->instrument, dhk_store_slot (self, slot), text, answer))
    return;
  /* Typed before the questionnaire changed: it is no answer any more. */
  note = g_utf8_make_valid (text, (gssize) MIN (strlen (text), DHK_ENTRY_NOTE_SIZE / 4));
  *answer = (DhkEntryAnswer){ .kind = DHK_ENTRY_OUT_OF_RANGE };
  g_strlcpy (answer->note, note, sizeof answer->note);
}

/* As short as it can be written, with the decimal sign of the messages. */
static char *
dup_number (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *text = g_strdup (dhk_number_to_file (number, buffer));

  if (dhk_language_of_messages () == DHK_LANGUAGE_NL)
    g_strdelimit (text, ".", ',');
  return text;
}

static gboolean
check_number (const DhkVariable *variable, double number, GError **error)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (isfinite (number) && number >= variable->minimum && number <= variable->maximum)
    return TRUE;
  low = dup_number (variable->minimum);
  high = dup_number (variable->maximum);
  g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
               _ ("This question takes a number from %s to %s, so nothing was stored."), low, high);
  return FALSE;
}

gboolean
dhk_entry_answer_check (DhkStore *self,
                        const DhkQuestion *question,
                        guint slot,
                        const DhkEntryAnswer *answer,
                        GError **error)
{
  const DhkSlot *description = dhk_store_slot (self, slot);

  if (answer->kind != DHK_ENTRY_ANSWERED)
    return TRUE;
  if (description->number)
    return check_number (dhk_instrument_get_variable (self->instrument, (guint) question->variable),
                         answer->number, error);
  if (answer->code >= 0 && dhk_slot_accepts (description, self->instrument, answer->code))
    return TRUE;
  g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                       _ ("This is not an answer to this question, so nothing was changed."));
  return FALSE;
}

static const char *
get_words (DhkEntryKind kind)
{
  switch (kind)
    {
    case DHK_ENTRY_EMPTY:
      return _ ("nothing filled in");
    case DHK_ENTRY_TWO_MARKS:
      return _ ("two marks");
    case DHK_ENTRY_ILLEGIBLE:
      return _ ("cannot be read");
    case DHK_ENTRY_OUT_OF_RANGE:
      return _ ("not one of the answers");
    case DHK_ENTRY_NOT_APPLICABLE:
      return _ ("does not apply");
    case DHK_ENTRY_OPEN:
    case DHK_ENTRY_ANSWERED:
    default:
      return _ ("not typed yet");
    }
}

char *
dhk_entry_answer_describe (DhkInstrument *instrument,
                           guint questionnaire,
                           guint question,
                           const DhkEntryAnswer *answer)
{
  DhkSlot slot = describe_question (instrument, questionnaire, question);
  DhkCell cell = dhk_entry_answer_to_cell (answer);

  if (answer->kind == DHK_ENTRY_OUT_OF_RANGE && answer->note[0] != '\0')
    /* Translators: what stands on a paper form, and is not one of the answers. */
    return g_strdup_printf (_ ("“%s”, not one of the answers"), answer->note);
  if (answer->kind != DHK_ENTRY_ANSWERED)
    return g_strdup (get_words (answer->kind));
  if (slot.number)
    return dup_number (answer->number);
  return dhk_cell_describe (instrument, &slot, &cell);
}

/* Plans ----------------------------------------------------------------------------------- */

void
dhk_entry_plan_clear (DhkEntryPlan *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->places, g_free);
}

static gboolean
make_places (DhkStore *self, DhkEntryPlan *plan, GError **error)
{
  gboolean fresh = FALSE;

  plan->places = g_new0 (DhkEntryPlace, plan->form->n_questions + 1);
  for (guint q = 0; q < plan->form->n_questions; q++)
    {
      const DhkQuestion *question = &plan->form->questions[q];
      gboolean is_variable = question->variable >= 0;
      guint index = (guint) (is_variable ? question->variable : question->item);

      if (!dhk_store_ensure_slot (self, is_variable, index, &fresh, error))
        return FALSE;
      plan->places[q].slot = dhk_store_get_slot (self, is_variable, index);
      plan->places[q].target = is_variable ? DHK_NO_TARGET : question->target;
    }
  return !fresh || dhk_store_rebuild_views (self, error);
}

gboolean
dhk_store_entry_load_plan (DhkStore *self, gint64 batch, DhkEntryPlan *plan, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT name, questionnaire FROM entry_batch WHERE id = ? AND active", error);
  int questionnaire;
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", batch);
  found = dhk_sql_step (self, statement, error);
  if (found < 0)
    return FALSE;
  if (found == 0)
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT, "%s",
                           _ ("This batch is no longer in the study, so nothing was changed."));
  questionnaire = dhk_instrument_find_questionnaire (self->instrument, dhk_sql_text (statement, 1));
  if (questionnaire < 0)
    return dhk_store_fail_damaged (
        self, _ ("its answers do not belong to the questionnaires it holds"), error);
  plan->id = batch;
  plan->name = g_strdup (dhk_sql_text (statement, 0));
  plan->questionnaire = (guint) questionnaire;
  plan->form = dhk_instrument_get_questionnaire (self->instrument, plan->questionnaire);
  return make_places (self, plan, error);
}

int
dhk_entry_plan_find (const DhkEntryPlan *self, gint64 slot, int target)
{
  for (guint q = 0; q < self->form->n_questions; q++)
    if (self->places[q].slot == slot && self->places[q].target == target)
      return (int) q;
  return -1;
}

/* Sheets ---------------------------------------------------------------------------------- */

void
dhk_entry_sheet_free (DhkEntrySheet *self)
{
  if (self == NULL)
    return;
  g_free (self->answers);
  g_free (self);
}

static DhkEntrySheet *
take_sheet (const DhkEntryPlan *plan, DhkStatement *statement)
{
  DhkEntrySheet *sheet = g_new0 (DhkEntrySheet, 1);

  sheet->number = (guint) sqlite3_column_int64 (statement, 1);
  sheet->pass = (DhkEntryPass) sqlite3_column_int (statement, 2);
  sheet->exists = TRUE;
  sheet->complete = sqlite3_column_int (statement, 3) != 0;
  if (sheet->pass == DHK_ENTRY_FIRST)
    sheet->respondent = sqlite3_column_int64 (statement, 4);
  sheet->n_answers = plan->form->n_questions;
  sheet->answers = g_new0 (DhkEntryAnswer, sheet->n_answers + 1);
  for (guint q = 0; sheet->complete && q < sheet->n_answers; q++)
    sheet->answers[q].kind = DHK_ENTRY_EMPTY;
  return sheet;
}

static void
take_answer (DhkStore *self,
             const DhkEntryPlan *plan,
             DhkEntrySheet *sheet,
             DhkStatement *statement)
{
  int q;

  if (sqlite3_column_type (statement, 5) == SQLITE_NULL)
    return;
  q = dhk_entry_plan_find (plan, sqlite3_column_int64 (statement, 5),
                           dhk_store_find_target (self, dhk_sql_text (statement, 6)));
  /* Typed before the questionnaire lost the question: kept, and not compared. */
  if (q >= 0)
    dhk_entry_answer_decode (self, plan->places[q].slot, dhk_sql_text (statement, 7),
                             &sheet->answers[q]);
}

GPtrArray *
dhk_store_entry_load_sheets (DhkStore *self, const DhkEntryPlan *plan, guint number, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self,
      "SELECT f.id, f.number, f.pass, f.complete, f.respondent, a.slot, a.target, a.answer "
      "FROM entry_form f LEFT JOIN entry_answer a ON a.form = f.id "
      "WHERE f.batch = ?1 AND f.active AND (?2 = 0 OR f.number = ?2) ORDER BY f.number, f.pass",
      error);
  g_autoptr (GPtrArray) sheets
      = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_entry_sheet_free);
  gint64 last = 0;
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "ii", plan->id, (gint64) number);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      if (sheets->len == 0 || sqlite3_column_int64 (statement, 0) != last)
        g_ptr_array_add (sheets, take_sheet (plan, statement));
      last = sqlite3_column_int64 (statement, 0);
      take_answer (self, plan, g_ptr_array_index (sheets, sheets->len - 1), statement);
    }
  return found == 0 ? g_steal_pointer (&sheets) : NULL;
}
