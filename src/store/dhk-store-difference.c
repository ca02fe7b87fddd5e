/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what a row of a newer export differs from the response it was before. */

#include "store/dhk-store-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* So many differences of a row are named in its note. */
#define MAX_NAMED 4

static const DhkQuestionnaire *
get_questionnaire (DhkStore *self, const DhkDraftFile *file)
{
  return dhk_instrument_get_questionnaire (self->instrument, (guint) file->questionnaire);
}

static DhkSlot
slot_of_question (DhkStore *self, const DhkQuestion *question)
{
  gboolean is_variable = question->variable >= 0;

  return dhk_store_describe_slot (self->instrument, is_variable,
                                  (guint) (is_variable ? question->variable : question->item));
}

static guint
slot_number (DhkStore *self, const DhkQuestion *question)
{
  gboolean is_variable = question->variable >= 0;

  return dhk_store_get_slot (self, is_variable,
                             (guint) (is_variable ? question->variable : question->item));
}

/* A question the newer file does not hold says nothing about the answer. */
static gboolean
differs (const DhkSlot *slot, const DhkCell *old, const DhkCell *new)
{
  return new->code != DHK_MISSING_NOT_ASKED && !dhk_cell_equal (slot, old, new);
}

gboolean
dhk_difference_is_first (const DhkDifference *self)
{
  return self->old.code == DHK_MISSING_NOT_ASKED && isnan (self->old.number) && !self->hand;
}

GArray *
dhk_store_find_differences (
    DhkStore *self, DhkDraftFile *file, guint row, gint64 respondent, GError **error)
{
  const DhkQuestionnaire *questionnaire = get_questionnaire (self, file);
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (DhkDifference));

  for (guint q = 0; q < file->n_questions; q++)
    {
      const DhkQuestion *question = &questionnaire->questions[q];
      DhkSlot description = slot_of_question (self, question);
      guint slot = slot_number (self, question);
      DhkDifference difference = { .question = q };
      int hand;

      difference.new = dhk_cell_from_draft (&description, file, row, q);
      if (!dhk_store_read_cell (self, respondent, slot, question->target, &difference.old, error))
        return NULL;
      if (!differs (&description, &difference.old, &difference.new))
        continue;
      hand = dhk_store_is_hand_edited (self, respondent, slot, question->target, error);
      if (hand < 0)
        return NULL;
      difference.hand = hand == 1;
      g_array_append_val (differences, difference);
    }
  return g_steal_pointer (&differences);
}

GArray *
dhk_store_find_draft_differences (
    DhkStore *self, DhkDraftFile *file, guint row, DhkDraftFile *other_file, guint other_row)
{
  const DhkQuestionnaire *questionnaire = get_questionnaire (self, file);
  GArray *differences = g_array_new (FALSE, FALSE, sizeof (DhkDifference));

  g_assert (file->questionnaire == other_file->questionnaire);
  for (guint q = 0; q < file->n_questions; q++)
    {
      DhkSlot description = slot_of_question (self, &questionnaire->questions[q]);
      DhkDifference difference = { .question = q };

      difference.new = dhk_cell_from_draft (&description, file, row, q);
      difference.old = dhk_cell_from_draft (&description, other_file, other_row, q);
      if (differs (&description, &difference.old, &difference.new))
        g_array_append_val (differences, difference);
    }
  return differences;
}

char *
dhk_store_describe_differences (DhkStore *self,
                                DhkDraftFile *file,
                                GArray *differences,
                                gboolean kept)
{
  const DhkQuestionnaire *questionnaire = get_questionnaire (self, file);
  DhkLanguage language = dhk_language_of_messages ();
  g_autoptr (GString) list = g_string_new ("");
  guint n = 0;

  for (guint i = 0; i < differences->len; i++)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, i);
      const DhkQuestion *question = &questionnaire->questions[difference->question];
      DhkSlot slot = slot_of_question (self, question);
      g_autofree char *old = NULL;
      g_autofree char *new = NULL;

      if (difference->hand != kept || dhk_difference_is_first (difference) || n++ >= MAX_NAMED)
        continue;
      old = dhk_cell_describe (self->instrument, &slot, &difference->old);
      new = dhk_cell_describe (self->instrument, &slot, &difference->new);
      if (list->len > 0)
        g_string_append (list, "; ");
      /* Translators: a question, what the study holds, what the file holds. */
      g_string_append_printf (list, _ ("“%s”: %s in the study, %s in the file"),
                              dhk_text_get (&question->text, language), old, new);
    }
  if (n == 0)
    return NULL;
  if (n > MAX_NAMED)
    g_string_append (list, "; …");
  return g_strdup_printf (
      kept ? g_dngettext (GETTEXT_PACKAGE, "%u answer was corrected by hand and stays so: %s.",
                          "%u answers were corrected by hand and stay so: %s.", n)
           : g_dngettext (GETTEXT_PACKAGE, "%u answer has changed and is taken over: %s.",
                          "%u answers have changed and are taken over: %s.", n),
      n, list->str);
}

/* Numbers of responses begin anew in every survey. */
void
dhk_store_doubt_numbers (DhkDraftFile *file)
{
  guint n_known = 0;
  guint n_changed = 0;

  for (guint i = 0; file->numbers_tell && i < dhk_draft_file_get_n_rows (file); i++)
    {
      DhkRowFate fate = dhk_draft_file_get_fate (file, i);

      n_known += fate == DHK_ROW_PRESENT || fate == DHK_ROW_CHANGED;
      n_changed += fate == DHK_ROW_CHANGED;
    }
  if (n_changed < 2 || n_changed * 2 <= n_known)
    return;
  dhk_draft_file_add_note (
      file, DHK_NOTE_ATTENTION, 0,
      _ ("%u of the %u responses whose number is in the study have other answers there. Without a "
         "start date only the number tells who is who: do not add this file when it comes from "
         "another survey."),
      n_changed, n_known);
  ((DhkDraftNote *) g_ptr_array_index (file->notes, file->notes->len - 1))->compared = TRUE;
}
