/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-responses-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-xml.h"
#include "import/dhk-import-error.h"
#include "study/dhk-response.h"

/* More are not the responses of a self-rating. */
#define MAX_FILES 20000

/* Enough to tell what a file is. */
#define SNIFF 4096

static void
item_clear (gpointer data)
{
  g_clear_pointer (&((DhkResponseItem *) data)->response, dhk_response_unref);
}

static void
work_clear (DhkResponsesWork *self)
{
  g_array_unref (self->items);
  g_ptr_array_unref (self->sealed);
  g_ptr_array_unref (self->notes);
  g_clear_pointer (&self->worked, dhk_secret_free);
  g_checksum_free (self->sum);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkResponsesWork, work_clear)

/* What a file is ----------------------------------------------------------------------- */

DhkResponsesKind
dhk_responses_get_kind (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = NULL;
  char start[SNIFF];
  gsize size = 0;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_DIRECTORY)
    return DHK_RESPONSES_FOLDER;
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) != G_FILE_TYPE_REGULAR)
    return DHK_RESPONSES_NONE;
  stream = g_file_read (file, cancellable, NULL);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), start, sizeof start, &size, cancellable,
                                   NULL))
    return DHK_RESPONSES_NONE;
  return dhk_response_is_one (start, size) ? DHK_RESPONSES_FILE : DHK_RESPONSES_NONE;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *other = g_file_get_basename (*(GFile *const *) b);

  return strcmp (one, other);
}

static char *
dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_strdelimit (g_filename_display_name (base != NULL ? base : ""), "\n\r\t", ' ');
}

GPtrArray *
dhk_responses_list (GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) children = NULL;
  g_autofree char *name = dup_name (folder);
  GFileInfo *info;
  GFile *child;

  children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  while (children != NULL && g_file_enumerator_iterate (children, &info, &child, cancellable, NULL)
         && info != NULL)
    {
      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
          || g_file_info_get_name (info)[0] == '.'
          || !g_str_has_suffix (g_file_info_get_name (info), "." DHK_RESPONSE_SUFFIX))
        continue;
      g_ptr_array_add (files, g_object_ref (child));
      if (files->len <= MAX_FILES)
        continue;
      g_set_error (
          error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
          _ ("“%s” holds more than %d response files. Nothing was stored. Divide them over "
             "several folders."),
          name, MAX_FILES);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (files->len == 0)
    {
      g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
                   _ ("The folder “%s” holds no response files (.%s). Nothing was stored. Choose "
                      "another folder, or the files themselves."),
                   name, DHK_RESPONSE_SUFFIX);
      return NULL;
    }
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

/* Reading -------------------------------------------------------------------------------- */

/* With the passwords that the file carries; the one that worked last comes first. */
static DhkResponse *
load (DhkResponsesWork *self, GFile *file, GError **error)
{
  g_autoptr (GPtrArray) passwords = dhk_import_file_ref_passwords (file);
  DhkResponse *response
      = dhk_response_load (file, self->worked, NULL, self->job->cancellable, error);

  for (guint i = 0; passwords != NULL && i < passwords->len && response == NULL; i++)
    {
      const char *password = g_ptr_array_index (passwords, i);

      if (!g_error_matches (*error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_WRONG)
          && !g_error_matches (*error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_NEEDED))
        return NULL;
      if (g_strcmp0 (password, self->worked) == 0)
        continue;
      g_clear_error (error);
      response = dhk_response_load (file, password, NULL, self->job->cancellable, error);
      if (response == NULL)
        continue;
      dhk_secret_free (self->worked);
      self->worked = g_strdup (password);
    }
  return response;
}

/* Where in it the fault is, stands in the note; for whoever looks at the list it is damaged. */
static char *
dup_problem (const GError *problem)
{
  if (problem->domain == DHK_XML_ERROR)
    return g_strdup (_ ("Unreadable: damaged, or no response file. Ask for it once more."));
  return g_strdup (problem->message);
}

/* TRUE when the others can go on without this file. */
static gboolean
leave_out (DhkResponsesWork *self,
           const char *name,
           DhkDraftResponse *noted,
           GError *problem,
           GError **error)
{
  gboolean is_alone = self->job->folder == NULL && self->job->files->len == 1;

  if (g_error_matches (problem, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_WRONG)
      || g_error_matches (problem, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_NEEDED))
    {
      noted->state = DHK_RESPONSE_FILE_SEALED;
      g_ptr_array_add (self->sealed, g_strdup (name));
    }
  else if (!is_alone && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      noted->state = DHK_RESPONSE_FILE_UNREADABLE;
      noted->problem = dup_problem (problem);
      g_ptr_array_add (self->notes, g_strdup_printf (_ ("Left out: %s"), problem->message));
    }
  else
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return TRUE;
}

