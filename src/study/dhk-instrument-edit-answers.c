/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answer scales: what can be chosen, and which items are answered with it. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "study/dhk-instrument-edit-private.h"
#include "study/dhk-missing.h"

#define HIGHEST_CODE 100
#define NO_CODE G_MININT

/* Answers -------------------------------------------------------------------- */

static xmlNode *
get_answer_scale (DhkEdit *edit, guint answer_scale)
{
  return dhk_edit_nth (dhk_edit_part (edit, "answer-scales"), "answer-scale", answer_scale);
}

static xmlNode *
get_answer (DhkEdit *edit, guint answer_scale, int code)
{
  for (xmlNode *node = dhk_xml_first (get_answer_scale (edit, answer_scale), "answer");
       node != NULL; node = dhk_xml_next (node, "answer"))
    if (dhk_xml_get_int (node, "code", -1) == code)
      return node;
  return NULL;
}

/* An import would not know which of two equal labels a person chose. */
static gboolean
is_new_label (DhkEdit *edit, guint answer_scale, int but, const char *text)
{
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (edit->instrument, answer_scale);
  g_autofree char *wanted = dhk_text_fold (text);

  for (guint i = 0; i < scale->n_answers + scale->n_missing; i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      {
        const DhkAnswer *answer
            = i < scale->n_answers ? &scale->answers[i] : &scale->missing[i - scale->n_answers];
        const char *label = answer->label.in[language];
        g_autofree char *folded = label != NULL ? dhk_text_fold (label) : NULL;

        if (answer->code != but && g_strcmp0 (folded, wanted) == 0)
          return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                                _ ("“%s” is already the label of another answer of this scale."),
                                label);
      }
  return TRUE;
}

/* The door of every change of an answer that is there. */
static gboolean
open_at_answer (DhkEdit *edit, DhkInstrument *self, guint answer_scale, int code, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), FALSE);
  g_return_val_if_fail (
      dhk_answer_scale_find (dhk_instrument_get_answer_scale (self, answer_scale), code) != NULL,
      FALSE);
  return dhk_edit_open (edit, self, error);
}

DhkInstrument *
dhk_instrument_with_answer_label (DhkInstrument *self,
                                  guint answer_scale,
                                  int code,
                                  DhkLanguage language,
                                  const char *text,
                                  GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);
  g_return_val_if_fail (
      dhk_answer_scale_find (dhk_instrument_get_answer_scale (self, answer_scale), code) != NULL,
      NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit,
      is_new_label (&edit, answer_scale, code, text)
          && dhk_edit_set_text (&edit, get_answer (&edit, answer_scale, code), language, text));
}

static gboolean
append_answer (DhkEdit *edit, xmlNode *scale, int code, DhkLanguage language, const char *text)
{
  g_autofree char *digits = g_strdup_printf ("%d", code);
  g_autofree char *plain = dhk_edit_dup_checked (edit, text, FALSE);
  xmlNode *node;

  if (plain == NULL)
    return FALSE;
  node = dhk_edit_append_of_kind (scale, "answer");
  dhk_edit_set_attribute (node, "code", digits);
  return dhk_edit_set_text (edit, node, language, plain);
}

DhkInstrument *
dhk_instrument_with_answer_added (
    DhkInstrument *self, guint answer_scale, DhkLanguage language, const char *text, GError **error)
{
  DhkEdit edit;
  int highest;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  dhk_answer_scale_get_range (dhk_instrument_get_answer_scale (self, answer_scale), NULL, &highest);
  if (highest >= HIGHEST_CODE)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                     _ ("The code of an answer is at most %d."), HIGHEST_CODE);
      return dhk_edit_finish (&edit, FALSE);
    }
  return dhk_edit_finish (&edit,
                          is_new_label (&edit, answer_scale, NO_CODE, text)
                              && append_answer (&edit, get_answer_scale (&edit, answer_scale),
                                                highest + 1, language, text));
}

