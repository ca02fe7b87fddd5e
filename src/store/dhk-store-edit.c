/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps a person makes: correcting an answer, taking an import out. */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store/dhk-key-file.h"
#include "store/dhk-store-respondents.h"

static int
is_slot_edited (DhkStore *self, gint64 respondent, guint slot, int target, GError **error)
{
  gint64 times = 0;

  return dhk_sql_get_int (
      self, error, &times,
      "SELECT times FROM hand_edit WHERE respondent = ? AND slot = ? AND target = ?", "iit",
      respondent, (gint64) slot, dhk_store_target_id (self, target));
}

int
dhk_store_is_hand_edited (DhkStore *self, gint64 respondent, guint slot, int target, GError **error)
{
  const DhkSlot *of = slot > 0 ? dhk_store_slot (self, slot) : NULL;
  int choices = of != NULL && of->is_variable
                    ? dhk_instrument_get_variable (self->instrument, of->index)->choices
                    : -1;
  const DhkChoices *all;
  int edited = 0;

  if (choices < 0)
    return is_slot_edited (self, respondent, slot, target, error);
  /* Several choices are one answer: who corrected one of them has seen the others. */
  all = dhk_instrument_get_choices (self->instrument, (guint) choices);
  for (guint i = 0; i < all->n_choices && edited == 0; i++)
    edited = is_slot_edited (self, respondent, dhk_store_get_slot (self, TRUE, all->first + i),
                             target, error);
  return edited;
}

/* Finding a respondent ---------------------------------------------------------------- */

gboolean
dhk_store_find_respondent (DhkStore *self, const char *text, gint64 *respondent, GError **error)
{
  const char *colon;
  guint64 number = 0;
  int found = 0;

  g_return_val_if_fail (self != NULL && text != NULL && respondent != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  colon = strchr (text, ':');
  if (g_ascii_string_to_unsigned (colon != NULL ? colon + 1 : text, 10, 1, G_MAXINT64, &number,
                                  NULL))
    {
      g_autofree char *questionnaire
          = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;

      found = dhk_sql_get_int (self, error, respondent,
                               "SELECT r.id FROM respondent_record r "
                               "JOIN import_batch b ON b.id = r.batch "
                               "WHERE b.active AND CASE WHEN ?1 IS NULL THEN r.id = ?2 "
                               "ELSE r.questionnaire = ?1 AND r.number = ?2 END",
                               "ti", questionnaire, (gint64) number);
    }
  if (found == 0)
    {
      gint64 named = dhk_store_find_pseudonym (self, text);

      if (named != 0)
        *respondent = named;
      found = named != 0;
    }
  if (found == 0)
    g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                 _ ("There is no respondent “%s” in this study."), text);
  return found == 1;
}

/* Correcting an answer --------------------------------------------------------------- */

/* What is set, and where. */
typedef struct
{
  gboolean is_variable;
  guint index;
  int target;
  DhkCell cell;
} Correction;

/* The number of a respondent that is in the study. 1, 0 or -1. */
static int
get_number (DhkStore *self, gint64 respondent, gint64 *number, GError **error)
{
  return dhk_sql_get_int (self, error, number,
                          "SELECT r.number FROM respondent_record r "
                          "JOIN import_batch b ON b.id = r.batch "
                          "WHERE r.id = ? AND b.active",
                          "i", respondent);
}

static char *
dup_column_name (DhkStore *self, const Correction *wanted)
{
  if (wanted->is_variable)
    return g_strdup (dhk_instrument_get_variable (self->instrument, wanted->index)->id);
  return dhk_instrument_dup_column_name (self->instrument, wanted->index, wanted->target);
}

static gboolean
correct (DhkStore *self, gint64 respondent, const Correction *wanted, GError **error)
{
  DhkChange change = { .respondent = respondent, .target = wanted->target, .new = wanted->cell };
  gboolean fresh = FALSE;
  gint64 number = 0;
  gint64 step;
  g_autofree char *column = dup_column_name (self, wanted);

  if (!dhk_store_ensure_slot (self, wanted->is_variable, wanted->index, &fresh, error)
      || (fresh && !dhk_store_rebuild_views (self, error)))
    return FALSE;
  change.slot = dhk_store_get_slot (self, wanted->is_variable, wanted->index);
  if (!dhk_store_read_cell (self, respondent, change.slot, change.target, &change.old, error)
      || get_number (self, respondent, &number, error) != 1)
    return FALSE;
  step = dhk_journal_append (self, "answer", column, number, 0, error);
  return step != 0 && dhk_journal_change_cell (self, step, 0, &change, error)
         && dhk_journal_count_hand_edit (self, step, FALSE, error);
}