static gboolean
read_file (DhkResponsesWork *self, guint index, GError **error)
{
  GFile *file = g_ptr_array_index (self->job->files, index);
  g_autofree char *name = dup_name (file);
  GError *problem = NULL;
  DhkResponseItem item = { .line = index + 1 };
  DhkDraftResponse *noted = dhk_draft_add_response (
      self->job->draft, file, self->job->folder != NULL ? self->job->folder : file);
  g_autofree char *content = NULL;

  item.response = load (self, file, &problem);
  if (item.response != NULL && !dhk_response_fits (item.response, self->instrument, name, &problem))
    g_clear_pointer (&item.response, dhk_response_unref);
  if (item.response == NULL)
    return leave_out (self, name, noted, problem, error);

  item.questionnaire = dhk_instrument_find_questionnaire (
      self->instrument, dhk_response_get_questionnaire (item.response));
  if (g_strcmp0 (dhk_response_get_version (item.response),
                 dhk_instrument_get_version (self->instrument))
      != 0)
    self->n_other_version++;
  content = dhk_response_dup_content (item.response);
  g_checksum_update (self->sum, (const guchar *) dhk_response_get_id (item.response), -1);
  g_checksum_update (self->sum, (const guchar *) content, -1);
  g_array_append_val (self->items, item);
  return TRUE;
}

static gboolean
read_files (DhkResponsesWork *self, GError **error)
{
  const DhkResponsesJob *job = self->job;

  for (guint i = 0; i < job->files->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
      if (job->progress != NULL)
        job->progress ((double) i / job->files->len, job->user_data);
      if (!read_file (self, i, error))
        return FALSE;
    }
  return TRUE;
}

/* Of one response in several files the one that was saved last counts. */
static void
find_earlier (DhkResponsesWork *self)
{
  g_autoptr (GHashTable) latest = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->items->len; i++)
    {
      DhkResponseItem *item = &g_array_index (self->items, DhkResponseItem, i);
      const char *id = dhk_response_get_id (item->response);
      DhkResponseItem *other = g_hash_table_lookup (latest, id);

      if (other == NULL)
        g_hash_table_insert (latest, (gpointer) id, item);
      else if (dhk_response_get_saved (item->response) > dhk_response_get_saved (other->response))
        {
          other->earlier_than = item->line;
          g_hash_table_replace (latest, (gpointer) id, item);
        }
      else
        item->earlier_than = other->line;
    }
}

gboolean
dhk_responses_import (const DhkResponsesJob *job, GError **error)
{
  g_auto (DhkResponsesWork) self = { .job = job,
                                     .instrument = dhk_draft_get_instrument (job->draft),
                                     .first = dhk_draft_get_responses (job->draft)->len,
                                     .items = g_array_new (FALSE, TRUE, sizeof (DhkResponseItem)),
                                     .sealed = g_ptr_array_new_with_free_func (g_free),
                                     .notes = g_ptr_array_new_with_free_func (g_free),
                                     .sum = g_checksum_new (G_CHECKSUM_SHA256) };
  gboolean is_first = TRUE;

  g_array_set_clear_func (self.items, item_clear);
  if (!read_files (&self, error))
    return FALSE;
  if (self.items->len == 0 && self.sealed->len == 0)
    {
      g_set_error (
          error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
          _ ("None of the response files of “%s” can be read here. Nothing was stored. %s"),
          job->name, self.notes->len > 0 ? (char *) g_ptr_array_index (self.notes, 0) : "");
      return FALSE;
    }
  find_earlier (&self);
  dhk_responses_ask_sealed (&self);
  for (guint q = 0; q < dhk_instrument_get_n_questionnaires (self.instrument); q++)
    for (guint i = 0; i < self.items->len; i++)
      if (g_array_index (self.items, DhkResponseItem, i).questionnaire == (int) q)
        {
          dhk_responses_add_file (&self, (int) q, is_first);
          is_first = FALSE;
          break;
        }
  return TRUE;
}
