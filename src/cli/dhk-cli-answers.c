/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that prints answers as they are in the study, of everybody or of one. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/dhk-json-writer.h"
#include "base/dhk-text.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-respondents.h"

typedef struct
{
  DhkRespondents *list;
  DhkInstrument *instrument;
  GPtrArray *questions; /* DhkQuestion, lent */
  GPtrArray *columns;   /* char * */
} Sheet;

static void
sheet_clear (Sheet *self)
{
  g_clear_pointer (&self->list, dhk_respondents_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

/* All questions of all questionnaires, each once: background first. */
static void
list_questions (Sheet *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->questions = g_ptr_array_new ();
  self->columns = g_ptr_array_new_with_free_func (g_free);
  for (int background = 1; background >= 0; background--)
    for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->instrument); i++)
      {
        const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (self->instrument, i);

        for (guint q = 0; q < form->n_questions; q++)
          {
            const DhkQuestion *question = &form->questions[q];
            g_autofree char *column = NULL;

            if ((question->item < 0) != (background == 1))
              continue;
            column = question->item >= 0
                         ? dhk_instrument_dup_column_name (self->instrument, (guint) question->item,
                                                           question->target)
                         : g_strdup (dhk_instrument_get_variable (self->instrument,
                                                                  (guint) question->variable)
                                         ->id);
            if (g_hash_table_contains (seen, column))
              continue;
            g_hash_table_add (seen, column);
            g_ptr_array_add (self->questions, (gpointer) question);
            g_ptr_array_add (self->columns, g_steal_pointer (&column));
          }
      }
}

/* As “driehoek set” takes it; "" for what was not asked. Lent, or in `buffer`. */
static const char *
get_value (const Sheet *self, guint row, guint q, char *buffer)
{
  const DhkQuestion *question = g_ptr_array_index (self->questions, q);
  int code = dhk_respondents_get_code (self->list, row, question);
  const DhkVariable *variable;

  if (code == DHK_MISSING_EMPTY)
    return "empty";
  if (code == DHK_MISSING_UNREADABLE)
    return "unreadable";
  if (code < 0)
    return "";
  if (question->item >= 0)
    {
      g_snprintf (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%d", code);
      return buffer;
    }
  variable = dhk_instrument_get_variable (self->instrument, (guint) question->variable);
  if (variable->kind == DHK_VARIABLE_NUMBER)
    return dhk_number_to_file (dhk_respondents_get_value (self->list, row, question), buffer);
  return variable->categories[code].id;
}

static const char *
get_questionnaire (const Sheet *self, guint row)
{
  return dhk_instrument_get_questionnaire (self->instrument,
                                           dhk_respondents_get_questionnaire (self->list, row))
      ->id;
}

/* CSV ---------------------------------------------------------------------------- */

static void
append_field (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, ',');
  dhk_text_append_csv (line, text, DHK_CSV_FOR_SPREADSHEET);
}

static void
print_csv (const Sheet *self, guint first, guint end)
{
  g_autoptr (GString) line = g_string_new ("id,questionnaire,number,excluded");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint q = 0; q < self->columns->len; q++)
    append_field (line, g_ptr_array_index (self->columns, q));
  g_print ("%s\n", line->str);
  for (guint row = first; row < end; row++)
    {
      const char *reason = dhk_respondents_get_reason (self->list, row);

      g_string_printf (line, "%" G_GINT64_FORMAT ",%s,%u", dhk_respondents_get_id (self->list, row),
                       get_questionnaire (self, row), dhk_respondents_get_number (self->list, row));
      append_field (line, !dhk_respondents_is_excluded (self->list, row) ? ""
                          : reason != NULL && *reason != '\0'            ? reason
                                                                         : "excluded");
      for (guint q = 0; q < self->questions->len; q++)
        append_field (line, get_value (self, row, q, buffer));
      g_string_append_c (line, '\n');
      fputs (line->str, stdout);
    }
}

/* JSON ---------------------------------------------------------------------------- */

static void
write_answer (const Sheet *self, DhkJsonWriter *writer, guint row, guint q)
{
  const DhkQuestion *question = g_ptr_array_index (self->questions, q);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const char *value = get_value (self, row, q, buffer);
  gboolean is_number = dhk_respondents_get_code (self->list, row, question) >= 0
                       && (question->item >= 0
                           || isfinite (dhk_respondents_get_value (self->list, row, question)));
  double number = 0;

  if (*value == '\0')
    return;
  if (is_number && dhk_number_from_file (value, &number))
    dhk_json_add_number (writer, g_ptr_array_index (self->columns, q), number);
  else
    dhk_json_add_string (writer, g_ptr_array_index (self->columns, q), value);
}

static void
print_json (const Sheet *self, guint first, guint end)
{
  fputs ("[", stdout);
  for (guint row = first; row < end; row++)
    {
      DhkJsonWriter writer = { .text = g_string_new (row > first ? ",\n" : "\n"), .first = TRUE };
      const char *reason = dhk_respondents_get_reason (self->list, row);

      dhk_json_open (&writer, "{");
      dhk_json_add_count (&writer, "id", (guint64) dhk_respondents_get_id (self->list, row));
      dhk_json_add_string (&writer, "questionnaire", get_questionnaire (self, row));
      dhk_json_add_count (&writer, "number", dhk_respondents_get_number (self->list, row));
      if (dhk_respondents_is_excluded (self->list, row))
        dhk_json_add_string (&writer, "excluded", reason != NULL ? reason : "");
      for (guint q = 0; q < self->questions->len; q++)
        write_answer (self, &writer, row, q);
      dhk_json_close (&writer, "}");
      fputs (writer.text->str, stdout);
      g_string_free (writer.text, TRUE);
    }
  fputs ("\n]\n", stdout);
}

DhkExit
dhk_cli_answers (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *respondent = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "respondent", 'r', 0, G_OPTION_ARG_STRING, &respondent, N_ ("of this respondent only"),
      N_ ("RESPONDENT") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("csv or json (default: csv)"),
      N_ ("FORMAT") },
    { NULL },
  };
  g_autoptr (DhkStore) store = NULL;
  g_auto (Sheet) sheet = { 0 };
  g_autoptr (GError) error = NULL;
  guint first = 0;
  guint end;
  gint64 id = 0;
  DhkExit status;

  if (!dhk_cli_parse ("answers", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage ("answers", _ ("Name one study."));
  if (format != NULL && strcmp (format, "csv") != 0 && strcmp (format, "json") != 0)
    return dhk_cli_usage ("answers", _ ("The format is “csv” or “json”, not “%s”."), format);
  store = dhk_cli_open (arguments[1]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  if (respondent != NULL && !dhk_store_find_respondent (store, respondent, &id, &error))
    return dhk_cli_refuse (error);
  sheet.list = dhk_store_load_respondents (store, NULL, &error);
  if (sheet.list == NULL)
    return dhk_cli_refuse (error);
  sheet.instrument = dhk_respondents_get_instrument (sheet.list);
  list_questions (&sheet);
  end = dhk_respondents_get_n (sheet.list);
  if (respondent != NULL)
    {
      first = (guint) dhk_respondents_find (sheet.list, id);
      end = first + 1;
    }
  if (g_strcmp0 (format, "json") == 0)
    print_json (&sheet, first, end);
  else
    print_csv (&sheet, first, end);
  return DHK_EXIT_DONE;
}
