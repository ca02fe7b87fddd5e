/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cases of a data file of SPSS as rows of cells. */

#include "import/dhk-import-error.h"
#include "import/dhk-spss-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Labels beyond so many are found by their hash. */
#define FEW_LABELS 12

/* Whole numbers below this one are made a cell once: answers, and most categories. */
#define N_SMALL 32

/* What is looked up for every value of a column. */
typedef struct
{
  const DhkReaderColumn *column;
  const DhkSpssFormat *format;
  gboolean is_text;
  GHashTable *by_number; /* gint64 bits of the number -> DhkReaderLabel; NULL for few */
  GHashTable *by_text;
  DhkCell *small; /* N_SMALL, or NULL as long as none was met; EMPTY: not met */
} Lookup;

typedef struct
{
  DhkSpss *spss;
  DhkReadJob *job;
  DhkSpssText text;
  Lookup *lookups;
  DhkCell *cells;
  gsize *places; /* of the cells' texts in `texts`; G_MAXSIZE for one that is lent */
  GString *texts;
  GStringChunk *small_texts;
  guint n_columns;
  guint due; /* the column whose value comes next */
  gint64 n_cases;
  gboolean too_many;
  gboolean stopped;
  GError *error;
  DhkSpssPlace place;
} Cases;

/* Finding ---------------------------------------------------------------- */

static const DhkReaderLabel *
find_number (const Lookup *self, double value)
{
  const GArray *labels = self->column->labels;

  if (self->by_number != NULL)
    {
      gint64 bits;

      value += 0.0; /* the zero with a sign is the other one */
      memcpy (&bits, &value, sizeof bits);
      return g_hash_table_lookup (self->by_number, &bits);
    }
  for (guint i = 0; i < labels->len; i++)
    {
      const DhkReaderLabel *label = &g_array_index (labels, DhkReaderLabel, i);

      if (label->number >= value && label->number <= value)
        return label;
    }
  return NULL;
}

