/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of a data file of SPSS as cells. */

#include "import/dhk-spss-cells.h"

#include <math.h>
#include <string.h>

/* Labels beyond so many are found by their hash. */
#define FEW_LABELS 12

/* Whole numbers below this one are made a cell once: answers, and most categories. */
#define N_SMALL 32

/* Values of a block, and most rows of few columns. */
#define BLOCK_VALUES (16 * 1024)
#define MOST_ROWS 1024

/* The place of a text that is not among those that were made. */
#define LENT G_MAXSIZE

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

struct _DhkSpssCells
{
  guint n_columns;
  Lookup *lookups;
  DhkSpssText text;
  GString *texts; /* of the cells that were made last */
  gsize *places;  /* of their texts in there, or LENT */
  GStringChunk *small_texts;
};

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
set_empty (DhkCell *cell)
{
  *cell = (DhkCell){ .kind = DHK_CELL_EMPTY, .text = "" };
}

static void
lend_text (DhkCell *cell, const char *text)
{
  cell->text = text;
  cell->length = strlen (text);
}

/* Ends what was appended to the texts from `from` on as the text of the cell; returns its place. */
static gsize
keep_text (DhkSpssCells *self, DhkCell *cell, gsize from)
{
  cell->length = self->texts->len - from;
  g_string_append_c (self->texts, '\0');
  return from;
}

/* Which of the small numbers it is; N_SMALL: none. */
static inline guint
find_small (double value)
{
  guint index = value >= 0 && value < N_SMALL ? (guint) value : N_SMALL;
  double whole = index;

  /* The zero with a sign is another number. */
  return memcmp (&whole, &value, sizeof value) == 0 ? index : N_SMALL;
}

/* These set the kind, the number and the text of a cell, and return the place of the text. */

static gsize
set_number (DhkSpssCells *self, const Lookup *lookup, double value, DhkCell *cell)
{
  const DhkReaderLabel *label = find_number (lookup, value);
  gboolean missing = lookup->column->missing->len > 0 && is_missing_number (lookup, value);
  gsize from = self->texts->len;

  cell->number = value;
  if (label != NULL)
    {
      cell->kind = missing ? DHK_CELL_MISSING : DHK_CELL_TEXT;
      lend_text (cell, label->label);
      return LENT;
    }
  cell->kind = dhk_spss_value_append (self->texts, lookup->format, lookup->column->type, value,
                                      &cell->number);
  if (missing)
    {
      cell->kind = DHK_CELL_MISSING;
      cell->number = value;
    }
  return keep_text (self, cell, from);
}

static gsize
set_any_number (DhkSpssCells *self, Lookup *lookup, double value, DhkCell *cell)
{
  guint index = find_small (value);
  DhkCell *small;
  gsize place;

  if (index == N_SMALL)
    return set_number (self, lookup, value, cell);
  if (lookup->small == NULL)
    lookup->small = g_new0 (DhkCell, N_SMALL);
  small = &lookup->small[index];
  if (small->kind == DHK_CELL_EMPTY)
    {
      place = set_number (self, lookup, value, cell);
      *small = *cell;
      if (place != LENT)
        small->text = g_string_chunk_insert_len (self->small_texts, self->texts->str + place,
                                                 (gssize) small->length);
      small->lasts = TRUE;
    }
  *cell = *small;
  return LENT;
}

static gsize
set_text (DhkSpssCells *self, const Lookup *lookup, const char *bytes, DhkCell *cell)
{
  const DhkReaderLabel *label = NULL;
  gsize from = self->texts->len;
  const char *text;
  gboolean missing;

  dhk_spss_text_append (&self->text, self->texts, bytes, strlen (bytes));
  keep_text (self, cell, from);
  text = self->texts->str + from;
  missing = lookup->column->missing->len > 0 && is_missing_text (lookup, text);
  if (lookup->by_text != NULL)
    label = g_hash_table_lookup (lookup->by_text, text);
  cell->kind = missing ? DHK_CELL_MISSING : DHK_CELL_TEXT;
  if (label == NULL)
    return from;
  lend_text (cell, label->label);
  return LENT;
}

