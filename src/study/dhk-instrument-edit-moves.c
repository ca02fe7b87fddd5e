/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions in another place. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit-private.h"

static gboolean
is_grid (const xmlNode *node)
{
  return node != NULL && strcmp ((const char *) node->name, "grid") == 0;
}

/* A question or a grid beside `node`, or NULL at the end of the questionnaire. */
static xmlNode *
get_neighbour (xmlNode *node, gboolean up)
{
  xmlNode *found = up ? xmlPreviousElementSibling (node) : xmlNextElementSibling (node);

  return is_grid (found) || (found != NULL && strcmp ((const char *) found->name, "question") == 0)
             ? found
             : NULL;
}

static gboolean
have_same_target (const xmlNode *a, const xmlNode *b)
{
  g_autofree char *one = dhk_xml_dup_attribute (a, "over");
  g_autofree char *other = dhk_xml_dup_attribute (b, "over");

  return g_strcmp0 (one, other) == 0;
}

static xmlNode *
get_last_question (const xmlNode *grid)
{
  xmlNode *last = NULL;

  for (xmlNode *node = dhk_xml_first (grid, "question"); node != NULL;
       node = dhk_xml_next (node, "question"))
    last = node;
  return last;
}

static void
drop_if_empty (xmlNode *grid)
{
  if (dhk_xml_first (grid, "question") == NULL)
    dhk_edit_remove (grid);
}

static void
move_beside (xmlNode *node, xmlNode *neighbour, gboolean up)
{
  if (up)
    dhk_edit_move_before (node, neighbour);
  else
    dhk_edit_move_after (node, neighbour);
}

/* The first or last question of a section: into the next section when that is about the same, past
 * it with a section of its own when not. */
static void
leave_grid (xmlNode *node, xmlNode *grid, xmlNode *neighbour, gboolean up)
{
  xmlNode *own;

  if (is_grid (neighbour) && have_same_target (grid, neighbour))
    {
      if (up)
        dhk_edit_move_after (node, get_last_question (neighbour));
      else
        dhk_edit_move_before (node, dhk_xml_first (neighbour, "question"));
      drop_if_empty (grid);
      return;
    }
  if (dhk_edit_nth (grid, "question", 1) == NULL)
    {
      move_beside (grid, neighbour, up);
      return;
    }
  own = xmlCopyNode (grid, 1);
  xmlAddNextSibling (grid, own);
  for (xmlNode *other = dhk_xml_first (own, "question"); other != NULL;
       other = dhk_xml_first (own, "question"))
    {
      /* The last one leaves its place to the question itself. */
      if (dhk_xml_next (other, "question") == NULL)
        {
          dhk_edit_move_before (node, other);
          dhk_edit_remove (other);
          break;
        }
      dhk_edit_remove (other);
    }
  move_beside (own, neighbour, up);
}

static gboolean
move_question (DhkEdit *edit, xmlNode *node, gboolean up)
{
  xmlNode *grid = is_grid (node->parent) ? node->parent : NULL;
  xmlNode *beside = get_neighbour (node, up);

  if (grid != NULL && beside != NULL)
    {
      move_beside (node, beside, up);
      return TRUE;
    }
  if (grid != NULL)
    beside = get_neighbour (grid, up);
  if (beside == NULL)
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                          up ? _ ("This is the questionnaire’s first question.")
                             : _ ("This is the questionnaire’s last question."));
  if (grid != NULL)
    leave_grid (node, grid, beside, up);
  else
    move_beside (node, beside, up);
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_question_moved (
    DhkInstrument *self, guint questionnaire, guint question, gboolean up, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  g_return_val_if_fail (
      question < dhk_instrument_get_questionnaire (self, questionnaire)->n_questions, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit, move_question (&edit, dhk_edit_question (&edit, questionnaire, question), up));
}

DhkInstrument *
dhk_instrument_with_question_in_section (
    DhkInstrument *self, guint questionnaire, guint question, guint section, GError **error)
{
  DhkEdit edit;
  const DhkQuestionnaire *asked;
  xmlNode *node, *from, *to;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  asked = dhk_instrument_get_questionnaire (self, questionnaire);
  g_return_val_if_fail (question < asked->n_questions && asked->questions[question].item >= 0,
                        NULL);
  g_return_val_if_fail (section < asked->n_questions && asked->questions[section].item >= 0, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  for (guint i = 0; i < asked->n_questions; i++)
    if (i != question && asked->questions[i].item == asked->questions[question].item
        && asked->questions[i].target == asked->questions[section].target)
      {
        dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                       _ ("This questionnaire already asks “%s”."),
                       dhk_instrument_get_item (self, (guint) asked->questions[question].item)->id);
        return dhk_edit_finish (&edit, FALSE);
      }
  node = dhk_edit_question (&edit, questionnaire, question);
  from = node->parent;
  to = dhk_edit_question (&edit, questionnaire, section)->parent;
  if (from != to)
    {
      dhk_edit_move_after (node, get_last_question (to));
      drop_if_empty (from);
    }
  return dhk_edit_finish (&edit, TRUE);
}
