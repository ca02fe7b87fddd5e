/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Walks a portable file from its first byte to its last before ReadStat does.
 *
 * The layout is that of the "Portable File Format" in the manual of GNU PSPP:
 * lines of 80 characters, 200 bytes of greeting, a table of 256 characters, the
 * signature SPSSPORT, then records of one letter with numbers to the base of
 * 30 and texts with their length before them.
 */

#include "import/dhk-spss.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PIECE (64 * 1024)
#define LINE_LENGTH 80
#define GREETING 200
#define TABLE 256
#define MAX_TEXT 255
#define MAX_NUMBER 90 /* characters; ReadStat has room for 100 */
#define MAX_LABELS 65536

/* The characters that a portable file can name, by their place in its table; the
 * rest cannot be told apart. */
static const char known[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+"
                            "|&[]!$*);^-/|,%_>?`:#@'=\"";
#define FIRST_KNOWN 64
#define LAST_NAMED 188 /* ReadStat knows a few more, up to here */

typedef struct
{
  char *name;
  gboolean is_text;
  guint n_missing;
} Variable;

typedef struct
{
  DhkSpss *spss;
  guint8 *piece;
  gsize n_piece;
  gsize used;
  guint64 offset; /* of the next piece */
  guint column;   /* in the line */
  guint n_spaces; /* that a short line still stands for */
  gboolean at_end;
  char letters[256]; /* byte -> ASCII, 0 where there is none */
  guint8 space;
  gboolean foreign; /* a text held a character that has no name */
  guint n_declared;
  GHashTable *variables; /* name -> Variable */
  guint64 n_labels;      /* labels times variables that have them */
  Variable *variable;    /* the latest */
} PorWalk;

/* Bytes ---------------------------------------------------------------- */

static int
raw_byte (PorWalk *self)
{
  if (self->used == self->n_piece)
    {
      gssize got = dhk_source_read_at (self->spss->source, self->offset, self->piece, PIECE, NULL);

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

/* The next character; -1 at the end, or where a line is too long. */
static int
next_byte (PorWalk *self)
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

static int
next_letter (PorWalk *self)
{
  int byte = next_byte (self);

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

/* One number from its first letter on; NaN for "*.". Exponents are read but not
 * needed: what this walk acts on are lengths and counts. */
static gboolean
number_from (PorWalk *self, int letter, double *value)
{
  gboolean negative = FALSE, point = FALSE, exponent = FALSE;
  guint n = 1, n_digits = 0, n_exponent = 0;

  *value = 0;
  while (letter == ' ' && n++ < MAX_NUMBER)
    letter = next_letter (self);
  if (letter == '*' && n == 1)
    {
      *value = NAN;
      return next_letter (self) == '.';
    }
  if (letter == '-')
    {
      negative = TRUE;
      letter = next_letter (self);
    }
  for (; letter != '/'; letter = next_letter (self))
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

static gboolean
take_number (PorWalk *self, double *value)
{
  double unused;

  return number_from (self, next_letter (self), value != NULL ? value : &unused);
}

static gboolean
take_count (PorWalk *self, guint max, guint *count)
{
  double value;

  if (!take_number (self, &value) || !(value >= 0 && value <= max))
    return FALSE;
  *count = (guint) value;
  return TRUE;
}

/* A text whose length begins with `letter`; ReadStat takes no empty ones. */
static gboolean
text_from (PorWalk *self, int letter, char *text)
{
  double length;
  guint n;

  if (!number_from (self, letter, &length) || !(length >= 1 && length <= MAX_TEXT))
    return FALSE;
  n = (guint) length;
  for (guint i = 0; i < n; i++)
    {
      int byte = next_byte (self);

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

static gboolean
take_text (PorWalk *self, char *text)
{
  return text_from (self, next_letter (self), text);
}

/* Records ---------------------------------------------------------------- */

static gboolean
take_digits (PorWalk *self, guint wanted)
{
  char text[MAX_TEXT + 1];

  if (!take_text (self, text) || strlen (text) < wanted)
    return FALSE;
  for (guint i = 0; i < wanted; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
take_format (PorWalk *self, DhkSpssFormat *format)
{
  guint kind, width, decimals;

  if (!take_count (self, 255, &kind) || !take_count (self, MAX_TEXT, &width)
      || !take_count (self, 255, &decimals))
    return FALSE;
  *format = (DhkSpssFormat){ (guint8) kind, (guint8) width, (guint8) decimals };
  return TRUE;
}

static void
variable_free (gpointer data)
{
  Variable *variable = data;

  g_free (variable->name);
  g_free (variable);
}

static gboolean
take_variable (PorWalk *self)
{
  DhkSpssFormat print, write;
  char name[MAX_TEXT + 1];
  guint width;

  if (self->spss->formats->len >= self->n_declared || !take_count (self, MAX_TEXT, &width)
      || !take_text (self, name) || strlen (name) > 8 || !take_format (self, &print)
      || !take_format (self, &write) || g_hash_table_contains (self->variables, name))
    return FALSE;
  self->variable = g_new0 (Variable, 1);
  self->variable->name = g_strdup (name);
  self->variable->is_text = width > 0;
  g_hash_table_insert (self->variables, self->variable->name, self->variable);
  g_array_append_val (self->spss->formats, print);
  return TRUE;
}

/* One missing value, or a range of `n_bounds` numbers that takes two places. */
static gboolean
take_missing (PorWalk *self, guint n_bounds, gboolean range)
{
  if (self->variable == NULL)
    return FALSE;
  if (range && self->variable->n_missing != 0)
    return FALSE;
  self->variable->n_missing += range ? 2 : 1;
  if (self->variable->n_missing > 3)
    return FALSE;
  for (guint i = 0; i < n_bounds; i++)
    if (!(self->variable->is_text ? take_text (self, NULL) : take_number (self, NULL)))
      return FALSE;
  return TRUE;
}

static gboolean
take_value_labels (PorWalk *self)
{
  gboolean is_text = FALSE;
  guint n_variables, n;

  if (!take_count (self, DHK_MAX_COLUMNS, &n) || n == 0)
    return FALSE;
  n_variables = n;
  for (guint i = 0; i < n; i++)
    {
      char name[MAX_TEXT + 1];
      const Variable *variable;

      if (!take_text (self, name))
        return FALSE;
      variable = g_hash_table_lookup (self->variables, name);
      if (variable == NULL || (i > 0 && variable->is_text != is_text))
        return FALSE;
      is_text = variable->is_text;
    }
  if (!take_count (self, MAX_LABELS, &n))
    return FALSE;
  self->n_labels += (guint64) n * n_variables;
  if (self->n_labels > DHK_SPSS_MAX_LABELS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!(is_text ? take_text (self, NULL) : take_number (self, NULL)) || !take_text (self, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
take_documents (PorWalk *self)
{
  guint n;

  if (!take_count (self, MAX_LABELS, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!take_text (self, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
take_record (PorWalk *self, int tag)
{
  switch (tag)
    {
    case '1': /* product */
    case '2': /* author */
    case '3': /* part of the product */
    case '6': /* weight */
      return take_text (self, NULL);
    case '4':
      return self->n_declared == 0 && take_count (self, DHK_MAX_COLUMNS, &self->n_declared)
             && self->n_declared > 0;
    case '5':
      return take_number (self, NULL);
    case '7':
      return take_variable (self);
    case '8':
      return take_missing (self, 1, FALSE);
    case '9':
    case 'A':
      return take_missing (self, 1, TRUE);
    case 'B':
      return take_missing (self, 2, TRUE);
    case 'C':
      return self->variable != NULL && take_text (self, NULL);
    case 'D':
      return take_value_labels (self);
    case 'E':
      return take_documents (self);
    default:
      return FALSE;
    }
}

/* Cases, until a Z stands where one would begin. */
static gboolean
walk_cases (PorWalk *self, const guint8 *is_text)
{
  for (self->spss->n_cases = 0;; self->spss->n_cases++)
    for (guint i = 0; i < self->n_declared; i++)
      {
        int letter = next_letter (self);
        double value;

        if (letter == 'Z')
          return i == 0;
        if (!(is_text[i] ? text_from (self, letter, NULL) : number_from (self, letter, &value)))
          return FALSE;
      }
}

static gboolean
walk_records (PorWalk *self)
{
  g_autoptr (GByteArray) is_text = g_byte_array_new ();
  int tag;

  next_byte (self); /* version */
  if (!take_digits (self, 8) || !take_digits (self, 6))
    return FALSE;
  while ((tag = next_letter (self)) != 'F')
    {
      guint n_variables = self->spss->formats->len;

      if (!take_record (self, tag))
        return FALSE;
      if (self->spss->formats->len > n_variables)
        g_byte_array_append (is_text, &(guint8){ self->variable->is_text ? 1 : 0 }, 1);
    }
  return self->n_declared > 0 && self->spss->formats->len == self->n_declared
         && walk_cases (self, is_text->data);
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

static gboolean
walk_signature (PorWalk *self)
{
  guint8 table[TABLE];

  self->space = ' ';
  for (guint i = 0; i < GREETING; i++)
    if (next_byte (self) < 0)
      return FALSE;
  for (guint i = 0; i < TABLE; i++)
    {
      int byte = next_byte (self);

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
    if (next_letter (self) != *p)
      return FALSE;
  return TRUE;
}

static void
walk_start (PorWalk *self, DhkSpss *spss)
{
  memset (self, 0, sizeof *self);
  self->spss = spss;
  self->piece = g_malloc (PIECE);
}

gboolean
dhk_por_check (DhkSpss *spss, GPtrArray *notes, GError **error)
{
  PorWalk self;
  gboolean ok;

  walk_start (&self, spss);
  self.variables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, variable_free);
  if (!walk_signature (&self))
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                           _ ("The file looks like a portable file of SPSS, but its signature is "
                              "missing. Nothing was taken over. Save it again in SPSS as a .sav "
                              "file and import that."));
      ok = FALSE;
    }
  else
    ok = walk_records (&self)
         || (self.at_end ? dhk_spss_refuse_cut (error) : dhk_spss_refuse_damaged (error));
  if (ok && self.foreign)
    dhk_notes_take (notes, g_strdup (_ ("Portable files have no letters with accents: those are "
                                        "lost and shown as �. A .sav file keeps them.")));
  g_hash_table_unref (self.variables);
  g_free (self.piece);
  return ok;
}

DhkSpssKind
dhk_spss_recognise (DhkSource *source)
{
  DhkSpss spss = { .source = source };
  guint8 start[GREETING];
  gssize got = dhk_source_read_at (source, 0, start, sizeof start, NULL);
  gboolean portable;
  PorWalk walk;

  if (got >= 4 && (memcmp (start, "$FL2", 4) == 0 || memcmp (start, "$FL3", 4) == 0))
    return DHK_SPSS_SYSTEM;
  if (got < GREETING)
    return DHK_SPSS_NOT;
  if (memmem (start, sizeof start, "SPSS PORT FILE", strlen ("SPSS PORT FILE")) != NULL)
    return DHK_SPSS_PORTABLE;
  walk_start (&walk, &spss);
  portable = walk_signature (&walk);
  g_free (walk.piece);
  return portable ? DHK_SPSS_PORTABLE : DHK_SPSS_NOT;
}
