/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window asks for the password of a study, changes it, and goes back to a backup. */

#include <string.h>

#include <adwaita.h>
#include <glib/gstdio.h>

#include "base/dhk-seal.h"
#include "store/dhk-store-backup.h"
#include "ui-fixture.h"
#include "ui/dhk-import-page.h"
#include "ui/dhk-question-row.h"
#include "ui/dhk-session-keys.h"
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

static void
list_every_entry (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget))
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

/* Names ------------------------------------------------------------------------------- */

#define KEY_PASSWORD "de sleutel"

static DhkImportPage *
get_import_page (UiFixture *fixture)
{
  return DHK_IMPORT_PAGE (dhk_window_get_page (fixture->window, "import"));
}

/* The sample answers of parents as a CSV file, without names. */
static char *
dup_answers (UiFixture *fixture)
{
  g_autoptr (GPtrArray) exports = ui_fixture_unpack_exports (fixture);
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "answers.driehoek");
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (DhkStore) store = dhk_store_create (file, instrument, NULL);
  g_autoptr (DhkDraft) draft = dhk_import_read (instrument, exports, NULL, NULL, NULL, NULL, NULL);
  g_autoptr (GPtrArray) batches = NULL;

  g_assert_true (dhk_store_commit (store, draft, NULL, NULL));
  batches = dhk_store_list_batches (store, NULL);
  for (guint i = 0; i < batches->len; i++)
    {
      const DhkBatch *batch = g_ptr_array_index (batches, i);

      if (g_str_equal (batch->questionnaire, "ouders"))
        return dhk_store_dup_raw (store, batch->id, NULL);
    }
  g_assert_not_reached ();
}

/* The same with a name each. */
static void
import_names (UiFixture *fixture, const char *answers, const char *name)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, name);
  g_auto (GStrv) lines = g_strsplit (answers, "\n", -1);
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (guint i = 0; lines[i] != NULL && *g_strchomp (lines[i]) != '\0'; i++)
    if (i == 0)
      g_string_append_printf (csv, "%s,Naam\n", lines[i]);
    else
      g_string_append_printf (csv, "%s,Wilhelmina %u\n", lines[i], i);
  g_assert_true (g_file_replace_contents (file, csv->str, csv->len, NULL, FALSE, G_FILE_CREATE_NONE,
                                          NULL, NULL, NULL));
  g_ptr_array_add (files, file);
  dhk_window_import_files (fixture->window, files);
}

static gboolean
asks_for_names (UiFixture *fixture)
{
  return dhk_import_page_get_draft (get_import_page (fixture)) != NULL
         && ui_shows (GTK_WIDGET (fixture->window), "What is to become of names and addresses?");
}

static gboolean
has_key_file (UiFixture *fixture)
{
  return dhk_session_has_key_file (dhk_window_get_session (fixture->window))
         && dhk_import_page_get_draft (get_import_page (fixture)) != NULL;
}

static gboolean
is_stored (UiFixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (get_import_page (fixture)), "import.commit", NULL);
  return ui_has_answers (fixture);
}

static gboolean
is_ready (UiFixture *fixture)
{
  DhkDraft *draft = dhk_import_page_get_draft (get_import_page (fixture));

  return draft != NULL && dhk_draft_get_questions (draft)->len == 0;
}

static void
assert_says (const char *part)
{
  const char *body = adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (get_dialog ()));

  g_assert_nonnull (strstr (body, part));
}

static void
a_protected_study_that_is_imported_asks_until_the_password_is_right (UiFixture *fixture,
                                                                     gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "other.driehoek");
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  DhkStore *store = dhk_store_create_encrypted (file, instrument, PASSWORD, NULL);

  g_assert_nonnull (store);
  dhk_store_close (store);
  g_ptr_array_add (files, g_object_ref (file));
  ui_fixture_create_study (fixture);
  dhk_import_page_add_files (get_import_page (fixture), files);
  ui_fixture_wait (fixture, has_dialog);
  assert_says ("opens with its own password");
  answer (fixture, (const char *const[]){ "een ander", NULL }, "accept");
  ui_fixture_wait (fixture, has_dialog);
  assert_says ("does not open “other.driehoek”");
  answer (fixture, (const char *const[]){ PASSWORD, NULL }, "accept");
  ui_fixture_wait (fixture, is_ready);
}

static void
answer_names (GtkWidget *widget, gpointer data)
{
  if (DHK_IS_QUESTION_ROW (widget)
      && g_str_equal (dhk_question_row_get_id (DHK_QUESTION_ROW (widget)), "personal"))
    dhk_question_row_choose (DHK_QUESTION_ROW (widget), data);
}

static void
names_are_asked_about_once (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *answers = dup_answers (fixture);
  g_autoptr (GFile) place = NULL;
  g_autoptr (DhkKeyFile) key_file = NULL;

  ui_fixture_create_study (fixture);
  import_names (fixture, answers, "Ouders.csv");
  ui_fixture_wait (fixture, asks_for_names);
  /* Nothing is stored before it is answered. */
  gtk_widget_activate_action (GTK_WIDGET (get_import_page (fixture)), "import.commit", NULL);
  g_assert_false (ui_has_answers (fixture));
  ui_walk (GTK_WIDGET (get_import_page (fixture)), answer_names, (gpointer) "keep");
  answer (fixture, (const char *const[]){ KEY_PASSWORD, KEY_PASSWORD, NULL }, "accept");
  ui_fixture_wait (fixture, has_key_file);
  ui_fixture_wait (fixture, is_stored);

  place = dhk_key_file_get_place (dhk_session_get_file (dhk_window_get_session (fixture->window)));
  key_file = dhk_key_file_open (place, KEY_PASSWORD, NULL);
  g_assert_nonnull (key_file);
  g_assert_cmpuint (dhk_key_file_get_n (key_file), ==, 114);
  import_names (fixture, answers, "Ouders-2.csv");
  ui_fixture_wait (fixture, has_key_file);
  g_assert_false (asks_for_names (fixture));
}

