/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows whose identity the study does not hold, and that are of a stored response all the same. An
 * identity that is made of the answers, or of a start that was read otherwise, changes with what a
 * person decides about a file and with the questionnaires; a row of the very same file is then known
 * by its place, and one that has nothing but its answers by those. Else reading a file once
 * more would add everybody a second time.
 */

#include "store/dhk-store-compare-private.h"

/* What an earlier import of the same file says of its rows. */
typedef struct
{
  GArray *owners;  /* gint64, see dhk_store_load_owners() */
  gboolean *blank; /* rows that were made empty: of somebody who was erased; or NULL */
} SameFile;

static void
same_file_clear (SameFile *self)
{
  g_clear_pointer (&self->owners, g_array_unref);
  g_clear_pointer (&self->blank, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SameFile, same_file_clear)

static gboolean
note_blank (guint row, G_GNUC_UNUSED const char *text, gsize length, gpointer user_data)
{
  SameFile *self = user_data;

  if (row < self->owners->len)
    self->blank[row] = length == 0 && g_array_index (self->owners, gint64, row) == 0;
  return TRUE;
}

gboolean
dhk_comparer_find_same_file (DhkComparer *self, DhkDraftFile *file, gint64 *batch, GError **error)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire);

  *batch = 0;
  return dhk_sql_get_int (self->store, error, batch,
                          /* Of several sheets of a workbook it is not known which is which. */
                          "SELECT CASE count (*) WHEN 1 THEN max (id) ELSE 0 END FROM import_batch "
                          "WHERE active AND sha256 = ?1 AND sha256 <> '' AND questionnaire = ?2 "
                          "AND step = (SELECT max (step) FROM import_batch WHERE active "
                          "AND sha256 = ?1 AND questionnaire = ?2)",
                          "tt", file->sha256 != NULL ? file->sha256 : "", questionnaire->id)
         >= 0;
}

static gboolean
has_nobody (const GArray *owners)
{
  for (guint i = 0; i < owners->len; i++)
    if (g_array_index (owners, gint64, i) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
load_same_file (DhkComparer *self, DhkDraftFile *file, gint64 batch, SameFile *same, GError **error)
{
  if (batch == 0)
    return TRUE;
  same->owners = dhk_store_load_owners (self->store, batch, error);
  if (same->owners == NULL)
    return FALSE;
  /* Rows were counted otherwise: a place says nothing. */
  if (same->owners->len != dhk_draft_file_get_n_rows (file))
    {
      same_file_clear (same);
      return TRUE;
    }
  /* Who was erased in another study that was merged has left such a row too. */
  if (!has_nobody (same->owners))
    return TRUE;
  same->blank = g_new0 (gboolean, same->owners->len + 1);
  return dhk_store_visit_raw (self->store, batch, note_blank, same, error);
}

gboolean
dhk_comparer_may_adopt (gint64 batch, const DhkDraftRow *row)
{
  return batch != 0 || (row->form_id == NULL && row->started == 0);
}

static gint64
adopt (DhkResponses *responses, const SameFile *same, guint i, const DhkDraftRow *row)
{
  gint64 owner = same->owners != NULL ? g_array_index (same->owners, gint64, i) : 0;

  if (owner != 0 && dhk_responses_adopt (responses, row, owner))
    return owner;
  if (row->form_id == NULL && row->started == 0)
    return dhk_responses_adopt_plain (responses, row);
  return 0;
}

gboolean
dhk_comparer_adopt_rows (DhkComparer *self,
                         DhkDraftFile *file,
                         gint64 batch,
                         const GArray *rows,
                         gint64 *present,
                         GError **error)
{
  g_auto (SameFile) same = { NULL };

  if (rows->len == 0)
    return TRUE;
  if (!load_same_file (self, file, batch, &same, error))
    return FALSE;
  for (guint at = 0; at < rows->len; at++)
    {
      guint i = g_array_index (rows, guint, at);
      g_auto (DhkDraftRow) row = { 0 };

      if (at % DHK_COMPARE_CANCEL_EVERY == 0
          && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (dhk_draft_file_get_fate (file, i) == DHK_ROW_ASIDE)
        continue;
      if (same.blank != NULL && same.blank[i])
        {
          dhk_comparison_set_erased (self->result, dhk_draft_file_get_row (file, i));
          continue;
        }
      dhk_draft_file_read_row (file, i, &row);
      present[i] = -adopt (self->responses[file->questionnaire], &same, i, &row);
    }
  return TRUE;
}
