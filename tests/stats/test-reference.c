/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every figure of R's reference table that belongs to a method here. Prints
 * how many rows were used and unused per (analysis, stat).
 */

#include "reference-groups.h"
#include "reference-table.h"
#include "stats/dhk-anova.h"
#include "stats/dhk-correlation.h"
#include "stats/dhk-describe.h"
#include "stats/dhk-distribution.h"
#include "stats/dhk-posthoc.h"
#include "stats/dhk-reliability.h"
#include "stats/dhk-ttest.h"

#include <math.h>

#define MAX_ITEMS 16
#define CONFIDENCE 0.95

/* A row of the table. All fields lent. */
typedef struct
{
  const char *name;
  const char *data;
  const char *analysis;
  const char *vars;
  const char *term;
  const char *stat;
} Row;

typedef struct
{
  const char *stat;
  double value;
} Named;

static GHashTable *loaded;

/* The data of a row; a remark behind the file name names levels that the
 * term of the row names too. */
static ReferenceTable *
data_of (const Row *row)
{
  g_auto (GStrv) words = g_strsplit (row->data, " ", 2);
  g_autofree char *path = g_strconcat ("r/", words[0], NULL);
  ReferenceTable *table = g_hash_table_lookup (loaded, path);

  if (table == NULL)
    {
      table = reference_table_load (path, ",");
      g_hash_table_insert (loaded, g_steal_pointer (&path), table);
    }
  return table;
}

static gboolean
find_named (const Named *named, gsize n, const char *stat, double *value)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (named[i].stat, stat))
      {
        *value = named[i].value;
        return TRUE;
      }
  return FALSE;
}
#define FIND(named, stat, value) find_named (named, G_N_ELEMENTS (named), stat, value)

/* Methods */

static void
init_summaries (Summaries *summaries, const Row *row)
{
  if (g_str_equal (row->vars, "summary"))
    summaries_init_from_text (summaries, row->data);
  else
    summaries_init (summaries, data_of (row), row->vars);
}

static gboolean
find_description (const Row *row, double *value)
{
  ReferenceTable *table = data_of (row);
  g_autofree double *values
      = g_memdup2 (reference_table_numbers (table, row->vars), table->n_rows * sizeof (double));
  guint n = 0;
  DhkDescription d;

  for (guint i = 0; i < table->n_rows; i++)
    {
      if (!g_str_equal (row->term, "all"))
        {
          g_auto (GStrv) filter = g_strsplit (row->term, "=", 2);

          if (!g_str_equal (table->cells[i][reference_table_find (table, filter[0])], filter[1]))
            continue;
        }
      values[n++] = values[i];
    }
  d = dhk_describe (values, n, CONFIDENCE);
  g_assert_cmpint (d.status, ==, DHK_STATS_OK);

  {
    const Named named[] = {
      { "n_total", n },
      { "n_missing", (double) d.n_missing },
      { "n_valid", (double) d.n },
      { "mean", d.mean },
      { "sd", d.sd },
      { "variance", d.sd * d.sd },
      { "se_mean", d.se },
      { "mean_ci95_lower", d.ci.low },
      { "mean_ci95_upper", d.ci.high },
      { "min", d.order.min },
      { "max", d.order.max },
      { "median", d.order.median },
    };
    return FIND (named, row->stat, value);
  }
}

static gboolean
find_group (const Row *row, double *value)
{
  g_auto (Grouped) data = { 0 };
  DhkDescription all[REFERENCE_MAX_GROUPS], *d;

  grouped_init (&data, data_of (row), row->vars);
  g_assert_cmpint (
      dhk_describe_groups (data.values, data.group, data.n, data.n_groups, CONFIDENCE, all), ==,
      DHK_STATS_OK);
  d = &all[grouped_find (&data, row->term)];

  {
    const Named named[]
        = { { "n", (double) d->n }, { "mean", d->mean }, { "sd", d->sd }, { "se", d->se } };
    return FIND (named, row->stat, value);
  }
}

