/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: opening, making and copying studies, and files that come in. */

#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-message.h"
#include "ui/dhk-state.h"
#include "ui/dhk-window-private.h"
#include "ui/dhk-window-protect.h"

static const char *const study_suffixes[] = { "driehoek", NULL };

/* Opening ----------------------------------------------------------------- */

typedef struct
{
  DhkWindow *window;
  GFile *file;
  const char *heading; /* of the message when it fails */
} Opening;

static Opening *
opening_new (DhkWindow *self, GFile *file, const char *heading)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->file = g_object_ref (file);
  opening->heading = heading;
  dhk_window_set_opening (self, TRUE);
  return opening;
}

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_object_unref (opening->file);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  DhkWindow *self = opening->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSession) session = dhk_session_open_finish (result, &error);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  if (session == NULL)
    {
      if (!g_file_query_exists (opening->file, NULL))
        dhk_state_remove_recent (opening->file);
      dhk_window_set_opening (self, FALSE);
      if (dhk_window_ask_for_study (self, opening->file, error))
        {
          self->waiting = g_steal_pointer (&waiting);
          return;
        }
      if (!dhk_window_show_damaged (self, opening->file, error))
        dhk_message_show_error (GTK_WIDGET (self), opening->heading, error);
      return;
    }
  dhk_window_set_session (self, session);
  if (waiting != NULL)
    dhk_window_import_files (self, waiting);
}

void
dhk_window_open_study (DhkWindow *self, GFile *file)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  dhk_session_open_async (file, opened_cb,
                          opening_new (self, file, _ ("The study could not be opened")));
}

void
dhk_window_open_protected (DhkWindow *self, GFile *file, const char *password)
{
  g_return_if_fail (DHK_IS_WINDOW (self));

  dhk_session_open_with_password_async (
      file, password, opened_cb, opening_new (self, file, _ ("The study could not be opened")));
}

void
dhk_window_create_with_password (DhkWindow *self, GFile *file, const char *password)
{
  g_return_if_fail (DHK_IS_WINDOW (self));

  dhk_session_create_encrypted_async (file, password, opened_cb,
                                      opening_new (self, file, _ ("The study could not be made")));
}

void
dhk_window_create_study (DhkWindow *self, GFile *file)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  dhk_session_create_async (file, FALSE, opened_cb,
                            opening_new (self, file, _ ("The study could not be made")));
}

static void
create_study_from (DhkWindow *self, GFile *file, GFile *questionnaire)
{
  dhk_session_create_from_async (file, questionnaire, opened_cb,
                                 opening_new (self, file, _ ("The study could not be made")));
}

void
dhk_window_open_sample (DhkWindow *self, GFile *file)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (g_file_query_exists (file, NULL))
    dhk_window_open_study (self, file);
  else
    dhk_session_create_async (file, TRUE, opened_cb,
                              opening_new (self, file, _ ("The sample study could not be made")));
}

GFile *
dhk_window_create_sample_file (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = g_strdup_printf ("%s.driehoek", _ ("Sample study (reconstructed)"));

  if (documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR))
    return g_file_new_build_filename (documents, name, NULL);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  return g_file_new_build_filename (g_get_user_data_dir (), name, NULL);
}

/* Choosing --------------------------------------------------------------------------------------
 */

static void
study_chosen (GPtrArray *files, gpointer owner)
{
  g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, 0));

  gtk_widget_activate_action (GTK_WIDGET (owner), "app.open-study", "s", uri);
}

void
dhk_window_choose_study (DhkWindow *self)
{
  const DhkFileKind kind = { _ ("Driehoek studies"), study_suffixes };
  const DhkChoice choice
      = { .title = _ ("Open a Study"), .accept = _ ("_Open"), .kinds = &kind, .n_kinds = 1 };

  g_return_if_fail (DHK_IS_WINDOW (self));
  dhk_choose (GTK_WIDGET (self), &choice, study_chosen);
}

static void
new_study_chosen (GPtrArray *files, gpointer owner)
{
  GFile *file = g_ptr_array_index (files, 0);

  if (dhk_choose_has_option (file))
    dhk_window_create_protected (DHK_WINDOW (owner), file);
  else
    dhk_window_create_study (DHK_WINDOW (owner), file);
}

static void
study_from_chosen (GPtrArray *files, gpointer owner)
{
  DhkWindow *self = DHK_WINDOW (owner);
  g_autoptr (GFile) questionnaire = g_steal_pointer (&self->questionnaire);

  if (questionnaire != NULL)
    create_study_from (self, g_ptr_array_index (files, 0), questionnaire);
}

