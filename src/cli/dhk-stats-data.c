/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/dhk-stats-data.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "import/dhk-import-error.h"
#include "import/dhk-raw-table.h"

#define REFUSE(...) g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE, __VA_ARGS__)

/* Cells */

static gboolean
is_missing (const char *text)
{
  return *text == '\0' || strcmp (text, "NA") == 0;
}

/* As R, Python and others write numbers, with or without space around. */
static gboolean
parse_number (const char *cell, double *value)
{
  g_autofree char *copy = NULL;
  const char *text = cell;

  if (strpbrk (cell, " \t") != NULL)
    text = copy = g_strstrip (g_strdup (cell));
  if (is_missing (text) || g_ascii_strcasecmp (text, "nan") == 0)
    *value = NAN;
  else if (g_ascii_strcasecmp (text, "inf") == 0)
    *value = INFINITY;
  else if (g_ascii_strcasecmp (text, "-inf") == 0)
    *value = -INFINITY;
  else
    return dhk_number_from_file (text, value);
  return TRUE;
}

/* The file's rows below its head. The reader leaves out those that are wholly empty;
 * here they are rows of missing values like any other. */
typedef struct
{
  DhkRawTable *table;
  gsize n;
  guint *row;        /* of the table; NO_ROW for an empty one */
  DhkCellText *text; /* of the cell that was asked for last */
} Rows;
#define NO_ROW G_MAXUINT

static void
rows_init (Rows *self, DhkRawTable *table)
{
  guint n_rows = dhk_raw_table_get_n_rows (table);
  guint64 head = n_rows > 0 ? dhk_raw_table_get_line (table, 0) : 0;

  self->table = table;
  self->n = n_rows > 0 ? (gsize) (dhk_raw_table_get_line (table, n_rows - 1) - head) : 0;
  self->row = g_new (guint, MAX (1, self->n));
  for (gsize i = 0; i < self->n; i++)
    self->row[i] = NO_ROW;
  for (guint row = 1; row < n_rows; row++)
    self->row[dhk_raw_table_get_line (table, row) - head - 1] = row;
}

static const char *
get_head (const Rows *rows, guint column)
{
  return dhk_raw_table_get_cell (rows->table, 0, column, rows->text).text;
}

/* Lent until the next one is asked for. */
static const char *
get_text (const Rows *rows, gsize i, guint column)
{
  if (rows->row[i] == NO_ROW)
    return "";
  return dhk_raw_table_get_cell (rows->table, rows->row[i], column, rows->text).text;
}

static gboolean
find_column (const Rows *rows, const char *name, guint *column, GError **error)
{
  guint n_found = 0;

  for (guint i = 0; i < dhk_raw_table_get_n_columns (rows->table); i++)
    if (strcmp (get_head (rows, i), name) == 0)
      {
        *column = i;
        n_found++;
      }
  if (n_found == 0)
    REFUSE (_ ("The file has no column “%s”."), name);
  else if (n_found > 1)
    REFUSE (_ ("The file has more than one column “%s”, so it does not say which is meant."), name);
  return n_found == 1;
}

/* A cell beyond the last name was moved there by something, and what stands before it too. */
static gboolean
check_width (const Rows *rows, GError **error)
{
  guint n_columns = dhk_raw_table_get_n_columns (rows->table), n_named = n_columns;

  while (n_named > 0 && *get_head (rows, n_named - 1) == '\0')
    n_named--;
  for (gsize i = 0; i < rows->n; i++)
    for (guint column = n_named; column < n_columns; column++)
      if (*get_text (rows, i, column) != '\0')
        {
          REFUSE (_ ("Line %lu has more cells than the first line has names."),
                  (unsigned long) dhk_raw_table_get_line (rows->table, rows->row[i]));
          return FALSE;
        }
  return TRUE;
}

static double *
load_numbers (DhkStatsData *self, const Rows *rows, const char *name, GError **error)
{
  double *numbers = g_new (double, MAX (1, self->input.n));
  guint column;

  g_ptr_array_add (self->owned, numbers);
  if (!find_column (rows, name, &column, error))
    return NULL;
  for (guint i = 0; i < self->input.n; i++)
    {
      const char *text = get_text (rows, i, column);

      if (!parse_number (text, &numbers[i]))
        {
          REFUSE (_ ("Line %lu, column “%s”: “%s” is not a number."),
                  (unsigned long) dhk_raw_table_get_line (rows->table, rows->row[i]), name, text);
          return NULL;
        }
    }
  return numbers;
}

