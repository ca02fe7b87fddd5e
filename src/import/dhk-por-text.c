/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-por-text.h"

#include <math.h>
#include <string.h>

#define PIECE (64 * 1024)
#define LINE_LENGTH 80
#define TABLE 256
#define MAX_NUMBER 90 /* characters; ReadStat has room for 100 */

/* The characters that a portable file can name, by their place in its table; the
 * rest cannot be told apart. */
static const char known[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+"
                            "|&[]!$*);^-/|,%_>?`:#@'=\"";
#define FIRST_KNOWN 64
#define LAST_NAMED 188 /* ReadStat knows a few more, up to here */

void
dhk_por_text_init (DhkPorText *self, DhkSource *source)
{
  memset (self, 0, sizeof *self);
  self->source = source;
  self->piece = g_malloc (PIECE);
}

void
dhk_por_text_clear (DhkPorText *self)
{
  g_free (self->piece);
}

/* Bytes ---------------------------------------------------------------- */

static int
raw_byte (DhkPorText *self)
{
  if (self->used == self->n_piece)
    {
      gssize got = dhk_source_read_at (self->source, self->offset, self->piece, PIECE, NULL);

      if (got <= 0)
        {
          self->at_end = TRUE;
          return -1;
        }
      self->offset += (guint64) got;
      self->n_piece = (gsize) got;
      self->used = 0;
    }
  return self->piece[self->used++];
}

int
dhk_por_next_byte (DhkPorText *self)
{
  for (;;)
    {
      int byte;

      if (self->n_spaces > 0)
        {
          self->n_spaces--;
          return self->space;
        }
      byte = raw_byte (self);
      if (byte == '\r' && (byte = raw_byte (self)) != '\n')
        return -1;
      if (byte == '\n')
        {
          self->n_spaces = LINE_LENGTH - self->column;
          self->column = 0;
          continue;
        }
      if (byte < 0 || self->column == LINE_LENGTH)
        return -1;
      self->column++;
      return byte;
    }
}

int
dhk_por_next_letter (DhkPorText *self)
{
  int byte = dhk_por_next_byte (self);

  return byte < 0 ? -1 : self->letters[byte];
}

static int
digit_of (int letter)
{
  if (letter >= '0' && letter <= '9')
    return letter - '0';
  return letter >= 'A' && letter <= 'T' ? letter - 'A' + 10 : -1;
}

/* Numbers and texts ---------------------------------------------------------------- */

gboolean
dhk_por_take_number_from (DhkPorText *self, int letter, double *value)
{
  gboolean negative = FALSE, point = FALSE, exponent = FALSE;
  guint n = 1, n_digits = 0, n_exponent = 0;

  *value = 0;
  while (letter == ' ' && n++ < MAX_NUMBER)
    letter = dhk_por_next_letter (self);
  if (letter == '*' && n == 1)
    {
      *value = NAN;
      return dhk_por_next_letter (self) == '.';
    }
  if (letter == '-')
    {
      negative = TRUE;
      letter = dhk_por_next_letter (self);
    }
  for (; letter != '/'; letter = dhk_por_next_letter (self))
    {
      int digit = digit_of (letter);

      if (++n >= MAX_NUMBER)
        return FALSE;
      if (digit >= 0 && exponent)
        n_exponent++;
      else if (digit >= 0)
        {
          *value = point ? *value : *value * 30 + digit;
          n_digits++;
        }
      else if (letter == '.' && !point && !exponent)
        point = TRUE;
      else if ((letter == '+' || letter == '-') && !exponent && n_digits > 0)
        exponent = TRUE;
      else
        return FALSE;
    }
  *value = negative ? -*value : exponent ? INFINITY : *value;
  return n_digits > 0 && n_exponent <= 2 && (!exponent || n_exponent > 0);
}

gboolean
dhk_por_take_number (DhkPorText *self, double *value)
{
  double unused;

  return dhk_por_take_number_from (self, dhk_por_next_letter (self),
                                   value != NULL ? value : &unused);
}

gboolean
dhk_por_take_count (DhkPorText *self, guint max, guint *count)
{
  double value;

  if (!dhk_por_take_number (self, &value) || !(value >= 0 && value <= max))
    return FALSE;
  *count = (guint) value;
  return TRUE;
}

gboolean
dhk_por_take_text_from (DhkPorText *self, int letter, char *text)
{
  double length;
  guint n;

  if (!dhk_por_take_number_from (self, letter, &length)
      || !(length >= 1 && length <= DHK_POR_MAX_TEXT))
    return FALSE;
  n = (guint) length;
  for (guint i = 0; i < n; i++)
    {
      int byte = dhk_por_next_byte (self);

      if (byte < 0)
        return FALSE;
      self->foreign = self->foreign || self->letters[byte] == '\0';
      if (text != NULL)
        text[i] = self->letters[byte] != '\0' ? self->letters[byte] : '?';
    }
  if (text != NULL)
    text[n] = '\0';
  return TRUE;
}

gboolean
dhk_por_take_text (DhkPorText *self, char *text)
{
  return dhk_por_take_text_from (self, dhk_por_next_letter (self), text);
}

/* The beginning ---------------------------------------------------------------- */

/* A byte that stands for two characters could be read in two ways. Those that are
 * not there are all given as zero. */
static gboolean
is_clear (const guint8 *table)
{
  gboolean taken[256] = { FALSE };

  for (guint i = FIRST_KNOWN; i <= LAST_NAMED; i++)
    {
      if (i > FIRST_KNOWN && table[i] == table[FIRST_KNOWN])
        continue;
      if (taken[table[i]])
        return FALSE;
      taken[table[i]] = TRUE;
    }
  return TRUE;
}

gboolean
dhk_por_take_signature (DhkPorText *self)
{
  guint8 table[TABLE];

  self->space = ' ';
  for (guint i = 0; i < DHK_POR_GREETING; i++)
    if (dhk_por_next_byte (self) < 0)
      return FALSE;
  for (guint i = 0; i < TABLE; i++)
    {
      int byte = dhk_por_next_byte (self);

      if (byte < 0)
        return FALSE;
      table[i] = (guint8) byte;
    }
  if (!is_clear (table))
    return FALSE;
  for (guint i = 0; known[i] != '\0'; i++)
    self->letters[table[FIRST_KNOWN + i]] = known[i];
  for (guint i = 0; i < 3; i++)
    self->letters[table[(const guint8[]){ 162, 184, 185 }[i]]] = "~{}"[i];
  self->letters[table[186]] = '\\';
  /* Zero also fills the places of characters that are not there. */
  self->letters[table[FIRST_KNOWN]] = '0';
  self->space = table[126];

  for (const char *p = "SPSSPORT"; *p != '\0'; p++)
    if (dhk_por_next_letter (self) != *p)
      return FALSE;
  return TRUE;
}
