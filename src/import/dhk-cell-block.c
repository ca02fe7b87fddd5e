/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-cell-block.h"

#include "base/dhk-behind.h"

/* Below this a thread costs more than it takes over. */
#define THREAD_FROM (G_GUINT64_CONSTANT (1) << 20)

/* One is filled and one taken while the third waits. */
#define N_BLOCKS 3

/* A block of rows that are longer than any answers goes alone: memory is not for three of them. */
#define LARGE (2 * 1024 * 1024)

struct _DhkCellBelt
{
  DhkReadJob *job;
  const DhkCellBlockType *type;
  gpointer reader;
  DhkBehind *behind;
  GPtrArray *blocks; /* all there are */
  GPtrArray *empty;  /* those nobody has */
  DhkCell *cells;    /* for taking row by row */
  GError *error;     /* of who takes; to be looked at when it stands still */
  int failed;        /* atomic */
};

/* Blocks ------------------------------------------------------------------------ */

void
dhk_cell_block_init (DhkCellBlock *self, const DhkCellBlockType *type)
{
  self->type = type;
  self->rows = g_array_new (FALSE, FALSE, sizeof (DhkBlockRow));
}

void
dhk_cell_block_clear (DhkCellBlock *self)
{
  g_array_unref (self->rows);
}

/* Taking --------------------------------------------------------------------------- */

static gboolean
take_rows (DhkCellBelt *self, const DhkCellBlock *block, GError **error)
{
  if (self->cells == NULL)
    self->cells = g_new (DhkCell, DHK_MAX_COLUMNS);
  for (guint i = 0; i < block->rows->len; i++)
    {
      const DhkBlockRow *row = &g_array_index (block->rows, DhkBlockRow, i);

      self->type->read (block, i, 0, row->width, self->cells);
      if (!self->job->func (row->line, self->cells, row->width, self->job->user_data, error))
        return FALSE;
    }
  return TRUE;
}

static void
take_block (gpointer thing, gpointer data)
{
  DhkCellBelt *self = data;
  DhkCellBlock *block = thing;
  gboolean ok;

  if (g_atomic_int_get (&self->failed))
    return;
  ok = self->job->take_block != NULL
           ? self->job->take_block (block, self->job->user_data, &self->error)
           : take_rows (self, block, &self->error);
  if (!ok)
    g_atomic_int_set (&self->failed, TRUE);
}

static void
get_back (DhkCellBelt *self)
{
  DhkCellBlock *block = dhk_behind_take (self->behind);

  self->type->reset (block);
  g_ptr_array_add (self->empty, block);
}

static void
wait_for_all (DhkCellBelt *self)
{
  while (dhk_behind_get_n_out (self->behind) > 0)
    get_back (self);
}

/* Belts ------------------------------------------------------------------------------- */

DhkCellBelt *
dhk_cell_belt_new (DhkReadJob *job, const DhkCellBlockType *type, guint64 n_bytes, gpointer reader)
{
  DhkCellBelt *self = g_new0 (DhkCellBelt, 1);
  gboolean threaded = job->take_block != NULL && n_bytes >= THREAD_FROM;

  self->job = job;
  self->type = type;
  self->reader = reader;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) (void *) type->free);
  self->empty = g_ptr_array_new ();
  self->behind = dhk_behind_new (threaded ? "dhk-cells" : NULL, take_block, self);
  return self;
}

DhkCellBlock *
dhk_cell_belt_next (DhkCellBelt *self)
{
  if (self->empty->len == 0 && self->blocks->len < N_BLOCKS)
    {
      DhkCellBlock *block = self->type->make (self->reader);

      g_ptr_array_add (self->blocks, block);
      return block;
    }
  if (self->empty->len == 0)
    get_back (self);
  return g_ptr_array_steal_index_fast (self->empty, self->empty->len - 1);
}

static gboolean
fail (DhkCellBelt *self, GError **error)
{
  wait_for_all (self);
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
dhk_cell_belt_give (DhkCellBelt *self, DhkCellBlock *block, GError **error)
{
  gboolean large = block->n_bytes > LARGE;

  dhk_behind_give (self->behind, block);
  if (large)
    wait_for_all (self);
  return g_atomic_int_get (&self->failed) ? fail (self, error) : TRUE;
}

gboolean
dhk_cell_belt_end (DhkCellBelt *self, DhkCellBlock *last, gboolean ok, GError **error)
{
  if (last != NULL && last->rows->len > 0)
    dhk_behind_give (self->behind, last);
  wait_for_all (self);
  dhk_behind_free (self->behind);
  if (self->error != NULL)
    {
      if (!ok)
        g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&self->error));
      ok = FALSE;
    }
  g_ptr_array_unref (self->empty);
  g_ptr_array_unref (self->blocks);
  g_free (self->cells);
  g_free (self);
  return ok;
}
