/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-head-key.h"

#include <string.h>

/* A code is one word, and not a long one. */
#define MAX_CODE 40

/* So many dashes of a head are tried as the end of what stands above. */
#define MAX_DASHES 4

void
dhk_head_reading_free (DhkHeadReading *self)
{
  if (self == NULL)
    return;
  g_free (self->statement);
  g_free (self->above);
  g_free (self);
}

gsize
dhk_head_key_trim (const char *fold)
{
  gsize length;

  g_return_val_if_fail (fold != NULL, 0);

  length = strlen (fold);
  while (length > 0 && strchr (" .:;,*?!", fold[length - 1]) != NULL)
    length--;
  return length;
}

static char *
dup_trimmed (const char *text, gsize length)
{
  g_autofree char *part = NULL;

  while (length > 0 && *text == ' ')
    {
      text++;
      length--;
    }
  part = g_strndup (text, length);
  return g_strndup (part, dhk_head_key_trim (part));
}

/* Length of "12. ", "3) ", "q12: ", "vraag 4 - " in front, or 0. */
static gsize
get_number_length (const char *fold)
{
  static const char *const openers[]
      = { "vraag ", "question ", "item ", "stelling ", "q", "v", "" };
  const char *p = fold;

  for (guint i = 0; i < G_N_ELEMENTS (openers); i++)
    if (g_str_has_prefix (fold, openers[i]))
      {
        p = fold + strlen (openers[i]);
        break;
      }
  if (!g_ascii_isdigit (*p))
    return 0;
  while (g_ascii_isdigit (*p) || (*p == '.' && g_ascii_isdigit (p[1])))
    p++;
  if (g_ascii_islower (*p) && !g_ascii_isalnum (p[1]))
    p++;
  if (*p == ' ' && p[1] == '-')
    p++;
  if (strchr (".):-", *p) == NULL || *p == '\0' || p[1] != ' ')
    return 0;
  p += 2;
  return *p == '\0' ? 0 : (gsize) (p - fold);
}

static gboolean
is_code_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '[' || c == ']' || c == '.' || c == '-';
}

/* Length of "pkz[sq001]. " in front, or 0. */
static gsize
get_code_length (const char *fold)
{
  gsize n = 0;

  while (n < MAX_CODE && is_code_character (fold[n]) && !(fold[n] == '.' && fold[n + 1] == ' '))
    n++;
  if (n == 0 || strchr (".:", fold[n]) == NULL || fold[n] == '\0' || fold[n + 1] != ' ')
    return 0;
  return fold[n + 2] == '\0' ? 0 : n + 2;
}

static void
add_reading (GPtrArray *list, const char *fold, char *statement, char *above)
{
  DhkHeadReading *reading;

  if (statement[0] == '\0' || strcmp (statement, fold) == 0)
    {
      g_free (statement);
      g_free (above);
      return;
    }
  reading = g_new0 (DhkHeadReading, 1);
  reading->statement = statement;
  reading->above = above;
  g_ptr_array_add (list, reading);
}

/* "How often? [I am heard]". */
static void
add_bracketed (GPtrArray *list, const char *fold, const char *text)
{
  gsize length = dhk_head_key_trim (text);
  const char *open;

  if (length < 3 || text[length - 1] != ']')
    return;
  open = g_strrstr_len (text, (gssize) length, "[");
  if (open == NULL || open == text)
    return;
  add_reading (list, fold, dup_trimmed (open + 1, (gsize) (text + length - 1 - open - 1)),
               dup_trimmed (text, (gsize) (open - text)));
}

/* "How often? - I am heard". */
static void
add_dashed (GPtrArray *list, const char *fold, const char *text)
{
  const char *dash = text;

  for (guint i = 0; i < MAX_DASHES && (dash = strstr (dash, " - ")) != NULL; i++)
    {
      add_reading (list, fold, dup_trimmed (dash + 3, strlen (dash + 3)),
                   dup_trimmed (text, (gsize) (dash - text)));
      dash += 3;
    }
}

static void
add_readings (GPtrArray *list, const char *fold, const char *text)
{
  add_reading (list, fold, dup_trimmed (text, strlen (text)), NULL);
  add_bracketed (list, fold, text);
  add_dashed (list, fold, text);
}

GPtrArray *
dhk_head_key_list (const char *fold)
{
  GPtrArray *list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) (void *) dhk_head_reading_free);
  gsize number, code;

  g_return_val_if_fail (fold != NULL, list);

  add_readings (list, fold, fold);
  number = get_number_length (fold);
  if (number > 0)
    add_readings (list, fold, fold + number);
  code = get_code_length (fold);
  if (code > 0 && code != number)
    {
      add_readings (list, fold, fold + code);
      number = get_number_length (fold + code);
      if (number > 0)
        add_readings (list, fold, fold + code + number);
    }
  return list;
}

char *
dhk_head_key_dup_bare (const char *fold)
{
  g_autofree char *bare = NULL;

  g_return_val_if_fail (fold != NULL, NULL);

  fold += get_number_length (fold);
  bare = dup_trimmed (fold, strlen (fold));
  return bare[0] != '\0' ? g_steal_pointer (&bare) : g_strdup (fold);
}

gboolean
dhk_head_key_is_code (const char *fold)
{
  gboolean digit = FALSE;
  gsize n;

  g_return_val_if_fail (fold != NULL, FALSE);

  for (n = 0; fold[n] != '\0'; n++)
    {
      if (!is_code_character (fold[n]))
        return FALSE;
      digit |= g_ascii_isdigit (fold[n]) || fold[n] == '[' || fold[n] == '_';
    }
  return n > 0 && n <= MAX_CODE && (digit || n <= 8);
}