static gboolean
find_anova (const Row *row, double *value)
{
  DhkAnova a;

  if (g_str_equal (row->vars, "summary"))
    {
      g_auto (Summaries) summaries = { 0 };

      init_summaries (&summaries, row);
      a = dhk_anova_from_summary (summaries.groups, summaries.n_groups);
    }
  else
    {
      g_auto (Grouped) data = { 0 };

      grouped_init (&data, data_of (row), row->vars);
      a = dhk_anova_one_way (data.values, data.group, data.n, data.n_groups);
    }
  g_assert_cmpint (a.status, ==, DHK_STATS_OK);

  {
    const Named named[] = {
      { "N", (double) a.n },
      { "k", (double) a.n_groups },
      { "ss_between", a.ss_between },
      { "ss_within", a.ss_within },
      { "ss_total", a.ss_total },
      { "df_between", a.df1 },
      { "df_within", a.df2 },
      { "ms_between", a.ms_between },
      { "ms_within", a.mse },
      { "F", a.f },
      { "p", a.p },
      { "eta2", a.eta_squared },
      { "partial_eta2", a.eta_squared },
      { "omega2", a.omega_squared },
    };
    return FIND (named, row->stat, value);
  }
}

/* The pair that the term "b - a" names, with the sign of that direction. */
static DhkPair
pair_of_term (const Summaries *summaries, const DhkPair *pairs, const char *term, guint *index)
{
  g_auto (GStrv) levels = g_strsplit (term, " - ", 2);
  guint first = summaries_find (summaries, levels[0]);
  guint second = summaries_find (summaries, levels[1]);

  for (guint i = 0; i < dhk_pair_count (summaries->n_groups); i++)
    {
      DhkPair pair = pairs[i];

      if (pair.a != MIN (first, second) || pair.b != MAX (first, second))
        continue;
      *index = i;
      if (pair.a == second)
        {
          pair.difference = -pair.difference;
          pair.ci.low = -pairs[i].ci.high;
          pair.ci.high = -pairs[i].ci.low;
        }
      return pair;
    }
  g_assert_not_reached ();
}

static gboolean
find_posthoc (const Row *row, double *value)
{
  g_auto (Summaries) s = { 0 };
  DhkPair pairs[REFERENCE_MAX_GROUPS * (REFERENCE_MAX_GROUPS - 1) / 2], pair;
  double p[G_N_ELEMENTS (pairs)];
  DhkAnova a;
  guint index;

  init_summaries (&s, row);
  a = dhk_anova_from_summary (s.groups, s.n_groups);
  if (g_str_equal (row->stat, "tukey_q_crit_0.95"))
    {
      *value = dhk_qtukey (0.95, (int) a.n_groups, a.df2);
      return TRUE;
    }
  if (g_str_equal (row->term, "all"))
    return FALSE;

  g_assert_cmpint (dhk_tukey_kramer (s.groups, s.n_groups, a.mse, a.df2, CONFIDENCE, pairs), ==,
                   DHK_STATS_OK);
  for (guint i = 0; i < dhk_pair_count (s.n_groups); i++)
    p[i] = dhk_t_two_sided (pairs[i].difference / pairs[i].se, a.df2);
  g_assert_cmpint (dhk_holm (p, dhk_pair_count (s.n_groups), p), ==, DHK_STATS_OK);
  pair = pair_of_term (&s, pairs, row->term, &index);

  {
    const Named named[] = {
      { "diff", pair.difference },
      { "se_pooled", pair.se },
      { "t_pooled", pair.difference / pair.se },
      { "df_pooled", a.df2 },
      { "p_lsd", dhk_t_two_sided (pair.difference / pair.se, a.df2) },
      { "p_tukey", pair.p },
      { "tukey_ci95_lower", pair.ci.low },
      { "tukey_ci95_upper", pair.ci.high },
      { "p_holm", p[index] },
    };
    return FIND (named, row->stat, value);
  }
}