/* Damage, a failed backup, the date ------------------------------------------------------ */

static gboolean
shows_damage (UiFixture *fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (gtk_widget_get_template_child (
      GTK_WIDGET (fixture->window), DHK_TYPE_WINDOW, "damaged_page")));
}

static void
a_damaged_study_is_repaired_into_another_file (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = ui_fixture_create_file (fixture, "damaged.driehoek");
  g_autoptr (GFile) out = ui_fixture_create_file (fixture, "repaired.driehoek");
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *later = NULL;
  gsize size = 0;
  gsize later_size = 0;

  dhk_store_close (dhk_store_create (file, instrument, NULL));
  g_assert_true (g_file_load_contents (file, NULL, &bytes, &size, NULL, NULL));
  size -= 4096;
  g_assert_true (g_file_replace_contents (file, bytes, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                          NULL, NULL));
  dhk_window_open_study (fixture->window, file);
  ui_fixture_wait (fixture, shows_damage);
  g_assert_null (get_dialog ());
  dhk_window_repair (fixture->window, out);
  answer (fixture, (const char *const[]){ NULL }, "open");
  ui_fixture_wait (fixture, ui_has_study);
  g_assert_true (dhk_window_shows_file (fixture->window, out));
  g_assert_true (g_file_load_contents (file, NULL, &later, &later_size, NULL, NULL));
  g_assert_cmpmem (bytes, size, later, later_size);
}

static guint
count_notices (UiFixture *fixture)
{
  GtkWidget *box = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (fixture->window), DHK_TYPE_WINDOW, "notices"));
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static gboolean
has_notice (UiFixture *fixture)
{
  return count_notices (fixture) == 1;
}

static gboolean
has_no_notice (UiFixture *fixture)
{
  return count_notices (fixture) == 0;
}

static void
a_backup_that_fails_is_told_once (UiFixture *fixture, gconstpointer data)
{
  g_autofree char *blocked = NULL;
  DhkSession *session;

  ui_fixture_open_sample (fixture);
  session = dhk_window_get_session (fixture->window);
  blocked = g_strconcat (g_file_peek_path (dhk_session_get_file (session)), ".backups", NULL);
  g_assert_true (g_file_set_contents (blocked, "", 0, NULL));
  g_assert_true (has_no_notice (fixture));
  ui_fixture_wait (fixture, is_undone);
  ui_fixture_wait (fixture, has_notice);
  g_remove (blocked);
}

static void
the_date_is_reminded_of (UiFixture *fixture, gconstpointer data)
{
  DhkSession *session;

  ui_fixture_create_study (fixture);
  session = dhk_window_get_session (fixture->window);
  dhk_session_set_retention_async (session, "2150-01-01", NULL, NULL);
  dhk_session_set_retention_async (session, "2020-01-01", NULL, NULL);
  ui_fixture_wait (fixture, has_notice);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window),
                           "The answers of this study might be kept until 1 January 2020. That is "
                           "past."));
  dhk_session_undo_async (session, NULL, NULL);
  ui_fixture_wait (fixture, has_no_notice);
}

static gboolean
is_at_start (UiFixture *fixture)
{
  return dhk_window_is_free (fixture->window);
}

static void
a_study_is_erased_after_two_questions (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  GtkWindow *dialog;

  ui_fixture_create_study (fixture);
  file = g_object_ref (dhk_session_get_file (dhk_window_get_session (fixture->window)));
  dhk_window_ask_erase (fixture->window);
  answer (fixture, (const char *const[]){ NULL }, "go-on");
  ui_fixture_wait (fixture, has_dialog);
  dialog = get_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "erase"));
  ui_walk (GTK_WIDGET (dialog), list_every_entry, entries);
  gtk_editable_set_text (g_ptr_array_index (entries, 0),
                         dhk_session_get_name (dhk_window_get_session (fixture->window)));
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "erase"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "erase");
  gtk_window_destroy (dialog);
  ui_fixture_wait (fixture, is_at_start);
  g_assert_false (g_file_query_exists (file, NULL));
  waited = FALSE;
  g_timeout_add (1500, wait_cb, NULL);
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
  PROTECT_TEST (a_protected_study_that_is_imported_asks_until_the_password_is_right);
  PROTECT_TEST (a_study_is_protected_and_opened_up_again);
  PROTECT_TEST (a_study_goes_back_to_a_backup);
  PROTECT_TEST (names_are_asked_about_once);
  PROTECT_TEST (a_damaged_study_is_repaired_into_another_file);
  PROTECT_TEST (a_backup_that_fails_is_told_once);
  PROTECT_TEST (the_date_is_reminded_of);
  PROTECT_TEST (a_study_is_erased_after_two_questions);
  return g_test_run ();
}