DhkInstrument *
dhk_instrument_with_answer_removed (DhkInstrument *self,
                                    guint answer_scale,
                                    int code,
                                    GError **error)
{
  DhkEdit edit;

  if (!open_at_answer (&edit, self, answer_scale, code, error))
    return NULL;
  if (dhk_instrument_get_answer_scale (self, answer_scale)->n_answers <= 2)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                     _ ("Choosing takes at least two answers, so this one stays."));
      return dhk_edit_finish (&edit, FALSE);
    }
  dhk_edit_remove (get_answer (&edit, answer_scale, code));
  return dhk_edit_finish (&edit, TRUE);
}

DhkInstrument *
dhk_instrument_with_answer_raised (DhkInstrument *self,
                                   guint answer_scale,
                                   int code,
                                   GError **error)
{
  DhkEdit edit;
  xmlNode *node, *before;

  if (!open_at_answer (&edit, self, answer_scale, code, error))
    return NULL;
  node = get_answer (&edit, answer_scale, code);
  before = xmlPreviousElementSibling (node);
  if (xmlStrcmp (before->name, node->name) != 0)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT, _ ("This is the first answer."));
      return dhk_edit_finish (&edit, FALSE);
    }
  {
    g_autofree char *own = dhk_xml_dup_attribute (node, "code");
    g_autofree char *other = dhk_xml_dup_attribute (before, "code");

    dhk_edit_set_attribute (node, "code", other);
    dhk_edit_set_attribute (before, "code", own);
    dhk_edit_move_before (node, before);
  }
  return dhk_edit_finish (&edit, TRUE);
}

static gboolean
set_code (DhkEdit *edit, guint answer_scale, int code, int wanted)
{
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (edit->instrument, answer_scale);
  const DhkAnswer *other = dhk_answer_scale_find (scale, wanted);
  xmlNode *node = get_answer (edit, answer_scale, code);
  g_autofree char *digits = g_strdup_printf ("%d", wanted);
  xmlNode *last = NULL;

  if (wanted == code)
    return TRUE;
  if (wanted < 0 || wanted > HIGHEST_CODE)
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                          _ ("The code of an answer is a number from 0 to %d."), HIGHEST_CODE);
  if (other != NULL)
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                          _ ("%d is already the code of “%s”."), wanted,
                          dhk_text_get (&other->label, dhk_language_of_messages ()));
  dhk_edit_set_attribute (node, "code", digits);
  /* Answers stand by rising code. */
  for (xmlNode *next = dhk_xml_first (node->parent, "answer"); next != NULL;
       next = dhk_xml_next (next, "answer"))
    if (next != node && dhk_xml_get_int (next, "code", -1) < wanted)
      last = next;
  if (last != NULL)
    dhk_edit_move_after (node, last);
  else if (dhk_xml_first (node->parent, "answer") != node)
    dhk_edit_move_before (node, dhk_xml_first (node->parent, "answer"));
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_answer_code (
    DhkInstrument *self, guint answer_scale, int code, int wanted, GError **error)
{
  DhkEdit edit;

  if (!open_at_answer (&edit, self, answer_scale, code, error))
    return NULL;
  return dhk_edit_finish (&edit, set_code (&edit, answer_scale, code, wanted));
}

static gboolean
set_missing_label (
    DhkEdit *edit, guint answer_scale, DhkMissing kind, DhkLanguage language, const char *text)
{
  xmlNode *scale = get_answer_scale (edit, answer_scale);
  xmlNode *node = dhk_edit_find (scale, "missing", "kind", dhk_missing_get_id (kind));
  g_autofree char *plain = dhk_edit_dup_checked (edit, text, TRUE);

  if (plain == NULL || (*plain != '\0' && !is_new_label (edit, answer_scale, kind, plain)))
    return FALSE;
  if (*plain == '\0' && node == NULL)
    return TRUE;
  /* The last language takes the label along. */
  if (*plain == '\0' && dhk_edit_nth (node, "text", 1) == NULL)
    {
      if (dhk_edit_find (node, "text", "lang", dhk_language_get_code (language)) != NULL)
        dhk_edit_remove (node);
      return TRUE;
    }
  if (node == NULL)
    {
      node = dhk_edit_append (scale, "missing");
      dhk_edit_set_attribute (node, "kind", dhk_missing_get_id (kind));
    }
  return dhk_edit_set_text (edit, node, language, plain);
}

