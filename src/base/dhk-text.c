/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-text.h"

#include <string.h>

/* The plain character for a typographic one, or the character itself. */
static gunichar
plain_character (gunichar c)
{
  switch (c)
    {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x00B4:
    case '`':
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return '-';
    default:
      return c;
    }
}

static gboolean
is_space (gunichar c)
{
  /* Zero-width characters and the byte-order mark are nothing to a reader. */
  return g_unichar_isspace (c) || c == 0x00A0 || c == 0x200B || c == 0x2060 || c == 0xFEFF
         || g_unichar_iscntrl (c);
}

/* Valid and in the normal form; ASCII is so as it stands. Free with g_free(). */
static char *
dup_normal (const char *text, GNormalizeMode mode)
{
  g_autofree char *valid = NULL;

  if (g_str_is_ascii (text))
    return g_strdup (text);
  valid = g_utf8_make_valid (text, -1);
  return g_utf8_normalize (valid, -1, mode);
}

static char *
clean (const char *text, GNormalizeMode mode, gboolean drop_marks)
{
  g_autofree char *normal = dup_normal (text, mode);
  GString *result = g_string_sized_new (strlen (normal));
  gboolean space = FALSE;

  for (const char *p = normal; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);

      if (*p == '_' && (g_str_has_prefix (p, "_x000D_") || g_str_has_prefix (p, "_x000A_")))
        {
          space = TRUE;
          p += strlen ("_x000D_");
          continue;
        }
      p = g_utf8_next_char (p);
      if (c < 0x80 ? !g_ascii_isgraph (c) : is_space (c))
        space = TRUE;
      else if (c < 0x80 || !drop_marks || !g_unichar_ismark (c))
        {
          if (space && result->len > 0)
            g_string_append_c (result, ' ');
          space = FALSE;
          g_string_append_unichar (result, plain_character (c));
        }
    }
  return g_string_free (result, FALSE);
}

char *
dhk_text_clean (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return clean (text, G_NORMALIZE_NFC, FALSE);
}

char *
dhk_text_fold (const char *text)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  plain = clean (text, G_NORMALIZE_NFKD, TRUE);
  return g_str_is_ascii (plain) ? g_ascii_strdown (plain, -1) : g_utf8_casefold (plain, -1);
}

/* The pieces of an address, also as people write it to mislead a machine. */
#define LOCAL "[\\p{L}\\p{N}._%+'’-]+"
#define PART "[\\p{L}\\p{N}-]+"
#define AT "(?:@|＠|\\(at\\)|\\[at\\])"
#define DOT "(?:\\.|\\s?\\((?:dot|punt)\\)\\s?|\\s?\\[(?:dot|punt)\\]\\s?|\\s(?:dot|punt)\\s)"

static GRegex *
get_email_regex (void)
{
  static gsize once = 0;
  static GRegex *regex;

  if (g_once_init_enter (&once))
    {
      /* Generous on purpose: better a harmless text masked than an address kept. */
      regex = g_regex_new (LOCAL "[@＠]" PART "(?:\\." PART ")*"
                                 "|" LOCAL "\\s?" AT "\\s?" PART "(?:" DOT PART ")+",
                           G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
      g_once_init_leave (&once, 1);
    }
  return regex;
}

char *
dhk_text_dup_slug (const char *text, guint most)
{
  g_autofree char *fold = dhk_text_fold (text);
  g_autoptr (GString) slug = g_string_new (NULL);

  for (const char *p = fold; *p != '\0' && slug->len < most; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, g_ascii_tolower (*p));
    else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
      g_string_append_c (slug, '-');
  while (slug->len > 0 && slug->str[slug->len - 1] == '-')
    g_string_truncate (slug, slug->len - 1);
  return g_string_free (g_steal_pointer (&slug), FALSE);
}

char *
dhk_text_mask_emails (const char *text)
{
  g_autofree char *valid = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strchr (text, '@') == NULL && strstr (text, "at") == NULL && strstr (text, "AT") == NULL
      && strstr (text, "＠") == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  if (!g_regex_match (get_email_regex (), valid, 0, NULL))
    return NULL;
  return g_regex_replace_literal (get_email_regex (), valid, -1, 0, "[e-mail]", 0, NULL);
}

/* CSV ------------------------------------------------------------------------ */

gboolean
dhk_text_is_formula (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  if (*text == '\0' || strchr ("=+-@\t\r\n", *text) == NULL)
    return FALSE;
  if ((*text != '+' && *text != '-') || text[1] == '\0')
    return TRUE;
  return text[1 + strspn (text + 1, "0123456789.,")] != '\0';
}

void
dhk_text_append_csv (GString *line, const char *text, DhkCsvStyle style)
{
  gboolean quoted;

  g_return_if_fail (line != NULL && text != NULL);

  quoted = strpbrk (text, ",\"\r\n") != NULL;
  if (quoted)
    g_string_append_c (line, '"');
  if (style == DHK_CSV_FOR_SPREADSHEET && dhk_text_is_formula (text))
    g_string_append_c (line, '\'');
  if (!quoted)
    {
      g_string_append (line, text);
      return;
    }
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}