/* Categories */

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;
  double number_x, number_y;

  if (dhk_number_from_file (x, &number_x) && dhk_number_from_file (y, &number_y))
    return (number_x > number_y) - (number_x < number_y);
  return strcmp (x, y);
}

static gboolean
all_numbers (GPtrArray *levels)
{
  double number;

  for (guint i = 0; i < levels->len; i++)
    if (!dhk_number_from_file (g_ptr_array_index (levels, i), &number))
      return FALSE;
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The levels of a column, sorted. */
static GPtrArray *
find_levels (const Rows *rows, guint column)
{
  GPtrArray *levels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < rows->n; i++)
    {
      const char *text = get_text (rows, i, column);

      if (is_missing (text) || g_hash_table_contains (seen, text))
        continue;
      g_ptr_array_add (levels, g_strdup (text));
      g_hash_table_add (seen, g_ptr_array_index (levels, levels->len - 1));
    }
  g_ptr_array_sort (levels, all_numbers (levels) ? compare_levels : compare_texts);
  return levels;
}

static GPtrArray *
copy_levels (GPtrArray *levels)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < levels->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (levels, i)));
  return copy;
}

/* Levels given by hand leave all others out, and may be empty. */
static gboolean
load_factor (DhkStatsData *self,
             const Rows *rows,
             const char *name,
             GPtrArray *given,
             DhkFactor *factor,
             GPtrArray **levels,
             GError **error)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  int *code = g_new (int, MAX (1, self->input.n));
  guint column;

  g_ptr_array_add (self->owned, code);
  if (!find_column (rows, name, &column, error))
    return FALSE;

  *levels = given->len > 0 ? copy_levels (given) : find_levels (rows, column);
  for (guint i = 0; i < (*levels)->len; i++)
    if (!g_hash_table_insert (codes, g_ptr_array_index (*levels, i), GUINT_TO_POINTER (i + 1)))
      {
        REFUSE (_ ("“%s” stands twice after --levels."),
                (const char *) g_ptr_array_index (*levels, i));
        g_clear_pointer (levels, g_ptr_array_unref);
        return FALSE;
      }
  for (guint i = 0; i < self->input.n; i++)
    code[i] = GPOINTER_TO_INT (g_hash_table_lookup (codes, get_text (rows, i, column))) - 1;
  *factor = (DhkFactor){ code, (*levels)->len };
  return TRUE;
}

/* Loading */

static gboolean
load_number_role (DhkStatsData *self,
                  const Rows *rows,
                  GPtrArray *names,
                  const double *const **columns,
                  gsize *n_columns,
                  GError **error)
{
  const double **loaded = g_new0 (const double *, MAX (1, names->len));

  g_ptr_array_add (self->owned, loaded);
  for (guint i = 0; i < names->len; i++)
    {
      loaded[i] = load_numbers (self, rows, g_ptr_array_index (names, i), error);
      if (loaded[i] == NULL)
        return FALSE;
    }
  *columns = loaded;
  *n_columns = names->len;
  return TRUE;
}

static gboolean
load_factor_role (DhkStatsData *self,
                  const Rows *rows,
                  const DhkStatsRequest *request,
                  DhkDataRole role,
                  const DhkFactor **factors,
                  GError **error)
{
  GPtrArray *names = request->columns[role];
  DhkFactor *loaded = g_new0 (DhkFactor, MAX (1, names->len));
  g_autoptr (GPtrArray) no_levels = g_ptr_array_new ();

  g_ptr_array_add (self->owned, loaded);
  for (guint i = 0; i < names->len; i++)
    {
      gboolean first = i == 0 && role == DHK_ROLE_GROUP;
      g_autoptr (GPtrArray) levels = NULL;

      if (!load_factor (self, rows, g_ptr_array_index (names, i),
                        first ? request->levels : no_levels, &loaded[i], &levels, error))
        return FALSE;
      if (i == 0)
        self->level_names[role] = g_ptr_array_ref (levels);
      if (role == DHK_ROLE_GROUP)
        g_ptr_array_add (self->group_levels, g_steal_pointer (&levels));
    }
  *factors = loaded;
  return TRUE;
}

