/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-near-text.h"

#include <string.h>

/* Longer texts are no statements: they are not compared. */
#define MAX_CHARACTERS 400

/* Fewer characters in all carry too little to tell a slip from another statement. */
#define MIN_CHARACTERS 12

/* A word of fewer characters must be the same; a long one may have two slips. */
#define MIN_WORD 4
#define LONG_WORD 9

/* Slips in one text. */
#define MAX_SLIPS 3

/* Edit distance with swapped neighbours counted as one (optimal string alignment). */
static guint
measure (const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint width = n_b + 1;
  g_autofree guint *cells = g_new (guint, (gsize) (n_a + 1) * width);

  for (guint j = 0; j <= n_b; j++)
    cells[j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      guint *row = cells + (gsize) i * width;
      const guint *above = row - width;

      row[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          guint best = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

          best = MIN (best, MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN (best, (above - width)[j - 2] + 1);
          row[j] = best;
        }
    }
  return cells[(gsize) n_a * width + n_b];
}

typedef struct
{
  gunichar *text;
  glong length;
} Characters;

/* Half of a text more or less: they have nothing to do with each other. */
static gboolean
is_far (const Characters *a, const Characters *b)
{
  return a->length > 2 * b->length || b->length > 2 * a->length;
}

static gboolean
take_characters (Characters *self, const char *text)
{
  self->text = g_utf8_to_ucs4_fast (text, -1, &self->length);
  return self->length <= MAX_CHARACTERS;
}

static gboolean
is_break (gunichar c)
{
  return !g_unichar_isalnum (c);
}

/* The next word from `at` on; its length, 0 at the end. */
static guint
next_word (const Characters *text, glong *at)
{
  guint n = 0;

  while (*at < text->length && is_break (text->text[*at]))
    (*at)++;
  while (*at + (glong) n < text->length && !is_break (text->text[*at + (glong) n]))
    n++;
  return n;
}

static gboolean
has_digit (const gunichar *word, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_unichar_isdigit (word[i]))
      return TRUE;
  return FALSE;
}

/* Slips between two words, or MAX_SLIPS + 1 when they are different words. */
static guint
count_word_slips (const gunichar *a, guint n_a, const gunichar *b, guint n_b)
{
  guint allowed = MIN (n_a, n_b) < MIN_WORD ? 0 : MIN (n_a, n_b) < LONG_WORD ? 1 : 2;
  guint slips;

  if (n_a == n_b && memcmp (a, b, n_a * sizeof *a) == 0)
    return 0;
  if (allowed == 0 || has_digit (a, n_a) || has_digit (b, n_b))
    return MAX_SLIPS + 1;
  slips = measure (a, n_a, b, n_b);
  return slips <= allowed ? slips : MAX_SLIPS + 1;
}

/* Slips word by word, or MAX_SLIPS + 1. */
static guint
count_slips (const Characters *a, const Characters *b)
{
  glong at_a = 0, at_b = 0;
  guint slips = 0;

  while (slips <= MAX_SLIPS)
    {
      guint n_a = next_word (a, &at_a);
      guint n_b = next_word (b, &at_b);

      if (n_a == 0 || n_b == 0)
        return n_a == n_b ? slips : MAX_SLIPS + 1;
      slips += count_word_slips (a->text + at_a, n_a, b->text + at_b, n_b);
      at_a += n_a;
      at_b += n_b;
    }
  return MAX_SLIPS + 1;
}

/* The letters and digits alone. */
static Characters
squeeze (const Characters *text)
{
  Characters plain = { g_new (gunichar, (gsize) text->length + 1), 0 };

  for (glong i = 0; i < text->length; i++)
    if (!is_break (text->text[i]))
      plain.text[plain.length++] = text->text[i];
  return plain;
}

/* Spaces and signs apart the same letters: "samen werken", "samenwerken". */
static gboolean
is_same_squeezed (const Characters *a, const Characters *b)
{
  Characters plain_a = squeeze (a);
  Characters plain_b = squeeze (b);
  gboolean same
      = plain_a.length == plain_b.length
        && memcmp (plain_a.text, plain_b.text, (gsize) plain_a.length * sizeof (gunichar)) == 0;

  g_free (plain_a.text);
  g_free (plain_b.text);
  return same;
}

double
dhk_near_text (const char *a, const char *b)
{
  Characters text_a = { 0 };
  Characters text_b = { 0 };
  double near = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (strcmp (a, b) == 0)
    return 1;
  if (take_characters (&text_a, a) && take_characters (&text_b, b)
      && MIN (text_a.length, text_b.length) >= MIN_CHARACTERS && !is_far (&text_a, &text_b)
      && (is_same_squeezed (&text_a, &text_b) || count_slips (&text_a, &text_b) <= MAX_SLIPS))
    {
      guint length = (guint) MAX (text_a.length, text_b.length);
      guint distance
          = measure (text_a.text, (guint) text_a.length, text_b.text, (guint) text_b.length);

      near = MAX (0.0, 1.0 - (double) distance / (double) length);
    }
  g_free (text_a.text);
  g_free (text_b.text);
  return near;
}

double
dhk_near_text_share (const char *a, const char *b)
{
  Characters text_a = { 0 };
  Characters text_b = { 0 };
  double share = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (take_characters (&text_a, a) && take_characters (&text_b, b) && text_a.length > 0
      && text_b.length > 0 && !is_far (&text_a, &text_b))
    {
      guint length = (guint) MAX (text_a.length, text_b.length);
      guint distance
          = measure (text_a.text, (guint) text_a.length, text_b.text, (guint) text_b.length);

      share = 1.0 - (double) distance / (double) length;
    }
  g_free (text_a.text);
  g_free (text_b.text);
  return share;
}
