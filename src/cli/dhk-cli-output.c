/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands that show what is in a study: table, export. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "export/dhk-export.h"
#include "report/dhk-table.h"
#include "report/dhk-json.h"

typedef enum
{
  FORMAT_TEXT,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

static gboolean
parse_format (const char *text, Format *format)
{
  static const char *const names[] = { "text", "csv", "json" };

  *format = FORMAT_TEXT;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        *format = (Format) i;
        return TRUE;
      }
  return FALSE;
}

static char *
table_to_text (const DhkPlanTable *entry,
               const DhkResult *result,
               Format format,
               DhkLanguage language)
{
  const char *note = dhk_text_get (&entry->note, language);
  g_autoptr (DhkTable) table = dhk_table_new_from_result (
      result, entry->number, dhk_text_get (&entry->title, language), *note != '\0' ? note : NULL,
      language, dhk_number_style_for_language (language));

  return format == FORMAT_CSV ? dhk_table_to_csv (table) : dhk_table_to_text (table);
}

static gboolean
print_table (
    const DhkCliStudy *study, guint index, Format format, DhkLanguage language, gboolean first)
{
  const DhkPlanTable *entry = dhk_plan_get_table (study->plan, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkResult) result = dhk_analysis_run (entry->analysis, study->frame, NULL, &error);
  g_autofree char *text = NULL;

  if (result == NULL)
    {
      dhk_cli_refuse (error);
      return FALSE;
    }
  text = format == FORMAT_JSON ? dhk_result_to_json (result, entry->id)
                               : table_to_text (entry, result, format, language);
  g_print ("%s%s%s", first || format == FORMAT_JSON ? "" : "\n", text,
           g_str_has_suffix (text, "\n") ? "" : "\n");
  return TRUE;
}

static char *
list_tables (DhkPlan *plan)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < dhk_plan_get_n_tables (plan); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", dhk_plan_get_table (plan, i)->id);
  return g_string_free (list, FALSE);
}

/* The tables that the operands name, in their order; NULL after saying what is wrong. */
static GArray *
choose_tables (DhkPlan *plan, char **names)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "all") == 0)
      for (guint table = 0; table < dhk_plan_get_n_tables (plan); table++)
        g_array_append_val (chosen, table);
    else
      {
        int found = dhk_plan_find_table (plan, names[i]);
        guint table = (guint) found;

        if (found < 0)
          {
            g_autofree char *list = list_tables (plan);

            dhk_cli_usage ("table", _ ("There is no table “%s”. There are: %s."), names[i], list);
            return NULL;
          }
        g_array_append_val (chosen, table);
      }
  return g_steal_pointer (&chosen);
}

static DhkExit
print_tables (const DhkCliStudy *study, char **names, Format format, DhkLanguage language)
{
  g_autoptr (GArray) chosen = choose_tables (study->plan, names);

  if (chosen == NULL)
    return DHK_EXIT_USAGE;
  /* Several tables are one JSON document: an array. */
  if (format == FORMAT_JSON && chosen->len != 1)
    g_print ("[\n");
  for (guint i = 0; i < chosen->len; i++)
    {
      if (format == FORMAT_JSON && i > 0)
        g_print (",\n");
      if (!print_table (study, g_array_index (chosen, guint, i), format, language, i == 0))
        return DHK_EXIT_REFUSED;
    }
  if (format == FORMAT_JSON && chosen->len != 1)
    g_print ("]\n");
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_table (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (DhkCliStudy) study = { 0 };
  g_autofree char *format_name = NULL;
  g_autofree char *code = NULL;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name, N_ ("text (default), csv or json"),
      N_ ("FORMAT") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &code, N_ ("nl or en"), N_ ("LANGUAGE") },
    { NULL },
  };
  DhkLanguage language;
  Format format;
  DhkExit status;

  if (!dhk_cli_parse ("table", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) < 3)
    return dhk_cli_usage ("table", _ ("Name a study and a table."));
  if (!parse_format (format_name, &format))
    return dhk_cli_usage ("table", _ ("The format is text, csv or json, not “%s”."), format_name);
  if (!dhk_cli_parse_language ("table", code, &language))
    return DHK_EXIT_USAGE;
  if (!dhk_cli_study_load (&study, arguments[1]))
    return DHK_EXIT_REFUSED;
  return print_tables (&study, arguments + 2, format, language);
}

/* As SPSS file when `sav` is given. */
static DhkExit
write_answers (const char *path, const char *output, DhkLanguage language, DhkCliSavFunc sav)
{
  g_auto (DhkCliStudy) study = { 0 };
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  g_autofree char *name = dhk_cli_dup_name (output);
  g_autoptr (GError) error = NULL;
  guint n;

  if (!dhk_cli_study_load (&study, path))
    return DHK_EXIT_REFUSED;
  if (!(sav != NULL ? sav (study.frame, language, file, NULL, &error)
                    : dhk_export_csv (study.frame, file, NULL, &error)))
    return dhk_cli_refuse (error);

  n = dhk_frame_get_n_rows (study.frame);
  g_print (ngettext ("“%s” holds the answers of %u respondent.\n",
                     "“%s” holds the answers of %u respondents.\n", n),
           name, n);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_export_answers (char **given, DhkCliSavFunc sav)
{
  g_auto (GStrv) arguments = given;
  g_auto (GStrv) before = g_strdupv (given);
  g_autofree char *output = NULL;
  g_autofree char *code = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("write to this file"), N_ ("FILE") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &code,
      N_ ("language of the labels in a .sav file: nl or en"), N_ ("CODE") },
    { NULL },
  };
  DhkLanguage language;
  gboolean is_sav;
  DhkExit status;

  if (!dhk_cli_parse ("export", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2 || output == NULL)
    return dhk_cli_usage ("export", _ ("Name a study, and the file to write with -o."));
  is_sav = g_str_has_suffix (output, ".sav");
  if (!is_sav && !g_str_has_suffix (output, ".csv"))
    return dhk_cli_usage ("export", _ ("The file to write ends in .csv or .sav."));
  if (!dhk_cli_parse_language ("export", code, &language))
    return DHK_EXIT_USAGE;
  if (is_sav && sav == NULL)
    return dhk_cli_become ("driehoek-report", before);
  return write_answers (arguments[1], output, language, is_sav ? sav : NULL);
}

DhkExit
dhk_cli_export (char **given)
{
  return dhk_cli_export_answers (given, NULL);
}
