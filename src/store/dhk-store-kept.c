/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-kept.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store/dhk-store-merge-private.h"

/* Of a slot as a choice has it, and back. */
#define JOURNAL_SLOT(slot) (DHK_KEPT_FIRST_SLOT + DHK_MERGE_SLOT_EXCLUSION - (slot))

void
dhk_kept_choice_clear (DhkKeptChoice *self)
{
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->held_exclusion, g_free);
  g_clear_pointer (&self->found_exclusion, g_free);
}

static char *
dup_reason (DhkStatement *row, int column)
{
  return sqlite3_column_type (row, column) == SQLITE_NULL ? NULL
                                                          : g_strdup (dhk_sql_text (row, column));
}

gboolean
dhk_kept_choice_read (DhkKeptChoice *self, DhkStore *store, DhkStatement *row, int column)
{
  const char *target = dhk_sql_text (row, column + 1);
  const DhkSlot *slot;

  self->slot = JOURNAL_SLOT (sqlite3_column_int64 (row, column));
  self->target = g_strndup (target, strcspn (target, "\t"));
  if (self->slot == DHK_MERGE_SLOT_EXCLUSION)
    {
      self->held_exclusion = dup_reason (row, column + 2);
      self->found_exclusion = dup_reason (row, column + 3);
      return TRUE;
    }
  if (self->slot < 1 || self->slot > store->slots->len
      || dhk_store_find_target (store, self->target) < DHK_NO_TARGET)
    return FALSE;
  slot = dhk_store_slot (store, (guint) self->slot);
  self->held = dhk_cell_column (row, column + 2, slot);
  self->found = dhk_cell_column (row, column + 3, slot);
  return TRUE;
}

static void
bind_choice (DhkStore *store, DhkStatement *insert, int parameter, const DhkKeptChoice *choice)
{
  const DhkSlot *slot;

  if (choice->slot == DHK_MERGE_SLOT_EXCLUSION)
    {
      sqlite3_bind_text (insert, parameter, choice->held_exclusion, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (insert, parameter + 1, choice->found_exclusion, -1, SQLITE_TRANSIENT);
      return;
    }
  slot = dhk_store_slot (store, (guint) choice->slot);
  dhk_cell_bind (insert, parameter, slot, &choice->held);
  dhk_cell_bind (insert, parameter + 1, slot, &choice->found);
}

gboolean
dhk_kept_write (DhkStore *store, gint64 step, const DhkKeptChoice *choice, GError **error)
{
  const gint64 slot = JOURNAL_SLOT (choice->slot);
  g_autofree char *target = NULL;
  g_autoptr (DhkStatement) insert = NULL;
  gint64 n = 0;

  if (dhk_sql_get_int (store, error, &n,
                       "SELECT count (*) FROM journal_change "
                       "WHERE step = ? AND respondent = ? AND slot = ?",
                       "iii", step, choice->respondent, slot)
      != 1)
    return FALSE;
  target = n == 0 ? g_strdup (choice->target)
                  : g_strdup_printf ("%s\t%" G_GINT64_FORMAT, choice->target, n);
  insert = dhk_sql_prepare (store,
                            "INSERT INTO journal_change "
                            "(step, respondent, slot, target, batch, old, new) "
                            "VALUES (?, ?, ?, ?, 0, ?, ?)",
                            error);
  if (insert == NULL)
    return FALSE;
  dhk_sql_bind (insert, "iiit", step, choice->respondent, slot, target);
  bind_choice (store, insert, 5, choice);
  return dhk_sql_insert (store, insert, error);
}

/* What holds ------------------------------------------------------------------ */

/* Who is excluded elsewhere is that, whatever the reason. */
static char *
make_key (const DhkKeptChoice *choice)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (choice->slot == DHK_MERGE_SLOT_EXCLUSION)
    return g_strdup_printf ("%" G_GINT64_FORMAT " excluded %d", choice->respondent,
                            choice->found_exclusion != NULL);
  if (isfinite (choice->found.number))
    g_ascii_dtostr (number, sizeof number, choice->found.number);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %d %s", choice->respondent,
                          choice->slot, choice->target, choice->found.code, number);
}

