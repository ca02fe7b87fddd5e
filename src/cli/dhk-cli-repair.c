/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that saves what can be read of a damaged study. */

#include <glib/gi18n-lib.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-salvage.h"

static void
print_report (const DhkSalvage *salvage, const char *path)
{
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autofree char *imports = g_strdup_printf (
      ngettext ("%lu import", "%lu imports", (gulong) salvage->imports), (gulong) salvage->imports);

  /* Translators: a file, how many respondents it holds, and “3 imports”. */
  g_print (ngettext ("“%s” holds %lu respondent of %s.\n", "“%s” holds %lu respondents of %s.\n",
                     (gulong) salvage->respondents),
           name, (gulong) salvage->respondents, imports);
  if (salvage->is_whole)
    {
      g_print (_ ("Nothing was missed. What could be undone before cannot be undone there.\n"));
      return;
    }
  if (salvage->respondents_lost > 0)
    g_print (ngettext ("At least %lu respondent that the imports counted is lost.\n",
                       "At least %lu respondents that the imports counted are lost.\n",
                       (gulong) salvage->respondents_lost),
             (gulong) salvage->respondents_lost);
  if (salvage->answers_lost > 0)
    g_print (ngettext ("Of %lu respondent no answer could be read.\n",
                       "Of %lu respondents no answer could be read.\n",
                       (gulong) salvage->answers_lost),
             (gulong) salvage->answers_lost);
  if (salvage->raw_lost)
    g_print (_ ("Of some imports the rows as they stood in the file are lost.\n"));
  if (salvage->was_encrypted)
    g_print (_ ("The file was encrypted: only what stands before the damage (%lu KB) can be "
                "trusted, and nothing after it was looked at.\n"),
             (gulong) (salvage->trusted / 1024));
  g_print (_ ("Other parts may be missing too: import the exported files again, or go back to a "
              "backup, and compare.\n"));
}

DhkExit
dhk_cli_repair (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autoptr (GFile) damaged = NULL;
  g_autoptr (GFile) out = NULL;
  g_autoptr (GError) error = NULL;
  static const GOptionEntry none[] = { { NULL } };
  DhkSalvage salvage;
  DhkExit status;
  gboolean ok;

  if (!dhk_cli_parse ("repair", none, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3)
    return dhk_cli_usage ("repair", _ ("Name a damaged study, and the new one to make."));
  damaged = g_file_new_for_commandline_arg (arguments[1]);
  out = g_file_new_for_commandline_arg (arguments[2]);
  ok = dhk_store_salvage (damaged, NULL, out, &salvage, &error);
  if (g_error_matches (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD))
    {
      char *password = dhk_cli_get_password (arguments[1]);

      if (password == NULL)
        return DHK_EXIT_REFUSED;
      g_clear_error (&error);
      ok = dhk_store_salvage (damaged, password, out, &salvage, &error);
      dhk_secret_free (password);
    }
  if (!ok)
    return dhk_cli_refuse (error);
  print_report (&salvage, arguments[2]);
  return DHK_EXIT_DONE;
}
