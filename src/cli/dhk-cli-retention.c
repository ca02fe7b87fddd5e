/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command about how long answers may be kept. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "store/dhk-store-retention.h"

static void
print_day (DhkStore *store)
{
  g_autofree char *day = dhk_store_dup_retention (store);
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, number;
  GDate today;
  int left;

  if (day == NULL)
    {
      g_print (_ ("No date is set until which the answers may be kept.\n"));
      return;
    }
  g_date_time_get_ymd (now, &year, &month, &number);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  text = dhk_retention_describe (day);
  left = dhk_retention_count_days (day, &today);
  if (left < 0)
    g_print (_ ("The answers were allowed to be kept until %s, which is past.\n"), text);
  else
    g_print (ngettext ("The answers may be kept until %s: %d more day.\n",
                       "The answers may be kept until %s: %d more days.\n", (gulong) left),
             text, left);
}

DhkExit
dhk_cli_retention (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  static const GOptionEntry none[] = { { NULL } };
  DhkExit status;
  guint n;

  if (!dhk_cli_parse ("retention", none, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  if (n != 2 && n != 3)
    return dhk_cli_usage ("retention", _ ("Name a study, and a date or “none” to change it."));
  if (n == 3 && strcmp (arguments[2], "none") != 0)
    {
      day = dhk_retention_parse (arguments[2]);
      if (day == NULL)
        return dhk_cli_usage ("retention",
                              _ ("“%s” is no date. Write it as 2031-12-31 or 31-12-2031."),
                              arguments[2]);
    }
  store = dhk_cli_open (arguments[1]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  if (n == 3 && !dhk_store_set_retention (store, day, &error))
    return dhk_cli_refuse (error);
  print_day (store);
  return DHK_EXIT_DONE;
}
