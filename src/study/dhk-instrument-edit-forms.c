/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole questionnaires, and variants of their wording. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-edit-private.h"

/* Questionnaires ---------------------------------------------------------------- */

/* Okabe and Ito's colours, told apart by everybody; grey for more types than those. */
static const char *
choose_colour (const DhkInstrument *instrument)
{
  static const char *const colours[]
      = { "#E69F00", "#009E73", "#0072B2", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442" };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      gboolean is_free = TRUE;

      for (guint k = 0; k < dhk_instrument_get_n_roles (instrument); k++)
        is_free
            = is_free
              && g_ascii_strcasecmp (dhk_instrument_get_role (instrument, k)->colour, colours[i])
                     != 0;
      if (is_free)
        return colours[i];
    }
  return "#888888";
}

/* The id of the new respondent type, or NULL with an error. */
static char *
add_type (DhkEdit *edit, DhkLanguage language, const char *name)
{
  xmlNode *part = dhk_edit_part (edit, "respondent-types");
  g_autofree char *id = dhk_edit_dup_new_id (part, name, "type");
  xmlNode *node = dhk_edit_append_of_kind (part, "respondent-type");

  dhk_edit_set_attribute (node, "id", id);
  dhk_edit_set_attribute (node, "colour", choose_colour (edit->instrument));
  return dhk_edit_append_text (edit, node, "label", language, name)
                 && dhk_edit_append_text (edit, node, "plural", language, name)
             ? g_steal_pointer (&id)
             : NULL;
}

