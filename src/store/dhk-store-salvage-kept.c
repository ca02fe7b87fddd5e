/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a file has otherwise than the study, and what somebody chose to keep all the same. Such choices are steps of the
 * journal, of which they alone come along.
 */

#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-salvage-private.h"

/* What a file has otherwise ---------------------------------------------------------- */

static gboolean
is_answer (DhkStore *to, gint64 slot, const char *target, const DhkCell *cell)
{
  return slot >= 1 && slot <= to->slots->len && dhk_store_find_target (to, target) >= DHK_NO_TARGET
         && dhk_store_may_hold (to, dhk_store_slot (to, (guint) slot), cell);
}

static gboolean
is_found (DhkStore *to, DhkStatement *row)
{
  gint64 slot = sqlite3_column_int64 (row, 1);
  DhkCell cell;

  if (slot < 1 || slot > to->slots->len)
    return FALSE;
  cell = dhk_cell_column (row, 3, dhk_store_slot (to, (guint) slot));
  return is_answer (to, slot, dhk_sql_text (row, 2), &cell)
         && g_utf8_validate (dhk_sql_text (row, 4), -1, NULL);
}

/* Those that were copied with damage go. */
static gboolean
mend_conflicts (DhkStore *to, GError **error)
{
  g_autoptr (DhkStatement) select = dhk_sql_prepare (
      to, "SELECT respondent, slot, target, found, file_name FROM import_conflict", error);
  int found;

  if (select == NULL
      || !dhk_sql_exec (to,
                        "DELETE FROM import_conflict "
                        "WHERE respondent NOT IN (SELECT id FROM respondent_record)",
                        error))
    return FALSE;
  while ((found = dhk_sql_step (to, select, error)) == 1)
    if (!is_found (to, select)
        && !dhk_sql_run (to, error,
                         "DELETE FROM import_conflict WHERE respondent = ? AND slot = ? "
                         "AND target = ?",
                         "iit", sqlite3_column_int64 (select, 0), sqlite3_column_int64 (select, 1),
                         dhk_sql_text (select, 2)))
      return FALSE;
  return found == 0;
}

/* Choices ------------------------------------------------------------------------------ */

/* The steps that are made of it in the new study. */
typedef struct
{
  DhkStore *to;
  gint64 of;   /* the step of the damaged study that the last choice was in */
  gint64 step; /* the one here */
  gint64 n;
} Carrying;

static gboolean
is_text (const char *reason)
{
  return reason == NULL || g_utf8_validate (reason, -1, NULL);
}

/* Whether both answers can stand in the place that it names. */
static gboolean
fits (DhkStore *to, const DhkKeptChoice *choice)
{
  gint64 one;

  if (dhk_sql_get_int (to, NULL, &one, "SELECT 1 FROM respondent_record WHERE id = ?", "i",
                       choice->respondent)
      != 1)
    return FALSE;
  if (choice->slot == DHK_MERGE_SLOT_EXCLUSION)
    return is_text (choice->held_exclusion) && is_text (choice->found_exclusion);
  return is_answer (to, choice->slot, choice->target, &choice->held)
         && is_answer (to, choice->slot, choice->target, &choice->found);
}

/* A step for every step that had some, when it was. */
static gboolean
carry (Carrying *self, gint64 of, gint64 happened, const DhkKeptChoice *choice, GError **error)
{
  if (self->step == 0 || of != self->of)
    {
      self->step = dhk_journal_append (self->to, DHK_KEPT_STEP, NULL, 0, 0, error);
      self->of = of;
      self->n = 0;
      if (self->step == 0)
        return FALSE;
    }
  return dhk_kept_write (self->to, self->step, choice, error)
         && dhk_sql_run (self->to, error,
                         "UPDATE journal_step SET n = ?, happened = ? WHERE step = ?", "iii",
                         ++self->n, happened, self->step);
}

static gboolean
carry_choices (DhkStore *to, sqlite3 *from, GError **error)
{
  Carrying carrying = { .to = to };
  sqlite3_stmt *select = NULL;
  gboolean ok = TRUE;

  if (sqlite3_prepare_v2 (from,
                          "SELECT s.step, s.happened, c.respondent, c.slot, c.target, c.old, c.new "
                          "FROM journal_step s JOIN journal_change c ON c.step = s.step "
                          "WHERE s.kind IN ('" DHK_KEPT_STEP "', '" DHK_MERGE_STEP "') "
                          "AND s.step <= (SELECT journal_position FROM study) AND c.slot <= ? "
                          "ORDER BY s.step",
                          -1, &select, NULL)
      == SQLITE_OK)
    {
      sqlite3_bind_int64 (select, 1, DHK_KEPT_FIRST_SLOT);
      while (ok && sqlite3_step (select) == SQLITE_ROW)
        {
          g_auto (DhkKeptChoice) choice = { .respondent = sqlite3_column_int64 (select, 2) };

          if (dhk_kept_choice_read (&choice, to, select, 3) && fits (to, &choice))
            ok = carry (&carrying, sqlite3_column_int64 (select, 0),
                        sqlite3_column_int64 (select, 1), &choice, error);
        }
    }
  sqlite3_finalize (select);
  return ok;
}

gboolean
dhk_salvage_carry_kept (DhkStore *to, sqlite3 *from, GError **error)
{
  return mend_conflicts (to, error) && carry_choices (to, from, error);
}