static gboolean
find_t_test (const Row *row, double *value)
{
  DhkSummary a, b;
  DhkTTest student, welch;

  if (g_str_equal (row->vars, "summary"))
    {
      a = (DhkSummary){ (size_t) number_behind (row->data, "n1="), number_behind (row->data, "M1="),
                        number_behind (row->data, "SD1=") };
      b = (DhkSummary){ (size_t) number_behind (row->data, "n2="), number_behind (row->data, "M2="),
                        number_behind (row->data, "SD2=") };
    }
  else
    {
      g_auto (Summaries) summaries = { 0 };
      g_auto (GStrv) levels = g_strsplit (row->term, " - ", 2);

      init_summaries (&summaries, row);
      a = summaries.groups[summaries_find (&summaries, levels[0])];
      b = summaries.groups[summaries_find (&summaries, levels[1])];
    }
  student = dhk_t_test_from_summary (DHK_T_STUDENT, a, b, CONFIDENCE);
  welch = dhk_t_test_from_summary (DHK_T_WELCH, a, b, CONFIDENCE);
  g_assert_cmpint (student.status, ==, DHK_STATS_OK);
  g_assert_cmpint (welch.status, ==, DHK_STATS_OK);

  {
    const Named named[] = {
      { "n1", (double) a.n },
      { "mean1", a.mean },
      { "sd1", a.sd },
      { "n2", (double) b.n },
      { "mean2", b.mean },
      { "sd2", b.sd },
      { "diff", student.difference },
      { "student_t", student.t },
      { "student_df", student.df },
      { "student_se", student.se },
      { "student_p_two", student.p },
      { "student_ci95_lower", student.ci.low },
      { "student_ci95_upper", student.ci.high },
      { "welch_t", welch.t },
      { "welch_df", welch.df },
      { "welch_se", welch.se },
      { "welch_p_two", welch.p },
      { "welch_ci95_lower", welch.ci.low },
      { "welch_ci95_upper", welch.ci.high },
      { "cohen_d_pooled", welch.cohen_d },
      { "hedges_J_exact", dhk_hedges_correction (student.df) },
    };
    return FIND (named, row->stat, value);
  }
}

static gboolean
find_correlation (const Row *row, double *value)
{
  ReferenceTable *table = data_of (row);
  g_auto (GStrv) names = g_strsplit (row->vars, ",", 2);
  DhkCorrelation c
      = dhk_pearson (reference_table_numbers (table, names[0]),
                     reference_table_numbers (table, names[1]), table->n_rows, CONFIDENCE);
  const Named named[] = {
    { "n", (double) c.n },
    { "r", c.r },
    { "t", c.t },
    { "df", c.df },
    { "p", c.p },
    { "ci95_lower", c.ci.low },
    { "ci95_upper", c.ci.high },
  };

  g_assert_cmpint (c.status, ==, DHK_STATS_OK);
  return FIND (named, row->stat, value);
}

/* `vars` is "A1-A5 (keyed)" or "all 7". */
static guint
items_of (const Row *row, ReferenceTable *table, const double **items, const char **names)
{
  guint n = 0;

  for (guint i = 0; i < table->n_columns; i++)
    if (g_str_has_prefix (row->vars, "all")
        || (table->names[i][0] == row->vars[0] && g_ascii_isdigit (table->names[i][1])))
      {
        g_assert_cmpuint (n, <, MAX_ITEMS);
        names[n] = table->names[i];
        items[n++] = reference_table_numbers (table, table->names[i]);
      }
  return n;
}