static gboolean
copy_questionnaire (
    DhkEdit *edit, guint questionnaire, const char *type, DhkLanguage language, const char *name)
{
  xmlNode *part = dhk_edit_part (edit, "questionnaires");
  xmlNode *from = dhk_edit_questionnaire (edit, questionnaire);
  g_autofree char *id = dhk_edit_dup_new_id (part, name, "questionnaire");
  xmlNode *node = dhk_edit_append (part, "questionnaire");
  xmlNode *copy = xmlCopyNode (from, 1);
  xmlNode *label, *hint;

  xmlReplaceNode (node, copy);
  xmlFreeNode (node);
  dhk_edit_set_attribute (copy, "id", id);
  dhk_edit_set_attribute (copy, "type", type);
  /* What pointed at the one does not point at both. */
  while ((hint = dhk_xml_first (copy, "file-hint")) != NULL)
    dhk_edit_remove (hint);
  label = dhk_xml_first (copy, "label");
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    {
      xmlNode *text
          = dhk_edit_find (label, "text", "lang", dhk_language_get_code ((DhkLanguage) i));

      if (i != (guint) language && text != NULL && dhk_edit_nth (label, "text", 1) != NULL)
        dhk_edit_remove (text);
    }
  if (!dhk_edit_set_text (edit, label, language, name))
    return FALSE;
  for (xmlNode *text = dhk_xml_first (label, "text"), *next; text != NULL; text = next)
    {
      g_autofree char *code = dhk_xml_dup_attribute (text, "lang");

      next = dhk_xml_next (text, "text");
      if (g_strcmp0 (code, dhk_language_get_code (language)) != 0)
        dhk_edit_remove (text);
    }
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_questionnaire_copied (DhkInstrument *self,
                                          guint questionnaire,
                                          int type,
                                          const char *type_name,
                                          DhkLanguage language,
                                          const char *name,
                                          GError **error)
{
  DhkEdit edit;
  g_autofree char *plain = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);
  g_return_val_if_fail (type < (int) dhk_instrument_get_n_types (self), NULL);
  g_return_val_if_fail (type >= 0 || type_name != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  plain = dhk_edit_dup_checked (&edit, name, FALSE);
  if (plain == NULL)
    return dhk_edit_finish (&edit, FALSE);
  id = type >= 0 ? g_strdup (dhk_instrument_get_role (self, (guint) type)->id)
                 : add_type (&edit, language, type_name);
  return dhk_edit_finish (
      &edit, id != NULL && copy_questionnaire (&edit, questionnaire, id, language, plain));
}

DhkInstrument *
dhk_instrument_with_questionnaire_removed (DhkInstrument *self, guint questionnaire, GError **error)
{
  DhkEdit edit;
  const DhkSelfRating *rating;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (questionnaire < dhk_instrument_get_n_questionnaires (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  rating = dhk_instrument_get_self_rating (self);
  if (dhk_instrument_get_n_questionnaires (self) <= 1)
    ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                        _ ("This is the only questionnaire, so it stays."));
  for (guint i = 0; ok && rating != NULL && i < rating->n_forms; i++)
    if (rating->forms[i] == questionnaire)
      ok = dhk_edit_fail (&edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                          _ ("The self-rating is worded by this questionnaire, so it stays."));
  if (ok)
    dhk_edit_remove (dhk_edit_questionnaire (&edit, questionnaire));
  return dhk_edit_finish (&edit, ok);
}

/* Variants ----------------------------------------------------------------------- */

static xmlNode *
get_variant (DhkEdit *edit, guint variant)
{
  return dhk_edit_nth (dhk_edit_part (edit, "variants"), "variant", variant);
}

static gboolean
set_replacement (DhkEdit *edit, xmlNode *variant, const char *from, const char *to)
{
  g_autofree char *wanted = dhk_edit_dup_checked (edit, from, FALSE);
  g_autofree char *given = wanted != NULL ? dhk_edit_dup_checked (edit, to, TRUE) : NULL;
  xmlNode *node = given != NULL ? dhk_edit_find (variant, "replace", "from", wanted) : NULL;

  if (given == NULL)
    return FALSE;
  if (g_utf8_strlen (wanted, -1) > 200 || g_utf8_strlen (given, -1) > 200)
    return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_TEXT,
                          _ ("A word that replaces another has at most 200 characters."));
  if (*given == '\0')
    {
      if (node == NULL)
        return TRUE;
      if (dhk_edit_nth (variant, "replace", 1) == NULL)
        return dhk_edit_fail (edit, DHK_INSTRUMENT_EDIT_ERROR_IN_USE,
                              _ ("A variant replaces at least one word, so this one stays."));
      dhk_edit_remove (node);
      return TRUE;
    }
  if (node == NULL)
    node = dhk_edit_append (variant, "replace");
  dhk_edit_set_attribute (node, "from", wanted);
  dhk_edit_set_attribute (node, "to", given);
  return TRUE;
}

DhkInstrument *
dhk_instrument_with_replacement (
    DhkInstrument *self, guint variant, const char *from, const char *to, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && from != NULL && to != NULL, NULL);
  g_return_val_if_fail (variant < dhk_instrument_get_n_variants (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (&edit, set_replacement (&edit, get_variant (&edit, variant), from, to));
}

DhkInstrument *
dhk_instrument_with_variant_added (DhkInstrument *self,
                                   DhkLanguage language,
                                   const char *name,
                                   const char *from,
                                   const char *to,
                                   GError **error)
{
  DhkEdit edit;
  g_autofree char *id = NULL;
  g_autofree char *given = NULL;
  xmlNode *part, *node;

  g_return_val_if_fail (self != NULL && name != NULL && from != NULL && to != NULL, NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  given = dhk_edit_dup_checked (&edit, to, FALSE);
  if (given == NULL)
    return dhk_edit_finish (&edit, FALSE);
  part = dhk_xml_first (edit.root, "variants");
  if (part == NULL)
    part = dhk_edit_append (edit.root, "variants");
  id = dhk_edit_dup_new_id (part, name, "variant");
  node = dhk_edit_append (part, "variant");
  dhk_edit_set_attribute (node, "id", id);
  return dhk_edit_finish (&edit, dhk_edit_append_text (&edit, node, "label", language, name)
                                     && set_replacement (&edit, node, from, given));
}

DhkInstrument *
dhk_instrument_with_variant_label (
    DhkInstrument *self, guint variant, DhkLanguage language, const char *text, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);
  g_return_val_if_fail (variant < dhk_instrument_get_n_variants (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  return dhk_edit_finish (
      &edit, dhk_edit_set_text (&edit, dhk_xml_first (get_variant (&edit, variant), "label"),
                                language, text));
}

DhkInstrument *
dhk_instrument_with_variant_removed (DhkInstrument *self, guint variant, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (variant < dhk_instrument_get_n_variants (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  dhk_edit_remove (dhk_instrument_get_n_variants (self) > 1 ? get_variant (&edit, variant)
                                                            : dhk_edit_part (&edit, "variants"));
  return dhk_edit_finish (&edit, TRUE);
}

static void
replace_words (const DhkVariant *variant, xmlNode *node)
{
  for (xmlNode *child = dhk_xml_first (node, NULL); child != NULL;
       child = dhk_xml_next (child, NULL))
    if (strcmp ((const char *) child->name, "text") != 0)
      replace_words (variant, child);
    else
      {
        g_autofree char *text = dhk_xml_dup_text (child);
        g_autofree char *replaced = dhk_variant_apply (variant, text);

        if (replaced != NULL)
          dhk_edit_set_content (child, replaced);
      }
}

DhkInstrument *
dhk_instrument_with_variant_applied (DhkInstrument *self, guint variant, GError **error)
{
  DhkEdit edit;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (variant < dhk_instrument_get_n_variants (self), NULL);

  if (!dhk_edit_open (&edit, self, error))
    return NULL;
  replace_words (dhk_instrument_get_variant (self, variant),
                 dhk_edit_part (&edit, "questionnaires"));
  return dhk_edit_finish (&edit, TRUE);
}