static void
read_cells (
    const DhkCellBlock *block, guint index, guint first_column, guint n_columns, DhkCell *cells)
{
  const DhkSpssBlock *in = (const DhkSpssBlock *) block;
  const DhkBlockRow *row = &g_array_index (block->rows, DhkBlockRow, index);
  const DhkSpssValue *values = in->values + row->first + first_column;
  DhkSpssCells *self = in->cells;

  g_string_truncate (self->texts, 0);
  for (guint i = 0; i < n_columns; i++)
    {
      Lookup *lookup = &self->lookups[first_column + i];

      set_empty (&cells[i]);
      self->places[i] = LENT;
      if (first_column + i >= row->width)
        continue;
      if (!lookup->is_text && !isnan (values[i].number))
        self->places[i] = set_any_number (self, lookup, values[i].number, &cells[i]);
      else if (lookup->is_text && values[i].text != DHK_SPSS_NO_TEXT)
        self->places[i] = set_text (self, lookup, in->texts->str + values[i].text, &cells[i]);
    }
  /* Only now they stay where they are. */
  for (guint i = 0; i < n_columns; i++)
    if (self->places[i] != LENT)
      cells[i].text = self->texts->str + self->places[i];
}

/* Marks ---------------------------------------------------------------- */

static inline guint8
mark_number (double value)
{
  guint index = find_small (value);

  if (index < N_SMALL)
    return (guint8) (index + 1);
  return isnan (value) ? DHK_MARK_EMPTY : DHK_MARK_NONE;
}

static void
mark_cells (const DhkCellBlock *block, guint first_row, guint n_rows, guint column, guint8 *marks)
{
  const DhkSpssBlock *in = (const DhkSpssBlock *) block;
  const DhkBlockRow *row = &g_array_index (block->rows, DhkBlockRow, first_row);
  const DhkSpssValue *values = in->values + column;
  gboolean is_text = in->cells->lookups[column].is_text;

  for (guint i = 0; i < n_rows; i++, row++)
    if (!is_text)
      marks[i] = mark_number (values[row->first].number);
    else
      marks[i] = values[row->first].text == DHK_SPSS_NO_TEXT ? DHK_MARK_EMPTY : DHK_MARK_NONE;
}

/* Blocks ---------------------------------------------------------------- */

static DhkCellBlock *
make_block (gpointer reader)
{
  DhkSpssBlock *self = g_new0 (DhkSpssBlock, 1);
  guint n_columns;

  dhk_cell_block_init (&self->block, &dhk_spss_block_type);
  self->cells = reader;
  n_columns = MAX (self->cells->n_columns, 1);
  self->n_room = CLAMP (BLOCK_VALUES / n_columns, 1, MOST_ROWS);
  self->values = g_new (DhkSpssValue, (gsize) self->n_room * n_columns);
  self->texts = g_string_new (NULL);
  return &self->block;
}

static void
free_block (DhkCellBlock *block)
{
  DhkSpssBlock *self = (DhkSpssBlock *) block;

  g_free (self->values);
  g_string_free (self->texts, TRUE);
  dhk_cell_block_clear (block);
  g_free (self);
}

static void
reset_block (DhkCellBlock *block)
{
  DhkSpssBlock *self = (DhkSpssBlock *) block;

  g_array_set_size (block->rows, 0);
  if (self->texts->allocated_len > 2 * DHK_SPSS_BLOCK_TEXT)
    {
      g_string_free (self->texts, TRUE);
      self->texts = g_string_new (NULL);
    }
  g_string_truncate (self->texts, 0);
}

const DhkCellBlockType dhk_spss_block_type = {
  .make = make_block,
  .free = free_block,
  .reset = reset_block,
  .mark = mark_cells,
  .read = read_cells,
};

/* A read ---------------------------------------------------------------- */

DhkSpssCells *
dhk_spss_cells_new (DhkSpss *spss)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL); /* labels -> Lookup */
  DhkSpssCells *self = g_new0 (DhkSpssCells, 1);

  self->n_columns = spss->columns->len;
  dhk_spss_text_init (&self->text, spss->encoding);
  self->lookups = g_new0 (Lookup, self->n_columns);
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
  return self;
}

void
dhk_spss_cells_free (DhkSpssCells *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&self->lookups[i].by_number, g_hash_table_unref);
      g_clear_pointer (&self->lookups[i].by_text, g_hash_table_unref);
      g_free (self->lookups[i].small);
    }
  g_free (self->lookups);
  g_free (self->places);
  g_string_free (self->texts, TRUE);
  g_string_chunk_free (self->small_texts);
  dhk_spss_text_clear (&self->text);
  g_free (self);
}

gboolean
dhk_spss_cells_is_broken (const DhkSpssCells *self)
{
  return self->text.broken;
}

gboolean
dhk_spss_cells_labels_blank (const DhkSpssCells *self, guint column)
{
  GHashTable *by_text = self->lookups[column].by_text;

  return by_text != NULL && g_hash_table_contains (by_text, "");
}
