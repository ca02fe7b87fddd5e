/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The audit of a published report: the conflicts that are known to be in its
 * tables, and no others; none in the tables repaired; one for every number that
 * is moved beyond what the others allow.
 */

#include <math.h>
#include <string.h>

#include "audit-tables.h"

/* Conflicts */

static const DhkAuditNeed *
find_need (const DhkAuditConflict *conflict, gsize cell)
{
  for (gsize i = 0; i < conflict->n_needs; i++)
    if (conflict->needs[i].cell == cell)
      return &conflict->needs[i];
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "quantity: cell; cell; …", the cells sorted */
static char *
describe (const AuditTables *tables, const DhkAuditConflict *conflict)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (gsize i = 0; i < conflict->n_needs; i++)
    g_ptr_array_add (names, g_ptr_array_index (tables->names, conflict->needs[i].cell));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv ("; ", (char **) names->pdata);
  return g_strconcat (dhk_audit_quantity_names[conflict->quantity], ": ", joined, NULL);
}

/* A line of conflicts.csv in the same form; a name with * stands for all cells that it matches. */
static char *
describe_line (const AuditTables *tables, const char *line, char **finding)
{
  g_auto (GStrv) words = g_strsplit (line, ",", 3);
  g_auto (GStrv) patterns = g_strsplit (words[2], "; ", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  *finding = g_strdup (words[0]);
  for (guint i = 0; i < tables->names->len; i++)
    for (guint j = 0; patterns[j] != NULL; j++)
      if (g_pattern_match_simple (patterns[j], g_ptr_array_index (tables->names, i)))
        {
          g_ptr_array_add (names, g_ptr_array_index (tables->names, i));
          break;
        }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv ("; ", (char **) names->pdata);
  return g_strconcat (words[1], ": ", joined, NULL);
}

static void
finds_what_is_known_and_nothing_else (void)
{
  g_auto (AuditTables) tables = { 0 };
  g_auto (GStrv) lines = audit_tables_read_lines ("conflicts.csv");
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  DhkAudit audit;

  audit_tables_load (&tables, "cells.csv");
  audit = audit_tables_run (&tables);
  g_assert_cmpint (audit.status, ==, DHK_STATS_OK);
  g_assert_true (audit.complete);
  for (gsize i = 0; i < audit.n_conflicts; i++)
    g_assert_true (g_hash_table_add (found, describe (&tables, &audit.conflicts[i])));
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autofree char *finding = NULL;
      g_autofree char *expected = describe_line (&tables, lines[i], &finding);

      g_test_message ("finding %s, %s: %s", finding, expected,
                      g_hash_table_contains (found, expected) ? "found" : "missed");
      g_assert_true (g_hash_table_remove (found, expected));
    }
  g_assert_cmpuint (g_hash_table_size (found), ==, 0);
  dhk_audit_clear (&audit);
}

/* What a cell would need in the conflict of `quantity` that names it and `other`. */
static void
assert_need (const AuditTables *tables,
             const DhkAudit *audit,
             const char *cell,
             const char *other,
             double low,
             double high)
{
  gsize index = audit_tables_find (tables, cell), beside = audit_tables_find (tables, other);

  for (gsize i = 0; i < audit->n_conflicts; i++)
    {
      const DhkAuditNeed *need = find_need (&audit->conflicts[i], index);

      if (need == NULL || find_need (&audit->conflicts[i], beside) == NULL)
        continue;
      g_assert_cmpint (need->need.status, ==, DHK_STATS_OK);
      g_assert_cmpfloat_with_epsilon (need->need.low, low, 5e-5);
      g_assert_cmpfloat_with_epsilon (need->need.high, high, 5e-5);
      return;
    }
  g_error ("no conflict names “%s” and “%s”", cell, other);
}

/* The figures are those of the findings, and of hand calculation where these give none. */
static void
says_what_cells_need (void)
{
  g_auto (AuditTables) tables = { 0 };
  g_auto (GStrv) lines = audit_tables_read_lines ("needs.csv");
  DhkAudit audit;

  audit_tables_load (&tables, "cells.csv");
  audit = audit_tables_run (&tables);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], ",", 4);

      assert_need (&tables, &audit, words[0], words[1], g_ascii_strtod (words[2], NULL),
                   g_ascii_strtod (words[3], NULL));
    }
  dhk_audit_clear (&audit);
}

