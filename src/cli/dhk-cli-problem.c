/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that says what somebody who mends the program has to know. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "export/dhk-atomic.h"
#include "store/dhk-problem-report.h"

/* A study that cannot be opened is told of as well; only a password is asked for. */
static char *
make_report (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_store_open (file, &error);

  if (store == NULL && g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD)
      && dhk_cli_has_password_file ())
    {
      g_autofree char *name = dhk_cli_dup_name (path);
      char *password = dhk_cli_get_password (name);

      g_clear_error (&error);
      store = password != NULL ? dhk_store_open_with_password (file, password, &error) : NULL;
      dhk_secret_free (password);
    }
  return dhk_problem_report_new (store, file, error, NULL);
}

/* A name that was typed wrongly is no problem to report. */
static gboolean
is_there (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = dhk_cli_dup_name (path);

  if (g_file_query_exists (file, NULL))
    return TRUE;
  g_printerr (_ ("driehoek: There is no file “%s”.\n"), name);
  return FALSE;
}

DhkExit
dhk_cli_problem_report (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *out = NULL;
  g_autofree char *report = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, N_ ("write to FILE (else it is printed)"),
      N_ ("FILE") },
    { NULL },
  };
  DhkExit status;

  if (!dhk_cli_parse ("problem-report", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) > 2)
    return dhk_cli_usage ("problem-report", _ ("Name one study, or none."));
  if (arguments[1] != NULL && !is_there (arguments[1]))
    return DHK_EXIT_REFUSED;
  report = arguments[1] != NULL ? make_report (arguments[1])
                                : dhk_problem_report_new (NULL, NULL, NULL, NULL);
  if (out == NULL)
    {
      g_print ("%s", report);
      return DHK_EXIT_DONE;
    }
  file = g_file_new_for_commandline_arg (out);
  if (!dhk_atomic_replace (file, report, strlen (report), NULL, &error))
    return dhk_cli_refuse (error);
  name = dhk_cli_dup_name (out);
  g_print (
      _ ("“%s” tells of the program and of how the study is built. Read it before you send it.\n"),
      name);
  return DHK_EXIT_DONE;
}
