/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-tables.h"

#include <math.h>
#include <string.h>

GStrv
audit_tables_read_lines (const char *file)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "stats", "reference", "audit", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static double
number (const char *text)
{
  return *text == '\0' ? NAN : g_ascii_strtod (text, NULL);
}

static int
decimals (const char *text)
{
  const char *point = strchr (text, '.');

  return point == NULL ? 0 : (int) strlen (point + 1);
}

static gsize
whole (const char *text)
{
  return (gsize) g_ascii_strtoull (text, NULL, 10);
}

gsize
audit_tables_find (const AuditTables *self, const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
      return i;
  g_error ("no cell “%s”", name);
}

static const gsize *
read_cells (AuditTables *self, const char *text, gsize *n)
{
  g_auto (GStrv) names = g_strsplit (text, "; ", -1);
  gsize *indexes;

  *n = *text == '\0' ? 0 : g_strv_length (names);
  indexes = g_new (gsize, *n + 1);
  for (gsize i = 0; i < *n; i++)
    indexes[i] = audit_tables_find (self, names[i]);
  g_ptr_array_add (self->owned, indexes);
  return indexes;
}

static void
add_cell (AuditTables *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, ",", -1);
  DhkAuditCell cell;

  g_assert_cmpuint (g_strv_length (words), ==, 9);
  cell = (DhkAuditCell){ whole (words[1]),
                         number (words[2]),
                         decimals (words[2]),
                         number (words[3]),
                         decimals (words[3]),
                         whole (words[4]),
                         { 1, number (words[5]), number (words[6]) },
                         number (words[7]),
                         number (words[8]),
                         decimals (words[7]) };
  g_ptr_array_add (self->names, g_strdup (words[0]));
  g_array_append_val (self->cells, cell);
}

static void
add_relation (AuditTables *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, ",", -1);
  DhkAuditRelation relation = { 0 };

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  while (strcmp (dhk_audit_kind_names[relation.kind], words[0]) != 0)
    relation.kind++;
  relation.whole = audit_tables_find (self, words[1]);
  relation.parts = read_cells (self, words[2], &relation.n_parts);
  relation.among = read_cells (self, words[3], &relation.n_among);
  g_array_append_val (self->relations, relation);
}

void
audit_tables_load (AuditTables *self, const char *file)
{
  g_auto (GStrv) cells = audit_tables_read_lines (file);
  g_auto (GStrv) relations = audit_tables_read_lines ("relations.csv");

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->owned = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_array_new (FALSE, TRUE, sizeof (DhkAuditCell));
  self->relations = g_array_new (FALSE, TRUE, sizeof (DhkAuditRelation));
  for (guint i = 1; cells[i] != NULL && *cells[i] != '\0'; i++)
    add_cell (self, cells[i]);
  for (guint i = 1; relations[i] != NULL && *relations[i] != '\0'; i++)
    add_relation (self, relations[i]);
}

void
audit_tables_clear (AuditTables *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->owned);
  g_array_unref (self->cells);
  g_array_unref (self->relations);
}