static void
says_what_the_missing_must_be (void)
{
  g_auto (AuditTables) tables = { 0 };
  g_auto (GStrv) lines = audit_tables_read_lines ("missing.csv");
  DhkAudit audit;
  guint n = 0;

  audit_tables_load (&tables, "cells.csv");
  audit = audit_tables_run (&tables);
  for (; lines[n + 1] != NULL && *lines[n + 1] != '\0'; n++)
    {
      g_auto (GStrv) words = g_strsplit (lines[n + 1], ",", -1);
      gsize cell = audit_tables_find (&tables, words[0]), i = 0;
      const DhkMissingPart *part;

      while (audit_tables_relation (&tables, audit.missing[i].relation)->whole != cell)
        g_assert_cmpuint (++i, <, audit.n_missing);
      part = &audit.missing[i].part;
      g_assert_cmpint (part->status, ==, DHK_STATS_OK);
      g_assert_cmpuint (part->n, ==, g_ascii_strtoull (words[1], NULL, 10));
      g_assert_cmpfloat_with_epsilon (part->mean_point, g_ascii_strtod (words[2], NULL), 0.005);
      g_assert_cmpfloat_with_epsilon (part->sd_point, g_ascii_strtod (words[3], NULL), 0.005);
      g_assert_cmpfloat (part->mean_range.low, <=, part->mean_point);
      g_assert_cmpfloat (part->mean_range.high, >=, part->mean_point);
      g_assert_cmpfloat (part->sd_range.low, <=, part->sd_point);
      g_assert_cmpfloat (part->sd_range.high, >=, part->sd_point);
      g_test_message ("%s: %s missing, M %s in %.2f–%.2f, SD %s in %.2f–%.2f", words[0], words[1],
                      words[2], part->mean_range.low, part->mean_range.high, words[3],
                      part->sd_range.low, part->sd_range.high);
    }
  g_assert_cmpuint (audit.n_missing, ==, n);
  dhk_audit_clear (&audit);
}

/* Repaired tables */

static void
is_silent_on_repaired_tables (void)
{
  g_auto (AuditTables) tables = { 0 };
  DhkAudit audit;

  audit_tables_load (&tables, "repaired.csv");
  audit = audit_tables_run (&tables);
  g_assert_cmpint (audit.status, ==, DHK_STATS_OK);
  g_assert_true (audit.complete);
  for (gsize i = 0; i < audit.n_conflicts; i++)
    {
      g_autofree char *text = describe (&tables, &audit.conflicts[i]);

      g_test_message ("%s", text);
    }
  g_assert_cmpuint (audit.n_conflicts, ==, 0);
  dhk_audit_clear (&audit);
}

/* Each conflict ends when what it names is repaired (where two errors make up for each other,
 * another one may come to light). */
static void
ends_conflicts_one_by_one (void)
{
  g_auto (AuditTables) printed = { 0 }, repaired = { 0 };
  DhkAudit before, after;

  audit_tables_load (&printed, "cells.csv");
  audit_tables_load (&repaired, "repaired.csv");
  before = audit_tables_run (&printed);
  for (gsize i = 0; i < before.n_conflicts; i++)
    {
      const DhkAuditConflict *conflict = &before.conflicts[i];
      g_autofree char *text = describe (&printed, conflict);
      g_auto (AuditTables) mended = { 0 };

      audit_tables_load (&mended, "cells.csv");
      for (gsize j = 0; j < conflict->n_needs; j++)
        *audit_tables_cell (&mended, conflict->needs[j].cell)
            = *audit_tables_cell (&repaired, conflict->needs[j].cell);
      after = audit_tables_run (&mended);
      for (gsize j = 0; j < after.n_conflicts; j++)
        {
          g_autofree char *other = describe (&mended, &after.conflicts[j]);

          g_assert_cmpstr (other, !=, text);
        }
      dhk_audit_clear (&after);
    }
  dhk_audit_clear (&before);
}

/* Moved numbers */

static gboolean
names (const DhkAudit *audit, gsize cell)
{
  for (gsize i = 0; i < audit->n_conflicts; i++)
    if (find_need (&audit->conflicts[i], cell) != NULL)
      return TRUE;
  return FALSE;
}

