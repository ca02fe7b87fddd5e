/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands that correct a study: set, undo, redo. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "store/dhk-store-respondents.h"
#include "study/dhk-missing.h"

/* Questions and values as they are typed -------------------------------------- */

static char *
dup_column_name (DhkInstrument *instrument, const DhkQuestion *question)
{
  if (question->variable >= 0)
    return g_strdup (dhk_instrument_get_variable (instrument, (guint) question->variable)->id);
  return dhk_instrument_dup_column_name (instrument, (guint) question->item, question->target);
}

/* By the name of its column in an export; NULL when no questionnaire asks it. */
static const DhkQuestion *
find_question (DhkInstrument *instrument, const char *name)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < questionnaire->n_questions; q++)
        {
          g_autofree char *column = dup_column_name (instrument, &questionnaire->questions[q]);

          if (g_ascii_strcasecmp (column, name) == 0)
            return &questionnaire->questions[q];
        }
    }
  return NULL;
}

static gboolean
is_label (const DhkText *label, const char *text)
{
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    {
      g_autofree char *folded = g_utf8_casefold (dhk_text_get (label, (DhkLanguage) language), -1);

      if (strcmp (folded, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
parse_missing (const char *text, int *code)
{
  DhkMissing kind;

  if (!dhk_missing_parse_id (text, &kind))
    return FALSE;
  *code = kind;
  return TRUE;
}

static gboolean
parse_category (const DhkVariable *variable, const char *text, int *code)
{
  for (guint i = 0; i < variable->n_categories; i++)
    if (g_ascii_strcasecmp (variable->categories[i].id, text) == 0
        || is_label (&variable->categories[i].label, text))
      {
        *code = (int) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_answer (const DhkAnswerScale *scale, const char *text, int *code)
{
  gint64 number = 0;
  gboolean is_number = g_ascii_string_to_signed (text, 10, G_MININT8, G_MAXINT8, &number, NULL);

  for (guint i = 0; i < scale->n_answers; i++)
    if ((is_number && number == scale->answers[i].code)
        || is_label (&scale->answers[i].label, text))
      {
        *code = scale->answers[i].code;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_value (DhkInstrument *instrument,
             const DhkQuestion *question,
             const char *text,
             int *code,
             double *number)
{
  const DhkVariable *variable;

  *code = 0;
  *number = NAN;
  if (parse_missing (text, code))
    return TRUE;
  if (question->item >= 0)
    return parse_answer (
        dhk_instrument_get_answer_scale (
            instrument, dhk_instrument_get_item (instrument, (guint) question->item)->answer_scale),
        text, code);
  variable = dhk_instrument_get_variable (instrument, (guint) question->variable);
  if (variable->kind == DHK_VARIABLE_CATEGORY)
    return parse_category (variable, text, code);
  return dhk_number_from_file (text, number);
}

/* The values that a question takes, for whoever typed another one. */
static char *
list_values (DhkInstrument *instrument, const DhkQuestion *question)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (question->item >= 0)
    {
      const DhkItem *item = dhk_instrument_get_item (instrument, (guint) question->item);
      const DhkAnswerScale *scale
          = dhk_instrument_get_answer_scale (instrument, item->answer_scale);

      for (guint i = 0; i < scale->n_answers; i++)
        g_string_append_printf (list, "%d, ", scale->answers[i].code);
    }
  else
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      for (guint i = 0; i < variable->n_categories; i++)
        g_string_append_printf (list, "%s, ", variable->categories[i].id);
      if (variable->kind == DHK_VARIABLE_NUMBER)
        {
          char low[G_ASCII_DTOSTR_BUF_SIZE];
          char high[G_ASCII_DTOSTR_BUF_SIZE];

          g_string_append_printf (list, "%s–%s, ", dhk_number_to_file (variable->minimum, low),
                                  dhk_number_to_file (variable->maximum, high));
        }
    }
  g_string_append (list, "empty, not-asked, unreadable");
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Several choices --------------------------------------------------------------- */

static const DhkChoices *
find_choices (DhkInstrument *instrument, const char *name)
{
  for (guint i = 0; i < dhk_instrument_get_n_choices (instrument); i++)
    {
      const DhkChoices *choices = dhk_instrument_get_choices (instrument, i);

      if (g_ascii_strcasecmp (choices->id, name) == 0)
        return choices;
    }
  return NULL;
}

static int
find_choice (const DhkChoices *choices, const char *text)
{
  for (guint i = 0; i < choices->n_choices; i++)
    if (g_ascii_strcasecmp (choices->choices[i].id, text) == 0
        || is_label (&choices->choices[i].label, text))
      return (int) i;
  return -1;
}

/* "school;other", "none", or a kind of missing. `wrong`: the part that is no choice. */
static gboolean
parse_choices (const DhkChoices *choices, const char *text, gint8 *codes, char **wrong)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  int missing = DHK_NOT_CHOSEN;
  gboolean all = parse_missing (text, &missing);

  memset (codes, missing, choices->n_choices);
  if (all || strcmp (text, "none") == 0)
    return TRUE;
  for (guint i = 0; parts[i] != NULL || i == 0; i++)
    {
      int choice = parts[i] != NULL ? find_choice (choices, g_strstrip (parts[i])) : -1;

      /* A closing semicolon says nothing; no text at all does not say “none”. */
      if (choice < 0 && i > 0 && *parts[i] == '\0' && parts[i + 1] == NULL)
        break;
      if (choice < 0)
        {
          *wrong = g_strdup (parts[i] != NULL ? parts[i] : "");
          return FALSE;
        }
      codes[choice] = DHK_CHOSEN;
    }
  return TRUE;
}

static DhkExit
set_choices (DhkStore *store, const DhkChoices *choices, char **arguments)
{
  g_autofree gint8 *codes = g_new (gint8, choices->n_choices);
  g_autofree char *wrong = NULL;
  g_autoptr (GError) error = NULL;
  gint64 respondent = 0;

  if (!parse_choices (choices, arguments[4], codes, &wrong))
    {
      g_autoptr (GString) list = g_string_new (NULL);

      for (guint i = 0; i < choices->n_choices; i++)
        g_string_append_printf (list, "%s, ", choices->choices[i].id);
      g_string_append (list, "none, empty, not-asked, unreadable");
      return dhk_cli_usage ("set", _ ("“%s” is not a value of “%s”. There are: %s."), wrong,
                            arguments[3], list->str);
    }
  if (!dhk_store_find_respondent (store, arguments[2], &respondent, &error)
      || !dhk_store_set_choices (store, respondent, choices, codes, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” of respondent %s is now “%s”.\n"), arguments[3], arguments[2], arguments[4]);
  return DHK_EXIT_DONE;
}

/* Commands ------------------------------------------------------------------------ */

DhkExit
dhk_cli_set (char **given)
{
  g_auto (GStrv) arguments = given;
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument;
  const DhkQuestion *question;
  gint64 respondent = 0;
  DhkExit status;
  int code;
  double number;

  if (!dhk_cli_parse ("set", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 5)
    return dhk_cli_usage ("set", _ ("Name a study, a respondent, a question and its value."));
  store = dhk_cli_open_to_change (arguments[1]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  instrument = dhk_store_get_instrument (store);
  if (find_choices (instrument, arguments[3]) != NULL)
    return set_choices (store, find_choices (instrument, arguments[3]), arguments);
  question = find_question (instrument, arguments[3]);
  if (question == NULL)
    return dhk_cli_usage ("set", _ ("There is no question “%s” in this study."), arguments[3]);
  if (!parse_value (instrument, question, arguments[4], &code, &number))
    {
      g_autofree char *values = list_values (instrument, question);

      return dhk_cli_usage ("set", _ ("“%s” is not a value of “%s”. There are: %s."), arguments[4],
                            arguments[3], values);
    }
  if (!dhk_store_find_respondent (store, arguments[2], &respondent, &error)
      || !dhk_store_set_cell (store, respondent, question, code, number, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” of respondent %s is now “%s”.\n"), arguments[3], arguments[2], arguments[4]);
  return DHK_EXIT_DONE;
}

static DhkExit
move (char **given, gboolean is_undo)
{
  g_auto (GStrv) arguments = given;
  const char *name = is_undo ? "undo" : "redo";
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;
  DhkExit status;

  if (!dhk_cli_parse (name, entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage (name, _ ("Name one study."));
  store = dhk_cli_open_to_change (arguments[1]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  label = is_undo ? dhk_store_dup_undo_label (store) : dhk_store_dup_redo_label (store);
  if (!(is_undo ? dhk_store_undo (store, &error) : dhk_store_redo (store, &error)))
    return dhk_cli_refuse (error);
  g_print (is_undo ? _ ("Undone: %s\n") : _ ("Redone: %s\n"), label != NULL ? label : "");
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_undo (char **arguments)
{
  return move (arguments, TRUE);
}

DhkExit
dhk_cli_redo (char **arguments)
{
  return move (arguments, FALSE);
}
