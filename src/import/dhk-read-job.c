/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-read-job.h"

#include <glib/gi18n-lib.h>

#define MAX_NOTES 100

gboolean
dhk_read_job_go_on (DhkReadJob *job, double fraction, GError **error)
{
  fraction = CLAMP (fraction, 0.0, 1.0);
  if (job->progress != NULL
      && (fraction >= job->reported + 0.001 || (fraction >= 1.0 && job->reported < 1.0)))
    {
      job->reported = fraction;
      job->progress (fraction, job->progress_data);
    }

  return !g_cancellable_set_error_if_cancelled (job->cancellable, error);
}

gboolean
dhk_read_share_go_on (const DhkReadShare *self, double fraction, GError **error)
{
  return self == NULL
         || dhk_read_job_go_on (self->job, self->from + (self->to - self->from) * fraction, error);
}

void
dhk_notes_take (GPtrArray *notes, char *note)
{
  if (notes->len < MAX_NOTES)
    g_ptr_array_add (notes, note);
  else
    {
      g_free (note);
      if (notes->len == MAX_NOTES)
        g_ptr_array_add (notes, g_strdup (_ ("More was odd in this file than is listed here.")));
    }
}

gboolean
dhk_notes_has_room (GPtrArray *notes)
{
  return notes->len <= MAX_NOTES;
}