static double *
value_of (AuditTables *tables, gsize cell, DhkAuditQuantity quantity)
{
  DhkAuditCell *row = audit_tables_cell (tables, cell);

  return quantity == DHK_AUDIT_MEAN ? &row->mean : &row->sd;
}

/* The printed number next beyond what is allowed, `steps` units of the second decimal on; NaN: there
 * is none, because SDs end at 0. */
static double
beyond (DhkEnclosure allowed, DhkAuditQuantity quantity, gboolean up, int steps)
{
  DhkEnclosure printed = dhk_rounding_as_printed (allowed, 2);
  double moved = (round ((up ? printed.high : printed.low) * 100) + (up ? steps : -steps)) / 100;

  return quantity == DHK_AUDIT_SD && moved < 0 ? NAN : moved;
}

/* Moves one number, and puts it back. */
static void
move (AuditTables *tables, gsize cell, DhkAuditQuantity quantity, double moved)
{
  double *value = value_of (tables, cell, quantity), kept = *value;
  DhkAudit audit;

  *value = moved;
  audit = audit_tables_run (tables);
  g_assert_cmpint (audit.status, ==, DHK_STATS_OK);
  if (!names (&audit, cell))
    g_error ("“%s” %s %.2f for %.2f is not found", (char *) g_ptr_array_index (tables->names, cell),
             dhk_audit_quantity_names[quantity], moved, kept);
  dhk_audit_clear (&audit);
  *value = kept;
}

static void
finds_what_is_moved (void)
{
  g_auto (AuditTables) tables = { 0 };
  guint n_values = 0, n_moved = 0, n_kept = 0;

  audit_tables_load (&tables, "repaired.csv");
  for (gsize cell = 0; cell < tables.cells->len; cell++)
    for (int q = DHK_AUDIT_MEAN; q <= DHK_AUDIT_SD; q++)
      {
        DhkAuditQuantity quantity = (DhkAuditQuantity) q;
        double printed = *value_of (&tables, cell, quantity);
        DhkEnclosure allowed, as_printed;

        if (isnan (printed))
          continue;
        n_values++;
        allowed = audit_tables_allowed (&tables, cell, quantity);
        as_printed = dhk_rounding_as_printed (allowed, 2);
        g_assert_cmpint (allowed.status, ==, DHK_STATS_OK);
        g_assert_cmpfloat (as_printed.low, <=, printed + 1e-9);
        g_assert_cmpfloat (as_printed.high, >=, printed - 1e-9);
        for (int up = 0; up < 2; up++)
          {
            double moved = beyond (allowed, quantity, up, 1);

            if (isnan (moved))
              {
                n_kept++;
                continue;
              }
            move (&tables, cell, quantity, moved);
            n_moved++;
          }
      }
  g_test_message ("%u values, %u moves found, %u SDs may be 0", n_values, n_moved, n_kept);
  g_assert_cmpuint (n_values, ==, 252);
  g_assert_cmpuint (n_moved + n_kept, ==, 504);
  g_assert_cmpuint (n_kept, <, 10);
}

/* In the printed tables: what is in no conflict, moved beyond what is allowed, is in one. */
static void
finds_what_is_moved_beside_conflicts (void)
{
  g_auto (AuditTables) tables = { 0 };
  DhkAudit audit;
  guint n_moved = 0;

  audit_tables_load (&tables, "cells.csv");
  audit = audit_tables_run (&tables);
  for (gsize cell = 0; cell < tables.cells->len; cell++)
    if (!isnan (audit_tables_cell (&tables, cell)->mean) && !names (&audit, cell))
      {
        DhkEnclosure allowed = audit_tables_allowed (&tables, cell, DHK_AUDIT_MEAN);

        g_assert_cmpint (allowed.status, ==, DHK_STATS_OK);
        move (&tables, cell, DHK_AUDIT_MEAN, beyond (allowed, DHK_AUDIT_MEAN, n_moved % 2, 1));
        n_moved++;
      }
  g_assert_cmpuint (n_moved, >, 10);
  dhk_audit_clear (&audit);
}

/* Arguments */

