/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command that shows paper forms typed in: batches, differences, agreement. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/dhk-double-entry.h"
#include "base/dhk-json-writer.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-entry.h"

typedef struct
{
  DhkStore *store;
  DhkInstrument *instrument;
  GPtrArray *batches;     /* DhkEntryBatch */
  GPtrArray *comparisons; /* DhkEntryComparison, of each batch */
  GArray *typed;          /* DhkTypedPair, of all */
  DhkLanguage language;
} Entry;

static void
entry_clear (Entry *self)
{
  g_clear_pointer (&self->comparisons, g_ptr_array_unref);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_pointer (&self->typed, g_array_unref);
  g_clear_pointer (&self->store, dhk_store_close);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static gboolean
load (Entry *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  self->store = dhk_cli_open (path);
  if (self->store == NULL)
    return FALSE;
  self->instrument = dhk_store_get_instrument (self->store);
  self->language = dhk_language_of_messages ();
  self->comparisons = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_entry_comparison_free);
  self->typed = g_array_new (FALSE, FALSE, sizeof (DhkTypedPair));
  self->batches = dhk_store_entry_list_batches (self->store, &error);
  for (guint i = 0; error == NULL && i < self->batches->len; i++)
    {
      const DhkEntryBatch *batch = g_ptr_array_index (self->batches, i);
      DhkEntryComparison *comparison = dhk_store_entry_compare (self->store, batch->id, &error);

      if (comparison == NULL)
        break;
      g_ptr_array_add (self->comparisons, comparison);
      dhk_entry_comparison_append_typed (comparison, self->instrument, self->typed);
    }
  if (error != NULL)
    dhk_cli_refuse (error);
  return error == NULL;
}

static const char *
get_questionnaire_id (const Entry *self, guint questionnaire)
{
  return dhk_instrument_get_questionnaire (self->instrument, questionnaire)->id;
}

/* "band1_h", or the id of a variable. Free with g_free(). */
static char *
dup_column (const Entry *self, guint questionnaire, guint index)
{
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (self->instrument, questionnaire)->questions[index];

  if (question->item >= 0)
    return dhk_instrument_dup_column_name (self->instrument, (guint) question->item,
                                           question->target);
  return g_strdup (dhk_instrument_get_variable (self->instrument, (guint) question->variable)->id);
}

static DhkDoubleEntry
run (const Entry *self, int questionnaire)
{
  return dhk_double_entry_run ((const DhkTypedPair *) (gpointer) self->typed->data,
                               self->typed->len, questionnaire);
}

/* JSON --------------------------------------------------------------------------- */

static void
add_numbers (DhkJsonWriter *json, const char *key, const GArray *numbers)
{
  dhk_json_write_key (json, key);
  dhk_json_open (json, "[");
  for (guint i = 0; i < numbers->len; i++)
    {
      dhk_json_separate (json, ", ");
      dhk_json_write_number (json, g_array_index (numbers, guint, i));
    }
  dhk_json_close (json, "]");
}

static void
add_answer (const Entry *self,
            DhkJsonWriter *json,
            const char *key,
            guint questionnaire,
            guint question,
            const DhkEntryAnswer *answer)
{
  g_autofree char *text
      = answer != NULL
            ? dhk_entry_answer_to_file (self->instrument, questionnaire, question, answer)
            : NULL;

  dhk_json_add_string (json, key, text);
}

static void
add_pair (const Entry *self, DhkJsonWriter *json, guint questionnaire, const DhkEntryPair *pair)
{
  g_autofree char *column = dup_column (self, questionnaire, pair->question);

  dhk_json_separate (json, ",");
  dhk_json_open (json, "\n    {");
  dhk_json_add_count (json, "form", pair->number);
  dhk_json_add_count (json, "question", pair->question + 1);
  dhk_json_add_string (json, "column", column);
  add_answer (self, json, "first", questionnaire, pair->question, &pair->first);
  add_answer (self, json, "second", questionnaire, pair->question, &pair->second);
  add_answer (self, json, "settled", questionnaire, pair->question,
              pair->settled ? &pair->chosen : NULL);
  dhk_json_close (json, "}");
}

