/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that makes a study. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"

#define DEFAULT_INSTRUMENT "partnerschap-2023"

DhkInstrument *
dhk_cli_load_instrument (const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (name == NULL)
    return dhk_instrument_new_builtin (DEFAULT_INSTRUMENT, error);
  file = g_file_new_for_commandline_arg (name);
  if (strchr (name, '.') == NULL && !g_file_query_exists (file, NULL))
    return dhk_instrument_new_builtin (name, error);
  return dhk_instrument_new_from_file (file, NULL, error);
}

/* The plan's text, once it is known to fit the instrument. */
static char *
load_plan (const char *path, DhkInstrument *instrument, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (DhkPlan) plan = dhk_plan_new_from_file (file, instrument, NULL, error);
  char *xml = NULL;

  if (plan == NULL || !g_file_load_contents (file, NULL, &xml, NULL, NULL, error))
    return NULL;
  return xml;
}

/* NULL without an error: no password was given, which was said. */
static DhkStore *
create (const char *path, DhkInstrument *instrument, gboolean encrypt, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  char *password;
  DhkStore *store;

  if (!encrypt)
    return dhk_store_create (file, instrument, error);
  password = dhk_cli_has_password_file () ? dhk_cli_get_password (path)
                                          : dhk_cli_get_new_password (path, NULL);
  if (password == NULL)
    return NULL;
  store = dhk_store_create_encrypted (file, instrument, password, error);
  dhk_secret_free (password);
  return store;
}

DhkExit
dhk_cli_new (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *instrument_name = NULL;
  g_autofree char *plan_name = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *instrument_help = g_strdup_printf (
      _ ("the instrument: a file, or the id of a built-in one (default: %s)"), DEFAULT_INSTRUMENT);
  gboolean encrypt = FALSE;
  g_autoptr (DhkInstrument) instrument = NULL;
  g_autofree char *name = NULL;
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "instrument", 'i', 0, G_OPTION_ARG_FILENAME, &instrument_name, instrument_help, N_ ("FILE") },
    { "encrypt", 'e', 0, G_OPTION_ARG_NONE, &encrypt,
      N_ ("protect the study with a password (from --password-file, or asked twice)"), NULL },
    { "plan", 'p', 0, G_OPTION_ARG_FILENAME, &plan_name,
      N_ ("a report plan of your own (default: the instrument’s)"), N_ ("FILE") },
    { NULL },
  };
  DhkExit status;

  if (!dhk_cli_parse ("new", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage ("new", _ ("Name one study to make."));

  instrument = dhk_cli_load_instrument (instrument_name, &error);
  if (instrument == NULL)
    return dhk_cli_refuse (error);
  if (plan_name != NULL)
    {
      plan = load_plan (plan_name, instrument, &error);
      if (plan == NULL)
        return dhk_cli_refuse (error);
    }
  store = create (arguments[1], instrument, encrypt, &error);
  if (store == NULL && error == NULL)
    return DHK_EXIT_REFUSED;
  if (store == NULL
      || (plan != NULL && !dhk_store_set_setting (store, DHK_PLAN_SETTING, plan, &error)))
    return dhk_cli_refuse (error);

  name = dhk_cli_dup_name (arguments[1]);
  g_print (_ ("“%s” is an empty study with the instrument “%s”.\n"), name,
           dhk_instrument_get_id (instrument));
  return DHK_EXIT_DONE;
}
