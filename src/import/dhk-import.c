/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-doubles.h"
#include "import/dhk-import-error.h"
#include "import/dhk-responses.h"

static void
job_clear (DhkImportJob *self)
{
  g_clear_pointer (&self->recognisers, g_ptr_array_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->shapes, g_ptr_array_unref);
  g_clear_pointer (&self->slugs, g_hash_table_unref);
  g_clear_pointer (&self->hashes, g_hash_table_unref);
  g_clear_pointer (&self->asker, dhk_asker_free);
  g_clear_pointer (&self->catalogue, dhk_catalogue_free);
  g_clear_pointer (&self->draft, dhk_draft_unref);
  g_clear_pointer (&self->reader, dhk_reader_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->misfits, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkImportJob, job_clear)

/* What the readers say, with the file's name in front. */
static void
prefix_error (DhkImportJob *self, GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == DHK_IMPORT_ERROR
      && strstr ((*error)->message, self->name) == NULL)
    g_prefix_error (error, _ ("“%s”: "), self->name);
}

/* Response files --------------------------------------------------------- */

static gboolean
import_responses (
    DhkImportJob *self, GPtrArray *files, const char *slug, GFile *folder, GError **error)
{
  const DhkResponsesJob job = { .draft = self->draft,
                                .asker = self->asker,
                                .slug = slug,
                                .name = self->name,
                                .files = files,
                                .folder = folder,
                                .progress = dhk_import_job_report,
                                .user_data = self,
                                .cancellable = self->cancellable };

  return dhk_responses_import (&job, error);
}

static gboolean
import_folder (DhkImportJob *self, GFile *folder, GError **error)
{
  g_autoptr (GPtrArray) files = dhk_responses_list (folder, self->cancellable, error);
  g_autoptr (GPtrArray) passwords = dhk_import_file_ref_passwords (folder);
  g_autofree char *slug = NULL;

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    for (guint k = 0; passwords != NULL && k < passwords->len; k++)
      dhk_import_file_add_password (g_ptr_array_index (files, i), g_ptr_array_index (passwords, k));
  slug = dhk_import_job_make_slug (self);
  return import_responses (self, files, slug, folder, error);
}

/* One file or folder; a response file waits for the others in `responses`. */
static gboolean
import_one (DhkImportJob *self, GFile *file, GPtrArray *responses, GError **error)
{
  gboolean is_file = dhk_import_file_get_bytes (file) == NULL;

  switch (is_file ? dhk_responses_get_kind (file, self->cancellable) : DHK_RESPONSES_NONE)
    {
    case DHK_RESPONSES_FOLDER:
      return import_folder (self, file, error);
    case DHK_RESPONSES_FILE:
      g_ptr_array_add (responses, g_object_ref (file));
      return TRUE;
    case DHK_RESPONSES_NONE:
    default:
      return dhk_import_job_read_table (self, file, error);
    }
}

/* Their own names may be names of people: they go by another. */
static gboolean
import_loose (DhkImportJob *self, GPtrArray *responses, GError **error)
{
  if (responses->len == 0)
    return TRUE;
  g_free (self->name);
  self->name = g_strdup (_ ("Response files"));
  self->index = self->n_files - 1;
  return import_responses (self, responses, "responses", NULL, error);
}

static gboolean
is_refused (const DhkImportJob *self)
{
  const GPtrArray *refusals = dhk_draft_get_refusals (self->draft);

  for (guint i = 0; i < refusals->len; i++)
    if (((const DhkDraftRefusal *) g_ptr_array_index (refusals, i))->source == self->index)
      return TRUE;
  return FALSE;
}

/* That somebody cancelled, or that an answer has no question, is no fault of the file. */
static gboolean
is_about_file (const GError *error)
{
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         && !g_error_matches (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_QUESTION)
         && !g_error_matches (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_CHOICE);
}

/* How much of the draft there is: more when a file has begun to be in it. */
static guint
count_begun (const DhkImportJob *self)
{
  return dhk_draft_get_files (self->draft)->len + dhk_draft_get_questions (self->draft)->len
         + dhk_draft_get_decisions (self->draft)->len;
}

/* TRUE when the other files can be read on. */
static gboolean
refuse_file (DhkImportJob *self, guint begun, GError **error)
{
  dhk_draft_add_refusal (self->draft, self->index, (*error)->message);
  self->again = count_begun (self) > begun;
  if (!self->again)
    g_clear_error (error);
  return !self->again;
}

/* FALSE without an error: all has to be read anew, without some answers. They may have had a part in what was read. */
static gboolean
judge_answers (DhkImportJob *self, GError **error)
{
  if (!self->lenient)
    return dhk_asker_check (self->asker, error);
  self->misfits = dhk_asker_list_misfits (self->asker);
  return self->misfits->len == 0;
}

