/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: the two passes side by side, and what is chosen where they differ. */

#include "store/dhk-store-entry-private.h"

#include <glib/gi18n-lib.h>

void
dhk_entry_comparison_free (DhkEntryComparison *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->only_first, g_array_unref);
  g_clear_pointer (&self->only_second, g_array_unref);
  g_free (self);
}

/* Comparing ------------------------------------------------------------------------------- */

static void
add_pairs (DhkEntryComparison *self, const DhkEntrySheet *first, const DhkEntrySheet *second)
{
  gboolean any = FALSE;

  for (guint q = 0; q < first->n_answers; q++)
    {
      DhkEntryPair pair = { .number = first->number,
                            .question = q,
                            .first = first->answers[q],
                            .second = second->answers[q] };

      if (pair.first.kind == DHK_ENTRY_OPEN || pair.second.kind == DHK_ENTRY_OPEN)
        continue;
      pair.differs = !dhk_entry_answer_same (&pair.first, &pair.second);
      g_array_append_val (self->pairs, pair);
      any = TRUE;
    }
  self->n_forms += any ? 1 : 0;
}

static void
add_sheets (DhkEntryComparison *self, GPtrArray *sheets)
{
  for (guint i = 0; i < sheets->len; i++)
    {
      const DhkEntrySheet *sheet = g_ptr_array_index (sheets, i);
      const DhkEntrySheet *next = i + 1 < sheets->len ? g_ptr_array_index (sheets, i + 1) : NULL;

      /* By number and pass: the two of a form stand together. */
      if (next != NULL && next->number == sheet->number)
        {
          add_pairs (self, sheet, next);
          i++;
        }
      else
        g_array_append_val (sheet->pass == DHK_ENTRY_FIRST ? self->only_first : self->only_second,
                            sheet->number);
    }
}

static DhkEntryPair *
find_pair (DhkEntryComparison *self, guint number, int question)
{
  guint low = 0;
  guint high = self->pairs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      DhkEntryPair *pair = &g_array_index (self->pairs, DhkEntryPair, middle);

      if (pair->number == number && (int) pair->question == question)
        return pair;
      if (pair->number < number || (pair->number == number && (int) pair->question < question))
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
add_settled (DhkStore *self,
             const DhkEntryPlan *plan,
             DhkEntryComparison *comparison,
             GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT f.number, s.slot, s.target, s.answer FROM entry_settled s "
                         "JOIN entry_form f ON f.id = s.form WHERE f.batch = ? AND f.active",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", plan->id);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      int question
          = dhk_entry_plan_find (plan, sqlite3_column_int64 (statement, 1),
                                 dhk_store_find_target (self, dhk_sql_text (statement, 2)));
      DhkEntryPair *pair
          = find_pair (comparison, (guint) sqlite3_column_int64 (statement, 0), question);

      if (pair == NULL)
        continue;
      pair->settled = TRUE;
      dhk_entry_answer_decode (self, plan->places[question].slot, dhk_sql_text (statement, 3),
                               &pair->chosen);
    }
  return found == 0;
}

static DhkEntryComparison *
compare (DhkStore *self, const DhkEntryPlan *plan, guint number, GError **error)
{
  g_autoptr (DhkEntryComparison) comparison = g_new0 (DhkEntryComparison, 1);
  g_autoptr (GPtrArray) sheets = dhk_store_entry_load_sheets (self, plan, number, error);

  if (sheets == NULL)
    return NULL;
  comparison->questionnaire = plan->questionnaire;
  comparison->pairs = g_array_new (FALSE, FALSE, sizeof (DhkEntryPair));
  comparison->only_first = g_array_new (FALSE, FALSE, sizeof (guint));
  comparison->only_second = g_array_new (FALSE, FALSE, sizeof (guint));
  add_sheets (comparison, sheets);
  return add_settled (self, plan, comparison, error) ? g_steal_pointer (&comparison) : NULL;
}

DhkEntryComparison *
dhk_store_entry_compare (DhkStore *self, gint64 batch, GError **error)
{
  g_auto (DhkEntryPlan) plan = { 0 };
  DhkEntryComparison *comparison = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return NULL;
  if (dhk_store_entry_load_plan (self, batch, &plan, error))
    comparison = compare (self, &plan, 0, error);
  dhk_store_roll_back (self);
  return comparison;
}

