/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The draft that is made of another study: first the study itself, without rows, then a file for every
 * import there that brought responses or rows kept aside, and for every pile of paper forms.
 */

#include <glib/gi18n-lib.h>

#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-retention.h"

/* Rows that the window shows of a file. */
#define N_PREVIEW 3

DhkMerge *
dhk_merge_of_draft (DhkDraft *draft)
{
  return dhk_draft_get_origin (draft);
}

/* Files ------------------------------------------------------------------------------------------------ */

static void
add_preview (DhkMergeFile *file, DhkDraftFile *draft_file, guint q)
{
  DhkMerge *merge = file->merge;
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (merge->ours, file->questionnaire)->questions[q];
  gboolean is_variable = question->variable >= 0;
  DhkSlot slot = dhk_store_describe_slot (
      merge->ours, is_variable, (guint) (is_variable ? question->variable : question->item));
  DhkDraftColumn *column = dhk_draft_file_add_column (
      draft_file, q, dhk_text_get (&question->text, dhk_language_of_messages ()),
      DHK_COLUMN_QUESTION);

  column->question = (int) q;
  column->reason = g_strdup (_ ("as the other study holds it"));
  column->preview = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MIN (file->rows->len, N_PREVIEW); i++)
    {
      DhkCell cell = dhk_merge_column_read (&file->columns[q],
                                            g_array_index (file->rows, DhkMergeRow, i).frame_row);

      g_ptr_array_add (column->preview, dhk_cell_describe (merge->ours, &slot, &cell));
    }
}

static void
set_rows_aside (DhkMergeFile *file, DhkDraftFile *draft_file)
{
  for (guint i = 0; i < file->aside->len; i++)
    {
      const char *reason = g_array_index (file->aside, DhkMergeAside, i).reason;

      dhk_draft_file_set_aside (draft_file, file->rows->len + i, "%s",
                                reason != NULL ? reason : "");
    }
}

static void
add_file (DhkDraft *draft, DhkMergeFile *file)
{
  DhkMerge *merge = file->merge;
  /* Translators: an import in another study, and the file name of that study. */
  g_autofree char *name = g_strdup_printf (_ ("%s (from %s)"), file->name, merge->name);
  DhkDraftFile *draft_file = dhk_draft_add_file (draft, name);
  DhkDraftSource source;

  file->place = dhk_draft_get_files (draft)->len - 1;
  draft_file->is_merged = TRUE;
  draft_file->sha256 = g_strdup (file->sha256);
  draft_file->kind = g_strdup (file->pile != 0 ? _ ("Paper forms") : file->kind);
  draft_file->raw_head = g_strdup (file->raw_head);
  if (file->questionnaire != G_MAXUINT)
    {
      draft_file->questionnaire = (int) file->questionnaire;
      draft_file->n_questions
          = dhk_instrument_get_questionnaire (merge->ours, file->questionnaire)->n_questions;
    }
  source = dhk_merge_file_make_source (file);
  dhk_draft_file_set_source (draft_file, &source);
  for (guint q = 0; q < draft_file->n_questions; q++)
    add_preview (file, draft_file, q);
  set_rows_aside (file, draft_file);
}

/* The study itself --------------------------------------------------------------------------------------- */

G_GNUC_PRINTF (2, 3)
static void
append_part (GString *text, const char *format, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append (text, " · ");
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

/* From the first to the last day on which was answered. */
static void
append_days (DhkMerge *self, GString *text)
{
  gint64 first = G_MAXINT64;
  gint64 last = 0;
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->files, i);

      for (guint r = 0; r < file->rows->len; r++)
        {
          gint64 started = g_array_index (file->rows, DhkMergeRow, r).started;

          if (started <= 0)
            continue;
          first = MIN (first, started);
          last = MAX (last, started);
        }
    }
  begin = last > 0 ? g_date_time_new_from_unix_utc (first) : NULL;
  end = last > 0 ? g_date_time_new_from_unix_utc (last) : NULL;
  if (begin == NULL || end == NULL)
    return;
  from = g_date_time_format (begin, "%-e %B %Y");
  to = g_date_time_format (end, "%-e %B %Y");
  /* Translators: two days. */
  append_part (text, _ ("answered from %s to %s"), from, to);
}

static char *
dup_summary (DhkMerge *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_rows = 0;
  guint n_excluded = 0;
  guint n_imports = 0;

  for (guint i = 0; i < self->files->len; i++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->files, i);

      n_rows += file->rows->len;
      n_imports += file->batch != 0;
      for (guint r = 0; r < file->rows->len; r++)
        n_excluded += g_array_index (file->rows, DhkMergeRow, r).exclusion != NULL;
    }
  append_part (
      text,
      g_dngettext (GETTEXT_PACKAGE, "study with %u response", "study with %u responses", n_rows),
      n_rows);
  append_part (text, _ ("%s, version %s"),
               dhk_text_get (dhk_instrument_get_title (self->theirs), dhk_language_of_messages ()),
               dhk_instrument_get_version (self->theirs));
  append_days (self, text);
  append_part (text, g_dngettext (GETTEXT_PACKAGE, "%u import", "%u imports", n_imports),
               n_imports);
  if (self->piles->len > 0)
    append_part (text,
                 g_dngettext (GETTEXT_PACKAGE, "%u batch of paper forms",
                              "%u batches of paper forms", self->piles->len),
                 self->piles->len);
  if (n_excluded > 0)
    append_part (text, g_dngettext (GETTEXT_PACKAGE, "%u excluded", "%u excluded", n_excluded),
                 n_excluded);
  if (self->edits->len > 0)
    append_part (text,
                 g_dngettext (GETTEXT_PACKAGE, "%u answer corrected by hand",
                              "%u answers corrected by hand", self->edits->len),
                 self->edits->len);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The date of the study that takes the answers holds; who promised an earlier one has to know. */
