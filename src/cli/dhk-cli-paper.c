/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that writes a questionnaire as a form to print. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "export/dhk-paper.h"
#include "study/dhk-instrument-edit.h"

/* "12" or "1-40"; FALSE for anything else. */
static gboolean
parse_numbers (const char *text, guint *first, guint *last)
{
  g_auto (GStrv) ends = NULL;
  guint64 numbers[2];

  *first = *last = 0;
  if (text == NULL)
    return TRUE;

  ends = g_strsplit (text, "-", 3);
  if (ends[0] == NULL || (ends[1] != NULL && ends[2] != NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_unsigned (ends[1] != NULL ? ends[i] : ends[0], 10, 1, 999999,
                                     &numbers[i], NULL))
      return FALSE;
  *first = (guint) numbers[0];
  *last = (guint) numbers[1];
  return *first <= *last && *last - *first < DHK_PAPER_MAX_FORMS;
}

static char *
list_questionnaires (const DhkInstrument *instrument)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            dhk_instrument_get_questionnaire (instrument, i)->id);
  return g_string_free (list, FALSE);
}

static char *
list_variants (const DhkInstrument *instrument)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < dhk_instrument_get_n_variants (instrument); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            dhk_instrument_get_variant (instrument, i)->id);
  return g_string_free (list, FALSE);
}

/* `instrument` (taken) in the words of a variant; NULL when that was said. */
static DhkInstrument *
apply_variant (DhkInstrument *instrument, const char *id, DhkExit *status)
{
  g_autoptr (DhkInstrument) given = instrument;
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;
  DhkInstrument *result;

  if (id == NULL)
    return g_steal_pointer (&given);
  for (guint i = 0; i < dhk_instrument_get_n_variants (given); i++)
    if (strcmp (dhk_instrument_get_variant (given, i)->id, id) == 0)
      {
        result = dhk_instrument_with_variant_applied (given, i, &error);
        if (result == NULL)
          *status = dhk_cli_refuse (error);
        return result;
      }
  list = list_variants (given);
  *status = *list != '\0'
                ? dhk_cli_usage ("paper", _ ("There is no variant “%s”. There are: %s."), id, list)
                : dhk_cli_usage ("paper", _ ("These questionnaires have no variants."));
  return NULL;
}

static DhkExit
write_form (DhkInstrument *instrument,
            const char *questionnaire,
            const char *output,
            guint first,
            guint last,
            DhkLanguage language)
{
  int found = dhk_instrument_find_questionnaire (instrument, questionnaire);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  g_autofree char *name = dhk_cli_dup_name (output);
  g_autoptr (DhkPages) pages = NULL;
  g_autoptr (GError) error = NULL;

  if (found < 0)
    {
      g_autofree char *list = list_questionnaires (instrument);

      return dhk_cli_usage ("paper", _ ("There is no questionnaire “%s”. There are: %s."),
                            questionnaire, list);
    }
  pages = dhk_paper_new (instrument, (guint) found, first, last, language);
  if (!dhk_pages_write_pdf (pages, file, NULL, &error))
    return dhk_cli_refuse (error);
  g_print (ngettext ("“%s” holds the questionnaire to print: %u page.\n",
                     "“%s” holds the questionnaire to print: %u pages.\n", dhk_pages_get_n (pages)),
           name, dhk_pages_get_n (pages));
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_paper (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (DhkInstrument) instrument = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *code = NULL;
  g_autofree char *variant = NULL;
  const GOptionEntry entries[] = {
    { "instrument", 'i', 0, G_OPTION_ARG_FILENAME, &name,
      N_ ("an instrument in place of a study: a file, or the id of a built-in one"), N_ ("FILE") },
    { "numbers", 'n', 0, G_OPTION_ARG_STRING, &numbers,
      N_ ("a form for each number from FIRST to LAST, printed on it"), N_ ("FIRST-LAST") },
    { "variant", 'v', 0, G_OPTION_ARG_STRING, &variant,
      N_ ("in the words of a variant of the questionnaires"), N_ ("ID") },
    { "language", 'l', 0, G_OPTION_ARG_STRING, &code, N_ ("nl or en"), N_ ("LANGUAGE") },
    { NULL },
  };
  DhkLanguage language;
  DhkExit status;
  guint first, last, at;

  if (!dhk_cli_parse ("paper", entries, &arguments, &status))
    return status;
  at = name != NULL ? 1 : 2;
  if (g_strv_length (arguments) != at + 2)
    return dhk_cli_usage ("paper",
                          _ ("Name a study or --instrument, a questionnaire and a file to write."));
  if (!g_str_has_suffix (arguments[at + 1], ".pdf"))
    return dhk_cli_usage ("paper", _ ("The file to write ends in .pdf."));
  if (!parse_numbers (numbers, &first, &last))
    return dhk_cli_usage ("paper", _ ("The numbers of the forms are written as 1-40, at most %d."),
                          DHK_PAPER_MAX_FORMS);
  if (!dhk_cli_parse_language ("paper", code, &language))
    return DHK_EXIT_USAGE;

  if (name != NULL)
    instrument = dhk_cli_load_instrument (name, &error);
  else if ((store = dhk_cli_open (arguments[1])) != NULL)
    instrument = dhk_instrument_ref (dhk_store_get_instrument (store));
  if (instrument == NULL)
    return error != NULL ? dhk_cli_refuse (error) : DHK_EXIT_REFUSED;
  instrument = apply_variant (g_steal_pointer (&instrument), variant, &status);
  if (instrument == NULL)
    return status;
  return write_form (instrument, arguments[at], arguments[at + 1], first, last, language);
}
