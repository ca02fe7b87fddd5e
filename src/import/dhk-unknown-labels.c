/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-unknown-labels.h"

#include <glib/gi18n-lib.h>

static void
free_label (gpointer data)
{
  DhkUnknownLabel *self = data;

  g_free (self->text);
  g_array_unref (self->rows);
  g_free (self);
}

void
dhk_unknown_labels_init (DhkUnknownLabels *self, DhkRecogniser *recogniser, guint question)
{
  self->recogniser = recogniser;
  self->scale = dhk_recogniser_get_scale (recogniser, question);
  self->variable = dhk_recogniser_get_variable (recogniser, question);
  self->map = dhk_recogniser_get_label_map (recogniser, question);
  self->by_fold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new_with_free_func (free_label);
}

void
dhk_unknown_labels_clear (DhkUnknownLabels *self)
{
  g_hash_table_unref (self->by_fold);
  g_ptr_array_unref (self->order);
}

const DhkUnknownLabel *
dhk_unknown_labels_find (const DhkUnknownLabels *self, const DhkWord *word)
{
  return g_hash_table_lookup (self->by_fold, word->fold);
}

static gboolean
has_unknown (DhkUnknownLabels *self, guint column, gboolean codes)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self->recogniser, column, TRUE, FALSE);
  int value;

  for (guint i = 0; i < tally->len; i++)
    {
      const DhkWord *word = dhk_recogniser_get_word (
          self->recogniser, g_array_index (tally, DhkTally, i).row, column);

      if (!dhk_word_is_blank (word) && word->cell->kind != DHK_CELL_ERROR
          && !dhk_label_map_find (self->map, word, codes, &value))
        return TRUE;
    }
  return FALSE;
}

void
dhk_unknown_labels_collect (DhkUnknownLabels *self, guint column, gboolean codes)
{
  DhkRecogniser *recogniser = self->recogniser;
  int value;

  if (!has_unknown (self, column, codes))
    return;
  for (guint row = 0; row < recogniser->rows->len; row++)
    {
      const DhkWord *word = dhk_recogniser_get_word (recogniser, row, column);
      DhkUnknownLabel *unknown;

      if (dhk_word_is_blank (word) || word->cell->kind == DHK_CELL_ERROR
          || dhk_label_map_find (self->map, word, codes, &value)
          || g_hash_table_contains (recogniser->asides, GUINT_TO_POINTER (row)))
        continue;
      unknown = g_hash_table_lookup (self->by_fold, word->fold);
      if (unknown == NULL)
        {
          unknown = g_new0 (DhkUnknownLabel, 1);
          unknown->text = g_strdup (word->text);
          unknown->column = column;
          unknown->rows = g_array_new (FALSE, FALSE, sizeof (guint));
          unknown->value = DHK_MISSING_UNREADABLE;
          unknown->open = TRUE;
          unknown->is_code = codes;
          g_ptr_array_add (self->order, unknown);
          g_hash_table_insert (self->by_fold, g_strdup (word->fold), unknown);
        }
      g_array_append_val (unknown->rows, row);
    }
}

static char *
dup_unknown_text (DhkUnknownLabels *self, const DhkUnknownLabel *unknown, gboolean number)
{
  DhkLanguage language = dhk_language_of_messages ();
  const char *file = self->recogniser->file->name;
  const DhkAnswer *first;
  const DhkAnswer *last;

  if (self->variable != NULL)
    return g_strdup_printf (_ ("In “%s”, “%s” is no known answer to “%s”. Which one is it?"), file,
                            unknown->text, dhk_text_get (&self->variable->label, language));
  first = &self->scale->answers[0];
  last = &self->scale->answers[self->scale->n_answers - 1];
  /* Who counts from 0 would else say what 0 is, and have all others one too low. */
  if (number && unknown->is_code)
    return g_strdup_printf (
        _ ("In “%s”, the number %s stands among the codes %d to %d for “%s” to “%s”. Which answer "
           "is it? When the file counts from another number, each code means another answer "
           "there, and has to be changed as well."),
        file, unknown->text, first->code, last->code, dhk_text_get (&first->label, language),
        dhk_text_get (&last->label, language));
  if (number)
    return g_strdup_printf (
        _ ("In “%s”, the number %s stands where “%s” to “%s” are the answers. Which one is it?"),
        file, unknown->text, dhk_text_get (&first->label, language),
        dhk_text_get (&last->label, language));
  return g_strdup_printf (
      _ ("In “%s”, “%s” is none of the answers from “%s” to “%s”. Which one is it?"), file,
      unknown->text, dhk_text_get (&first->label, language), dhk_text_get (&last->label, language));
}

static char *
dup_unknown_detail (DhkUnknownLabels *self, const DhkUnknownLabel *unknown)
{
  g_autofree char *name = dhk_recogniser_name_column (unknown->column);
  g_autofree char *lines = dhk_recogniser_list_lines (self->recogniser, unknown->rows);

  return g_strdup_printf (ngettext ("%u time, first in %s, “%s”: line %s",
                                    "%u times, first in %s, “%s”: lines %s", unknown->rows->len),
                          unknown->rows->len, name,
                          dhk_recogniser_get_column (self->recogniser, unknown->column)->head,
                          lines);
}

static void
follow_choice (DhkUnknownLabels *self, DhkUnknownLabel *unknown)
{
  unknown->open = FALSE;
  if (unknown->value == DHK_MISSING_UNREADABLE)
    return;
  dhk_draft_file_add_note (
      self->recogniser->file, DHK_NOTE_INFORMATION, 0,
      ngettext ("“%s” was taken as “%s”, by hand (%u answer).",
                "“%s” was taken as “%s”, by hand (%u answers).", unknown->rows->len),
      unknown->text, dhk_label_map_describe (self->map, unknown->value), unknown->rows->len);
}

void
dhk_unknown_labels_ask (DhkUnknownLabels *self)
{
  DhkRecogniser *recogniser = self->recogniser;

  for (guint i = 0; i < self->order->len; i++)
    {
      DhkUnknownLabel *unknown = g_ptr_array_index (self->order, i);
      const DhkWord *word = dhk_recogniser_get_word (
          recogniser, g_array_index (unknown->rows, guint, 0), unknown->column);

      dhk_label_map_begin_unknown (self->map, word,
                                   dup_unknown_text (self, unknown, dhk_labels_is_number (word)),
                                   dup_unknown_detail (self, unknown));
      if (dhk_label_map_end_unknown (self->map, word, &unknown->value))
        follow_choice (self, unknown);
    }
}
