/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that writes the report. */

#include <glib/gi18n-lib.h>

#include "cli/dhk-cli-private.h"
#include "export/dhk-pages.h"
#include "report/dhk-document.h"

static DhkExit
write_report (const DhkCliStudy *study, GFile *file, DhkLanguage language, gboolean grey)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDocument) document = NULL;
  g_autoptr (DhkPages) pages = NULL;
  g_autofree char *name = g_file_get_basename (file);

  document = dhk_document_new_report (study->plan, study->frame, language,
                                      dhk_number_style_for_language (language), NULL, NULL, NULL,
                                      &error);
  if (document == NULL)
    return dhk_cli_refuse (error);

  if (dhk_store_holds_sample (study->store))
    dhk_document_add_marking (document, DHK_MARKING_SAMPLE);
  pages = dhk_pages_new (document, &dhk_paper_a4, !grey);
  if (!dhk_pages_write_pdf (pages, file, NULL, &error))
    return dhk_cli_refuse (error);

  g_print (ngettext ("“%s” holds the report: %u page.\n", "“%s” holds the report: %u pages.\n",
                     dhk_pages_get_n (pages)),
           name, dhk_pages_get_n (pages));
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_report (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (DhkCliStudy) study = { 0 };
  g_autoptr (GFile) file = NULL;
  g_autofree char *output = NULL;
  g_autofree char *code = NULL;
  gboolean grey = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("write to this file"),
      N_ ("FILE.pdf") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &code, N_ ("nl or en"), N_ ("LANGUAGE") },
    { "grey", 0, 0, G_OPTION_ARG_NONE, &grey, N_ ("charts in greys and hatching"), NULL },
    { NULL },
  };
  DhkLanguage language;
  DhkExit status;

  if (!dhk_cli_parse ("report", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2 || output == NULL)
    return dhk_cli_usage ("report", _ ("Name a study, and the file to write with -o."));
  /* The name's end keeps a slip from writing over the study itself. */
  if (!g_str_has_suffix (output, ".pdf"))
    return dhk_cli_usage ("report", _ ("The file to write ends in .pdf."));
  if (!dhk_cli_parse_language ("report", code, &language))
    return DHK_EXIT_USAGE;
  if (!dhk_cli_study_load (&study, arguments[1]))
    return DHK_EXIT_REFUSED;

  file = g_file_new_for_commandline_arg (output);
  return write_report (&study, file, language, grey);
}