/* The questionnaire is chosen; now where the study goes. */
static void
questionnaire_chosen (GPtrArray *files, gpointer owner)
{
  DhkWindow *self = DHK_WINDOW (owner);
  g_autofree char *own = dhk_session_dup_questionnaire_name (g_ptr_array_index (files, 0));
  const DhkFileKind kind = { _ ("Driehoek studies"), study_suffixes };
  const DhkChoice choice = { .title = _ ("New Study"),
                             .accept = _ ("_Create"),
                             .save = TRUE,
                             .suggested_name = own != NULL ? own : _ ("My study"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  g_set_object (&self->questionnaire, g_ptr_array_index (files, 0));
  dhk_choose (GTK_WIDGET (self), &choice, study_from_chosen);
}

void
dhk_window_choose_questionnaire (DhkWindow *self)
{
  static const char *const suffixes[]
      = { "xml", "lss", "xlsx", "csv", "tsv", "txt", "sav", "zsav", "por", NULL };
  const DhkFileKind kind = { _ ("Questionnaires and tables of answers"), suffixes };
  const DhkChoice choice = { .title = _ ("A Study With Another Questionnaire"),
                             .accept = _ ("_Choose"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  g_return_if_fail (DHK_IS_WINDOW (self));
  dhk_choose (GTK_WIDGET (self), &choice, questionnaire_chosen);
}

void
dhk_window_choose_new_study (DhkWindow *self)
{
  const DhkFileKind kind = { _ ("Driehoek studies"), study_suffixes };
  const DhkChoice choice = { .title = _ ("New Study"),
                             .accept = _ ("_Create"),
                             .save = TRUE,
                             .suggested_name = _ ("My study"),
                             .option = _ ("Protect with a password"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  g_return_if_fail (DHK_IS_WINDOW (self));
  dhk_choose (GTK_WIDGET (self), &choice, new_study_chosen);
}

/* Copies -----------------------------------------------------------------------------------------
 */

typedef struct
{
  DhkWindow *window;
  GFile *file;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->window);
  g_object_unref (copy->file);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;

  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_show_error (GTK_WIDGET (copy->window), _ ("The copy was not saved"), error);
      return;
    }
  /* Of a study that cannot be changed the copy is the one to go on with. */
  if (copy->window->session == DHK_SESSION (source)
      && dhk_session_is_read_only (copy->window->session))
    {
      dhk_message_toast (GTK_WIDGET (copy->window), _ ("Copy saved and opened"), NULL, NULL);
      dhk_window_open_study (copy->window, copy->file);
      return;
    }
  dhk_message_toast (GTK_WIDGET (copy->window), _ ("Copy saved"), NULL, NULL);
}

void
dhk_window_save_copy (DhkWindow *self, GFile *file)
{
  Copy *copy;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->session != NULL);

  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (self);
  copy->file = g_object_ref (file);
  dhk_session_save_copy_async (self->session, file, copied_cb, copy);
}

/* Files that come in ------------------------------------------------------ */

static gboolean
is_study (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_str_has_suffix (base, ".driehoek");
}

void
dhk_window_import_files (DhkWindow *self, GPtrArray *files)
{
  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (files != NULL && files->len > 0);

  if (files->len == 1 && is_study (g_ptr_array_index (files, 0)))
    {
      study_chosen (files, self);
      return;
    }
  if (self->session == NULL)
    {
      /* Answers need a study to go to: that is asked first. */
      g_clear_pointer (&self->waiting, g_ptr_array_unref);
      self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < files->len; i++)
        g_ptr_array_add (self->waiting, g_object_ref (g_ptr_array_index (files, i)));
      dhk_window_choose_new_study (self);
      return;
    }
  if (dhk_session_is_read_only (self->session))
    {
      g_autoptr (GError) error = g_error_new_literal (
          DHK_STORE_ERROR, DHK_STORE_ERROR_READ_ONLY,
          _ ("This study is read-only, so nothing can be added to it. Save a copy where you may "
             "write, and import the file there."));

      dhk_message_show_error (GTK_WIDGET (self), _ ("The file was not imported"), error);
      return;
    }
  dhk_window_show_page (self, "import");
  dhk_import_page_add_files (DHK_IMPORT_PAGE (dhk_window_get_page (self, "import")), files);
}