gboolean
dhk_store_may_hold (DhkStore *self, const DhkSlot *slot, const DhkCell *cell)
{
  const DhkVariable *variable;

  if (!slot->number || cell->code < 0)
    return dhk_slot_accepts (slot, self->instrument, cell->code);
  variable = dhk_instrument_get_variable (self->instrument, slot->index);
  return cell->code == 0 && isfinite (cell->number) && cell->number >= variable->minimum
         && cell->number <= variable->maximum;
}

/* What would be set already stands there, or cannot stand there: 0 and -1; else 1. */
static int
check_correction (DhkStore *self, gint64 respondent, const Correction *wanted, GError **error)
{
  DhkSlot slot = dhk_store_describe_slot (self->instrument, wanted->is_variable, wanted->index);
  gint64 number = 0;
  DhkCell old;
  int found = get_number (self, respondent, &number, error);

  if (found == 0)
    g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                         _ ("This respondent is no longer in the study, so nothing was changed."));
  if (found != 1)
    return -1;
  if (!dhk_store_may_hold (self, &slot, &wanted->cell))
    {
      g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                           _ ("This is not an answer to this question, so nothing was changed."));
      return -1;
    }
  if (!dhk_store_read_cell (self, respondent,
                            dhk_store_get_slot (self, wanted->is_variable, wanted->index),
                            wanted->target, &old, error))
    return -1;
  return !dhk_cell_equal (&slot, &old, &wanted->cell);
}

static gboolean
set_cell (DhkStore *self, gint64 respondent, const Correction *wanted, GError **error)
{
  int needed;

  if (!dhk_store_begin (self, error))
    return FALSE;
  needed = check_correction (self, respondent, wanted, error);
  if (needed != 1)
    {
      dhk_store_roll_back (self);
      return needed == 0;
    }
  return dhk_store_end (self, correct (self, respondent, wanted, error), error);
}

static gboolean
is_target (DhkStore *self, int target)
{
  return target == DHK_NO_TARGET
         || (target >= 0 && (guint) target < dhk_instrument_get_n_targets (self->instrument));
}

gboolean
dhk_store_set_answer (
    DhkStore *self, gint64 respondent, guint item, int target, int code, GError **error)
{
  Correction wanted = { FALSE, item, target, { .code = code, .number = NAN } };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (item < dhk_instrument_get_n_items (self->instrument), FALSE);
  g_return_val_if_fail (is_target (self, target), FALSE);
  g_assert (self->owner == g_thread_self ());

  return set_cell (self, respondent, &wanted, error);
}

gboolean
dhk_store_set_cell (DhkStore *self,
                    gint64 respondent,
                    const DhkQuestion *question,
                    int code,
                    double number,
                    GError **error)
{
  Correction wanted = { .target = DHK_NO_TARGET, .cell = { code, code >= 0 ? number : NAN } };

  g_return_val_if_fail (self != NULL && question != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (question->item >= 0)
    return dhk_store_set_answer (self, respondent, (guint) question->item, question->target, code,
                                 error);
  g_return_val_if_fail (question->variable >= 0
                            && (guint) question->variable
                                   < dhk_instrument_get_n_variables (self->instrument),
                        FALSE);
  wanted.is_variable = TRUE;
  wanted.index = (guint) question->variable;
  return set_cell (self, respondent, &wanted, error);
}

/* Several choices ------------------------------------------------------------------------ */

/* What of `codes` is not there yet, as a row of corrections; NULL with an error. */
static GArray *
list_corrections (DhkStore *self,
                  gint64 respondent,
                  const DhkChoices *choices,
                  const gint8 *codes,
                  GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Correction));

  for (guint i = 0; i < choices->n_choices; i++)
    {
      const Correction wanted = { TRUE, choices->first + i, DHK_NO_TARGET, { codes[i], NAN } };
      int needed = check_correction (self, respondent, &wanted, error);

      if (needed < 0)
        return NULL;
      if (needed > 0)
        g_array_append_val (list, wanted);
    }
  return g_steal_pointer (&list);
}

static gboolean
write_corrections (
    DhkStore *self, gint64 respondent, const GArray *list, gint64 step, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Correction *wanted = &g_array_index (list, Correction, i);
      DhkChange change = { .respondent = respondent,
                           .slot = dhk_store_get_slot (self, TRUE, wanted->index),
                           .target = wanted->target,
                           .new = wanted->cell };

      if (!dhk_store_read_cell (self, respondent, change.slot, change.target, &change.old, error)
          || !dhk_journal_change_cell (self, step, 0, &change, error))
        return FALSE;
    }
  return dhk_journal_count_hand_edit (self, step, FALSE, error);
}

