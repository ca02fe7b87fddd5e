/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/dhk-document.h"

#include <glib/gi18n-lib.h>

#include "report/dhk-sentences.h"
#include "report/dhk-words.h"

static void
block_free (gpointer data)
{
  DhkBlock *block = data;

  g_free (block->text);
  g_free (block->label);
  g_free (block->id);
  g_clear_pointer (&block->table, dhk_table_unref);
  g_clear_pointer (&block->result, dhk_result_unref);
  g_clear_pointer (&block->profile, dhk_self_profile_unref);
  g_free (block);
}

DhkDocument *
dhk_document_new (DhkLanguage language, DhkNumberStyle style)
{
  DhkDocument *self = g_new0 (DhkDocument, 1);

  g_atomic_ref_count_init (&self->refs);
  self->language = language;
  self->style = style;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

DhkBlock *
dhk_document_add_block (DhkDocument *self, DhkBlockKind kind, const char *text)
{
  DhkBlock *block;

  g_return_val_if_fail (self != NULL, NULL);

  block = g_new0 (DhkBlock, 1);
  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (self->blocks, block);
  return block;
}

static void
add_text (DhkDocument *self, DhkBlockKind kind, const DhkText *text)
{
  const char *words = dhk_text_get (text, self->language);

  if (*words != '\0')
    dhk_document_add_block (self, kind, words);
}

static void
append_line (GString *text, const char *sentence)
{
  if (*sentence != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

/* What was found, a line per scale and per correlation that is told apart: the eye finds its
 * scale at the start of a line. */
static void
add_findings (DhkDocument *self, const DhkResult *result)
{
  const DhkAnalysis *analysis = result->analysis;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; analysis->kind == DHK_ANALYSIS_MEANS && i < analysis->scales->len; i++)
    {
      g_autofree char *sentence = dhk_result_scale_sentence (
          result, g_array_index (analysis->scales, guint, i), self->language, self->style);

      append_line (text, sentence);
    }
  for (guint i = 0; i < result->correlations->len; i++)
    {
      const DhkCorrelationResult *it
          = &g_array_index (result->correlations, DhkCorrelationResult, i);
      g_autofree char *sentence = NULL;

      /* Of a whole matrix only the background variables are worth a sentence. */
      if (analysis->kind == DHK_ANALYSIS_CORRELATIONS
          && (it->x_variable < 0 || it->undefined != NULL || it->p >= analysis->alpha))
        continue;
      sentence = dhk_result_correlation_sentence (result, i, self->language, self->style);
      append_line (text, sentence);
    }
  if (text->len > 0)
    dhk_document_add_block (self, DHK_BLOCK_PARAGRAPH, text->str);
}

static void
add_table (DhkDocument *self, DhkTable *table, const char *id)
{
  DhkBlock *block = dhk_document_add_block (self, DHK_BLOCK_TABLE, NULL);

  block->table = dhk_table_ref (table);
  block->id = g_strdup (id);
}

static void
add_figure (DhkDocument *self,
            DhkResult *result,
            DhkTable *table,
            const char *number,
            const char *title,
            const char *id)
{
  DhkBlock *block = dhk_document_add_block (self, DHK_BLOCK_FIGURE, title);

  if (number != NULL)
    block->label = g_strdup_printf (dhk_translate (self->language, N_ ("Figure %s")), number);
  block->table = dhk_table_ref (table);
  block->result = dhk_result_ref (result);
  block->id = g_strdup (id);
}

static gboolean
add_plan_table (DhkDocument *self,
                const DhkPlanTable *entry,
                DhkFrame *frame,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (DhkResult) result = dhk_analysis_run (entry->analysis, frame, cancellable, error);
  g_autoptr (DhkTable) table = NULL;
  const char *title = dhk_text_get (&entry->title, self->language);
  const char *note = dhk_text_get (&entry->note, self->language);

  if (result == NULL)
    return FALSE;
  table = dhk_table_new_from_result (result, entry->number, title, *note != '\0' ? note : NULL,
                                     self->language, self->style);
  add_table (self, table, entry->id);
  add_findings (self, result);
  if (entry->has_chart)
    add_figure (self, result, table, entry->number, title, entry->id);
  return TRUE;
}

static gboolean
same_section (const DhkDocument *self, const DhkPlanTable *a, const DhkPlanTable *b)
{
  return g_strcmp0 (dhk_text_get (&a->section, self->language),
                    dhk_text_get (&b->section, self->language))
         == 0;
}

/* Scores depend on the version that is in use, and a printed report outlives it. */
static void
add_subtitle (DhkDocument *self, const DhkText *subtitle, const DhkInstrument *instrument)
{
  const char *words = dhk_text_get (subtitle, self->language);
  const char *version = dhk_instrument_get_version (instrument);
  g_autofree char *text = NULL;

  if (*words == '\0')
    text = g_strdup_printf (dhk_translate (self->language, N_ ("Questionnaires: version %s")),
                            version);
  else
    /* TRANSLATORS: "Results of the survey (questionnaires: version 2)" */
    text = g_strdup_printf (dhk_translate (self->language, N_ ("%s (questionnaires: version %s)")),
                            words, version);
  dhk_document_add_block (self, DHK_BLOCK_SUBTITLE, text);
}

DhkDocument *
dhk_document_new_report (DhkPlan *plan,
                         DhkFrame *frame,
                         DhkLanguage language,
                         DhkNumberStyle style,
                         DhkReportProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (DhkDocument) self = NULL;
  guint n_tables;

  g_return_val_if_fail (plan != NULL && frame != NULL, NULL);

  self = dhk_document_new (language, style);
  n_tables = dhk_plan_get_n_tables (plan);
  add_text (self, DHK_BLOCK_TITLE, dhk_plan_get_title (plan));
  add_subtitle (self, dhk_plan_get_subtitle (plan), dhk_frame_get_instrument (frame));
  for (guint i = 0; i < n_tables; i++)
    {
      const DhkPlanTable *entry = dhk_plan_get_table (plan, i);

      if (progress != NULL)
        progress ((double) i / n_tables, user_data);
      if (i == 0 || !same_section (self, entry, dhk_plan_get_table (plan, i - 1)))
        add_text (self, DHK_BLOCK_HEADING, &entry->section);
      if (!add_plan_table (self, entry, frame, cancellable, error))
        return NULL;
    }
  if (progress != NULL)
    progress (1, user_data);
  return g_steal_pointer (&self);
}

DhkDocument *
dhk_document_new_result (DhkResult *result,
                         const char *title,
                         DhkLanguage language,
                         DhkNumberStyle style)
{
  DhkDocument *self;
  g_autoptr (DhkTable) table = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  self = dhk_document_new (language, style);
  heading = title != NULL ? g_strdup (title) : dhk_result_heading (result, language);
  table = dhk_table_new_from_result (result, NULL, NULL, NULL, language, style);
  dhk_document_add_block (self, DHK_BLOCK_TITLE, heading);
  add_findings (self, result);
  add_table (self, table, NULL);
  if (result->analysis->kind == DHK_ANALYSIS_MEANS || result->analysis->kind == DHK_ANALYSIS_COUNTS)
    add_figure (self, result, table, NULL, heading, NULL);
  return self;
}

DhkDocument *
dhk_document_new_titled (const char *title, DhkLanguage language)
{
  DhkDocument *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = dhk_document_new (language, dhk_number_style_for_language (language));
  dhk_document_add_block (self, DHK_BLOCK_TITLE, title);
  return self;
}

void
dhk_document_add_marking (DhkDocument *self, const char *msgid)
{
  DhkBlock *block;
  guint place = 0;

  g_return_if_fail (self != NULL && msgid != NULL);

  while (place < self->blocks->len
         && ((const DhkBlock *) g_ptr_array_index (self->blocks, place))->kind
                <= DHK_BLOCK_SUBTITLE)
    place++;
  block = g_new0 (DhkBlock, 1);
  block->kind = DHK_BLOCK_PARAGRAPH;
  block->text = g_strdup (dhk_translate (self->language, msgid));
  g_ptr_array_insert (self->blocks, (int) place, block);
}

DhkDocument *
dhk_document_ref (DhkDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_document_unref (DhkDocument *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}