static gboolean
import_files (DhkImportJob *self, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) unreadable = NULL;

  /* Ids that start so are about all files. */
  g_hash_table_add (self->slugs, g_strdup ("all"));
  g_hash_table_add (self->slugs, g_strdup ("responses"));
  dhk_recogniser_ask_for_all (self->asker, self->profiles, &self->for_all);
  for (self->index = 0; self->index < files->len; self->index++)
    {
      GFile *file = g_ptr_array_index (files, self->index);
      guint begun = count_begun (self);
      g_autoptr (GError) local = NULL;

      if (is_refused (self))
        continue;
      g_clear_pointer (&self->reader, dhk_reader_unref);
      g_clear_pointer (&self->name, g_free);
      self->name = dhk_import_file_dup_name (file);
      dhk_import_job_report (0, self);
      if (import_one (self, file, responses, &local)
          || (self->lenient && is_about_file (local) && refuse_file (self, begun, &local)))
        continue;
      prefix_error (self, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Where none of them can be read, the draft says so of each. */
  if (!import_loose (self, responses, &unreadable)
      && !(self->lenient && is_about_file (unreadable)))
    {
      g_propagate_error (error, g_steal_pointer (&unreadable));
      return FALSE;
    }
  dhk_doubles_settle (self->recognisers);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error)
         && judge_answers (self, error);
}

DhkDraft *
dhk_import_read (DhkInstrument *instrument,
                 GPtrArray *files,
                 GHashTable *answers,
                 DhkImportProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  return dhk_import_read_with_profiles (instrument, files, answers, NULL, progress, user_data,
                                        cancellable, error);
}

static void
take_refusals (DhkDraft *draft, DhkDraft *from)
{
  const GPtrArray *refusals = dhk_draft_get_refusals (from);

  for (guint i = 0; i < refusals->len; i++)
    {
      const DhkDraftRefusal *refusal = g_ptr_array_index (refusals, i);

      dhk_draft_add_refusal (draft, refusal->source, refusal->problem);
    }
}

/* The answers but for the misfits, which `gone` has from now on. Its texts are those of `answers`. */
static GHashTable *
leave_out_misfits (GHashTable *answers, const GPtrArray *misfits, GPtrArray *gone)
{
  GHashTable *fitting = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (fitting, key, value);
  for (guint i = 0; i < misfits->len; i++)
    {
      const char *id = g_ptr_array_index (misfits, i);

      g_ptr_array_add (gone, g_strdup (id));
      g_hash_table_remove (fitting, id);
    }
  return fitting;
}

static DhkDraft *
read_files (const DhkImportJob *job, GPtrArray *files, GHashTable *answers, GError **error)
{
  g_autoptr (DhkDraft) before = NULL;
  g_autoptr (GHashTable) fitting = answers != NULL ? g_hash_table_ref (answers) : NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      g_auto (DhkImportJob) self = *job;
      g_autoptr (GError) local = NULL;

      self.draft = dhk_draft_new (self.instrument);
      if (before != NULL)
        take_refusals (self.draft, before);
      self.asker = dhk_asker_new (self.draft, fitting);
      self.catalogue = dhk_catalogue_new (self.instrument);
      self.recognisers = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_recogniser_free);
      self.sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_sheet_unref);
      self.shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_shape_free);
      self.slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self.hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self.n_files = files->len;
      if (import_files (&self, files, &local))
        {
          if (self.progress != NULL)
            self.progress (1.0, self.name != NULL ? self.name : "", self.user_data);
          for (guint i = 0; i < gone->len; i++)
            dhk_draft_add_misfit (self.draft, g_ptr_array_index (gone, i));
          return g_steal_pointer (&self.draft);
        }
      g_clear_pointer (&before, dhk_draft_unref);
      if (self.misfits != NULL)
        {
          g_autoptr (GHashTable) all = g_steal_pointer (&fitting);

          fitting = leave_out_misfits (all, self.misfits, gone);
        }
      else if (self.again)
        before = dhk_draft_ref (self.draft);
      else
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
}

DhkDraft *
dhk_import_read_with_profiles (DhkInstrument *instrument,
                               GPtrArray *files,
                               GHashTable *answers,
                               GPtrArray *profiles,
                               DhkImportProgress progress,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error)
{
  const DhkImportJob job = { .instrument = instrument,
                             .profiles = profiles,
                             .progress = progress,
                             .user_data = user_data,
                             .cancellable = cancellable };

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_files (&job, files, answers, error);
}

DhkDraft *
dhk_import_read_what_can_be (DhkInstrument *instrument,
                             GPtrArray *files,
                             GHashTable *answers,
                             GPtrArray *profiles,
                             DhkImportProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  const DhkImportJob job = { .instrument = instrument,
                             .profiles = profiles,
                             .progress = progress,
                             .user_data = user_data,
                             .cancellable = cancellable,
                             .lenient = TRUE };

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_files (&job, files, answers, error);
}