static void
add_batch (const Entry *self, DhkJsonWriter *json, guint place, gboolean with_differences)
{
  const DhkEntryBatch *batch = g_ptr_array_index (self->batches, place);
  const DhkEntryComparison *comparison = g_ptr_array_index (self->comparisons, place);

  dhk_json_separate (json, ",");
  dhk_json_open (json, "\n  {");
  dhk_json_add_string (json, "name", batch->name);
  dhk_json_add_string (json, "questionnaire", get_questionnaire_id (self, batch->questionnaire));
  dhk_json_add_count (json, "forms", batch->n_forms);
  dhk_json_add_count (json, "complete", batch->n_complete);
  dhk_json_add_count (json, "second", batch->n_second);
  dhk_json_add_count (json, "second_complete", batch->n_second_complete);
  dhk_json_add_count (json, "open_differences", batch->n_differences);
  dhk_json_add_count (json, "settled_differences", batch->n_settled);
  if (with_differences)
    {
      add_numbers (json, "only_first", comparison->only_first);
      add_numbers (json, "only_second", comparison->only_second);
      dhk_json_write_key (json, "differences");
      dhk_json_open (json, "[");
      for (guint i = 0; i < comparison->pairs->len; i++)
        {
          const DhkEntryPair *pair = &g_array_index (comparison->pairs, DhkEntryPair, i);

          if (pair->differs)
            add_pair (self, json, batch->questionnaire, pair);
        }
      dhk_json_close (json, "]");
    }
  dhk_json_close (json, "}");
}

static void
add_agreement (const Entry *self, DhkJsonWriter *json, int questionnaire)
{
  DhkDoubleEntry result = run (self, questionnaire);

  if (questionnaire >= 0 && result.n == 0)
    return;
  dhk_json_separate (json, ",");
  dhk_json_open (json, "\n  {");
  dhk_json_add_string (json, "questionnaire",
                       questionnaire >= 0 ? get_questionnaire_id (self, (guint) questionnaire)
                                          : NULL);
  dhk_json_add_count (json, "n", result.n);
  dhk_json_add_count (json, "same", result.n_same);
  dhk_json_add_number (json, "share", result.share);
  dhk_json_add_count (json, "n_labelled", result.n_labelled);
  dhk_json_add_number (json, "kappa", result.kappa);
  dhk_json_add_number (json, "ci_low", result.ci_low);
  dhk_json_add_number (json, "ci_high", result.ci_high);
  dhk_json_add_string (json, "undefined", result.undefined);
  dhk_json_close (json, "}");
}

static void
print_json (const Entry *self, gboolean with_differences)
{
  DhkJsonWriter json = { .text = g_string_new (NULL), .first = TRUE };

  dhk_json_open (&json, "{");
  dhk_json_write_key (&json, "batches");
  dhk_json_open (&json, "[");
  for (guint i = 0; i < self->batches->len; i++)
    add_batch (self, &json, i, with_differences);
  dhk_json_close (&json, "]");
  if (with_differences)
    {
      dhk_json_write_key (&json, "agreement");
      dhk_json_open (&json, "[");
      for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->instrument); i++)
        add_agreement (self, &json, (int) i);
      add_agreement (self, &json, -1);
      dhk_json_close (&json, "]");
    }
  dhk_json_close (&json, "}\n");
  g_print ("%s", json.text->str);
  g_string_free (json.text, TRUE);
}

/* Text --------------------------------------------------------------------------- */

static void
print_batch (const Entry *self, const DhkEntryBatch *batch)
{
  g_autofree char *forms
      = g_strdup_printf (ngettext ("%u form", "%u forms", batch->n_forms), batch->n_forms);
  g_autofree char *differences
      = g_strdup_printf (ngettext ("%u difference to be settled", "%u differences to be settled",
                                   batch->n_differences),
                         batch->n_differences);

  /* Translators: the name of a batch of paper forms, its questionnaire, “5 forms”, counts of forms,
   * “2 differences to be settled”, how many were settled. */
  g_print (_ ("%s (%s): %s, %u complete; second time %u, %u complete; %s, %u settled\n"),
           batch->name,
           dhk_text_get (
               &dhk_instrument_get_questionnaire (self->instrument, batch->questionnaire)->label,
               self->language),
           forms, batch->n_complete, batch->n_second, batch->n_second_complete, differences,
           batch->n_settled);
}

