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
  g_autofree char *text = dhk_salvage_describe (salvage, name);

  g_print ("%s", text);
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