static gboolean
load_columns (DhkStatsData *self, const Rows *rows, const DhkStatsRequest *request, GError **error)
{
  GPtrArray *const *columns = request->columns;
  DhkMethodInput *input = &self->input;
  const DhkFactor *clusters;
  gsize *steps;

  input->n = rows->n;
  if (!load_number_role (self, rows, columns[DHK_ROLE_VALUE], &input->values, &input->n_values,
                         error)
      || !load_number_role (self, rows, columns[DHK_ROLE_PREDICTOR], &input->predictors,
                            &input->n_predictors, error)
      || !load_factor_role (self, rows, request, DHK_ROLE_GROUP, &input->groups, error)
      || !load_factor_role (self, rows, request, DHK_ROLE_CLUSTER, &clusters, error))
    return FALSE;

  input->n_groups = columns[DHK_ROLE_GROUP]->len;
  if (columns[DHK_ROLE_CLUSTER]->len > 0)
    input->cluster = clusters;
  if (columns[DHK_ROLE_WEIGHT]->len > 0)
    {
      input->weight
          = load_numbers (self, rows, g_ptr_array_index (columns[DHK_ROLE_WEIGHT], 0), error);
      if (input->weight == NULL)
        return FALSE;
    }

  steps = g_new0 (gsize, MAX (1, request->steps->len));
  g_ptr_array_add (self->owned, steps);
  for (guint i = 0; i < request->steps->len; i++)
    steps[i] = g_array_index (request->steps, guint, i);
  input->step = steps;
  return TRUE;
}

/* "n M SD; n M SD" */
static gboolean
load_summary (DhkStatsData *self, const char *text, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (rows[i], " \t\n", -1);
      guint before = numbers->len;

      for (guint j = 0; words[j] != NULL; j++)
        {
          double number;

          if (*words[j] == '\0')
            continue;
          if (!parse_number (words[j], &number))
            {
              REFUSE (_ ("“%s” in the summary is not a number."), words[j]);
              return FALSE;
            }
          g_array_append_val (numbers, number);
        }
      /* a semicolon behind the last row is nothing */
      if (numbers->len == before)
        continue;
      if (self->input.n_summary_rows == 0)
        self->input.n_summary_columns = numbers->len;
      else if (numbers->len - before != self->input.n_summary_columns)
        {
          REFUSE ("%s", _ ("The rows of the summary are not equally long."));
          return FALSE;
        }
      self->input.n_summary_rows++;
    }

  self->input.summary = (const double *) g_array_steal (numbers, NULL);
  if (self->input.summary == NULL)
    self->input.summary = g_new0 (double, 1);
  g_ptr_array_add (self->owned, (gpointer) self->input.summary);
  return TRUE;
}

static gboolean
load_file (DhkStatsData *self, const DhkStatsRequest *request, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (request->file);
  g_autoptr (DhkReader) reader = dhk_reader_open (file, NULL, error);
  g_autoptr (DhkRawTable) table = NULL;
  DhkCellText text;
  Rows rows = { .text = &text };
  gboolean loaded;

  if (reader == NULL)
    return FALSE;
  table = dhk_raw_table_read (reader, 0, 0, NULL, NULL, NULL, error);
  if (table == NULL)
    return FALSE;
  rows_init (&rows, table);
  loaded = check_width (&rows, error) && load_columns (self, &rows, request, error);
  g_free (rows.row);
  return loaded;
}

gboolean
dhk_stats_data_load (DhkStatsData *self, const DhkStatsRequest *request, GError **error)
{
  gboolean loaded;

  *self = (DhkStatsData){
    .owned = g_ptr_array_new_with_free_func (g_free),
    .group_levels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref),
  };
  loaded = request->summary != NULL ? load_summary (self, request->summary, error)
                                    : load_file (self, request, error);
  if (!loaded)
    dhk_stats_data_clear (self);
  return loaded;
}

void
dhk_stats_data_clear (DhkStatsData *self)
{
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  g_clear_pointer (&self->group_levels, g_ptr_array_unref);
  for (guint role = 0; role < DHK_N_ROLES; role++)
    g_clear_pointer (&self->level_names[role], g_ptr_array_unref);
}

const char *
dhk_stats_data_get_level (const DhkStatsData *self, DhkDataRole role, gsize i)
{
  GPtrArray *names = self->level_names[role];

  return names != NULL && i < names->len ? g_ptr_array_index (names, i) : NULL;
}
