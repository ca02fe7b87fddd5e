/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that prints what a reader sees in a file. */

#include <glib/gi18n-lib.h>

#include "base/dhk-file.h"
#include "cli/dhk-cli-private.h"
#include "cli/dhk-peek.h"

/* Our own files are no tables: where to look instead. */
static gboolean
refuse_own (GFile *file, const char *path)
{
  DhkFileKind kind = dhk_file_find_kind (file);
  g_autofree char *name = dhk_cli_dup_name (path);

  if (kind == DHK_FILE_STUDY)
    g_printerr (_ ("driehoek: “%s” is a study. “driehoek answers” shows what is in it, and "
                   "“driehoek import” adds it to another study.\n"),
                name);
  else if (kind == DHK_FILE_KEYS)
    g_printerr (_ ("driehoek: “%s” is a key file. “driehoek key list” shows who is in it.\n"),
                name);
  return kind != DHK_FILE_OTHER;
}

DhkExit
dhk_cli_peek (char **given)
{
  g_auto (GStrv) arguments = given;
  gboolean json = FALSE;
  int sheet = 0, rows = -1;
  const GOptionEntry entries[] = {
    { "sheet", 's', 0, G_OPTION_ARG_INT, &sheet, N_ ("show only this sheet, counted from 1"),
      N_ ("N") },
    { "rows", 'r', 0, G_OPTION_ARG_INT, &rows, N_ ("show so many rows (10 as text, all as JSON)"),
      N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("print everything as JSON"), NULL },
    { NULL },
  };
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  DhkExit status;

  if (!dhk_cli_parse ("peek", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage ("peek", _ ("Name one file to look into."));
  if (sheet < 0)
    return dhk_cli_usage ("peek", _ ("Sheets are counted from 1."));
  file = g_file_new_for_commandline_arg (arguments[1]);
  if (refuse_own (file, arguments[1]))
    return DHK_EXIT_REFUSED;
  return dhk_peek (file, sheet, rows, json, &error) ? DHK_EXIT_DONE : dhk_cli_refuse (error);
}
