/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions and their items. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit-private.h"

/* Adding a question ------------------------------------------------------------ */

/* "extra1", "extra2": unlike any item, and the name of a column in an export. */
static char *
add_item (DhkEdit *edit, guint answer_scale)
{
  xmlNode *part = dhk_edit_part (edit, "items");

  for (guint i = 1;; i++)
    {
      g_autofree char *id = g_strdup_printf ("extra%u", i);
      xmlNode *node;

      if (dhk_edit_find (part, "item", "id", id) != NULL)
        continue;
      node = dhk_edit_append (part, "item");
      dhk_edit_set_attribute (node, "id", id);
      dhk_edit_set_attribute (node, "answers",
                              dhk_instrument_get_answer_scale (edit->instrument, answer_scale)->id);
      return g_steal_pointer (&id);
    }
}

static gboolean
is_asked_already (DhkEdit *edit, guint questionnaire, int item, int target)
{
  const DhkQuestionnaire *asked
      = dhk_instrument_get_questionnaire (edit->instrument, questionnaire);

  for (guint i = 0; i < asked->n_questions; i++)
    if (asked->questions[i].item == item && asked->questions[i].target == target)
      return TRUE;
  return FALSE;
}

static xmlNode *
new_grid (DhkEdit *edit, xmlNode *after, xmlNode *questionnaire, int target)
{
  xmlNode *grid;

  if (after != NULL)
    grid = dhk_edit_insert_after (after, "grid");
  else
    {
      /* Before the first question, after what says which questionnaire it is. */
      xmlNode *last = dhk_xml_first (questionnaire, "label");

      for (xmlNode *hint = dhk_xml_first (questionnaire, "file-hint"); hint != NULL;
           hint = dhk_xml_next (hint, "file-hint"))
        last = hint;
      grid = dhk_edit_insert_after (last, "grid");
    }
  if (target != DHK_NO_TARGET)
    dhk_edit_set_attribute (grid, "over",
                            dhk_instrument_get_target (edit->instrument, (guint) target)->id);
  return grid;
}

/* The part of a grid behind question `last`, as a grid of its own with the same stem. */
static void
split_grid (xmlNode *grid, xmlNode *last)
{
  xmlNode *rest, *stem, *next;

  if (dhk_xml_next (last, "question") == NULL)
    return;
  rest = dhk_edit_insert_after (grid, "grid");
  if (xmlHasProp (grid, (const xmlChar *) "over") != NULL)
    {
      g_autofree char *over = dhk_xml_dup_attribute (grid, "over");

      dhk_edit_set_attribute (rest, "over", over);
    }
  stem = dhk_xml_first (grid, "stem");
  if (stem != NULL)
    xmlAddChild (rest, xmlCopyNode (stem, 1));
  for (xmlNode *node = last->next; node != NULL; node = next)
    {
      next = node->next;
      xmlUnlinkNode (node);
      xmlAddChild (rest, node);
    }
}

/* A place for a question about `target` right after question `after`. */
static xmlNode *
make_place (DhkEdit *edit, guint questionnaire, int after, int target)
{
  xmlNode *node = dhk_edit_questionnaire (edit, questionnaire);
  const DhkQuestion *before;
  xmlNode *neighbour;

  if (after < 0)
    return dhk_edit_append (new_grid (edit, NULL, node, target), "question");
  before = &dhk_instrument_get_questionnaire (edit->instrument, questionnaire)->questions[after];
  neighbour = dhk_edit_question (edit, questionnaire, (guint) after);
  if (before->item >= 0 && before->target == target)
    return dhk_edit_insert_after (neighbour, "question");
  if (before->item >= 0)
    {
      split_grid (neighbour->parent, neighbour);
      neighbour = neighbour->parent;
    }
  return dhk_edit_append (new_grid (edit, neighbour, node, target), "question");
}

