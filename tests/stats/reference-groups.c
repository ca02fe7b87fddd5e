/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference-groups.h"

#include <string.h>

guint
grouped_find (const Grouped *self, const char *level)
{
  for (guint i = 0; i < self->n_groups; i++)
    if (g_str_equal (self->levels[i], level))
      return i;
  return self->n_groups;
}

void
grouped_init (Grouped *self, ReferenceTable *table, const char *vars)
{
  g_auto (GStrv) names = g_strsplit (vars, "~", 2);
  guint column = reference_table_find (table, names[1]);

  *self = (Grouped){ reference_table_numbers (table, names[0]),
                     g_new (int, table->n_rows),
                     table->n_rows,
                     0,
                     { NULL } };
  for (guint i = 0; i < table->n_rows; i++)
    {
      const char *level = table->cells[i][column];
      guint found = grouped_find (self, level);

      self->group[i] = level[0] == '\0' ? -1 : (int) found;
      if (level[0] != '\0' && found == self->n_groups)
        {
          g_assert_cmpuint (found, <, REFERENCE_MAX_GROUPS);
          self->levels[self->n_groups++] = level;
        }
    }
}

void
grouped_clear (Grouped *self)
{
  g_free (self->group);
}

double
number_behind (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  g_assert_nonnull (found);
  return g_ascii_strtod (found + strlen (key), NULL);
}

void
summaries_init_from_text (Summaries *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);

  *self = (Summaries){ g_strv_length (parts), { NULL }, { { 0 } } };
  g_assert_cmpuint (self->n_groups, <=, REFERENCE_MAX_GROUPS);
  for (guint i = 0; i < self->n_groups; i++)
    {
      self->levels[i] = g_strndup (parts[i], strcspn (parts[i], ":"));
      self->groups[i]
          = (DhkSummary){ (size_t) number_behind (parts[i], "n="), number_behind (parts[i], "M="),
                          number_behind (parts[i], "SD=") };
    }
}

void
summaries_init (Summaries *self, ReferenceTable *table, const char *vars)
{
  g_auto (Grouped) data = { 0 };
  DhkDescription d[REFERENCE_MAX_GROUPS];

  grouped_init (&data, table, vars);
  g_assert_cmpint (dhk_describe_groups (data.values, data.group, data.n, data.n_groups, 0.95, d),
                   ==, DHK_STATS_OK);
  *self = (Summaries){ data.n_groups, { NULL }, { { 0 } } };
  for (guint i = 0; i < data.n_groups; i++)
    {
      self->levels[i] = g_strdup (data.levels[i]);
      self->groups[i] = (DhkSummary){ d[i].n, d[i].mean, d[i].sd };
    }
}

void
summaries_clear (Summaries *self)
{
  for (guint i = 0; i < self->n_groups; i++)
    g_free (self->levels[i]);
}

guint
summaries_find (const Summaries *self, const char *level)
{
  for (guint i = 0; i < self->n_groups; i++)
    if (g_str_equal (self->levels[i], level))
      return i;
  g_error ("There is no group %s.", level);
}
