/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/dhk-audit-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

#define REFUSE(...) g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE, __VA_ARGS__)

static void
tables_init (DhkAuditData *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->cells = g_array_new (FALSE, TRUE, sizeof (DhkAuditCell));
  self->relations = g_array_new (FALSE, TRUE, sizeof (DhkAuditRelation));
  self->owned = g_ptr_array_new_with_free_func (g_free);
}

void
dhk_audit_data_clear (DhkAuditData *self)
{
  if (self->names == NULL)
    return;
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->names);
  g_array_unref (self->cells);
  g_array_unref (self->relations);
  g_ptr_array_unref (self->owned);
}

/* Files */

static DhkRawTable *
read_table (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, error);

  return reader == NULL ? NULL : dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, error);
}

/* The text of a column, "" where there is no such column. */
static char *
dup_text (DhkRawTable *table, guint row, const char *column)
{
  DhkCellText text;

  for (guint i = 0; i < dhk_raw_table_get_n_columns (table); i++)
    if (strcmp (dhk_raw_table_get_cell (table, 0, i, &text).text, column) == 0)
      return g_strdup (dhk_raw_table_get_cell (table, row, i, &text).text);
  return g_strdup ("");
}

static gboolean
get_number (
    DhkRawTable *table, guint row, const char *column, double *value, int *decimals, GError **error)
{
  g_autofree char *text = dup_text (table, row, column);
  const char *point = strchr (text, '.');

  *value = NAN;
  if (decimals != NULL)
    *decimals = point == NULL ? 0 : (int) strlen (point + 1);
  if (*text == '\0' || dhk_number_from_file (text, value))
    return TRUE;
  REFUSE (_ ("Line %lu, column “%s”: “%s” is not a number."),
          (unsigned long) dhk_raw_table_get_line (table, row), column, text);
  return FALSE;
}

static gboolean
get_count (DhkRawTable *table, guint row, const char *column, gsize *count, GError **error)
{
  double value;

  if (!get_number (table, row, column, &value, NULL, error))
    return FALSE;
  if (!isnan (value) && !(value >= 0 && value <= 1e9 && value <= floor (value)))
    {
      REFUSE (_ ("Line %lu, column “%s”: a whole number is needed."),
              (unsigned long) dhk_raw_table_get_line (table, row), column);
      return FALSE;
    }
  *count = isnan (value) ? 0 : (gsize) value;
  return TRUE;
}

static gboolean
load_cell (DhkAuditData *self, DhkRawTable *table, guint row, GError **error)
{
  DhkAuditCell cell = { .answers.step = 1 };
  char *name = dup_text (table, row, "cell");

  g_ptr_array_add (self->names, name);
  if (*name == '\0'
      || !g_hash_table_insert (self->index, name, GUINT_TO_POINTER (self->names->len)))
    {
      REFUSE (_ ("Line %lu: each cell needs a name of its own."),
              (unsigned long) dhk_raw_table_get_line (table, row));
      return FALSE;
    }
  if (!get_count (table, row, "n", &cell.n, error)
      || !get_count (table, row, "items", &cell.items, error)
      || !get_number (table, row, "mean", &cell.mean, &cell.mean_decimals, error)
      || !get_number (table, row, "sd", &cell.sd, &cell.sd_decimals, error)
      || !get_number (table, row, "min", &cell.answers.min, NULL, error)
      || !get_number (table, row, "max", &cell.answers.max, NULL, error)
      || !get_number (table, row, "alpha_low", &cell.alpha_low, &cell.alpha_decimals, error)
      || !get_number (table, row, "alpha_high", &cell.alpha_high, NULL, error))
    return FALSE;
  g_array_append_val (self->cells, cell);
  return TRUE;
}

/* "name; name" as indexes of cells; NULL where there is none of a name. */
static const gsize *
load_names (
    DhkAuditData *self, DhkRawTable *table, guint row, const char *column, gsize *n, GError **error)
{
  g_autofree char *text = dup_text (table, row, column);
  g_auto (GStrv) names = g_strsplit (text, ";", -1);
  gsize *indexes = g_new (gsize, g_strv_length (names) + 1);

  g_ptr_array_add (self->owned, indexes);
  *n = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, name));

      if (*name == '\0')
        continue;
      if (index == 0)
        {
          REFUSE (_ ("Line %lu: there is no cell “%s”."),
                  (unsigned long) dhk_raw_table_get_line (table, row), name);
          return NULL;
        }
      indexes[(*n)++] = index - 1;
    }
  return indexes;
}

static gboolean
load_relation (DhkAuditData *self, DhkRawTable *table, guint row, GError **error)
{
  g_autofree char *kind = dup_text (table, row, "kind");
  DhkAuditRelation relation = { 0 };
  const gsize *whole;
  gsize n, i = 0;

  while (dhk_audit_kind_names[i] != NULL && strcmp (dhk_audit_kind_names[i], kind) != 0)
    i++;
  relation.kind = (DhkAuditKind) i;
  whole = load_names (self, table, row, "whole", &n, error);
  if (whole == NULL)
    return FALSE;
  if (dhk_audit_kind_names[i] == NULL || n != 1)
    {
      g_autofree char *all = g_strjoinv (", ", (char **) dhk_audit_kind_names);

      REFUSE (_ ("Line %lu: a relation has a kind (%s) and one whole."),
              (unsigned long) dhk_raw_table_get_line (table, row), all);
      return FALSE;
    }
  relation.whole = whole[0];
  relation.parts = load_names (self, table, row, "parts", &relation.n_parts, error);
  if (relation.parts != NULL)
    relation.among = load_names (self, table, row, "among", &relation.n_among, error);
  if (relation.parts == NULL || relation.among == NULL)
    return FALSE;
  g_array_append_val (self->relations, relation);
  return TRUE;
}

gboolean
dhk_audit_data_load (DhkAuditData *self, const char *cells, const char *relations, GError **error)
{
  g_autoptr (DhkRawTable) cell_table = read_table (cells, error);
  g_autoptr (DhkRawTable) relation_table = NULL;

  tables_init (self);
  if (cell_table == NULL)
    return FALSE;
  relation_table = read_table (relations, error);
  if (relation_table == NULL)
    return FALSE;
  for (guint row = 1; row < dhk_raw_table_get_n_rows (cell_table); row++)
    if (!load_cell (self, cell_table, row, error))
      return FALSE;
  for (guint row = 1; row < dhk_raw_table_get_n_rows (relation_table); row++)
    if (!load_relation (self, relation_table, row, error))
      return FALSE;
  return TRUE;
}
