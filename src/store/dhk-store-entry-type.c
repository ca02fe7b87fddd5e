/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paper entry: typing a form, which makes its respondent. */

#include "store/dhk-store-entry-private.h"

/* Sheets ---------------------------------------------------------------------------------- */

/* What the study holds now, where it is not what was typed: corrected or settled since. */
static gboolean
follow_study (DhkStore *self, const DhkEntryPlan *plan, DhkEntrySheet *sheet, GError **error)
{
  for (guint q = 0; q < sheet->n_answers; q++)
    {
      DhkEntryAnswer *answer = &sheet->answers[q];
      const DhkEntryPlace *place = &plan->places[q];
      const DhkSlot *slot = dhk_store_slot (self, place->slot);
      DhkCell typed = dhk_entry_answer_to_cell (answer);
      DhkCell now;

      if (!dhk_store_read_cell (self, sheet->respondent, place->slot, place->target, &now, error))
        return FALSE;
      if (dhk_cell_equal (slot, &now, &typed))
        continue;
      *answer = (DhkEntryAnswer){ .kind = DHK_ENTRY_ANSWERED, .code = now.code };
      if (slot->number && now.code >= 0)
        answer->number = now.number;
      else if (now.code == DHK_MISSING_EMPTY)
        answer->kind = DHK_ENTRY_EMPTY;
      else if (now.code == DHK_MISSING_UNREADABLE)
        answer->kind = DHK_ENTRY_ILLEGIBLE;
      else if (now.code == DHK_MISSING_NOT_ASKED)
        answer->kind = DHK_ENTRY_NOT_APPLICABLE;
    }
  return TRUE;
}

static DhkEntrySheet *
find_sheet (DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, GError **error)
{
  g_auto (DhkEntryPlan) plan = { 0 };
  g_autoptr (GPtrArray) sheets = NULL;
  DhkEntrySheet *sheet = NULL;

  if (!dhk_store_entry_load_plan (self, batch, &plan, error))
    return NULL;
  sheets = dhk_store_entry_load_sheets (self, &plan, number, error);
  if (sheets == NULL)
    return NULL;
  for (guint i = 0; sheet == NULL && i < sheets->len; i++)
    if (((DhkEntrySheet *) g_ptr_array_index (sheets, i))->pass == pass)
      sheet = g_ptr_array_steal_index (sheets, i);
  if (sheet == NULL)
    {
      sheet = g_new0 (DhkEntrySheet, 1);
      sheet->number = number;
      sheet->pass = pass;
      sheet->n_answers = plan.form->n_questions;
      sheet->answers = g_new0 (DhkEntryAnswer, sheet->n_answers + 1);
    }
  else if (sheet->respondent != 0 && !follow_study (self, &plan, sheet, error))
    g_clear_pointer (&sheet, dhk_entry_sheet_free);
  return sheet;
}

DhkEntrySheet *
dhk_store_entry_load_sheet (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, GError **error)
{
  DhkEntrySheet *sheet;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (number >= 1 && number <= DHK_ENTRY_MAX_NUMBER, NULL);
  g_assert (self->owner == g_thread_self ());

  /* Slots that the questionnaire has not had yet are only lent here. */
  if (!dhk_store_begin (self, error))
    return NULL;
  sheet = find_sheet (self, batch, pass, number, error);
  dhk_store_roll_back (self);
  return sheet;
}

/* A new form -------------------------------------------------------------------------------- */

/* The respondent of a form, alone in an import of its own, with every question still empty. */
static gboolean
insert_respondent (DhkStore *self,
                   const DhkEntryPlan *plan,
                   gint64 step,
                   guint number,
                   gint64 *respondent,
                   GError **error)
{
  const char *type = dhk_instrument_get_role (self->instrument, plan->form->type)->id;
  const DhkCell empty = { .code = DHK_MISSING_EMPTY };
  g_autofree char *form_id = g_strdup_printf ("%u", number);

  if (dhk_sql_get_int (self, error, respondent, "SELECT next_respondent FROM study", "") != 1
      || !dhk_sql_run (self, error, "UPDATE study SET next_respondent = ?", "i", *respondent + 1)
      || !dhk_sql_run (self, error,
                       "INSERT INTO import_batch (step, file_name, sha256, kind, questionnaire, "
                       "imported, found, added, present, changed, aside, raw_head) "
                       "VALUES (?, ?, '', 'paper', ?, ?, 1, 1, 0, 0, 0, '')",
                       "itti", step, plan->name, plan->form->id,
                       g_get_real_time () / G_USEC_PER_SEC)
      || !dhk_sql_run (
          self, error,
          "INSERT INTO respondent_record (id, batch, questionnaire, respondent_type, "
          "number, started, completed, form_id, pseudonym) SELECT ?1, ?2, ?3, ?4, "
          "ifnull (max (number), 0) + 1, 0, 0, ?5, dhk_pseudonym (?1) FROM respondent_record "
          "WHERE questionnaire = ?3",
          "iittt", *respondent, (gint64) sqlite3_last_insert_rowid (self->db), plan->form->id, type,
          form_id))
    return FALSE;
  for (guint q = 0; q < plan->form->n_questions; q++)
    if (!dhk_store_write_cell (self, *respondent, plan->places[q].slot, plan->places[q].target,
                               &empty, error))
      return FALSE;
  return TRUE;
}

