/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cases of a data file of SPSS, from ReadStat into blocks. */

#include "import/dhk-import-error.h"
#include "import/dhk-spss-cells.h"
#include "import/dhk-spss-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What a column is to the callback. */
typedef enum
{
  NUMBERS,
  TEXTS,
  TEXTS_BLANK, /* spaces only have a label */
} Sort;

typedef struct
{
  DhkSpss *spss;
  DhkReadJob *job;
  DhkSpssCells *cells;
  DhkCellBelt *belt;
  DhkSpssBlock *block;
  DhkSpssValue *values; /* of the case, in the block */
  guint8 *sorts;        /* Sort of each column */
  guint n_columns;
  guint due;   /* the column whose value comes next */
  guint width; /* of the case so far */
  gint64 n_cases;
  gboolean too_many;
  GError *error;
  DhkSpssPlace place;
} Cases;

/* Rows ---------------------------------------------------------------- */

static gboolean
give_head (Cases *self, GError **error)
{
  g_autofree DhkCell *cells = g_new0 (DhkCell, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (self->spss->columns, i);

      cells[i].kind = DHK_CELL_TEXT;
      cells[i].text = column->label[0] != '\0' ? column->label : column->name;
      cells[i].length = strlen (cells[i].text);
    }
  return self->n_columns == 0
         || self->job->func (1, cells, self->n_columns, self->job->user_data, error);
}

static void
next_block (Cases *self)
{
  self->block = (DhkSpssBlock *) dhk_cell_belt_next (self->belt);
  self->values = self->block->values;
}

static gboolean
give_block (Cases *self)
{
  DhkSpssBlock *block = self->block;

  next_block (self);
  block->block.n_bytes = block->texts->len;
  return dhk_cell_belt_give (self->belt, &block->block, &self->error);
}

static gboolean
end_case (Cases *self)
{
  DhkSpssBlock *block = self->block;
  DhkBlockRow row
      = { (guint64) self->n_cases + 2, block->block.rows->len * self->n_columns, self->width };
  double fraction = self->spss->n_cases > 0
                        ? (double) self->n_cases / (double) self->spss->n_cases
                        : (double) self->place.at / (double) MAX (self->place.size, 1);

  self->n_cases++;
  self->due = 0;
  self->width = 0;
  if (row.width > 0)
    {
      g_array_append_val (block->block.rows, row);
      self->values += self->n_columns;
    }
  if ((block->block.rows->len == block->n_room || block->texts->len > DHK_SPSS_BLOCK_TEXT)
      && !give_block (self))
    return FALSE;
  return (self->n_cases & 255) != 0
         || dhk_read_job_go_on (self->job, MIN (fraction, 0.999), &self->error);
}

/* Values ---------------------------------------------------------------- */

/* Nearly all are; a portable file may have others. */
static inline double
get_number (readstat_value_t value)
{
  return value.type == READSTAT_TYPE_DOUBLE ? value.v.double_value : readstat_double_value (value);
}

static gsize
take_text (Cases *self, const char *bytes, gboolean blank_is_one)
{
  GString *texts = self->block->texts;
  gsize length = bytes != NULL ? strlen (bytes) : 0;
  gsize from = texts->len;

  while (length > 0 && bytes[length - 1] == ' ')
    length--;
  if (length == 0 && !blank_is_one)
    return DHK_SPSS_NO_TEXT;
  g_string_append_len (texts, bytes, (gssize) length);
  g_string_append_c (texts, '\0');
  return from;
}

/* Called for every value of the file, one after the other: what can be done later is not done here. */
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
  if (i == 0 && self->spss->n_cases >= 0 && self->n_cases >= self->spss->n_cases)
    {
      self->too_many = TRUE;
      return READSTAT_HANDLER_ABORT;
    }
  if (self->sorts[i] == NUMBERS)
    {
      double number = value.is_system_missing ? (double) NAN : get_number (value);

      self->values[i].number = number;
      self->width = isnan (number) ? self->width : i + 1;
    }
  else
    {
      gsize text = take_text (self, readstat_string_value (value), self->sorts[i] == TEXTS_BLANK);

      self->values[i].text = text;
      self->width = text == DHK_SPSS_NO_TEXT ? self->width : i + 1;
    }

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

static gboolean
read_cases (Cases *self, GError **error)
{
  if (!give_head (self, error)
      || !dhk_spss_parse (self->spss, variable_cb, NULL, value_cb, self, &self->place, error))
    return FALSE;
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->due != 0 || self->n_cases < self->spss->n_cases)
    return dhk_spss_refuse_cut (error);
  return TRUE;
}

static void
cases_init (Cases *self)
{
  self->n_columns = self->spss->columns->len;
  self->cells = dhk_spss_cells_new (self->spss);
  self->sorts = g_new0 (guint8, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const DhkReaderColumn *column = g_ptr_array_index (self->spss->columns, i);

      if (column->type == DHK_COLUMN_TEXT)
        self->sorts[i] = dhk_spss_cells_labels_blank (self->cells, i) ? TEXTS_BLANK : TEXTS;
    }
  self->belt = dhk_cell_belt_new (self->job, &dhk_spss_block_type,
                                  dhk_source_get_size (self->spss->source), self->cells);
  next_block (self);
}

static void
take_notes (const Cases *self)
{
  if (self->too_many)
    dhk_notes_take (self->job->notes,
                    g_strdup (_ ("The file holds more cases than it says it does; those "
                                 "beyond its own number were not read. Check the last "
                                 "rows.")));
  if (dhk_spss_cells_is_broken (self->cells))
    dhk_notes_take (self->job->notes,
                    g_strdup (_ ("Some texts hold characters that have no meaning in the "
                                 "encoding of the file; they are shown as �.")));
}

gboolean
dhk_spss_read (DhkSpss *spss, DhkReadJob *job, GError **error)
{
  Cases self = { .spss = spss, .job = job };
  gboolean ok;

  cases_init (&self);
  ok = read_cases (&self, error);
  ok = dhk_cell_belt_end (self.belt, &self.block->block, ok, error);
  if (ok)
    take_notes (&self);
  dhk_spss_cells_free (self.cells);
  g_free (self.sorts);
  g_clear_error (&self.error);
  return ok;
}
