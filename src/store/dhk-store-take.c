/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Taking over what a file, or another study, has otherwise: a correction by hand like any other, so that undo and the
 * history know it and no later file writes over it.
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"

/* What is taken ----------------------------------------------------------------- */

static gboolean
is_exclusion (const DhkListedConflict *listed)
{
  return listed->choice.slot == DHK_MERGE_SLOT_EXCLUSION;
}

static gboolean
is_same_place (const DhkKeptChoice *a, const DhkKeptChoice *b)
{
  return a->respondent == b->respondent && a->slot == b->slot && strcmp (a->target, b->target) == 0;
}

/* Which several choices the answer is one of, or -1. */
static int
get_choices (DhkStore *self, const DhkListedConflict *listed)
{
  const DhkSlot *slot;

  if (is_exclusion (listed))
    return -1;
  slot = dhk_store_slot (self, (guint) listed->choice.slot);
  return slot->is_variable ? dhk_instrument_get_variable (self->instrument, slot->index)->choices
                           : -1;
}

/* Several choices are one answer: whoever takes one of them over takes those that the file has beside it. */
static gboolean
goes_along (DhkStore *self, const DhkListedConflict *listed, const DhkListedConflict *meant)
{
  int choices = get_choices (self, meant);

  return listed == meant
         || (choices >= 0 && get_choices (self, listed) == choices
             && listed->choice.respondent == meant->choice.respondent
             && listed->conflict.is_merged == meant->conflict.is_merged
             && strcmp (listed->conflict.file_name, meant->conflict.file_name) == 0);
}

static gboolean
has_same_answer (DhkStore *self, const DhkListedConflict *a, const DhkListedConflict *b)
{
  if (is_exclusion (a))
    return g_strcmp0 (a->choice.found_exclusion, b->choice.found_exclusion) == 0;
  return dhk_cell_equal (dhk_store_slot (self, (guint) a->choice.slot), &a->choice.found,
                         &b->choice.found);
}

/* Each place once. FALSE with an error where two files say different things of it. */
static gboolean
add_taken (DhkStore *self, GPtrArray *taken, DhkListedConflict *listed, GError **error)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const DhkListedConflict *other = g_ptr_array_index (taken, i);

      if (!is_same_place (&other->choice, &listed->choice))
        continue;
      if (has_same_answer (self, other, listed))
        return TRUE;
      return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                             _ ("“%s” and “%s” say different things of one answer, “%s”. Nothing "
                                "was changed; take over one of them, or set the answer by hand."),
                             other->conflict.file_name, listed->conflict.file_name,
                             listed->conflict.column);
    }
  g_ptr_array_add (taken, listed);
  return TRUE;
}

/* DhkListedConflict, lent by `listed`; or NULL. */
static GPtrArray *
list_taken (DhkStore *self, const GPtrArray *listed, const GPtrArray *conflicts, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < conflicts->len; i++)
    {
      const DhkListedConflict *meant
          = dhk_kept_find_listed (listed, g_ptr_array_index (conflicts, i), error);

      if (meant == NULL)
        return NULL;
      for (guint k = 0; k < listed->len; k++)
        if (goes_along (self, g_ptr_array_index (listed, k), meant)
            && !add_taken (self, taken, g_ptr_array_index (listed, k), error))
          return NULL;
    }
  return g_steal_pointer (&taken);
}

/* Writing ------------------------------------------------------------------------ */

/* One answer is a step like any correction. */
static gint64
append_step (DhkStore *self, const GPtrArray *taken, GError **error)
{
  const DhkListedConflict *first = g_ptr_array_index (taken, 0);

  return taken->len == 1 && !is_exclusion (first)
             ? dhk_journal_append (self, "answer", first->conflict.column,
                                   (gint64) first->conflict.number, 0, error)
             : dhk_journal_append (self, DHK_TAKEN_STEP, NULL, (gint64) taken->len, 0, error);
}

static gboolean
take_exclusion (DhkStore *self, gint64 step, const DhkKeptChoice *choice, GError **error)
{
  return dhk_sql_run (self, error,
                      "INSERT INTO journal_change "
                      "(step, respondent, slot, target, batch, old, new) "
                      "VALUES (?, ?, -1, '', 0, ?, ?)",
                      "iitt", step, choice->respondent, choice->held_exclusion,
                      choice->found_exclusion);
}

static gboolean
take_answer (DhkStore *self, gint64 step, const DhkKeptChoice *choice, GError **error)
{
  const DhkChange change = { .respondent = choice->respondent,
                             .slot = (guint) choice->slot,
                             .target = dhk_store_find_target (self, choice->target),
                             .old = choice->held,
                             .new = choice->found };

  /* Another version of the questionnaires may have come since. */
  if (!dhk_store_may_hold (self, dhk_store_slot (self, change.slot), &change.new))
    return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                           _ ("This is not an answer to this question, so nothing was changed."));
  return dhk_journal_change_cell (self, step, 0, &change, error);
}

static gboolean
write_all (DhkStore *self, const GPtrArray *conflicts, guint *n, GError **error)
{
  g_autoptr (GPtrArray) listed = dhk_store_list_conflicts (self, error);
  g_autoptr (GPtrArray) taken = listed != NULL ? list_taken (self, listed, conflicts, error) : NULL;
  gint64 step = taken != NULL ? append_step (self, taken, error) : 0;

  if (step == 0)
    return FALSE;
  for (guint i = 0; i < taken->len; i++)
    {
      const DhkListedConflict *one = g_ptr_array_index (taken, i);

      if (!(is_exclusion (one) ? take_exclusion (self, step, &one->choice, error)
                               : take_answer (self, step, &one->choice, error)))
        return FALSE;
    }
  *n = taken->len;
  return dhk_journal_switch_exclusions (self, step, FALSE, error)
         && dhk_journal_count_hand_edit (self, step, FALSE, error);
}

gboolean
dhk_store_take_found (DhkStore *self, GPtrArray *conflicts, guint *n, GError **error)
{
  guint taken = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (conflicts != NULL && conflicts->len > 0, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error)
      || !dhk_store_end (self, write_all (self, conflicts, &taken, error), error))
    return FALSE;
  if (n != NULL)
    *n = taken;
  return TRUE;
}
