/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The command that fills a study.
 *
 * Counts in translated messages are %lu: xgettext cannot read past a format macro.
 */

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "import/dhk-import.h"

/* Answers to questions: "QUESTION=CHOICE", the last "=" divides. */
static gboolean
parse_answers (char **texts, GHashTable *answers)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      const char *equals = strrchr (texts[i], '=');

      if (equals == NULL || equals == texts[i] || equals[1] == '\0')
        {
          dhk_cli_usage ("import", _ ("An answer is QUESTION=CHOICE, not “%s”."), texts[i]);
          return FALSE;
        }
      g_hash_table_insert (answers, g_strndup (texts[i], equals - texts[i]), g_strdup (equals + 1));
    }
  return TRUE;
}

static void
print_questions (DhkDraft *draft)
{
  GPtrArray *questions = dhk_draft_get_questions (draft);

  g_printerr (ngettext ("driehoek: Nothing was stored: %u question is open.\n",
                        "driehoek: Nothing was stored: %u questions are open.\n", questions->len),
              questions->len);
  for (guint i = 0; i < questions->len; i++)
    {
      const DhkDraftQuestion *question = g_ptr_array_index (questions, i);

      g_printerr ("\n%s\n", question->text);
      if (question->detail != NULL)
        g_printerr ("  %s\n", question->detail);
      for (guint c = 0; c < question->n_choices; c++)
        g_printerr ("  --answer '%s=%s'  %s%s\n", question->id, question->choices[c].id,
                    question->choices[c].label,
                    g_strcmp0 (question->suggestion, question->choices[c].id) == 0
                        ? _ (" (suggested)")
                        : "");
    }
}

static void
add_totals (JsonBuilder *builder, const DhkDraftTotals *totals)
{
  const struct
  {
    const char *name;
    guint64 value;
  } members[] = {
    { "found", totals->found },     { "new", totals->added },        { "present", totals->present },
    { "changed", totals->changed }, { "kept_aside", totals->aside },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i].name);
      json_builder_add_int_value (builder, (gint64) members[i].value);
    }
}

static void
add_file (JsonBuilder *builder, DhkDraft *draft, const DhkDraftFile *file)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, file);
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, file->name);
  json_builder_set_member_name (builder, "questionnaire");
  if (file->questionnaire >= 0)
    json_builder_add_string_value (
        builder, dhk_instrument_get_questionnaire (instrument, (guint) file->questionnaire)->id);
  else
    json_builder_add_null_value (builder);
  add_totals (builder, &totals);

  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < file->notes->len; i++)
    json_builder_add_string_value (builder,
                                   ((DhkDraftNote *) g_ptr_array_index (file->notes, i))->text);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (DhkDraft *draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  DhkDraftTotals totals = dhk_draft_get_totals (draft, NULL);
  GPtrArray *files = dhk_draft_get_files (draft);

  json_builder_begin_object (builder);
  add_totals (builder, &totals);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    add_file (builder, draft, g_ptr_array_index (files, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_aside_rows (const DhkDraftFile *file)
{
  for (guint i = 0; i < file->rows->len; i++)
    {
      const DhkDraftRow *row = g_ptr_array_index (file->rows, i);

      if (row->fate == DHK_ROW_ASIDE)
        g_print (_ ("  row %lu is kept aside: %s\n"), (gulong) row->line,
                 row->reason != NULL ? row->reason : "");
    }
}

static void
print_outcome (DhkDraft *draft)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  DhkDraftTotals all = dhk_draft_get_totals (draft, NULL);

  for (guint i = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);
      DhkDraftTotals totals = dhk_draft_get_totals (draft, file);

      g_print (_ ("%s: %lu found, %lu new, %lu present, %lu kept aside\n"), file->name,
               (gulong) totals.found, (gulong) totals.added, (gulong) totals.present,
               (gulong) totals.aside);
      for (guint n = 0; n < file->notes->len; n++)
        {
          const DhkDraftNote *note = g_ptr_array_index (file->notes, n);

          g_print ("  %s\n", note->text);
        }
      print_aside_rows (file);
    }
  if (files->len > 1)
    g_print (_ ("Together: %lu found, %lu new, %lu present, %lu kept aside\n"), (gulong) all.found,
             (gulong) all.added, (gulong) all.present, (gulong) all.aside);
}

typedef struct
{
  char **texts; /* answers as typed */
  gboolean json;
  gboolean dry_run;
} ImportOptions;

static DhkExit
import_files (const char *study, char **paths, const ImportOptions *options)
{
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_answers (options->texts, answers))
    return DHK_EXIT_USAGE;
  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (paths[i]));

  store = dhk_cli_open (study);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  draft = dhk_import_read (dhk_store_get_instrument (store), files, answers, NULL, NULL, NULL,
                           &error);
  if (draft == NULL)
    return dhk_cli_refuse (error);
  if (dhk_draft_get_questions (draft)->len > 0)
    {
      print_questions (draft);
      return DHK_EXIT_REFUSED;
    }
  if (!(options->dry_run ? dhk_store_compare (store, draft, NULL, &error)
                         : dhk_store_commit (store, draft, NULL, &error)))
    return dhk_cli_refuse (error);

  if (options->json)
    print_json (draft);
  else
    print_outcome (draft);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_import (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (GStrv) texts = NULL;
  ImportOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "answer", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &texts,
      N_ ("answer an open question (may be given several times)"), N_ ("QUESTION=CHOICE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("print the totals as JSON"), NULL },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
      N_ ("only say what would happen; store nothing"), NULL },
    { NULL },
  };
  DhkExit status;

  if (!dhk_cli_parse ("import", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) < 3)
    return dhk_cli_usage ("import", _ ("Name a study and the files to import."));
  options.texts = texts;
  return import_files (arguments[1], arguments + 2, &options);
}
