/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to know about a merge as a whole, once it is compared. */

#include <glib/gi18n-lib.h>

#include "store/dhk-store-merge-private.h"

void
dhk_merge_add_note (DhkDraftFile *file, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dhk_draft_file_add_note (file, DHK_NOTE_ATTENTION, 0, "%s", text);
  ((DhkDraftNote *) g_ptr_array_index (file->notes, file->notes->len - 1))->compared = TRUE;
}

typedef struct
{
  DhkStore *store;
  DhkDraft *draft;
  DhkMerge *merge;
  DhkDraftFile *study;
} Work;

/* Rows that come in, one after the other; NULL at the end. */
static const DhkMergeRow *
find_next_new (const Work *self, guint *f, guint *i)
{
  for (; *f < self->merge->files->len; (*f)++, *i = 0)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->merge->files, *f);

      for (; file->place != 0 && *i < file->rows->len; (*i)++)
        if (dhk_draft_file_get_fate (
                g_ptr_array_index (dhk_draft_get_files (self->draft), file->place), *i)
            == DHK_ROW_NEW)
          return &g_array_index (file->rows, DhkMergeRow, (*i)++);
    }
  return NULL;
}

static void
note_pseudonyms (const Work *self)
{
  const DhkMergeRow *row;
  guint f = 0;
  guint i = 0;
  guint n = 0;

  while ((row = find_next_new (self, &f, &i)) != NULL)
    n += !dhk_store_is_free_pseudonym (self->store, row->pseudonym);
  if (n > 0)
    dhk_merge_add_note (
        self->study,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u response gets a new pseudonym: the one it has there is somebody "
                     "else’s here.",
                     "%u responses get new pseudonyms: those they have there are somebody "
                     "else’s here.",
                     n),
        n);
}

/* What was not settled there: of who comes along it does too, of who is here already it cannot. */
static void
note_conflicts (const Work *self)
{
  g_autoptr (GHashTable) fresh = g_hash_table_new (g_int64_hash, g_int64_equal);
  const DhkMergeRow *row;
  guint n_along = 0;
  guint n_left = 0;
  guint f = 0;
  guint r = 0;

  while ((row = find_next_new (self, &f, &r)) != NULL)
    g_hash_table_add (fresh, (gpointer) &row->id);
  for (guint i = 0; i < self->merge->conflicts->len; i++)
    {
      const DhkMergeMark *mark = &g_array_index (self->merge->conflicts, DhkMergeMark, i);

      n_along += g_hash_table_contains (fresh, &mark->respondent) ? 1 : 0;
      n_left += g_hash_table_contains (self->merge->matched, &mark->respondent) ? 1 : 0;
    }
  if (n_along > 0)
    dhk_merge_add_note (
        self->study,
        g_dngettext (GETTEXT_PACKAGE, "%u conflict that was not settled in “%s” comes along.",
                     "%u conflicts that were not settled in “%s” come along.", n_along),
        n_along, self->merge->name);
  if (n_left > 0)
    dhk_merge_add_note (
        self->study,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u conflict that is not settled in “%s” is about a response that is here "
                     "already, and stays there. Settle it there, and merge again.",
                     "%u conflicts that are not settled in “%s” are about responses that are here "
                     "already, and stay there. Settle them there, and merge again.",
                     n_left),
        n_left, self->merge->name);
}

/* What somebody asked of the other researcher holds for the same answers here. */
static gboolean
note_erased_there (const Work *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  guint n = 0;
  int found;

  if (self->merge->erased == NULL)
    return TRUE;
  statement = dhk_sql_prepare (
      self->store,
      "SELECT dhk_hash_text (r.identity) FROM respondent_record r "
      "JOIN import_batch b ON b.id = r.batch WHERE b.active AND r.identity IS NOT NULL",
      error);
  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    n += dhk_erased_holds_identity (self->merge->erased, dhk_sql_text (statement, 0)) ? 1 : 0;
  if (n > 0)
    dhk_merge_add_note (
        self->study,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u respondent of this study was erased from the other one on request. "
                     "Consider whether that holds here too.",
                     "%u respondents of this study were erased from the other one on "
                     "request. Consider whether that holds here too.",
                     n),
        n);
  return found == 0;
}

/* The same export without its times, or from another time zone, has no identity in common. */
static void
note_alike (const Work *self)
{
  guint n = self->merge->n_alike;

  if (n > 0)
    dhk_merge_add_note (
        self->study,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u response counts as new, though one in this study has the same answers "
                     "and background, with another number or start time. If they are the same, "
                     "undo this and import the file that it came from instead.",
                     "%u responses count as new, though some in this study have the same answers "
                     "and background, with other numbers or start times. If they are the same, "
                     "undo this and import the file that they came from instead.",
                     n),
        n);
}

gboolean
dhk_merge_note_all (DhkStore *store, DhkDraft *draft, GError **error)
{
  const Work work = { .store = store,
                      .draft = draft,
                      .merge = dhk_merge_of_draft (draft),
                      .study = g_ptr_array_index (dhk_draft_get_files (draft), 0) };

  if (!note_erased_there (&work, error))
    return FALSE;
  note_pseudonyms (&work);
  note_conflicts (&work);
  note_alike (&work);
  return TRUE;
}
