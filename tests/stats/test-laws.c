/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laws that every method obeys, on random data. The methods come from
 * dhk_method_list(), so that a new one is held to them by itself; what a field
 * must do when the data change is said by its own description.
 *
 * 10 000 cases a method; DHK_LAW_CASES sets
 * another number, DHK_LAW_SEED another seed.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "flat-record.h"
#include "random-input.h"
#include "stats/dhk-describe.h"

#define MAX_COMPLAINTS 3

typedef struct
{
  const DhkMethod *method;
  GRand *rand;
  guint n_cases;
  guint n_defined;
  guint n_complaints;
} Trial;

static void
complain (Trial *self, const char *law, guint i, char *complaint)
{
  if (complaint == NULL)
    return;
  if (self->n_complaints++ < MAX_COMPLAINTS)
    g_test_message ("%s, case %u: %s: %s", self->method->name, i, law, complaint);
  g_free (complaint);
}

/* Runs the method; the table's texts live as long as `record`. */
static GHashTable *
run (const Trial *self,
     const RandomInput *data,
     DhkRecord *record,
     FlatNames names,
     DhkStatsStatus *status)
{
  *record = (DhkRecord){ 0 };
  *status = dhk_method_run (self->method, &data->input, record);
  return flat_record_new (record, names);
}

/* Compares the result of `data` with that of changed data. */
static void
compare (Trial *self,
         guint i,
         const char *law,
         GHashTable *result,
         const RandomInput *changed,
         FlatNames names,
         double shift,
         double scale,
         unsigned skip)
{
  DhkRecord record;
  DhkStatsStatus status;
  g_autoptr (GHashTable) other = run (self, changed, &record, names, &status);

  complain (self, law, i, flat_record_compare (result, other, shift, scale, skip, 1e-7));
  dhk_record_clear (&record);
}

static void
check_units (Trial *self, guint i, GHashTable *result, const RandomInput *data)
{
  static const double scales[] = { 0.25, 2, 64 };
  double scale = scales[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (scales))];
  double shift = self->method->level == DHK_LEVEL_RATIO
                     ? 0
                     : g_rand_int_range (self->rand, -4096, 4097) / 4.0;
  g_auto (RandomInput) changed = { 0 };

  if (self->method->level != DHK_LEVEL_ORDINAL && self->method->level != DHK_LEVEL_INTERVAL
      && self->method->level != DHK_LEVEL_RATIO)
    return;
  random_input_copy (&changed, data);
  random_input_transform (&changed, shift, scale);
  compare (self, i, "shift and scale", result, &changed, (FlatNames){ 0 }, shift, scale, 0);
}

static void
check_row_order (Trial *self, guint i, GHashTable *result, const RandomInput *data)
{
  g_auto (RandomInput) changed = { 0 };
  guint order[64];

  if ((self->method->traits & DHK_METHOD_ROW_ORDER) != 0)
    return;
  random_input_copy (&changed, data);
  random_input_shuffle (&changed, self->rand, order);
  compare (self, i, "order of rows", result, &changed,
           (FlatNames){ .rows = order, .n_rows = (guint) data->input.n }, 0, 1, DHK_FIELD_ORDERED);
}

static void
check_group_order (Trial *self, guint i, GHashTable *result, const RandomInput *data)
{
  g_auto (RandomInput) changed = { 0 };
  guint map[16], back[16], n, first;

  if (data->input.n_groups == 0)
    return;
  n = (guint) data->groups[0].n_levels;
  /* where the first group is special it stays the first */
  first = (self->method->traits & DHK_METHOD_FIRST_GROUP) != 0;
  for (guint g = 0; g < n; g++)
    map[g] = g;
  for (guint g = n; g > first + 1; g--)
    {
      guint other = (guint) g_rand_int_range (self->rand, (gint32) first, (gint32) g);
      guint kept = map[g - 1];

      map[g - 1] = map[other];
      map[other] = kept;
    }
  for (guint g = 0; g < n; g++)
    back[map[g]] = g;
  random_input_copy (&changed, data);
  random_input_relabel (&changed, map);
  compare (self, i, "order of groups", result, &changed,
           (FlatNames){ .levels = back, .n_levels = n, .two_columns = data->input.n_groups == 2 },
           0, 1, DHK_FIELD_ORDERED);
}

