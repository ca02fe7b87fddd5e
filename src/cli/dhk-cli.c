/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/dhk-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/dhk-locale.h"
#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-backup.h"

DhkExit
dhk_cli_refuse (const GError *error)
{
  g_printerr ("driehoek: %s\n", error != NULL ? error->message : _ ("The work was not done."));
  return DHK_EXIT_REFUSED;
}

DhkExit
dhk_cli_usage (const char *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("driehoek: %s\n", message);
  if (command != NULL)
    g_printerr (_ ("Try “driehoek %s --help”.\n"), command);
  else
    g_printerr (_ ("Try “driehoek --help”.\n"));
  return DHK_EXIT_USAGE;
}

char *
dhk_cli_dup_name (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  return g_strdelimit (dhk_cli_dup_plain (shown), "\n\t", ' ');
}

gboolean
dhk_cli_parse_language (const char *command, const char *code, DhkLanguage *language)
{
  if (code == NULL)
    {
      *language = dhk_language_from_locale ();
      return TRUE;
    }
  if (strlen (code) == 2 && dhk_language_parse (code, language))
    return TRUE;

  dhk_cli_usage (command, _ ("The language is “nl” or “en”, not “%s”."), code);
  return FALSE;
}

static void
warn_of_backup (const char *problem)
{
  g_printerr ("driehoek: %s\n", problem);
}

/* What helps a study that is damaged, the best way first. */
static void
advise (GFile *study, const GError *error)
{
  g_autoptr (GPtrArray) backups = NULL;

  if (!g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED))
    return;
  backups = dhk_backup_list (study);
  g_printerr ("%s\n",
              backups->len > 0
                  ? _ ("It has backups: “driehoek backup list” shows them, and “driehoek backup "
                       "restore” goes back to one. “driehoek repair” saves what can be read.")
                  : _ ("It has no backup. “driehoek repair” saves what can be read."));
}

DhkStore *
dhk_cli_open (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;
  DhkStore *store;

  if (!g_file_query_exists (file, NULL))
    {
      g_printerr (_ ("driehoek: There is no study “%s”. Make one with “driehoek new”.\n"), name);
      return NULL;
    }
  store = dhk_store_open (file, &error);
  if (g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD))
    {
      char *password = dhk_cli_get_password (path);

      if (password == NULL)
        return NULL;
      g_clear_error (&error);
      store = dhk_store_open_with_password (file, password, &error);
      dhk_secret_free (password);
    }
  if (store == NULL)
    {
      dhk_cli_refuse (error);
      advise (file, error);
    }
  else
    dhk_store_set_automatic_backups (store, warn_of_backup);
  return store;
}

DhkStore *
dhk_cli_open_to_change (const char *path)
{
  g_autoptr (DhkStore) store = dhk_cli_open (path);
  g_autoptr (GError) error = NULL;

  if (store == NULL || dhk_store_check_changeable (store, &error))
    return g_steal_pointer (&store);
  dhk_cli_refuse (error);
  return NULL;
}

gboolean
dhk_cli_study_load (DhkCliStudy *self, const char *path)
{
  g_autofree char *xml = NULL;
  g_autoptr (GError) error = NULL;

  self->store = dhk_cli_open (path);
  if (self->store == NULL)
    return FALSE;

  xml = dhk_store_get_setting (self->store, DHK_PLAN_SETTING);
  self->plan = dhk_plan_new_for_study (xml, dhk_store_get_instrument (self->store), &error);
  if (self->plan != NULL)
    self->frame = dhk_store_load_frame (self->store, NULL, &error);
  if (self->frame == NULL)
    dhk_cli_refuse (error);
  return self->frame != NULL;
}

void
dhk_cli_study_clear (DhkCliStudy *self)
{
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_clear_pointer (&self->plan, dhk_plan_unref);
  g_clear_pointer (&self->store, dhk_store_close);
}

/* Puts another of our programs in this one's place: from the build tree when this
 * one runs there, else the installed one. Returns only when that failed. */
static DhkExit
become (const char *program, char **argv)
{
  static const char *const ways[] = { ".", "ui" };
  g_autofree char *folder = dhk_locale_dup_program_folder ();

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_build_filename (folder, ways[i], program, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        execv (path, argv);
    }
  {
    g_autofree char *path = g_build_filename (DHK_LIBEXEC_DIR, program, NULL);

    execv (path, argv);
  }
  g_printerr (_ ("driehoek: The part “%s” of the program is not installed.\n"), program);
  return DHK_EXIT_REFUSED;
}

DhkExit
dhk_cli_become (const char *program, char **arguments)
{
  guint n = g_strv_length (arguments);
  g_autofree char **argv = g_new0 (char *, n + 2);

  argv[0] = (char *) program;
  for (guint i = 0; i < n; i++)
    argv[i + 1] = arguments[i];
  return become (program, argv);
}

static DhkExit
run_command (char **argv, const DhkRunner *runners)
{
  g_autofree char *program = NULL;

  for (const DhkRunner *runner = runners; runner->name != NULL; runner++)
    if (strcmp (runner->name, argv[1]) == 0)
      return runner->run (g_strdupv (argv + 1));
  program = g_strconcat ("driehoek-", argv[1], NULL);
  return become (program, argv);
}

int
dhk_cli_main (int argc, char **argv, const DhkRunner *runners)
{
  dhk_locale_init ();
  dhk_cli_guard_terminal ();

  if (argc < 2)
    return become ("driehoek-window", argv);
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0
      || (strcmp (argv[1], "help") == 0 && argc == 2))
    {
      dhk_cli_print_overview ();
      return DHK_EXIT_DONE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("Driehoek %s\n", DHK_VERSION);
      return DHK_EXIT_DONE;
    }
  /* Help on a command is what the command itself says. */
  if (strcmp (argv[1], "help") == 0 && argc == 3)
    {
      char *asked[] = { argv[0], argv[2], (char *) "--help", NULL };

      if (dhk_cli_print_topic (argv[2]))
        return DHK_EXIT_DONE;
      if (dhk_cli_has_command (argv[2]))
        return run_command (asked, runners);
    }
  if (dhk_cli_has_command (argv[1]))
    return run_command (argv, runners);
  if (strcmp (argv[1], "--self-rating") == 0)
    return become ("driehoek-self-rating", argv);
  /* A study to open, or an option of the window (--sample). */
  if (argv[1][0] == '-' || g_file_test (argv[1], G_FILE_TEST_EXISTS))
    return become ("driehoek-window", argv);
  return dhk_cli_usage (NULL, _ ("There is no command “%s”."), argv[1]);
}