DhkInstrument *
dhk_instrument_with_missing_label (DhkInstrument *self,
                                   guint answer_scale,
                                   DhkMissing kind,
                                   DhkLanguage language,
                                   const char *text,
                                   GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (&edit, set_missing_label (&edit, answer_scale, kind, language, text));
}

/* Answer scales --------------------------------------------------------------- */

DhkInstrument *
dhk_instrument_with_answer_scale_added (DhkInstrument *self,
                                        DhkLanguage language,
                                        const char *name,
                                        const char *const *labels,
                                        GError **error)
{
  DhkEdit edit;
  g_autofree char *id = NULL;
  xmlNode *part, *scale;
  gboolean ok;

  g_return_val_if_fail (self != NULL && name != NULL && labels != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  part = dhk_edit_part (&edit, "answer-scales");
  id = dhk_edit_dup_new_id (part, name, "answers");
  scale = dhk_edit_append (part, "answer-scale");
  dhk_edit_set_attribute (scale, "id", id);
  ok = dhk_edit_append_text (&edit, scale, "label", language, name);
  if (ok && (labels[0] == NULL || labels[1] == NULL))
    ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                        _ ("Choosing takes at least two answers."));
  for (int i = 0; ok && labels[i] != NULL; i++)
    ok = append_answer (&edit, scale, i + 1, language, labels[i]);
  return dhk_edit_finish (&edit, ok);
}

DhkInstrument *
dhk_instrument_with_answer_scale_label (
    DhkInstrument *self, guint answer_scale, DhkLanguage language, const char *text, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit,
      dhk_edit_set_text (&edit, dhk_xml_first (get_answer_scale (&edit, answer_scale), "label"),
                         language, text));
}

DhkInstrument *
dhk_instrument_with_answer_scale_removed (DhkInstrument *self, guint answer_scale, GError **error)
{
  DhkEdit edit;
  guint n = 0;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  for (guint i = 0; i < dhk_instrument_get_n_items (self); i++)
    n += dhk_instrument_get_item (self, i)->answer_scale == answer_scale;
  if (n > 0)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "%u item is answered with these answers, so they stay. Choose "
                                  "others for it first.",
                                  "%u items are answered with these answers, so they stay. Choose "
                                  "others for them first.",
                                  n),
                     n);
      return dhk_edit_finish (&edit, FALSE);
    }
  dhk_edit_remove (get_answer_scale (&edit, answer_scale));
  return dhk_edit_finish (&edit, TRUE);
}

/* Choosing ---------------------------------------------------------------------- */

static gboolean
is_one_of (guint item, const guint *items, guint n_items)
{
  for (guint i = 0; i < n_items; i++)
    if (items[i] == item)
      return TRUE;
  return FALSE;
}

/* The mean of answers of two kinds means nothing: who leaves a scale's answers leaves with all. */
static gboolean
leaves_no_scale_mixed (DhkEdit *edit, const guint *items, guint n_items)
{
  for (guint i = 0; i < dhk_instrument_get_n_scales (edit->instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (edit->instrument, i);
      guint n_in = 0;

      for (guint k = 0; k < scale->n_items; k++)
        n_in += is_one_of (scale->items[k], items, n_items);
      if (n_in > 0 && n_in < scale->n_items)
        return dhk_edit_fail (
            edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
            _ ("The scale %s also has items with the answers of now, which have no mean together "
               "with other answers. Take the item out of the scale first."),
            dhk_text_get (&scale->label, dhk_language_of_messages ()));
    }
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_item_answers (
    DhkInstrument *self, const guint *items, guint n_items, guint answer_scale, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && (items != NULL || n_items == 0), NULL);
  g_return_val_if_fail (answer_scale < dhk_instrument_get_n_answer_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  if (!leaves_no_scale_mixed (&edit, items, n_items))
    return dhk_edit_finish (&edit, FALSE);
  for (guint i = 0; i < n_items; i++)
    dhk_edit_set_attribute (dhk_edit_nth (dhk_edit_part (&edit, "items"), "item", items[i]),
                            "answers", dhk_instrument_get_answer_scale (self, answer_scale)->id);
  return dhk_edit_finish (&edit, TRUE);
}