static gboolean
is_missing_number (const Lookup *self, double value)
{
  const GArray *missing = self->column->missing;

  for (guint i = 0; i < missing->len; i++)
    {
      const DhkReaderMissing *one = &g_array_index (missing, DhkReaderMissing, i);

      if (value >= one->low && value <= one->high)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_missing_text (const Lookup *self, const char *text)
{
  const GArray *missing = self->column->missing;

  for (guint i = 0; i < missing->len; i++)
    if (strcmp (g_array_index (missing, DhkReaderMissing, i).value, text) == 0)
      return TRUE;
  return FALSE;
}

/* `like` is a column with the same labels, or NULL. */
static void
lookup_init (Lookup *self,
             const DhkReaderColumn *column,
             const DhkSpssFormat *format,
             const Lookup *like)
{
  self->column = column;
  self->format = format;
  self->is_text = column->type == DHK_COLUMN_TEXT;
  if (like != NULL)
    {
      self->by_text = like->by_text != NULL ? g_hash_table_ref (like->by_text) : NULL;
      self->by_number = like->by_number != NULL ? g_hash_table_ref (like->by_number) : NULL;
      return;
    }
  if (column->type == DHK_COLUMN_TEXT && column->labels->len > 0)
    self->by_text = g_hash_table_new (g_str_hash, g_str_equal);
  else if (column->labels->len > FEW_LABELS)
    self->by_number = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < column->labels->len; i++)
    {
      DhkReaderLabel *label = &g_array_index (column->labels, DhkReaderLabel, i);
      double number = label->number + 0.0;

      if (self->by_text != NULL && !g_hash_table_contains (self->by_text, label->value))
        g_hash_table_insert (self->by_text, label->value, label);
      if (self->by_number != NULL)
        {
          gint64 bits;

          memcpy (&bits, &number, sizeof bits);
          if (!g_hash_table_contains (self->by_number, &bits))
            g_hash_table_insert (self->by_number, g_memdup2 (&bits, sizeof bits), label);
        }
    }
}

/* Cells ---------------------------------------------------------------- */

static void
lend_text (Cases *self, guint i, const char *text)
{
  self->cells[i].lasts = FALSE;
  self->cells[i].text = text;
  self->cells[i].length = strlen (text);
  self->places[i] = G_MAXSIZE;
}

/* Ends what was appended to `texts` from `from` on as the text of cell `i`. */
static void
keep_text (Cases *self, guint i, gsize from)
{
  self->places[i] = from;
  self->cells[i].lasts = FALSE;
  self->cells[i].length = self->texts->len - from;
  g_string_append_c (self->texts, '\0');
}

static void
set_empty (Cases *self, guint i)
{
  self->cells[i] = (DhkCell){ .kind = DHK_CELL_EMPTY };
  lend_text (self, i, "");
}

/* Where the cell of the number is kept, or belongs; NULL when it is not small. */
static inline DhkCell *
get_small (Lookup *self, double value)
{
  guint index = value >= 0 && value < N_SMALL ? (guint) value : N_SMALL;
  double whole = index;

  /* The zero with a sign is another number. */
  if (index == N_SMALL || memcmp (&whole, &value, sizeof value) != 0)
    return NULL;
  if (self->small == NULL)
    self->small = g_new0 (DhkCell, N_SMALL);
  return &self->small[index];
}

static void
keep_small (Cases *self, guint i, DhkCell *small)
{
  *small = self->cells[i];
  if (self->places[i] != G_MAXSIZE)
    small->text = g_string_chunk_insert_len (self->small_texts, self->texts->str + self->places[i],
                                             (gssize) small->length);
  small->lasts = TRUE;
}

static void
set_number (Cases *self, guint i, double value)
{
  const Lookup *lookup = &self->lookups[i];
  const DhkReaderLabel *label = find_number (lookup, value);
  gboolean missing = lookup->column->missing->len > 0 && is_missing_number (lookup, value);
  DhkCell *cell = &self->cells[i];
  gsize from = self->texts->len;

  cell->number = value;
  if (label != NULL)
    {
      cell->kind = missing ? DHK_CELL_MISSING : DHK_CELL_TEXT;
      lend_text (self, i, label->label);
      return;
    }
  cell->kind = dhk_spss_value_append (self->texts, lookup->format, lookup->column->type, value,
                                      &cell->number);
  if (missing)
    {
      cell->kind = DHK_CELL_MISSING;
      cell->number = value;
    }
  keep_text (self, i, from);
}

static void
set_text (Cases *self, guint i, const char *bytes)
{
  const Lookup *lookup = &self->lookups[i];
  const DhkReaderLabel *label = NULL;
  gsize length = strlen (bytes);
  gsize from = self->texts->len;
  const char *text;
  gboolean missing;

  while (length > 0 && bytes[length - 1] == ' ')
    length--;
  if (length == 0 && lookup->by_text == NULL)
    {
      set_empty (self, i);
      return;
    }
  dhk_spss_text_append (&self->text, self->texts, bytes, length);
  keep_text (self, i, from);
  text = self->texts->str + from;
  self->cells[i].number = 0;
  missing = lookup->column->missing->len > 0 && is_missing_text (lookup, text);
  if (lookup->by_text != NULL)
    label = g_hash_table_lookup (lookup->by_text, text);
  if (label != NULL)
    lend_text (self, i, label->label);
  if (label == NULL && length == 0)
    set_empty (self, i);
  else
    self->cells[i].kind = missing ? DHK_CELL_MISSING : DHK_CELL_TEXT;
}

/* Rows ---------------------------------------------------------------- */

static gboolean
give_row (Cases *self, guint64 line, GError **error)
{
  guint n = self->n_columns;

  while (n > 0 && self->cells[n - 1].kind == DHK_CELL_EMPTY)
    n--;
  if (n == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (self->places[i] != G_MAXSIZE)
      self->cells[i].text = self->texts->str + self->places[i];
  return self->job->func (line, self->cells, n, self->job->user_data, error);
}

static gboolean
give_head (Cases *self, GError **error)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (self->spss->columns, i);

      self->cells[i] = (DhkCell){ .kind = DHK_CELL_TEXT };
      lend_text (self, i, column->label[0] != '\0' ? column->label : column->name);
    }
  return give_row (self, 1, error);
}

static gboolean
end_case (Cases *self)
{
  double fraction = self->spss->n_cases > 0
                        ? (double) self->n_cases / (double) self->spss->n_cases
                        : (double) self->place.at / (double) MAX (self->place.size, 1);

  self->n_cases++;
  if (!give_row (self, (guint64) self->n_cases + 1, &self->error)
      || ((self->n_cases & 255) == 0
          && !dhk_read_job_go_on (self->job, MIN (fraction, 0.999), &self->error)))
    return FALSE;
  self->due = 0;
  g_string_truncate (self->texts, 0);
  return TRUE;
}