/* A number for each set of labels: the answer scales, then the variables. */
static int
get_categories (const DhkInstrument *instrument, const DhkQuestion *question)
{
  if (question->item >= 0)
    return (int) dhk_instrument_get_item (instrument, (guint) question->item)->answer_scale;
  if (dhk_instrument_get_variable (instrument, (guint) question->variable)->kind
      == DHK_VARIABLE_NUMBER)
    return -1;
  return (int) dhk_instrument_get_n_answer_scales (instrument) + question->variable;
}

void
dhk_entry_comparison_append_typed (const DhkEntryComparison *self,
                                   const DhkInstrument *instrument,
                                   GArray *typed)
{
  const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (instrument, self->questionnaire);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const DhkEntryPair *pair = &g_array_index (self->pairs, DhkEntryPair, i);
      DhkTypedPair one
          = { .questionnaire = self->questionnaire,
              .categories = get_categories (instrument, &form->questions[pair->question]),
              .first = dhk_entry_answer_to_cell (&pair->first).code,
              .second = dhk_entry_answer_to_cell (&pair->second).code,
              .same = !pair->differs };

      g_array_append_val (typed, one);
    }
}

/* Settling -------------------------------------------------------------------------------- */

static gboolean
settle (DhkStore *self,
        const DhkEntryPlan *plan,
        guint number,
        guint question,
        const DhkEntryAnswer *chosen,
        GError **error)
{
  const DhkEntryPlace *place = &plan->places[question];
  g_autofree char *subject = g_strdup_printf ("%u", question + 1);
  g_autofree char *text = dhk_entry_answer_encode (self, place->slot, chosen);
  gint64 form = 0;
  gint64 respondent = 0;
  gint64 step
      = dhk_journal_append (self, DHK_ENTRY_STEP_SETTLE, subject, (gint64) number, plan->id, error);

  return step != 0
         && dhk_sql_get_int (
                self, error, &form,
                "SELECT id FROM entry_form WHERE batch = ? AND pass = 1 AND number = ? "
                "AND active",
                "ii", plan->id, (gint64) number)
                == 1
         && dhk_sql_get_int (self, error, &respondent,
                             "SELECT respondent FROM entry_form WHERE id = ?", "i", form)
                == 1
         && dhk_store_entry_change (self, step, form, DHK_ENTRY_FIELD_SETTLED, place, text, error)
         && dhk_store_entry_change_cell (self, step, respondent, place, chosen, error);
}

/* 1: a change, 0: settled like this already, -1: it cannot be. */
static int
check_settle (DhkStore *self,
              const DhkEntryPlan *plan,
              guint number,
              guint question,
              const DhkEntryAnswer *chosen,
              GError **error)
{
  guint slot = plan->places[question].slot;
  g_autoptr (DhkEntryComparison) comparison = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  const DhkEntryPair *pair;

  if (!dhk_entry_answer_check (self, &plan->form->questions[question], slot, chosen, error))
    return -1;
  comparison = compare (self, plan, number, error);
  if (comparison == NULL)
    return -1;
  pair = find_pair (comparison, number, (int) question);
  if (pair == NULL || !pair->differs)
    {
      g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                           _ ("This answer is no longer typed in two ways, so nothing was "
                              "changed."));
      return -1;
    }
  old = pair->settled ? dhk_entry_answer_encode (self, slot, &pair->chosen) : NULL;
  new = dhk_entry_answer_encode (self, slot, chosen);
  return g_strcmp0 (old, new) != 0;
}

gboolean
dhk_store_entry_settle (DhkStore *self,
                        gint64 batch,
                        guint number,
                        guint question,
                        const DhkEntryAnswer *chosen,
                        GError **error)
{
  g_auto (DhkEntryPlan) plan = { 0 };
  int needed = -1;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (chosen != NULL && chosen->kind != DHK_ENTRY_OPEN, FALSE);
  g_return_val_if_fail (number >= 1 && number <= DHK_ENTRY_MAX_NUMBER, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  if (dhk_store_entry_load_plan (self, batch, &plan, error) && question < plan.form->n_questions)
    needed = check_settle (self, &plan, number, question, chosen, error);
  if (needed != 1)
    {
      dhk_store_roll_back (self);
      return needed == 0;
    }
  return dhk_store_end (self, settle (self, &plan, number, question, chosen, error), error);
}