static void
note_retention (DhkMerge *self, DhkDraftFile *study)
{
  g_autofree char *date = NULL;

  if (self->retention == NULL)
    return;
  date = dhk_retention_describe (self->retention);
  dhk_draft_file_add_note (study, DHK_NOTE_ATTENTION, 0,
                           /* Translators: a file, and a date. */
                           _ ("The answers of “%s” may be kept until %s. The date of this study "
                              "stays as it is; consider whether it has to be earlier."),
                           self->name, date);
}

static DhkDraftFile *
add_study (DhkDraft *draft, DhkMerge *self)
{
  DhkDraftFile *study = dhk_draft_add_file (draft, self->name);

  study->kind = g_strdup (_ ("Study"));
  study->summary = dup_summary (self);
  study->other = dhk_instrument_ref (self->theirs);
  dhk_draft_file_add_note (study, DHK_NOTE_INFORMATION, 0,
                           _ ("Its settings, its import profiles and what can be undone there stay "
                              "in “%s”, which is not changed."),
                           self->name);
  if (self->has_key_file)
    dhk_draft_file_add_note (
        study, DHK_NOTE_ATTENTION, 0,
        _ ("Names and addresses do not come along: they stay in the key file of “%s”, where a "
           "response is found by its pseudonym."),
        self->name);
  note_retention (self, study);
  return study;
}

/* Takes the merge. */
static DhkDraft *
make_draft (DhkMerge *self, GHashTable *answers)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->ours);
  DhkDraftFile *study;

  dhk_draft_set_origin (draft, self, (GDestroyNotify) dhk_merge_free);
  study = add_study (draft, self);
  dhk_merge_fit (self, draft, study, answers);
  for (guint i = 0; i < self->files->len; i++)
    {
      DhkMergeFile *file = g_ptr_array_index (self->files, i);

      if (file->rows->len + file->aside->len > 0)
        add_file (draft, file);
    }
  return g_steal_pointer (&draft);
}

/* The door --------------------------------------------------------------------------------------------------- */

/* Nothing is known of it but that it wants a password. */
static DhkDraft *
make_sealed_draft (DhkStore *store, GFile *file, GPtrArray *passwords, GHashTable *answers)
{
  DhkDraft *draft = dhk_draft_new (store->instrument);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  DhkDraftFile *study = dhk_draft_add_file (draft, name);
  gboolean skip
      = answers != NULL && g_strcmp0 (g_hash_table_lookup (answers, DHK_MERGE_SEALED), "skip") == 0;
  char *text = g_strdup_printf (passwords != NULL && passwords->len > 0
                                    ? _ ("None of the passwords opens the study “%s”. Import it "
                                         "with its password?")
                                    : _ ("The study “%s” is protected with a password. Import it "
                                         "with its password?"),
                                name);
  DhkDraftQuestion *question
      = skip ? dhk_draft_add_decision (draft, g_strdup (DHK_MERGE_SEALED), text, g_strdup (name))
             : dhk_draft_add_question (draft, g_strdup (DHK_MERGE_SEALED), text, g_strdup (name));

  study->kind = g_strdup (_ ("Study"));
  study->summary = g_strdup (_ ("study, protected with a password"));
  dhk_draft_question_add_choice (question, g_strdup ("skip"), g_strdup (_ ("Leave it out")));
  question->file = study;
  question->chosen = g_strdup (skip ? "skip" : NULL);
  question->by = skip ? DHK_DECIDED_BY_HAND : DHK_DECIDED_BY_NOBODY;
  return draft;
}

static gboolean
check_alone (GPtrArray *files, GError **error)
{
  return files->len == 1
         || dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                            _ ("A study is imported by itself. Nothing was stored; import the "
                               "other files apart from it."));
}

DhkDraft *
dhk_store_read_merge (DhkStore *self,
                      GPtrArray *files,
                      GPtrArray *passwords,
                      GHashTable *answers,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean wants_password = FALSE;
  DhkMerge *merge = NULL;
  DhkStore *from;

  g_return_val_if_fail (self != NULL && files != NULL && files->len > 0, NULL);
  g_assert (self->owner == g_thread_self ());

  if (!check_alone (files, error))
    return NULL;
  from = dhk_merge_open (g_ptr_array_index (files, 0), passwords, &wants_password, &local);
  if (wants_password)
    return make_sealed_draft (self, g_ptr_array_index (files, 0), passwords, answers);
  if (from != NULL)
    merge = dhk_merge_load (from, self->instrument, cancellable, &local);
  dhk_merge_close (from);
  if (merge == NULL)
    {
      dhk_merge_name_repair (&local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return make_draft (merge, answers);
}
