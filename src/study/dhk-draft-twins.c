/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a draft that may be of one response. */

#include "base/dhk-twice.h"
#include "study/dhk-draft.h"

static gboolean
are_found (const GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);

      if (file->far == NULL || file->twins == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Of all rows of the files, one after the other. */
static guint64 *
read_keys (const GPtrArray *files, guint *n)
{
  guint64 *keys;

  *n = 0;
  for (guint i = 0; i < files->len; i++)
    *n += dhk_draft_file_get_n_rows (g_ptr_array_index (files, i));
  keys = g_new0 (guint64, (gsize) *n + 1);
  for (guint i = 0, at = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);

      dhk_draft_file_read_keys (file, keys + at);
      at += dhk_draft_file_get_n_rows (file);
    }
  return keys;
}

void
dhk_draft_find_twins (DhkDraft *self)
{
  GPtrArray *files;
  g_autofree guint64 *keys = NULL;
  g_autoptr (GArray) found = NULL;
  guint next = 0;
  guint n;

  g_return_if_fail (self != NULL);

  files = dhk_draft_get_files (self);
  if (are_found (files))
    return;
  keys = read_keys (files, &n);
  found = dhk_twice_find (keys, n);
  for (guint i = 0, at = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);
      guint n_rows = dhk_draft_file_get_n_rows (file);

      g_clear_pointer (&file->twins, g_array_unref);
      file->twins = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint row = 0; row < n_rows; row++, at++)
        {
          gboolean is_found = next < found->len && g_array_index (found, guint, next) == at;

          if (is_found || keys[at] == 0)
            g_array_append_val (file->twins, row);
          next += is_found ? 1 : 0;
        }
    }
}
