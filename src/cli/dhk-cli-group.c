/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that writes a group profile for those who fill in a self-rating. */

#include <glib/gi18n-lib.h>

#include "analysis/dhk-group-figures.h"
#include "cli/dhk-cli-private.h"

/* The variable of --by, -1 without; FALSE after saying what there is. */
static gboolean
find_variable (DhkInstrument *instrument, const char *id, int *variable)
{
  g_autoptr (GString) known = g_string_new (NULL);

  *variable = -1;
  if (id == NULL)
    return TRUE;
  for (guint i = 0; i < dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *found = dhk_instrument_get_variable (instrument, i);

      if (found->kind != DHK_VARIABLE_CATEGORY)
        continue;
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", found->id);
      if (g_str_equal (found->id, id))
        *variable = (int) i;
    }
  if (*variable >= 0)
    return TRUE;
  dhk_cli_usage ("group-profile", _ ("There is no variable “%s” with categories. There is: %s."),
                 id, known->str);
  return FALSE;
}

static DhkExit
write_profile (const char *study, const char *path, const char *by, int minimum)
{
  g_autoptr (DhkStore) store = dhk_cli_open (study);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkGroupProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument;
  int variable;

  if (store == NULL)
    return DHK_EXIT_REFUSED;
  instrument = dhk_store_get_instrument (store);
  if (dhk_instrument_get_self_rating (instrument) == NULL)
    {
      g_printerr (_ ("driehoek: The survey of this study has no self-rating, so there is no group "
                     "profile of it.\n"));
      return DHK_EXIT_REFUSED;
    }
  if (!find_variable (instrument, by, &variable))
    return DHK_EXIT_USAGE;
  frame = dhk_store_load_frame (store, NULL, &error);
  if (frame == NULL)
    return dhk_cli_refuse (error);

  profile = dhk_group_figures_compute (frame, variable, (guint) minimum,
                                       dhk_store_holds_sample (store));
  if (profile->groups->len == 0)
    {
      g_printerr (_ ("driehoek: Nothing was written: nowhere did %d people or more answer the same "
                     "question.\n"),
                  minimum);
      return DHK_EXIT_REFUSED;
    }
  if (!dhk_group_profile_save (profile, file, NULL, &error))
    return dhk_cli_refuse (error);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_group_profile (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *by = NULL;
  int minimum = DHK_GROUP_PROFILE_MINIMUM;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("also per category of a variable"),
      N_ ("VARIABLE") },
    { "minimum", 0, 0, G_OPTION_ARG_INT, &minimum,
      N_ ("leave out what fewer people answered (10 or more; default 10)"), N_ ("N") },
    { NULL },
  };
  DhkExit status;

  if (!dhk_cli_parse ("group-profile", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3)
    return dhk_cli_usage ("group-profile", _ ("Name a study and the file to write."));
  if (minimum < DHK_GROUP_PROFILE_MINIMUM)
    return dhk_cli_usage (
        "group-profile",
        _ ("A group of fewer than %d people is never shown, so the minimum cannot "
           "be %d."),
        DHK_GROUP_PROFILE_MINIMUM, minimum);
  return write_profile (arguments[1], arguments[2], by, minimum);
}