/* The form and its respondent, or 0. 1, 0 or -1. */
static int
find_form (DhkStore *self,
           gint64 batch,
           DhkEntryPass pass,
           guint number,
           gint64 *form,
           gint64 *respondent,
           GError **error)
{
  int found = dhk_sql_get_int (self, error, form,
                               "SELECT id FROM entry_form WHERE batch = ? AND pass = ? "
                               "AND number = ? AND active",
                               "iii", batch, (gint64) pass, (gint64) number);

  if (found != 1)
    return found;
  return dhk_sql_get_int (self, error, respondent,
                          "SELECT ifnull (respondent, 0) FROM entry_form WHERE id = ?", "i", *form);
}

/* Who the form is about, according to its first pass; 0 when that was not typed yet. */
static gboolean
find_respondent (DhkStore *self, gint64 batch, guint number, gint64 *respondent, GError **error)
{
  gint64 form = 0;

  return find_form (self, batch, DHK_ENTRY_FIRST, number, &form, respondent, error) >= 0;
}

static gboolean
insert_form (DhkStore *self,
             const DhkEntryPlan *plan,
             DhkEntryPass pass,
             guint number,
             gint64 step,
             gint64 *form,
             GError **error)
{
  gboolean first = pass == DHK_ENTRY_FIRST;
  gint64 respondent = 0;

  if (!(first ? insert_respondent (self, plan, step, number, &respondent, error)
              : find_respondent (self, plan->id, number, &respondent, error))
      || !dhk_sql_run (self, error,
                       "INSERT INTO entry_form (batch, pass, number, active, respondent) "
                       "VALUES (?, ?, ?, 0, nullif (?, 0))",
                       "iiii", plan->id, (gint64) pass, (gint64) number, respondent))
    return FALSE;
  *form = sqlite3_last_insert_rowid (self->db);
  return (!first
          || dhk_sql_run (self, error,
                          "UPDATE entry_form SET respondent = ? "
                          "WHERE batch = ? AND pass = 2 AND number = ?",
                          "iii", respondent, plan->id, (gint64) number))
         && dhk_store_entry_change (self, step, *form, DHK_ENTRY_FIELD_ACTIVE, NULL, "1", error);
}

/* Answers ----------------------------------------------------------------------------------- */

gboolean
dhk_store_entry_change_cell (DhkStore *self,
                             gint64 step,
                             gint64 respondent,
                             const DhkEntryPlace *place,
                             const DhkEntryAnswer *answer,
                             GError **error)
{
  DhkChange change = { .respondent = respondent,
                       .slot = place->slot,
                       .target = place->target,
                       .new = dhk_entry_answer_to_cell (answer) };

  if (!dhk_store_read_cell (self, respondent, change.slot, change.target, &change.old, error))
    return FALSE;
  return dhk_cell_equal (dhk_store_slot (self, change.slot), &change.old, &change.new)
         || dhk_journal_change_cell (self, step, 0, &change, error);
}

/* What was settled about the pair holds no longer when one of the two is typed again. */
static gboolean
unsettle (DhkStore *self,
          gint64 step,
          const DhkEntryPlan *plan,
          guint number,
          const DhkEntryPlace *place,
          GError **error)
{
  gint64 first = 0;
  gint64 respondent = 0;
  int found = find_form (self, plan->id, DHK_ENTRY_FIRST, number, &first, &respondent, error);

  return found == 0
         || (found == 1
             && dhk_store_entry_change (self, step, first, DHK_ENTRY_FIELD_SETTLED, place, NULL,
                                        error));
}

/* Answers to questions in a row, most often one. */
typedef struct
{
  DhkEntryPass pass;
  guint number;
  guint question;
  const DhkEntryAnswer *answers;
  guint n;
  gboolean *is_new; /* per answer: something else stands there */
} Typed;

