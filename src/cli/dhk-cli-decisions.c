/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/dhk-cli-decisions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-profile.h"

/* Questions ------------------------------------------------------------------- */

void
dhk_cli_print_questions (DhkDraft *draft)
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

static const char *
get_decider (DhkDecidedBy by)
{
  switch (by)
    {
    case DHK_DECIDED_BY_HAND:
      return "hand";
    case DHK_DECIDED_BY_PROFILE:
      return "profile";
    case DHK_DECIDED_BY_PROGRAM:
      return "program";
    case DHK_DECIDED_BY_NOBODY:
    default:
      return "open";
    }
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_decision (JsonBuilder *builder, const DhkDraftQuestion *decision)
{
  json_builder_begin_object (builder);
  add_string (builder, "id", decision->id);
  add_string (builder, "text", decision->text);
  add_string (builder, "detail", decision->detail);
  add_string (builder, "chosen", decision->chosen);
  add_string (builder, "by", get_decider (decision->by));
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < decision->n_choices; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", decision->choices[i].id);
      add_string (builder, "label", decision->choices[i].label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static const char *
find_label (const DhkDraftQuestion *decision)
{
  for (guint i = 0; i < decision->n_choices; i++)
    if (g_strcmp0 (decision->choices[i].id, decision->chosen) == 0)
      return decision->choices[i].label;
  return _ ("still open");
}

static const char *
translate_decider (DhkDecidedBy by)
{
  switch (by)
    {
    case DHK_DECIDED_BY_HAND:
      return _ (", by hand");
    case DHK_DECIDED_BY_PROFILE:
      return _ (", by an import profile");
    case DHK_DECIDED_BY_PROGRAM:
    case DHK_DECIDED_BY_NOBODY:
    default:
      return "";
    }
}

/* Long lists, such as all questions of a questionnaire, are the same for every column. */
#define MAX_CHOICES 12

static void
print_decision (const DhkDraftQuestion *decision)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  for (guint i = 0; i < decision->n_choices && decision->n_choices <= MAX_CHOICES; i++)
    g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "", decision->choices[i].id);
  g_print ("%s=%s\n  %s %s%s\n", decision->id, decision->chosen != NULL ? decision->chosen : "?",
           decision->text, find_label (decision), translate_decider (decision->by));
  if (choices->len > 0)
    g_print ("  %s\n", choices->str);
}

void
dhk_cli_print_decisions (DhkDraft *draft, gboolean json)
{
  GPtrArray *lists[] = { dhk_draft_get_questions (draft), dhk_draft_get_decisions (draft) };
  g_autoptr (JsonBuilder) builder = json ? json_builder_new () : NULL;

  if (json)
    json_builder_begin_array (builder);
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      if (json)
        add_decision (builder, g_ptr_array_index (lists[l], i));
      else
        print_decision (g_ptr_array_index (lists[l], i));
  if (json)
    {
      json_builder_end_array (builder);
      dhk_cli_print_builder (builder);
    }
  else if (lists[0]->len + lists[1]->len == 0)
    g_print (_ ("Nothing is open, and nothing was decided that could be decided otherwise.\n"));
}

/* The outcome --------------------------------------------------------------------- */

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
add_file_conflicts (JsonBuilder *builder, DhkInstrument *instrument, const DhkDraftFile *file)
{
  json_builder_set_member_name (builder, "conflicts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < file->conflicts->len; i++)
    {
      const DhkDraftConflict *conflict = g_ptr_array_index (file->conflicts, i);
      const DhkDraftRow *row = dhk_draft_file_peek_row (file, conflict->row);
      const DhkQuestion *question
          = &dhk_instrument_get_questionnaire (instrument, (guint) file->questionnaire)
                 ->questions[conflict->question];
      g_autofree char *column
          = conflict->is_exclusion ? g_strdup ("excluded")
            : question->item >= 0
                ? dhk_instrument_dup_column_name (instrument, (guint) question->item,
                                                  question->target)
                : g_strdup (
                    dhk_instrument_get_variable (instrument, (guint) question->variable)->id);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, (gint64) row->line);
      json_builder_set_member_name (builder, "respondent");
      json_builder_add_int_value (builder, conflict->respondent);
      add_string (builder, "column", column);
      add_string (builder, "study", conflict->held);
      add_string (builder, "file", conflict->found);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_file (JsonBuilder *builder, DhkDraft *draft, const DhkDraftFile *file)
{
  DhkDraftTotals totals = dhk_draft_get_totals (draft, file);
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  json_builder_begin_object (builder);
  add_string (builder, "file", file->name);
  add_string (builder, "kind", file->kind);
  add_string (builder, "questionnaire",
              file->questionnaire >= 0
                  ? dhk_instrument_get_questionnaire (instrument, (guint) file->questionnaire)->id
                  : NULL);
  add_string (builder, "profile", file->profile);
  if (file->summary != NULL)
    add_string (builder, "summary", file->summary);
  add_totals (builder, &totals);

  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < file->notes->len; i++)
    json_builder_add_string_value (builder,
                                   ((DhkDraftNote *) g_ptr_array_index (file->notes, i))->text);
  json_builder_end_array (builder);
  add_file_conflicts (builder, instrument, file);
  json_builder_end_object (builder);
}

void
dhk_cli_print_import_json (DhkDraft *draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
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
  dhk_cli_print_builder (builder);
}

void
dhk_cli_add_conflicts (JsonBuilder *builder, GPtrArray *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const DhkConflict *conflict = g_ptr_array_index (conflicts, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "respondent");
      json_builder_add_int_value (builder, conflict->respondent);
      json_builder_set_member_name (builder, "number");
      json_builder_add_int_value (builder, conflict->number);
      add_string (builder, "questionnaire", conflict->questionnaire);
      add_string (builder, "column", conflict->column);
      add_string (builder, "question", conflict->question);
      add_string (builder, "study", conflict->held);
      add_string (builder, "file", conflict->found);
      add_string (builder, "file_name", conflict->file_name);
      json_builder_end_object (builder);
    }
}

void
dhk_cli_print_builder (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  g_print ("%s\n", text);
}
