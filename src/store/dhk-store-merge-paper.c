/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was typed from paper in another study: the same pile (by its name and the moment it was made)
 * goes on here, another one comes along. Of a form that both typed, this study's stays.
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-merge-private.h"

typedef struct
{
  DhkStore *store;
  DhkMerge *merge;
  const DhkMergePile *pile;
  gint64 step;  /* 0: only counting */
  gint64 batch; /* here; 0: there is none yet */
  int n;
} Job;

/* Batches --------------------------------------------------------------------------------------- */

/* 1, 0 or -1. */
static int
find_batch (Job *self, GError **error)
{
  return dhk_sql_get_int (self->store, error, &self->batch,
                          "SELECT id FROM entry_batch WHERE active AND made = ? "
                          "AND questionnaire = ? AND ifnull (name_there, name) = ?",
                          "itt", self->pile->made, self->pile->questionnaire, self->pile->origin);
}

/* A batch of this name may be here, of other forms. */
static char *
dup_free_name (Job *self, GError **error)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *long_name
          = i == 0   ? g_strdup (self->pile->name)
            : i == 1 ? g_strdup_printf ("%s (%s)", self->pile->name, self->merge->name)
                     : g_strdup_printf ("%u %s (%s)", i, self->pile->name, self->merge->name);
      g_autofree char *name = g_utf8_substring (
          long_name, 0, MIN (g_utf8_strlen (long_name, -1), DHK_ENTRY_MAX_NAME));
      gint64 n = 0;

      if (dhk_sql_get_int (self->store, error, &n,
                           "SELECT count (*) FROM entry_batch WHERE active AND name = ?", "t", name)
          != 1)
        return NULL;
      if (n == 0)
        return g_steal_pointer (&name);
    }
  dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                  _ ("There is a batch “%s” already. Give this one another name."),
                  self->pile->name);
  return NULL;
}

static gboolean
make_batch (Job *self, GError **error)
{
  g_autofree char *name = dup_free_name (self, error);

  return name != NULL
         && dhk_sql_get_int (self->store, error, &self->batch,
                             "SELECT ifnull (max (id), 0) + 1 FROM entry_batch", "")
                == 1
         && dhk_sql_run (
             self->store, error,
             "INSERT INTO entry_batch (id, name, questionnaire, made, step, name_there) "
             "VALUES (?, ?, ?, ?, ?, ?)",
             "ittiit", self->batch, name, self->pile->questionnaire, self->pile->made, self->step,
             self->pile->origin);
}

/* Forms ------------------------------------------------------------------------------------------- */

static gboolean
insert_typed (Job *self, gint64 form, const DhkMergeForm *there, gboolean settled, GError **error)
{
  GArray *list = settled ? there->settled : there->answers;

  for (guint i = 0; i < list->len; i++)
    {
      const DhkMergeTyped *typed = &g_array_index (list, DhkMergeTyped, i);
      const DhkMergeSlot *place
          = &g_array_index (self->merge->slots, DhkMergeSlot, typed->slot - 1);
      gint64 slot;

      if (dhk_store_find_target (self->store, typed->target) < DHK_NO_TARGET)
        continue;
      slot
          = dhk_merge_find_slot (self->merge, self->store, place->is_variable, place->index, error);
      if (slot < 0)
        return FALSE;
      if (slot > 0
          && !dhk_sql_run (self->store, error,
                           settled ? "INSERT OR IGNORE INTO entry_settled (form, slot, target, "
                                     "answer) VALUES (?, ?, ?, ?)"
                                   : "INSERT OR IGNORE INTO entry_answer (form, slot, target, "
                                     "answer) VALUES (?, ?, ?, ?)",
                           "iitt", form, slot, typed->target, typed->answer))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_form (Job *self, const DhkMergeForm *there, gint64 respondent, GError **error)
{
  gint64 form;

  if (!dhk_sql_run (self->store, error,
                    "INSERT INTO entry_form (batch, pass, number, active, complete, respondent) "
                    "VALUES (?, ?, ?, 0, ?, nullif (?, 0))",
                    "iiiii", self->batch, (gint64) there->pass, (gint64) there->number,
                    (gint64) there->complete, respondent))
    return FALSE;
  form = sqlite3_last_insert_rowid (self->store->db);
  return insert_typed (self, form, there, FALSE, error)
         && insert_typed (self, form, there, TRUE, error)
         && dhk_store_entry_change (self->store, self->step, form, DHK_ENTRY_FIELD_ACTIVE, NULL,
                                    "1", error);
}

/* The form here: 1, 0 (not typed here) or -1. */
static int
find_form (Job *self, DhkEntryPass pass, guint number, gint64 *respondent, GError **error)
{
  if (self->batch == 0)
    return 0;
  return dhk_sql_get_int (self->store, error, respondent,
                          "SELECT ifnull (respondent, 0) FROM entry_form WHERE batch = ? "
                          "AND pass = ? AND number = ? AND active",
                          "iii", self->batch, (gint64) pass, (gint64) number);
}

static gboolean
handle_form (Job *self, const DhkMergeForm *form, GError **error)
{
  gint64 respondent = 0;
  int found = find_form (self, form->pass, form->number, &respondent, error);

  if (found != 0)
    return found > 0;
  if (g_hash_table_contains (self->merge->unwanted, &form->respondent))
    return TRUE;
  if (form->pass == DHK_ENTRY_FIRST)
    {
      const gint64 *fresh = g_hash_table_lookup (self->merge->stored, &form->respondent);

      return fresh == NULL || insert_form (self, form, *fresh, error);
    }
  self->n++;
  if (self->step == 0)
    return TRUE;
  return find_form (self, DHK_ENTRY_FIRST, form->number, &respondent, error) >= 0
         && insert_form (self, form, respondent, error);
}

/* A pile of which nothing is wanted stays away. */
static gboolean
handle_pile (Job *self, GError **error)
{
  int found = find_batch (self, error);

  if (found < 0 || (found == 0 && self->step != 0 && !make_batch (self, error)))
    return FALSE;
  if (found == 0 && self->step == 0)
    self->n++;
  for (guint i = 0; i < self->pile->forms->len; i++)
    if (!handle_form (self, g_ptr_array_index (self->pile->forms, i), error))
      return FALSE;
  return TRUE;
}

int
dhk_merge_store_piles (DhkStore *store, DhkMerge *self, gint64 step, GError **error)
{
  Job job = { .store = store, .merge = self, .step = step };

  for (guint i = 0; i < self->piles->len; i++)
    {
      job.pile = g_ptr_array_index (self->piles, i);
      job.batch = 0;
      if (!handle_pile (&job, error))
        return -1;
    }
  return job.n;
}
