/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window asks for the password of a study, changes it, and goes back to a backup. */

#include <adwaita.h>

#include "base/dhk-seal.h"
#include "store/dhk-store-backup.h"
#include "ui-fixture.h"
#include "ui/dhk-window-protect.h"

#define PASSWORD "een goed wachtwoord"

static GtkWindow *
get_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (UiFixture *fixture)
{
  return get_dialog () != NULL;
}

static void
list_entry (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget) && !gtk_entry_get_visibility (GTK_ENTRY (widget)))
    g_ptr_array_add (data, widget);
}

/* Types into the entries of the dialog in turn, and answers it. */
static void
answer (UiFixture *fixture, const char *const *texts, const char *response)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GtkWindow *dialog;

  ui_fixture_wait (fixture, has_dialog);
  dialog = get_dialog ();
  ui_walk (GTK_WIDGET (dialog), list_entry, entries);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_assert_cmpuint (i, <, entries->len);
      gtk_editable_set_text (g_ptr_array_index (entries, i), texts[i]);
    }
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), response));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static gboolean
is_encrypted (UiFixture *fixture)
{
  return ui_has_study (fixture)
         && dhk_session_is_encrypted (dhk_window_get_session (fixture->window));
}

static gboolean
is_open_to_all (UiFixture *fixture)
{
  return ui_has_study (fixture) && !is_encrypted (fixture);
}

static void
a_protected_study_asks_until_the_password_is_right (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "secret.driehoek");
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  DhkStore *store = dhk_store_create_encrypted (file, instrument, PASSWORD, NULL);

  g_assert_nonnull (store);
  dhk_store_close (store);
  dhk_window_open_study (fixture->window, file);
  answer (fixture, (const char *const[]){ "een ander", NULL }, "accept");
  answer (fixture, (const char *const[]){ PASSWORD, NULL }, "accept");
  ui_fixture_wait (fixture, is_encrypted);
}

static void
a_study_is_protected_and_opened_up_again (UiFixture *fixture, gconstpointer data)
{
  ui_fixture_create_study (fixture);
  g_assert_true (is_open_to_all (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.password", NULL);
  answer (fixture, (const char *const[]){ PASSWORD, PASSWORD, NULL }, "accept");
  ui_fixture_wait (fixture, is_encrypted);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.password", NULL);
  answer (fixture, (const char *const[]){ PASSWORD, NULL }, "remove");
  ui_fixture_wait (fixture, is_open_to_all);
}

static guint
count_backups (UiFixture *fixture)
{
  g_autoptr (GPtrArray) backups
      = dhk_backup_list (dhk_session_get_file (dhk_window_get_session (fixture->window)));

  return backups->len;
}

static gboolean
has_backup (UiFixture *fixture)
{
  return ui_has_study (fixture) && count_backups (fixture) == 1
         && !dhk_session_is_busy (dhk_window_get_session (fixture->window));
}

/* Before the study was set back. */
static guint n_backups_before;

/* What the study was is kept as well. */
static gboolean
has_one_backup_more (UiFixture *fixture)
{
  return ui_has_study (fixture) && count_backups (fixture) == n_backups_before + 1;
}

static gboolean
is_undone (UiFixture *fixture)
{
  DhkSession *session = dhk_window_get_session (fixture->window);

  /* The action follows the session, a turn of the loop later. */
  if (ui_has_answers (fixture) && !dhk_session_is_busy (session))
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  return !ui_has_answers (fixture);
}

static gboolean waited;

static gboolean
wait_cb (gpointer user_data)
{
  waited = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
has_waited (UiFixture *fixture)
{
  return waited;
}

static void
a_study_goes_back_to_a_backup (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) backups = NULL;
  const DhkBackup *backup;

  ui_fixture_open_sample (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.backups", NULL);
  answer (fixture, (const char *const[]){ NULL }, "make");
  ui_fixture_wait (fixture, has_backup);
  backups = dhk_backup_list (dhk_session_get_file (dhk_window_get_session (fixture->window)));
  backup = dhk_backup_find (backups, "1");
  ui_fixture_wait (fixture, is_undone);

  n_backups_before = count_backups (fixture);
  dhk_window_restore (fixture->window, backup->name);
  ui_fixture_wait (fixture, ui_has_answers);
  ui_fixture_wait (fixture, has_one_backup_more);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.backups", NULL);
  answer (fixture, (const char *const[]){ NULL }, "close");
  /* Toasts come and go: libadwaita 1.2 does not like it when its window goes first. */
  waited = FALSE;
  g_timeout_add (2000, wait_cb, NULL);
  ui_fixture_wait (fixture, has_waited);
}

#define PROTECT_TEST(name)                                                                         \
  g_test_add ("/ui/protect/" #name, UiFixture, NULL, ui_fixture_set_up, name, ui_fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  dhk_seal_set_limits_of_tests (1, 8192);
  PROTECT_TEST (a_protected_study_asks_until_the_password_is_right);
  PROTECT_TEST (a_study_is_protected_and_opened_up_again);
  PROTECT_TEST (a_study_goes_back_to_a_backup);
  return g_test_run ();
}
