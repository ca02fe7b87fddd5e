/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-times.h"

/* Times are kept in four bytes or less, as seconds after this one (1954-10-03). */
#define FIRST_TIME G_GINT64_CONSTANT (-480988800)

void
dhk_row_times_init (DhkRowTimes *self, guint n_rows)
{
  *self = (DhkRowTimes){ .n_rows = n_rows };
  for (guint which = 0; which < 2; which++)
    self->odd[which] = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

void
dhk_row_times_clear (DhkRowTimes *self)
{
  for (guint which = 0; which < 2; which++)
    {
      for (guint i = 0; i < self->n_pieces[which]; i++)
        dhk_raw_piece_clear (&self->pieces[which][i]);
      g_free (self->pieces[which]);
      g_hash_table_unref (self->odd[which]);
    }
}

static void
set_time (DhkRowTimes *self, guint which, guint row, guint32 time)
{
  guint number = row >> DHK_PIECE_BITS;

  if (self->pieces[which] == NULL)
    self->pieces[which] = g_new0 (DhkRawPiece, (self->n_rows >> DHK_PIECE_BITS) + 1);
  if (number >= self->n_pieces[which])
    {
      if (self->n_pieces[which] > 0)
        dhk_raw_piece_pack (&self->pieces[which][self->n_pieces[which] - 1]);
      dhk_raw_piece_widen (&self->pieces[which][number], DHK_PIECE_32, 0);
      self->n_pieces[which] = number + 1;
    }
  dhk_raw_piece_set (&self->pieces[which][number], row % DHK_PIECE_ROWS, time);
}

void
dhk_row_times_set (DhkRowTimes *self, guint row, gboolean completed, gint64 seconds)
{
  guint which = completed ? 1 : 0;

  if (seconds == 0)
    return;
  if (seconds > FIRST_TIME && seconds - FIRST_TIME < G_MAXUINT32)
    {
      set_time (self, which, row, (guint32) (seconds - FIRST_TIME));
      return;
    }
  set_time (self, which, row, G_MAXUINT32);
  g_hash_table_insert (self->odd[which], GUINT_TO_POINTER (row),
                       g_memdup2 (&seconds, sizeof seconds));
}

gint64
dhk_row_times_get (const DhkRowTimes *self, guint row, gboolean completed)
{
  guint which = completed ? 1 : 0;
  guint number = row >> DHK_PIECE_BITS;
  guint32 time
      = number < self->n_pieces[which]
            ? (guint32) dhk_raw_piece_get (&self->pieces[which][number], row % DHK_PIECE_ROWS)
            : 0;

  if (time != G_MAXUINT32)
    return time == 0 ? 0 : FIRST_TIME + time;
  return *(const gint64 *) g_hash_table_lookup (self->odd[which], GUINT_TO_POINTER (row));
}
