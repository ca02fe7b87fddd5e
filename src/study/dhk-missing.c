/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-missing.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-text.h"

static const struct
{
  DhkMissing kind;
  const char *id;
  guint key;
  const char *label;
} kinds[DHK_N_MISSING_KINDS] = {
  { DHK_MISSING_EMPTY, "empty", 1, N_ ("not answered") },
  { DHK_MISSING_NOT_ASKED, "not-asked", 5, N_ ("not asked") },
  { DHK_MISSING_UNREADABLE, "unreadable", 3, N_ ("unreadable") },
};

DhkMissing
dhk_missing_get_kind (guint i)
{
  g_return_val_if_fail (i < DHK_N_MISSING_KINDS, DHK_MISSING_EMPTY);

  return kinds[i].kind;
}

const char *
dhk_missing_get_label (DhkMissing kind, DhkLanguage language)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    if (kinds[i].kind == kind)
      return dhk_translate (language, kinds[i].label);
  g_return_val_if_reached ("");
}

const char *
dhk_missing_get_id (DhkMissing kind)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    if (kinds[i].kind == kind)
      return kinds[i].id;
  g_return_val_if_reached ("");
}

gboolean
dhk_missing_parse_id (const char *id, DhkMissing *kind)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    if (g_ascii_strcasecmp (kinds[i].id, id) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}

guint
dhk_missing_get_key (DhkMissing kind)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    if (kinds[i].kind == kind)
      return kinds[i].key;
  g_return_val_if_reached (0);
}

/* Folded label -> kind, negated. */
static gpointer
list_labels (gpointer data)
{
  GHashTable *labels = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      g_hash_table_insert (
          labels, dhk_text_fold (dhk_missing_get_label (kinds[i].kind, (DhkLanguage) language)),
          GINT_TO_POINTER (-kinds[i].kind));
  return labels;
}

gboolean
dhk_missing_find (const char *fold, DhkMissing *kind)
{
  static GOnce once = G_ONCE_INIT;
  int found = GPOINTER_TO_INT (
      g_hash_table_lookup ((GHashTable *) g_once (&once, list_labels, NULL), fold));

  if (found != 0)
    *kind = (DhkMissing) -found;
  return found != 0;
}