static gboolean
add_question (DhkEdit *edit,
              guint questionnaire,
              int after,
              const char *item,
              int target,
              DhkLanguage language,
              const char *text)
{
  g_autofree char *licence = dhk_edit_dup_licence (edit, _ ("Worded for this study."));
  xmlNode *node;

  if (licence == NULL)
    return FALSE;
  node = make_place (edit, questionnaire, after, target);
  dhk_edit_set_attribute (node, "item", item);
  dhk_edit_set_attribute (node, "source", "own-wording");
  dhk_edit_set_attribute (node, "licence", licence);
  return dhk_edit_set_text (edit, node, language, text);
}

DhkInstrument *
dhk_instrument_with_question_added (DhkInstrument *self,
                                    guint questionnaire,
                                    int after,
                                    int item,
                                    guint answer_scale,
                                    int target,
                                    DhkLanguage language,
                                    const char *text,
                                    GError **error)
{
  DhkEdit edit;
  g_autofree char *plain = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  g_return_val_if_fail (
      after < (int) dhk_instrument_get_questionnaire (self, questionnaire)->n_questions, NULL);
  g_return_val_if_fail (item < (int) dhk_instrument_get_n_items (self), NULL);
  g_return_val_if_fail (item >= 0 || answer_scale < dhk_instrument_get_n_answer_scales (self),
                        NULL);
  g_return_val_if_fail (
      target >= DHK_NO_TARGET && target < (int) dhk_instrument_get_n_targets (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  plain = dhk_edit_dup_checked (&edit, text, FALSE);
  if (plain == NULL)
    return dhk_edit_finish (&edit, FALSE);
  if (item >= 0 && is_asked_already (&edit, questionnaire, item, target))
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                     _ ("This questionnaire already asks “%s”."),
                     dhk_instrument_get_item (self, (guint) item)->id);
      return dhk_edit_finish (&edit, FALSE);
    }
  id = item >= 0 ? g_strdup (dhk_instrument_get_item (self, (guint) item)->id)
                 : add_item (&edit, answer_scale);
  return dhk_edit_finish (&edit,
                          add_question (&edit, questionnaire, after, id, target, language, plain));
}

/* Removing a question ----------------------------------------------------------- */

DhkInstrument *
dhk_instrument_with_question_removed (DhkInstrument *self,
                                      guint questionnaire,
                                      guint question,
                                      GError **error)
{
  DhkEdit edit;
  xmlNode *node, *grid;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  g_return_val_if_fail (
      question < dhk_instrument_get_questionnaire (self, questionnaire)->n_questions, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  if (dhk_instrument_get_questionnaire (self, questionnaire)->n_questions <= 1)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                     _ ("This is the questionnaire’s last question, so it stays."));
      return dhk_edit_finish (&edit, FALSE);
    }
  node = dhk_edit_question (&edit, questionnaire, question);
  grid = node->parent;
  if (strcmp ((const char *) grid->name, "grid") == 0 && dhk_edit_nth (grid, "question", 1) == NULL)
    node = grid;
  dhk_edit_remove (node);
  return dhk_edit_finish (&edit, TRUE);
}

/* Removing an item ---------------------------------------------------------------- */

/* What needs the item, in words (owned), or NULL. */
static char *
dup_user (const DhkInstrument *instrument, guint item)
{
  DhkLanguage language = dhk_language_of_messages ();

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      for (guint k = 0; k < asked->n_questions; k++)
        if (asked->questions[k].item == (int) item)
          return g_strdup (dhk_text_get (&asked->label, language));
    }
  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (instrument, i);

      for (guint k = 0; k < scale->n_items; k++)
        if (scale->items[k] == item)
          return g_strdup (dhk_text_get (&scale->label, language));
    }
  return NULL;
}

DhkInstrument *
dhk_instrument_with_item_removed (DhkInstrument *self, guint item, GError **error)
{
  DhkEdit edit;
  g_autofree char *user = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (item < dhk_instrument_get_n_items (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  user = dup_user (self, item);
  if (user != NULL)
    dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                   /* TRANSLATORS: the id of an item; the name of a questionnaire or a scale */
                   _ ("“%s” is still part of “%s”. Take it out there first."),
                   dhk_instrument_get_item (self, item)->id, user);
  else
    dhk_edit_remove (dhk_edit_nth (dhk_edit_part (&edit, "items"), "item", item));
  return dhk_edit_finish (&edit, user == NULL);
}