static void
assert_refused (DhkAuditCell cell, DhkAuditRelation relation, DhkStatsStatus status)
{
  DhkAuditCell cells[3] = { cell, cell, cell };
  DhkAudit audit = dhk_audit_run (cells, 3, &relation, 1);

  g_assert_cmpint (audit.status, ==, status);
  g_assert_cmpuint (audit.n_conflicts, ==, 0);
  dhk_audit_clear (&audit);
}

static void
refuses_what_it_cannot_read (void)
{
  static const gsize twice[] = { 1, 1 }, outside[] = { 1, 9 }, both[] = { 1, 2 };
  DhkAuditCell cell = { 10, 3, 2, 1, 2, 4, { 1, 1, 5 }, NAN, NAN, 0 };
  DhkAuditRelation total = { DHK_AUDIT_TOTAL, 0, both, 2, NULL, 0 };
  DhkAuditRelation relation = total;
  DhkAudit audit;

  relation.parts = twice;
  assert_refused (cell, relation, DHK_STATS_BAD_ARGUMENT);
  relation.parts = outside;
  assert_refused (cell, relation, DHK_STATS_BAD_ARGUMENT);
  relation = (DhkAuditRelation){ DHK_AUDIT_ALPHA, 0, both, 2, both, 2 };
  assert_refused (cell, relation, DHK_STATS_BAD_ARGUMENT);
  relation = (DhkAuditRelation){ DHK_AUDIT_SUBSCALES, 0, both, 2, NULL, 0 };
  assert_refused (cell, relation, DHK_STATS_BAD_ARGUMENT);
  relation = total;
  relation.n_parts = 0;
  assert_refused (cell, relation, DHK_STATS_BAD_ARGUMENT);
  cell.sd = -1;
  assert_refused (cell, total, DHK_STATS_BAD_ARGUMENT);
  cell.sd = INFINITY;
  assert_refused (cell, total, DHK_STATS_NOT_FINITE);
  cell.sd = 1;
  cell.n = 0;
  assert_refused (cell, total, DHK_STATS_BAD_ARGUMENT);

  audit = dhk_audit_run (NULL, 0, NULL, 0);
  g_assert_cmpint (audit.status, ==, DHK_STATS_OK);
  g_assert_cmpuint (audit.n_conflicts, ==, 0);
  dhk_audit_clear (&audit);
  g_assert_cmpint (dhk_audit_allowed (&cell, 1, NULL, 0, 0, DHK_AUDIT_N).status, ==,
                   DHK_STATS_BAD_ARGUMENT);
}

/* One cell alone: 18 answers have no mean of 3.45, and no SD of 2 on this scale with mean 3.44. */
static void
judges_cells_alone (void)
{
  DhkAuditCell cells[3] = { { 18, 3.45, 2, 1, 2, 1, { 1, 1, 5 }, NAN, NAN, 0 },
                            { 18, 3.44, 2, 2.5, 1, 1, { 1, 1, 5 }, NAN, NAN, 0 },
                            { 18, 6.44, 2, 1, 1, 0, { 1, 1, 5 }, NAN, NAN, 0 } };
  DhkAudit audit = dhk_audit_run (cells, 3, NULL, 0);

  g_assert_cmpuint (audit.n_conflicts, ==, 3);
  g_assert_cmpint (audit.conflicts[0].quantity, ==, DHK_AUDIT_MEAN);
  g_assert_cmpfloat_with_epsilon (audit.conflicts[0].needs[0].need.low, 62 / 18.0, 1e-12);
  g_assert_cmpint (audit.conflicts[1].quantity, ==, DHK_AUDIT_SD);
  g_assert_cmpuint (audit.conflicts[1].needs[0].cell, ==, 1);
  g_assert_cmpint (audit.conflicts[2].quantity, ==, DHK_AUDIT_MEAN);
  dhk_audit_clear (&audit);
}

#define ADD(function) g_test_add_func ("/stats/audit/" #function, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (finds_what_is_known_and_nothing_else);
  ADD (says_what_cells_need);
  ADD (says_what_the_missing_must_be);
  ADD (is_silent_on_repaired_tables);
  ADD (ends_conflicts_one_by_one);
  ADD (finds_what_is_moved);
  ADD (finds_what_is_moved_beside_conflicts);
  ADD (refuses_what_it_cannot_read);
  ADD (judges_cells_alone);
  return g_test_run ();
}
