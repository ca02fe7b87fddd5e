/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Walks a portable file from its first byte to its last before ReadStat does.
 *
 * The layout is that of the "Portable File Format" in the manual of GNU PSPP: behind the
 * signature stand records of one letter, of the numbers and texts that dhk-por-text.h reads.
 */

#include "import/dhk-spss.h"

#include "import/dhk-import-error.h"
#include "import/dhk-por-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LABELS 65536

typedef struct
{
  char *name;
  gboolean is_text;
  guint n_missing;
} Variable;

typedef struct
{
  DhkPorText text;
  DhkSpss *spss;
  guint n_declared;
  GHashTable *variables; /* name -> Variable */
  guint64 n_labels;      /* labels times variables that have them */
  Variable *variable;    /* the latest */
} Walk;

/* Records ---------------------------------------------------------------- */

static gboolean
take_digits (Walk *self, guint wanted)
{
  char text[DHK_POR_MAX_TEXT + 1];

  if (!dhk_por_take_text (&self->text, text) || strlen (text) < wanted)
    return FALSE;
  for (guint i = 0; i < wanted; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
take_format (Walk *self, DhkSpssFormat *format)
{
  guint kind, width, decimals;

  if (!dhk_por_take_count (&self->text, 255, &kind)
      || !dhk_por_take_count (&self->text, DHK_POR_MAX_TEXT, &width)
      || !dhk_por_take_count (&self->text, 255, &decimals))
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
take_variable (Walk *self)
{
  DhkSpssFormat print, write;
  char name[DHK_POR_MAX_TEXT + 1];
  guint width;

  if (self->spss->formats->len >= self->n_declared
      || !dhk_por_take_count (&self->text, DHK_POR_MAX_TEXT, &width)
      || !dhk_por_take_text (&self->text, name) || strlen (name) > 8 || !take_format (self, &print)
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
take_missing (Walk *self, guint n_bounds, gboolean range)
{
  if (self->variable == NULL)
    return FALSE;
  if (range && self->variable->n_missing != 0)
    return FALSE;
  self->variable->n_missing += range ? 2 : 1;
  if (self->variable->n_missing > 3)
    return FALSE;
  for (guint i = 0; i < n_bounds; i++)
    if (!(self->variable->is_text ? dhk_por_take_text (&self->text, NULL)
                                  : dhk_por_take_number (&self->text, NULL)))
      return FALSE;
  return TRUE;
}

static gboolean
take_value_labels (Walk *self)
{
  gboolean is_text = FALSE;
  guint n_variables, n;

  if (!dhk_por_take_count (&self->text, DHK_MAX_COLUMNS, &n) || n == 0)
    return FALSE;
  n_variables = n;
  for (guint i = 0; i < n; i++)
    {
      char name[DHK_POR_MAX_TEXT + 1];
      const Variable *variable;

      if (!dhk_por_take_text (&self->text, name))
        return FALSE;
      variable = g_hash_table_lookup (self->variables, name);
      if (variable == NULL || (i > 0 && variable->is_text != is_text))
        return FALSE;
      is_text = variable->is_text;
    }
  if (!dhk_por_take_count (&self->text, MAX_LABELS, &n))
    return FALSE;
  self->n_labels += (guint64) n * n_variables;
  if (self->n_labels > DHK_SPSS_MAX_LABELS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!(is_text ? dhk_por_take_text (&self->text, NULL) : dhk_por_take_number (&self->text, NULL))
        || !dhk_por_take_text (&self->text, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
take_documents (Walk *self)
{
  guint n;

  if (!dhk_por_take_count (&self->text, MAX_LABELS, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!dhk_por_take_text (&self->text, NULL))
      return FALSE;
  return TRUE;
}

static gboolean
take_record (Walk *self, int tag)
{
  switch (tag)
    {
    case '1': /* product */
    case '2': /* author */
    case '3': /* part of the product */
    case '6': /* weight */
      return dhk_por_take_text (&self->text, NULL);
    case '4':
      return self->n_declared == 0
             && dhk_por_take_count (&self->text, DHK_MAX_COLUMNS, &self->n_declared)
             && self->n_declared > 0;
    case '5':
      return dhk_por_take_number (&self->text, NULL);
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
      return self->variable != NULL && dhk_por_take_text (&self->text, NULL);
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
walk_cases (Walk *self, const guint8 *is_text)
{
  for (self->spss->n_cases = 0;; self->spss->n_cases++)
    for (guint i = 0; i < self->n_declared; i++)
      {
        int letter = dhk_por_next_letter (&self->text);
        double value;

        if (letter == 'Z')
          return i == 0;
        if (!(is_text[i] ? dhk_por_take_text_from (&self->text, letter, NULL)
                         : dhk_por_take_number_from (&self->text, letter, &value)))
          return FALSE;
      }
}

static gboolean
walk_records (Walk *self)
{
  g_autoptr (GByteArray) is_text = g_byte_array_new ();
  int tag;

  dhk_por_next_byte (&self->text); /* version */
  if (!take_digits (self, 8) || !take_digits (self, 6))
    return FALSE;
  while ((tag = dhk_por_next_letter (&self->text)) != 'F')
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

gboolean
dhk_por_check (DhkSpss *spss, GPtrArray *notes, GError **error)
{
  Walk self = { .spss = spss };
  gboolean ok;

  dhk_por_text_init (&self.text, spss->source);
  self.variables = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, variable_free);
  if (!dhk_por_take_signature (&self.text))
    {
      g_set_error_literal (
          error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
          _ ("The file looks like a portable file of SPSS, but how it begins cannot "
             "be read: its signature is missing, or its table names a character "
             "twice, as PSPP writes it. Nothing was taken over. Save the data as "
             "a .sav file and import that."));
      ok = FALSE;
    }
  else
    ok = walk_records (&self)
         || (self.text.at_end ? dhk_spss_refuse_cut (error) : dhk_spss_refuse_damaged (error));
  if (ok && self.text.foreign)
    dhk_notes_take (notes, g_strdup (_ ("Portable files have no letters with accents: those are "
                                        "lost and shown as �. A .sav file keeps them.")));
  g_hash_table_unref (self.variables);
  dhk_por_text_clear (&self.text);
  return ok;
}
