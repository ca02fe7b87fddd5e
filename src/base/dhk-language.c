/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-language.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "dhk-words-resource.h"

/* A compiled gettext catalogue: the sorted tables of a .mo file (GNU gettext
 * manual, "The Format of GNU MO Files"), read in place. */
typedef struct
{
  GBytes *bytes;
  const char *data;
  guint32 n;
  guint32 originals;
  guint32 translations;
} Catalogue;

#define MO_MAGIC 0x950412deu

static guint32
read_u32 (const char *data, gsize offset)
{
  guint32 value;

  memcpy (&value, data + offset, sizeof value);
  return value;
}

static gpointer
open_catalogue (gpointer unused)
{
  static Catalogue catalogue;
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (dhk_words_get_resource (), "/org/driehoek/Driehoek/words/nl.mo",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size = 0;

  if (bytes == NULL)
    return NULL;

  catalogue.data = g_bytes_get_data (bytes, &size);
  if (size < 20 || read_u32 (catalogue.data, 0) != MO_MAGIC)
    return NULL;

  catalogue.n = read_u32 (catalogue.data, 8);
  catalogue.originals = read_u32 (catalogue.data, 12);
  catalogue.translations = read_u32 (catalogue.data, 16);
  catalogue.bytes = g_steal_pointer (&bytes);
  return &catalogue;
}

static const Catalogue *
get_catalogue (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, open_catalogue, NULL);
}

static const char *
get_string (const Catalogue *self, guint32 table, guint32 i)
{
  return self->data + read_u32 (self->data, table + 8 * i + 4);
}

/* The translation of `msgid`, all plural forms one after the other, or NULL. */
static const char *
look_up (const char *msgid)
{
  const Catalogue *self = get_catalogue ();
  guint32 low = 0, high;

  if (self == NULL || *msgid == '\0')
    return NULL;

  high = self->n;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (msgid, get_string (self, self->originals, middle));

      if (order == 0)
        return get_string (self, self->translations, middle);
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const char *
dhk_text_get (const DhkText *text, DhkLanguage language)
{
  g_return_val_if_fail (text != NULL, "");

  if (text->in[language] != NULL)
    return text->in[language];
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (text->in[i] != NULL)
      return text->in[i];
  return "";
}

void
dhk_text_clear (DhkText *text)
{
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    g_clear_pointer (&text->in[i], g_free);
}

gboolean
dhk_language_parse (const char *code, DhkLanguage *language)
{
  static const char *const codes[DHK_N_LANGUAGES] = { "nl", "en" };

  if (code == NULL)
    return FALSE;
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (g_ascii_strncasecmp (code, codes[i], 2) == 0 && !g_ascii_isalpha (code[2]))
      {
        *language = (DhkLanguage) i;
        return TRUE;
      }
  return FALSE;
}

const char *
dhk_language_get_code (DhkLanguage language)
{
  return language == DHK_LANGUAGE_NL ? "nl" : "en";
}

DhkLanguage
dhk_language_from_locale (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");
  DhkLanguage language;

  for (guint i = 0; names[i] != NULL; i++)
    if (dhk_language_parse (names[i], &language))
      return language;
  return DHK_LANGUAGE_NL;
}

DhkLanguage
dhk_language_of_messages (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");
  DhkLanguage language;

  /* Untranslated messages are English; "C" ends every list of wishes. */
  for (guint i = 0; names[i] != NULL; i++)
    if (dhk_language_parse (names[i], &language))
      return language;
  return DHK_LANGUAGE_EN;
}

const char *
dhk_translate (DhkLanguage language, const char *msgid)
{
  const char *found = NULL;

  g_return_val_if_fail (msgid != NULL, "");

  if (language == DHK_LANGUAGE_NL)
    found = look_up (msgid);
  return found != NULL ? found : msgid;
}

const char *
dhk_translate_plural (DhkLanguage language, const char *one, const char *many, gulong n)
{
  const char *found = NULL;

  g_return_val_if_fail (one != NULL && many != NULL, "");

  /* In the catalogue the key is the singular: strcmp() stops at its end. */
  if (language == DHK_LANGUAGE_NL)
    found = look_up (one);
  if (found == NULL)
    return n == 1 ? one : many;
  return n == 1 ? found : found + strlen (found) + 1;
}