gboolean
dhk_kept_for_each (DhkStore *store, DhkKeptFunc func, gpointer user_data, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (store,
                         "SELECT c.respondent, c.slot, c.target, c.old, c.new "
                         "FROM journal_step s CROSS JOIN journal_change c ON c.step = s.step "
                         "WHERE s.kind IN ('" DHK_KEPT_STEP "', '" DHK_MERGE_STEP "') "
                         "AND s.step <= (SELECT journal_position FROM study) AND c.slot <= ?",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", (gint64) DHK_KEPT_FIRST_SLOT);
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      g_auto (DhkKeptChoice) choice = { .respondent = sqlite3_column_int64 (statement, 0) };

      if (!dhk_kept_choice_read (&choice, store, statement, 1))
        return dhk_store_fail_damaged (store, _ ("its journal does not fit its answers"), error);
      if (!func (&choice, user_data, error))
        return FALSE;
    }
  return found == 0;
}

static gboolean
add_key (const DhkKeptChoice *choice, gpointer user_data, GError **error)
{
  g_hash_table_add (user_data, make_key (choice));
  return TRUE;
}

GHashTable *
dhk_kept_load (DhkStore *store, GError **error)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return dhk_kept_for_each (store, add_key, kept, error) ? g_steal_pointer (&kept) : NULL;
}

gboolean
dhk_kept_holds (GHashTable *kept, const DhkKeptChoice *choice)
{
  g_autofree char *key = NULL;

  if (g_hash_table_size (kept) == 0)
    return FALSE;
  key = make_key (choice);
  return g_hash_table_contains (kept, key);
}

void
dhk_kept_take_out (GHashTable *kept,
                   DhkStore *store,
                   const DhkDraftFile *file,
                   gint64 respondent,
                   GArray *differences)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (store->instrument, (guint) file->questionnaire);

  for (guint i = differences->len; i-- > 0;)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, i);
      const DhkQuestion *question = &questionnaire->questions[difference->question];
      gboolean is_variable = question->variable >= 0;
      const DhkKeptChoice choice
          = { .respondent = respondent,
              .slot = dhk_store_get_slot (
                  store, is_variable, (guint) (is_variable ? question->variable : question->item)),
              .target = (char *) dhk_store_target_id (store, question->target),
              .found = difference->new };

      if (difference->hand && dhk_kept_holds (kept, &choice))
        g_array_remove_index (differences, i);
    }
}

/* Choosing -------------------------------------------------------------------- */

static gboolean
is_same (const DhkConflict *a, const DhkConflict *b)
{
  return a->respondent == b->respondent && a->is_merged == b->is_merged
         && strcmp (a->column, b->column) == 0 && strcmp (a->file_name, b->file_name) == 0
         && strcmp (a->held, b->held) == 0 && strcmp (a->found, b->found) == 0;
}

const DhkListedConflict *
dhk_kept_find_listed (const GPtrArray *listed, const DhkConflict *conflict, GError **error)
{
  for (guint i = 0; i < listed->len; i++)
    if (is_same (g_ptr_array_index (listed, i), conflict))
      return g_ptr_array_index (listed, i);
  dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                  _ ("What is otherwise in a file has changed meanwhile. Nothing was "
                     "changed; look at it again."));
  return NULL;
}

static gboolean
write_all (DhkStore *self, GPtrArray *conflicts, GError **error)
{
  g_autoptr (GPtrArray) listed = dhk_store_list_conflicts (self, error);
  gint64 step;

  if (listed == NULL)
    return FALSE;
  step = dhk_journal_append (self, DHK_KEPT_STEP, NULL, (gint64) conflicts->len, 0, error);
  if (step == 0)
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      const DhkListedConflict *found
          = dhk_kept_find_listed (listed, g_ptr_array_index (conflicts, i), error);

      if (found == NULL || !dhk_kept_write (self, step, &found->choice, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dhk_store_keep_own (DhkStore *self, GPtrArray *conflicts, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (conflicts != NULL && conflicts->len > 0, FALSE);
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, write_all (self, conflicts, error), error);
}
