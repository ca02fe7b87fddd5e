/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Leaving respondents out, with a reason. In the journal it is a change of slot -1: the old
 * and the new reason, null where somebody is not excluded.
 */

#include <glib/gi18n-lib.h>

#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents.h"

static gboolean
fail_gone (GError **error)
{
  return dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                         _ ("This respondent is no longer in the study, so nothing was changed."));
}

static gboolean
check_present (DhkStore *self, gint64 respondent, GError **error)
{
  gint64 one = 0;
  int found = dhk_sql_get_int (self, error, &one,
                               "SELECT 1 FROM respondent_record r "
                               "JOIN import_batch b ON b.id = r.batch WHERE r.id = ? AND b.active",
                               "i", respondent);

  return found == 1 || (found == 0 && fail_gone (error));
}

gboolean
dhk_journal_switch_exclusions (DhkStore *self, gint64 step, gboolean undo, GError **error)
{
  return dhk_sql_run (
      self, error,
      undo ? "UPDATE respondent_record SET exclusion = c.old, excluded = c.old IS NOT NULL "
             "FROM journal_change c WHERE c.step = ? AND c.slot = -1 "
             "AND c.respondent = respondent_record.id"
           : "UPDATE respondent_record SET exclusion = c.new, excluded = c.new IS NOT NULL "
             "FROM journal_change c WHERE c.step = ? AND c.slot = -1 "
             "AND c.respondent = respondent_record.id",
      "i", step);
}

/* One step for all; what is so already is not written. Returns the number of changes, or -1. */
static gint64
write_changes (DhkStore *self,
               gint64 step,
               const gint64 *respondents,
               guint n_respondents,
               const char *reason,
               GError **error)
{
  gint64 changed = 0;

  for (guint i = 0; i < n_respondents; i++)
    if (!check_present (self, respondents[i], error)
        || !dhk_sql_run (self, error,
                         "INSERT OR IGNORE INTO journal_change "
                         "(step, respondent, slot, target, batch, old, new) "
                         "SELECT ?1, id, -1, '', 0, exclusion, ?2 FROM respondent_record "
                         "WHERE id = ?3 AND exclusion IS NOT ?2",
                         "iti", step, reason, respondents[i]))
      return -1;
  return dhk_sql_get_int (self, error, &changed,
                          "SELECT count (*) FROM journal_change WHERE step = ?", "i", step)
                 == 1
             ? changed
             : -1;
}

static gboolean
set_exclusion (DhkStore *self,
               const gint64 *respondents,
               guint n_respondents,
               const char *reason,
               GError **error)
{
  g_autofree char *masked = dhk_store_dup_masked (reason);
  gint64 step;
  gint64 changed;

  if (!dhk_store_begin (self, error))
    return FALSE;
  step = dhk_journal_append (self, reason != NULL ? "exclude" : "include", masked,
                             (gint64) n_respondents, 0, error);
  changed = step != 0 ? write_changes (self, step, respondents, n_respondents, masked, error) : -1;
  if (changed == 0)
    {
      dhk_store_roll_back (self);
      return TRUE;
    }
  return dhk_store_end (self,
                        changed > 0
                            && dhk_sql_run (self, error,
                                            "UPDATE journal_step SET n = ? WHERE step = ?", "ii",
                                            changed, step)
                            && dhk_journal_switch_exclusions (self, step, FALSE, error),
                        error);
}

gboolean
dhk_store_exclude (DhkStore *self,
                   const gint64 *respondents,
                   guint n_respondents,
                   const char *reason,
                   GError **error)
{
  g_return_val_if_fail (self != NULL && respondents != NULL && n_respondents > 0, FALSE);
  g_assert (self->owner == g_thread_self ());

  return set_exclusion (self, respondents, n_respondents, reason != NULL ? reason : "", error);
}

gboolean
dhk_store_include (DhkStore *self, const gint64 *respondents, guint n_respondents, GError **error)
{
  g_return_val_if_fail (self != NULL && respondents != NULL && n_respondents > 0, FALSE);
  g_assert (self->owner == g_thread_self ());

  return set_exclusion (self, respondents, n_respondents, NULL, error);
}