/* A higher confidence widens every interval. */
static void
check_confidence (Trial *self, guint i, GHashTable *result, const RandomInput *data)
{
  g_auto (RandomInput) changed = { 0 };
  DhkRecord record;
  DhkStatsStatus status;
  g_autoptr (GHashTable) wide = NULL;
  gsize option = 0;

  while (option < self->method->n_options
         && strcmp (self->method->options[option].name, "confidence") != 0)
    option++;
  if (option == self->method->n_options)
    return;
  random_input_copy (&changed, data);
  changed.options[option] = 1 - (1 - data->options[option]) / 2;
  wide = run (self, &changed, &record, (FlatNames){ 0 }, &status);
  complain (self, "higher confidence", i, flat_record_compare_nested (result, wide));
  dhk_record_clear (&record);
}

/* n, M and SD of each group must say the same as the data. */
static void
check_summary (Trial *self, guint i, GHashTable *result, const RandomInput *data)
{
  g_autofree double *summary = NULL;
  RandomInput changed = *data;
  gsize n_groups = data->input.n_groups > 0 ? data->groups[0].n_levels : 1;

  if (self->method->summary_columns == NULL || strcmp (self->method->summary_columns, "n M SD") != 0
      || (self->method->traits & DHK_METHOD_SUMMARY_DIFFERS) != 0 || data->input.weight != NULL
      || data->input.n_values != 1 || data->input.n_groups > 1)
    return;
  summary = g_new0 (double, 3 * n_groups);
  for (gsize g = 0; g < n_groups; g++)
    {
      g_autofree double *column = g_new (double, MAX (1, data->input.n));
      DhkSummary group;

      for (gsize row = 0; row < data->input.n; row++)
        column[row] = data->input.n_groups == 0 || data->codes[0][row] == (int) g
                          ? data->values[0][row]
                          : NAN;
      group = dhk_summarise (column, data->input.n);
      summary[3 * g] = (double) group.n;
      summary[3 * g + 1] = group.mean;
      summary[3 * g + 2] = group.sd;
    }
  changed.input = (DhkMethodInput){ .summary = summary,
                                    .n_summary_rows = n_groups,
                                    .n_summary_columns = 3,
                                    .options = data->input.options };
  {
    DhkRecord record;
    DhkStatsStatus status;
    g_autoptr (GHashTable) other = run (self, &changed, &record, (FlatNames){ 0 }, &status);

    complain (self, "summary as data", i, flat_record_compare_known (result, other, 1e-7));
    dhk_record_clear (&record);
  }
}

/* Some methods check what is printed, and take nothing else; power takes options alone. */
static gboolean
takes_data (const DhkMethod *method)
{
  return method->summary_columns == NULL || method->needs[DHK_ROLE_VALUE].most > 0
         || method->needs[DHK_ROLE_GROUP].most > 0;
}

static void
check_case (Trial *self, guint i)
{
  RandomRows rows = { 6, 40, 0.1 };
  g_auto (RandomInput) data = { 0 };
  g_autoptr (GHashTable) result = NULL;
  DhkRecord record;
  DhkStatsStatus status;

  if ((self->method->traits & DHK_METHOD_SMALL_DATA) != 0)
    rows = (RandomRows){ 4, 10, 0.1 };
  if (takes_data (self->method))
    random_input_init (&data, self->method, self->rand, rows);
  else
    random_input_init_summary (&data, self->method, self->rand);
  result = run (self, &data, &record, (FlatNames){ 0 }, &status);
  self->n_defined += status == DHK_STATS_OK;
  complain (self, "a result by itself", i, flat_record_check (&record));
  if (takes_data (self->method))
    {
      check_units (self, i, result, &data);
      check_row_order (self, i, result, &data);
      check_group_order (self, i, result, &data);
      check_summary (self, i, result, &data);
      check_confidence (self, i, result, &data);
    }
  dhk_record_clear (&record);
}

static guint
read_setting (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : fallback;
}

static void
method_obeys (gconstpointer user_data)
{
  const DhkMethod *method = user_data;
  guint seed = read_setting ("DHK_LAW_SEED", 20261122);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Trial self = { .method = method, .rand = rand };

  self.n_cases = read_setting ("DHK_LAW_CASES", 10000);
  for (guint i = 0; i < self.n_cases; i++)
    check_case (&self, i);
  g_test_message ("%s: seed %u, %u cases, %u defined, %u complaints", method->name, seed,
                  self.n_cases, self.n_defined, self.n_complaints);
  g_assert_cmpuint (self.n_complaints, ==, 0);
  /* laws of what is never defined would prove nothing */
  g_assert_cmpuint (self.n_defined, >, self.n_cases / 50);
}

int
main (int argc, char **argv)
{
  gsize n;
  const DhkMethod *const *methods = dhk_method_list (&n);

  g_test_init (&argc, &argv, NULL);
  /* one method's failure shall not hide another's */
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/stats/laws/%s", methods[i]->name);

      g_test_add_data_func (path, methods[i], method_obeys);
    }
  return g_test_run ();
}