/* Nearly all are; a portable file may have others. */
static inline double
get_number (readstat_value_t value)
{
  return value.type == READSTAT_TYPE_DOUBLE ? value.v.double_value : readstat_double_value (value);
}

static inline void
set_any_number (Cases *self, guint i, double value)
{
  DhkCell *small = get_small (&self->lookups[i], value);

  if (small != NULL && small->kind != DHK_CELL_EMPTY)
    {
      self->cells[i] = *small;
      self->places[i] = G_MAXSIZE;
      return;
    }
  set_number (self, i, value);
  if (small != NULL)
    keep_small (self, i, small);
}

static int
value_cb (int row, readstat_variable_t *variable, readstat_value_t value, void *data)
{
  Cases *self = data;
  guint i = (guint) readstat_variable_get_index (variable);

  if (i != self->due)
    {
      dhk_spss_refuse_damaged (&self->error);
      return READSTAT_HANDLER_ABORT;
    }
  if (self->spss->n_cases >= 0 && self->n_cases >= self->spss->n_cases)
    {
      self->too_many = TRUE;
      return READSTAT_HANDLER_ABORT;
    }
  if (self->lookups[i].is_text)
    {
      const char *text = readstat_string_value (value);

      set_text (self, i, text != NULL ? text : "");
    }
  else if (value.is_system_missing || isnan (get_number (value)))
    set_empty (self, i);
  else
    set_any_number (self, i, get_number (value));

  if (++self->due == self->n_columns && !end_case (self))
    return READSTAT_HANDLER_ABORT;
  return READSTAT_HANDLER_OK;
}

static int
variable_cb (int index, readstat_variable_t *variable, const char *set, void *data)
{
  return READSTAT_HANDLER_OK;
}

/* Reading ---------------------------------------------------------------- */

static void
cases_init (Cases *self, DhkSpss *spss, DhkReadJob *job)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL); /* labels -> Lookup */

  self->spss = spss;
  self->job = job;
  self->n_columns = spss->columns->len;
  dhk_spss_text_init (&self->text, spss->encoding);
  self->lookups = g_new0 (Lookup, self->n_columns);
  self->cells = g_new0 (DhkCell, self->n_columns);
  self->places = g_new0 (gsize, self->n_columns);
  self->texts = g_string_sized_new (4096);
  self->small_texts = g_string_chunk_new (1024);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (spss->columns, i);

      lookup_init (&self->lookups[i], column, &g_array_index (spss->formats, DhkSpssFormat, i),
                   g_hash_table_lookup (known, column->labels));
      g_hash_table_insert (known, column->labels, &self->lookups[i]);
    }
}

static void
cases_clear (Cases *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&self->lookups[i].by_number, g_hash_table_unref);
      g_clear_pointer (&self->lookups[i].by_text, g_hash_table_unref);
      g_free (self->lookups[i].small);
    }
  g_free (self->lookups);
  g_free (self->cells);
  g_free (self->places);
  g_string_free (self->texts, TRUE);
  g_string_chunk_free (self->small_texts);
  dhk_spss_text_clear (&self->text);
  g_clear_error (&self->error);
}

static gboolean
read_cases (Cases *self, GError **error)
{
  GPtrArray *notes = self->job->notes;

  if (!give_head (self, error))
    return FALSE;
  if (!dhk_spss_parse (self->spss, variable_cb, NULL, value_cb, self, &self->place,
                       self->error == NULL ? error : NULL))
    return FALSE;
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->due != 0 || self->n_cases < self->spss->n_cases)
    return dhk_spss_refuse_cut (error);
  if (self->too_many)
    dhk_notes_take (notes, g_strdup (_ ("The file holds more cases than it says it does; those "
                                        "beyond its own number were not read. Check the last "
                                        "rows.")));
  if (self->text.broken)
    dhk_notes_take (notes, g_strdup (_ ("Some texts hold characters that have no meaning in the "
                                        "encoding of the file; they are shown as �.")));
  return TRUE;
}

gboolean
dhk_spss_read (DhkSpss *spss, DhkReadJob *job, GError **error)
{
  Cases self = { 0 };
  gboolean ok;

  cases_init (&self, spss, job);
  ok = read_cases (&self, error);
  cases_clear (&self);
  return ok;
}