static gboolean
find_reliability (const Row *row, double *value)
{
  ReferenceTable *table = data_of (row);
  const double *items[MAX_ITEMS];
  const char *names[MAX_ITEMS];
  DhkItemReliability each[MAX_ITEMS];
  guint n_items = items_of (row, table, items, names);
  DhkReliability r = dhk_cronbach_alpha (items, n_items, table->n_rows, CONFIDENCE, each);

  g_assert_cmpint (r.status, ==, DHK_STATS_OK);
  for (guint i = 0; i < n_items; i++)
    if (g_str_equal (names[i], row->term))
      {
        const Named named[] = {
          { "item_mean", each[i].mean },
          { "item_sd", each[i].sd },
          { "r_item_total_corrected", each[i].item_rest_r },
          { "alpha_raw_if_dropped", each[i].alpha_if_dropped },
        };
        return FIND (named, row->stat, value);
      }

  {
    const Named named[] = {
      { "n_items", (double) r.n_items },
      { "n_total", (double) (r.n + r.n_missing) },
      { "n_listwise", (double) r.n },
      { "alpha_raw", r.alpha },
      { "lambda3", r.alpha },
      { "alpha_ci95_feldt_lower", r.ci.low },
      { "alpha_ci95_feldt_upper", r.ci.high },
      { "total_mean", r.total_mean },
      { "total_sd", r.total_sd },
      { "total_var", r.total_sd * r.total_sd },
    };
    return FIND (named, row->stat, value);
  }
}

static gboolean
find_range_quantile (const Row *row, double *value)
{
  double df = g_str_equal (row->term, "df=Inf") ? INFINITY : number_behind (row->term, "df=");

  *value = dhk_qtukey (0.95, (int) number_behind (row->vars, "k="), df);
  return g_str_equal (row->stat, "q_0.95");
}

/* The table */

static const struct
{
  const char *analysis;
  gboolean (*find) (const Row *row, double *value);
} methods[] = {
  { "descriptives", find_description },
  { "oneway_groups", find_group },
  { "oneway_anova", find_anova },
  { "anova_from_summary", find_anova },
  { "posthoc", find_posthoc },
  { "t_test_independent", find_t_test },
  { "t_from_summary", find_t_test },
  { "pearson", find_correlation },
  { "reliability_listwise", find_reliability },
  { "studentized_range_quantile", find_range_quantile },
};

static gboolean
agrees (const Row *row, double value, double expected)
{
  double difference = fabs (value - expected);

  if (g_str_equal (row->stat, "p_tukey"))
    return difference <= 1e-10;
  return difference <= 1e-9 * fabs (expected);
}

static gboolean
find_value (const Row *row, double *value)
{
  if (g_str_has_suffix (row->stat, "_R"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].analysis, row->analysis))
      return methods[i].find (row, value);
  return FALSE;
}

static void
every_row_agrees (void)
{
  g_autoptr (ReferenceTable) table = reference_table_load ("r/reference.tsv", "\t");
  const double *expected = reference_table_numbers (table, "value");
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) keys = NULL;
  guint n_used = 0, n_wrong = 0;

  for (guint i = 0; i < table->n_rows; i++)
    {
      char **cell = table->cells[i];
      Row row = { cell[0], cell[1], cell[2], cell[3], cell[4], cell[5] };
      double value = NAN;
      gboolean used = find_value (&row, &value);
      g_autofree char *key = g_strconcat (row.analysis, " ", row.stat, NULL);
      guint *count = g_hash_table_lookup (counts, key);

      if (count == NULL)
        {
          count = g_new0 (guint, 2);
          g_hash_table_insert (counts, g_steal_pointer (&key), count);
        }
      count[used ? 0 : 1]++;
      if (!used)
        continue;
      n_used++;
      if (agrees (&row, value, expected[i]))
        continue;
      n_wrong++;
      g_test_message ("%s %s %s %s %s: %.15g, not %.15g", row.name, row.analysis, row.vars,
                      row.term, row.stat, value, expected[i]);
    }

  keys = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) strcmp);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      guint *count = g_hash_table_lookup (counts, key->data);

      g_test_message ("%-60s used %4u unused %4u", (char *) key->data, count[0], count[1]);
    }
  g_test_message ("%u rows of %u used, %u disagree", n_used, table->n_rows, n_wrong);
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_used, ==, 2576);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                  (GDestroyNotify) reference_table_free);
  g_test_add_func ("/stats/reference/every_row_agrees", every_row_agrees);
  result = g_test_run ();
  g_hash_table_unref (loaded);
  return result;
}