static gboolean
correct_all (DhkStore *self,
             gint64 respondent,
             const DhkChoices *choices,
             const GArray *list,
             GError **error)
{
  gboolean fresh = FALSE;
  gint64 number = 0;
  gint64 step;

  for (guint i = 0; i < list->len; i++)
    if (!dhk_store_ensure_slot (self, TRUE, g_array_index (list, Correction, i).index, &fresh,
                                error))
      return FALSE;
  if ((fresh && !dhk_store_rebuild_views (self, error))
      || get_number (self, respondent, &number, error) != 1)
    return FALSE;
  step = dhk_journal_append (self, "answer", choices->id, number, 0, error);
  return step != 0 && write_corrections (self, respondent, list, step, error);
}

gboolean
dhk_store_set_choices (DhkStore *self,
                       gint64 respondent,
                       const DhkChoices *choices,
                       const gint8 *codes,
                       GError **error)
{
  g_autoptr (GArray) list = NULL;

  g_return_val_if_fail (self != NULL && choices != NULL && codes != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  list = list_corrections (self, respondent, choices, codes, error);
  if (list == NULL || list->len == 0)
    {
      dhk_store_roll_back (self);
      return list != NULL;
    }
  return dhk_store_end (self, correct_all (self, respondent, choices, list, error), error);
}

/* Taking an import out ------------------------------------------------------------------ */

static gboolean
take_contents_back (DhkStore *self, gint64 step, gint64 import, gint64 batch, GError **error)
{
  return dhk_sql_run (
             self, error,
             "INSERT INTO journal_change (step, respondent, slot, target, batch, old, new) "
             "SELECT ?, c.respondent, 0, '', 0, c.new, c.old FROM journal_change c "
             "JOIN respondent_record r ON r.id = c.respondent "
             "WHERE c.step = ? AND c.slot = 0 AND c.batch = ? AND r.content IS c.new",
             "iii", step, import, batch)
         && dhk_sql_run (self, error,
                         "UPDATE respondent_record SET content = c.new FROM journal_change c "
                         "WHERE c.step = ? AND c.slot = 0 AND c.respondent = respondent_record.id",
                         "i", step);
}

/*
 * What an import changed in older responses goes back with it, where nothing
 * changed it since and nobody corrected it by hand.
 */
static gboolean
take_changes_back (DhkStore *self, gint64 step, gint64 batch, GError **error)
{
  gint64 import = 0;
  g_autoptr (GArray) changes = NULL;

  if (dhk_sql_get_int (self, error, &import, "SELECT step FROM import_batch WHERE id = ?", "i",
                       batch)
      != 1)
    return FALSE;
  changes = dhk_journal_load_changes (self, import, batch, error);
  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const DhkChange *change = &g_array_index (changes, DhkChange, i);
      const DhkSlot *slot = dhk_store_slot (self, change->slot);
      int hand = dhk_store_is_hand_edited (self, change->respondent, change->slot, change->target,
                                           error);
      DhkChange back = *change;

      if (hand < 0
          || !dhk_store_read_cell (self, change->respondent, change->slot, change->target,
                                   &back.old, error))
        return FALSE;
      back.new = change->old;
      if (hand == 0 && dhk_cell_equal (slot, &back.old, &change->new)
          && !dhk_journal_change_cell (self, step, 0, &back, error))
        return FALSE;
    }
  return take_contents_back (self, step, import, batch, error);
}

static char *
dup_file_name (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT file_name FROM import_batch WHERE id = ? AND active", error);
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", batch);
  found = dhk_sql_step (self, statement, error);
  if (found == 0)
    g_set_error_literal (error, DHK_STORE_ERROR, DHK_STORE_ERROR_CONFLICT,
                         _ ("This import is no longer in the study."));
  return found == 1 ? g_strdup (dhk_sql_text (statement, 0)) : NULL;
}

static gboolean
remove_batch (DhkStore *self, gint64 batch, GError **error)
{
  g_autofree char *subject = dup_file_name (self, batch, error);
  gint64 step;

  if (subject == NULL)
    return FALSE;
  step = dhk_journal_append (self, "remove", subject, 1, batch, error);
  return step != 0 && take_changes_back (self, step, batch, error)
         && dhk_sql_run (self, error, "UPDATE import_batch SET active = 0 WHERE id = ?", "i",
                         batch);
}

gboolean
dhk_store_remove_batch (DhkStore *self, gint64 batch, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, remove_batch (self, batch, error), error);
}
