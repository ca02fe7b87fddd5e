/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scales: which items make a score. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit-private.h"

/* Scales --------------------------------------------------------------------- */

static xmlNode *
get_scale (DhkEdit *edit, guint scale)
{
  return dhk_edit_nth (dhk_edit_part (edit, "scales"), "scale", scale);
}

static DhkInstrument *
with_scale_text (DhkInstrument *self,
                 guint scale,
                 const char *element,
                 DhkLanguage language,
                 const char *text,
                 GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit,
      dhk_edit_set_text (&edit, dhk_xml_first (get_scale (&edit, scale), element), language, text));
}

DhkInstrument *
dhk_instrument_with_scale_label (
    DhkInstrument *self, guint scale, DhkLanguage language, const char *text, GError **error)
{
  return with_scale_text (self, scale, "label", language, text, error);
}

DhkInstrument *
dhk_instrument_with_scale_description (
    DhkInstrument *self, guint scale, DhkLanguage language, const char *text, GError **error)
{
  return with_scale_text (self, scale, "description", language, text, error);
}

static void
set_minimum (xmlNode *scale, guint minimum)
{
  g_autofree char *digits = g_strdup_printf ("%u", minimum);

  dhk_edit_set_attribute (scale, "min-answered", digits);
}

DhkInstrument *
dhk_instrument_with_scale_minimum (DhkInstrument *self, guint scale, guint minimum, GError **error)
{
  DhkEdit edit;
  guint n_items;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  n_items = dhk_instrument_get_scale (self, scale)->n_items;
  if (minimum < 1 || minimum > n_items)
    {
      dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                     _ ("A score of this scale can need 1 to %u answered items."), n_items);
      return dhk_edit_finish (&edit, FALSE);
    }
  set_minimum (get_scale (&edit, scale), minimum);
  return dhk_edit_finish (&edit, TRUE);
}

static xmlNode *
find_scale_item (DhkEdit *edit, guint scale, guint item)
{
  return dhk_edit_find (get_scale (edit, scale), "item", "ref",
                        dhk_instrument_get_item (edit->instrument, item)->id);
}

static void
append_scale_item (DhkEdit *edit, xmlNode *scale, guint item)
{
  xmlNode *node = dhk_edit_append (scale, "item");

  dhk_edit_set_attribute (node, "ref", dhk_instrument_get_item (edit->instrument, item)->id);
  dhk_edit_set_attribute (node, "reversed", "no");
}

/* The mean of answers of two kinds means nothing. */
static gboolean
goes_with (DhkEdit *edit, guint item, guint answer_scale)
{
  const DhkItem *added = dhk_instrument_get_item (edit->instrument, item);

  return added->answer_scale == answer_scale
         || dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                           _ ("“%s” is answered with other answers than the items of this scale, "
                              "so they have no mean together."),
                           added->id);
}

static gboolean
take_out (DhkEdit *edit, guint scale, xmlNode *item)
{
  const DhkScale *from = dhk_instrument_get_scale (edit->instrument, scale);

  if (from->n_items <= 1)
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                          _ ("This is the scale’s last item. Remove the whole scale instead."));
  dhk_edit_remove (item);
  if (from->min_answered > from->n_items - 1)
    set_minimum (get_scale (edit, scale), from->n_items - 1);
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_scale_item (
    DhkInstrument *self, guint scale, guint item, gboolean is_in, GError **error)
{
  DhkEdit edit;
  xmlNode *node;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);
  g_return_val_if_fail (item < dhk_instrument_get_n_items (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  node = find_scale_item (&edit, scale, item);
  if (node != NULL && !is_in)
    ok = take_out (&edit, scale, node);
  else if (node == NULL && is_in)
    {
      ok = goes_with (&edit, item, dhk_instrument_get_scale (self, scale)->answer_scale);
      if (ok)
        append_scale_item (&edit, get_scale (&edit, scale), item);
    }
  return dhk_edit_finish (&edit, ok);
}

DhkInstrument *
dhk_instrument_with_scale_reversed (
    DhkInstrument *self, guint scale, guint item, gboolean reversed, GError **error)
{
  DhkEdit edit;
  xmlNode *node;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);
  g_return_val_if_fail (item < dhk_instrument_get_n_items (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  node = find_scale_item (&edit, scale, item);
  if (node != NULL)
    dhk_edit_set_attribute (node, "reversed", reversed ? "yes" : "no");
  else
    dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT, _ ("This item is not in this scale."));
  return dhk_edit_finish (&edit, node != NULL);
}

DhkInstrument *
dhk_instrument_with_scale_added (DhkInstrument *self,
                                 DhkLanguage language,
                                 const char *name,
                                 const guint *items,
                                 guint n_items,
                                 GError **error)
{
  DhkEdit edit;
  g_autofree char *id = NULL;
  xmlNode *part, *scale;
  gboolean ok;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  part = dhk_edit_part (&edit, "scales");
  id = dhk_edit_dup_new_id (part, name, "scale");
  scale = dhk_edit_append (part, "scale");
  dhk_edit_set_attribute (scale, "id", id);
  set_minimum (scale, MAX (1, (3 * n_items + 3) / 4));
  ok = dhk_edit_append_text (&edit, scale, "label", language, name)
       && dhk_edit_append_text (&edit, scale, "description", language, name);
  if (ok && n_items == 0)
    ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_UNFIT,
                        _ ("A scale has at least one item. Choose its items."));
  for (guint i = 0; ok && i < n_items; i++)
    {
      ok = goes_with (&edit, items[i], dhk_instrument_get_item (self, items[0])->answer_scale);
      if (ok)
        append_scale_item (&edit, scale, items[i]);
    }
  return dhk_edit_finish (&edit, ok);
}

DhkInstrument *
dhk_instrument_with_scale_removed (DhkInstrument *self, guint scale, GError **error)
{
  DhkEdit edit;
  const char *id;
  xmlNode *self_rating;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scale < dhk_instrument_get_n_scales (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  id = dhk_instrument_get_scale (self, scale)->id;
  self_rating = dhk_xml_first (edit.root, "self-rating");
  if (dhk_instrument_get_n_scales (self) <= 1)
    ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                        _ ("This is the only scale, so it stays: without one nothing can be "
                           "computed."));
  else if (self_rating != NULL)
    {
      g_autofree char *ideal = dhk_xml_dup_attribute (self_rating, "ideal");
      g_autofree char *actual = dhk_xml_dup_attribute (self_rating, "actual");

      if (g_strcmp0 (ideal, id) == 0 || g_strcmp0 (actual, id) == 0)
        ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                            _ ("The self-rating is made of this scale, so it stays."));
    }
  if (ok)
    dhk_edit_remove (get_scale (&edit, scale));
  return dhk_edit_finish (&edit, ok);
}