static gboolean
write_answers (DhkStore *self,
               const DhkEntryPlan *plan,
               const Typed *typed,
               gint64 step,
               gint64 form,
               gint64 respondent,
               GError **error)
{
  gboolean first = typed->pass == DHK_ENTRY_FIRST;

  for (guint i = 0; i < typed->n; i++)
    {
      const DhkEntryPlace *place = &plan->places[typed->question + i];
      g_autofree char *text = NULL;

      if (!typed->is_new[i])
        continue;
      text = dhk_entry_answer_encode (self, place->slot, &typed->answers[i]);
      if (!dhk_store_entry_change (self, step, form, DHK_ENTRY_FIELD_ANSWER, place, text, error)
          || !unsettle (self, step, plan, typed->number, place, error)
          || (first
              && !dhk_store_entry_change_cell (self, step, respondent, place, &typed->answers[i],
                                               error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_answers (DhkStore *self, const DhkEntryPlan *plan, const Typed *typed, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("%u", typed->question + 1);
  gint64 respondent = 0;
  gint64 form = 0;
  gint64 step = dhk_journal_append (
      self, typed->pass == DHK_ENTRY_FIRST ? DHK_ENTRY_STEP_FIRST : DHK_ENTRY_STEP_SECOND, subject,
      (gint64) typed->number, plan->id, error);
  int found;

  if (step == 0)
    return FALSE;
  found = find_form (self, plan->id, typed->pass, typed->number, &form, &respondent, error);
  if (found == 0)
    {
      if (!insert_form (self, plan, typed->pass, typed->number, step, &form, error))
        return FALSE;
      found = find_form (self, plan->id, typed->pass, typed->number, &form, &respondent, error);
    }
  return found == 1 && write_answers (self, plan, typed, step, form, respondent, error);
}

/* 1: a change, 0: they stand there already, -1: they cannot be. */
static int
check_answers (DhkStore *self, const DhkEntryPlan *plan, const Typed *typed, GError **error)
{
  g_autoptr (DhkEntrySheet) sheet = NULL;
  int needed = 0;

  for (guint i = 0; i < typed->n; i++)
    if (!dhk_entry_answer_check (self, &plan->form->questions[typed->question + i],
                                 plan->places[typed->question + i].slot, &typed->answers[i], error))
      return -1;
  sheet = find_sheet (self, plan->id, typed->pass, typed->number, error);
  if (sheet == NULL)
    return -1;
  for (guint i = 0; i < typed->n; i++)
    {
      guint slot = plan->places[typed->question + i].slot;
      g_autofree char *old
          = dhk_entry_answer_encode (self, slot, &sheet->answers[typed->question + i]);
      g_autofree char *new = dhk_entry_answer_encode (self, slot, &typed->answers[i]);

      typed->is_new[i] = g_strcmp0 (old, new) != 0;
      needed |= typed->is_new[i];
    }
  return needed;
}

gboolean
dhk_store_entry_set_answers (DhkStore *self,
                             gint64 batch,
                             DhkEntryPass pass,
                             guint number,
                             guint question,
                             const DhkEntryAnswer *answers,
                             guint n,
                             GError **error)
{
  g_auto (DhkEntryPlan) plan = { 0 };
  g_autofree gboolean *is_new = g_new0 (gboolean, n + 1);
  const Typed typed = { pass, number, question, answers, n, is_new };
  int needed = -1;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answers != NULL && n > 0, FALSE);
  g_return_val_if_fail (number >= 1 && number <= DHK_ENTRY_MAX_NUMBER, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  if (dhk_store_entry_load_plan (self, batch, &plan, error) && question < plan.form->n_questions
      && n <= plan.form->n_questions - question)
    needed = check_answers (self, &plan, &typed, error);
  if (needed != 1)
    {
      dhk_store_roll_back (self);
      return needed == 0;
    }
  return dhk_store_end (self, set_answers (self, &plan, &typed, error), error);
}

gboolean
dhk_store_entry_set_answer (DhkStore *self,
                            gint64 batch,
                            DhkEntryPass pass,
                            guint number,
                            guint question,
                            const DhkEntryAnswer *answer,
                            GError **error)
{
  return dhk_store_entry_set_answers (self, batch, pass, number, question, answer, 1, error);
}

/* Finishing --------------------------------------------------------------------------------- */

static gboolean
finish (DhkStore *self, const DhkEntryPlan *plan, DhkEntryPass pass, guint number, GError **error)
{
  gint64 respondent = 0;
  gint64 form = 0;
  gint64 step = dhk_journal_append (
      self, pass == DHK_ENTRY_FIRST ? DHK_ENTRY_STEP_FINISH : DHK_ENTRY_STEP_FINISH_SECOND, "",
      (gint64) number, plan->id, error);
  int found = step != 0 ? find_form (self, plan->id, pass, number, &form, &respondent, error) : -1;

  /* A form on which nothing was filled in is a form too. */
  if (found == 0)
    found = insert_form (self, plan, pass, number, step, &form, error) ? 1 : -1;
  return found == 1
         && dhk_store_entry_change (self, step, form, DHK_ENTRY_FIELD_COMPLETE, NULL, "1", error);
}

gboolean
dhk_store_entry_finish (
    DhkStore *self, gint64 batch, DhkEntryPass pass, guint number, GError **error)
{
  g_auto (DhkEntryPlan) plan = { 0 };
  gint64 done = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (number >= 1 && number <= DHK_ENTRY_MAX_NUMBER, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  if (!dhk_store_entry_load_plan (self, batch, &plan, error)
      || dhk_sql_get_int (self, error, &done,
                          "SELECT count (*) FROM entry_form WHERE batch = ? AND pass = ? "
                          "AND number = ? AND active AND complete",
                          "iii", batch, (gint64) pass, (gint64) number)
             != 1
      || done > 0)
    {
      dhk_store_roll_back (self);
      return done > 0;
    }
  return dhk_store_end (self, finish (self, &plan, pass, number, error), error);
}