static void
print_pair (const Entry *self, guint questionnaire, const DhkEntryPair *pair)
{
  g_autofree char *column = dup_column (self, questionnaire, pair->question);
  g_autofree char *first
      = dhk_entry_answer_describe (self->instrument, questionnaire, pair->question, &pair->first);
  g_autofree char *second
      = dhk_entry_answer_describe (self->instrument, questionnaire, pair->question, &pair->second);
  g_autofree char *chosen = pair->settled ? dhk_entry_answer_describe (
                                self->instrument, questionnaire, pair->question, &pair->chosen)
                                          : NULL;

  g_print (_ ("  form %u, question %u (%s): first %s, second %s"), pair->number, pair->question + 1,
           column, first, second);
  if (chosen != NULL)
    g_print (_ ("; settled as %s"), chosen);
  g_print ("\n");
}

static void
print_numbers (const char *words, const GArray *numbers)
{
  if (numbers->len == 0)
    return;
  g_print ("  %s", words);
  for (guint i = 0; i < numbers->len; i++)
    g_print ("%s%u", i > 0 ? ", " : " ", g_array_index (numbers, guint, i));
  g_print ("\n");
}

static void
print_agreement (const Entry *self, int questionnaire, const char *name)
{
  DhkNumberStyle style = dhk_number_style_for_language (self->language);
  DhkDoubleEntry result = run (self, questionnaire);
  g_autofree char *percent = NULL;
  g_autofree char *kappa = NULL;

  if (result.n == 0)
    return;
  percent = dhk_number_format (DHK_NUMBER_PERCENT, 100 * result.share, style);
  kappa = result.undefined != NULL
              ? g_strdup_printf (_ ("κ is undefined, because %s"),
                                 dhk_translate (self->language, result.undefined))
              : dhk_number_format_equation ("κ", DHK_NUMBER_R, result.kappa, style);
  g_print (ngettext ("%s: %u of %u answer the same (%s%%); %s\n",
                     "%s: %u of %u answers the same (%s%%); %s\n", result.n),
           name, result.n_same, result.n, percent, kappa);
}

static void
print_text (const Entry *self, gboolean with_differences)
{
  if (self->batches->len == 0)
    g_print ("%s\n", _ ("No paper forms were typed into this study."));
  for (guint b = 0; b < self->batches->len; b++)
    {
      const DhkEntryBatch *batch = g_ptr_array_index (self->batches, b);
      const DhkEntryComparison *comparison = g_ptr_array_index (self->comparisons, b);

      print_batch (self, batch);
      for (guint i = 0; with_differences && i < comparison->pairs->len; i++)
        {
          const DhkEntryPair *pair = &g_array_index (comparison->pairs, DhkEntryPair, i);

          if (pair->differs)
            print_pair (self, batch->questionnaire, pair);
        }
      if (with_differences)
        {
          print_numbers (_ ("typed the first time only: form"), comparison->only_first);
          print_numbers (_ ("typed the second time only: form"), comparison->only_second);
        }
    }
  for (guint i = 0; with_differences && i < dhk_instrument_get_n_questionnaires (self->instrument);
       i++)
    print_agreement (self, (int) i,
                     dhk_text_get (&dhk_instrument_get_questionnaire (self->instrument, i)->label,
                                   self->language));
  if (with_differences)
    print_agreement (self, -1, _ ("All together"));
}

DhkExit
dhk_cli_entry (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (Entry) entry = { 0 };
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, N_ ("text or json"), N_ ("FORMAT") },
    { NULL },
  };
  gboolean with_differences;
  DhkExit status;

  if (!dhk_cli_parse ("entry", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3
      || (strcmp (arguments[1], "list") != 0 && strcmp (arguments[1], "differences") != 0))
    return dhk_cli_usage ("entry", _ ("Say “list” or “differences”, and name a study."));
  if (format != NULL && strcmp (format, "text") != 0 && strcmp (format, "json") != 0)
    return dhk_cli_usage ("entry", _ ("The format is text or json, not “%s”."), format);

  with_differences = strcmp (arguments[1], "differences") == 0;
  if (!load (&entry, arguments[2]))
    return DHK_EXIT_REFUSED;
  if (format != NULL && strcmp (format, "json") == 0)
    print_json (&entry, with_differences);
  else
    print_text (&entry, with_differences);
  return DHK_EXIT_DONE;
}
