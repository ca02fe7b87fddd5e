/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Walks the dictionary of a system file before ReadStat does.
 *
 * The layout is that of the "System File Format" in the manual of GNU PSPP:
 * a header of 176 bytes, records for variables (2), value labels (3 and 4),
 * documents (6) and extensions (7), and the record 999. The dictionary is
 * copied into memory; what ReadStat gets later is that copy.
 */

#include "import/dhk-sav-check-private.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HEADER_BYTES 176
#define PIECE (64 * 1024)
/* Far beyond any questionnaire: 16 384 variables with 10 kB of labels each. */
#define MAX_DICTIONARY_BYTES (160u * 1024 * 1024)
#define MAX_LABEL_BYTES 8192
#define MAX_VALUE_LABELS 65536

gboolean
dhk_spss_refuse_damaged (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                       _ ("The data file of SPSS is damaged: its parts contradict each other. "
                          "Nothing was taken over. Save it again in the program that made it "
                          "and import that file."));
  return FALSE;
}

gboolean
dhk_spss_refuse_cut (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_DAMAGED,
                       _ ("The data file of SPSS is cut off: it ends before its data do. Nothing "
                          "was taken over. Fetch or save it again and import that file."));
  return FALSE;
}

static gboolean
refuse_large (GError **error)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_TOO_LARGE,
                       _ ("The data file of SPSS declares more variables or labels than a survey "
                          "can have. Nothing was taken over."));
  return FALSE;
}

/* The walk ---------------------------------------------------------------- */

/* Makes sure that `n` bytes from `at` on are in memory. */
static gboolean
need (DhkSavWalk *self, guint64 n, GError **error)
{
  GByteArray *bytes = self->spss->start;

  if (n > self->size - self->at)
    return dhk_spss_refuse_cut (error);
  if (self->at + n > MAX_DICTIONARY_BYTES)
    return refuse_large (error);

  while (bytes->len < self->at + n)
    {
      guint had = bytes->len;
      gsize wanted = (gsize) MAX (self->at + n - had, PIECE);
      gssize got;

      g_byte_array_set_size (bytes, (guint) (had + wanted));
      got = dhk_source_read_at (self->spss->source, had, bytes->data + had, wanted, error);
      g_byte_array_set_size (bytes, (guint) (had + (gsize) MAX (got, 0)));
      if (got < 0)
        return FALSE;
      if (got == 0)
        return dhk_spss_refuse_cut (error);
    }
  return TRUE;
}

guint32
dhk_sav_walk_get_u32 (DhkSavWalk *self, guint64 at)
{
  guint32 number;

  memcpy (&number, self->spss->start->data + at, sizeof number);
  return self->swap ? GUINT32_SWAP_LE_BE (number) : number;
}

void
dhk_sav_walk_set_u32 (DhkSavWalk *self, guint64 at, guint32 number)
{
  number = self->swap ? GUINT32_SWAP_LE_BE (number) : number;
  memcpy (self->spss->start->data + at, &number, sizeof number);
}

static gboolean
take_u32 (DhkSavWalk *self, guint32 *number, GError **error)
{
  if (!need (self, 4, error))
    return FALSE;
  *number = dhk_sav_walk_get_u32 (self, self->at);
  self->at += 4;
  return TRUE;
}

static gboolean
skip (DhkSavWalk *self, guint64 n, GError **error)
{
  if (!need (self, n, error))
    return FALSE;
  self->at += n;
  return TRUE;
}

/* The header ---------------------------------------------------------------- */

static double
get_double (DhkSavWalk *self, guint64 at)
{
  guint64 bits;
  double number;

  memcpy (&bits, self->spss->start->data + at, sizeof bits);
  if (self->swap)
    bits = GUINT64_SWAP_LE_BE (bits);
  memcpy (&number, &bits, sizeof number);
  return number;
}

static gboolean
walk_header (DhkSavWalk *self, GError **error)
{
  guint32 layout;
  gint32 n_cases;

  if (!need (self, HEADER_BYTES, error))
    return FALSE;
  layout = dhk_sav_walk_get_u32 (self, 64);
  if (layout != 2 && layout != 3)
    {
      self->swap = TRUE;
      layout = dhk_sav_walk_get_u32 (self, 64);
    }
  self->compression = dhk_sav_walk_get_u32 (self, 72);
  self->weight = dhk_sav_walk_get_u32 (self, 76);
  n_cases = (gint32) dhk_sav_walk_get_u32 (self, 80);
  self->blocks = self->spss->start->data[3] == '3';

  if ((layout != 2 && layout != 3) || self->compression > 2
      || (self->compression == 2) != self->blocks || !isfinite (get_double (self, 84)))
    return dhk_spss_refuse_damaged (error);

  self->spss->n_cases = n_cases >= 0 ? n_cases : -1;
  /* We count the cases ourselves, and read them unweighted. */
  dhk_sav_walk_set_u32 (self, 80, G_MAXUINT32);
  dhk_sav_walk_set_u32 (self, 76, 0);
  self->at = HEADER_BYTES;
  return TRUE;
}

/* Variables ---------------------------------------------------------------- */

static gboolean
walk_continuation (DhkSavWalk *self, GError **error)
{
  guint8 first = 0;

  if (self->n_due == 0)
    return dhk_spss_refuse_damaged (error);
  self->n_due--;
  g_byte_array_append (self->firsts, &first, 1);
  return TRUE;
}

static gboolean
walk_variable (DhkSavWalk *self, GError **error)
{
  DhkSavVariable variable = { .n_parts = 1 };
  guint64 at = self->at;
  guint32 print, label_length;
  gint32 width, n_missing;
  guint8 first = 1;

  if (self->past_variables)
    return dhk_spss_refuse_damaged (error);
  if (!skip (self, 28, error))
    return FALSE;
  width = (gint32) dhk_sav_walk_get_u32 (self, at);
  n_missing = (gint32) dhk_sav_walk_get_u32 (self, at + 8);
  print = dhk_sav_walk_get_u32 (self, at + 12);
  if (self->firsts->len >= DHK_SPSS_MAX_SEGMENTS || self->variables->len >= 4 * DHK_MAX_COLUMNS)
    return refuse_large (error);

  if (dhk_sav_walk_get_u32 (self, at + 4) > 1 || width > 255 || width < -1 || n_missing < -3
      || n_missing > 3 || n_missing == -1 || (width != 0 && n_missing < 0)
      || (width == -1) != (self->n_due > 0) || (width == -1 && n_missing != 0))
    return dhk_spss_refuse_damaged (error);
  if (dhk_sav_walk_get_u32 (self, at + 4) == 1)
    {
      if (!take_u32 (self, &label_length, error))
        return FALSE;
      if (label_length > MAX_LABEL_BYTES)
        return dhk_spss_refuse_damaged (error);
      if (!skip (self, (label_length + 3) / 4 * 4, error))
        return FALSE;
    }
  if (!skip (self, 8 * (guint64) ABS (n_missing), error))
    return FALSE;
  if (width == -1)
    return walk_continuation (self, error);

  variable.width = (guint) width;
  variable.format
      = (DhkSpssFormat){ (guint8) (print >> 16), (guint8) (print >> 8), (guint8) print };
  memcpy (variable.name, self->spss->start->data + at + 20, 8);
  for (gsize i = strlen (variable.name); i > 0 && variable.name[i - 1] == ' '; i--)
    variable.name[i - 1] = '\0';
  self->n_due = width > 8 ? (guint) (width + 7) / 8 - 1 : 0;
  variable.segment = self->firsts->len;
  g_byte_array_append (self->firsts, &first, 1);
  g_array_append_val (self->variables, variable);
  return TRUE;
}

/* The variable that begins in this segment, or NULL. */
static const DhkSavVariable *
find_segment (DhkSavWalk *self, guint segment)
{
  guint low = 0, high = self->variables->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const DhkSavVariable *variable = &g_array_index (self->variables, DhkSavVariable, middle);

      if (variable->segment == segment)
        return variable;
      if (variable->segment < segment)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* Value labels ---------------------------------------------------------------- */

static gboolean
walk_labelled_variables (DhkSavWalk *self, guint32 n_labels, GError **error)
{
  gboolean is_text = FALSE;
  guint32 type, n;

  if (!take_u32 (self, &type, error) || !take_u32 (self, &n, error))
    return FALSE;
  if (type != 4 || n == 0 || n > self->variables->len)
    return dhk_spss_refuse_damaged (error);
  self->n_labels += (guint64) n * n_labels;
  if (self->n_labels > DHK_SPSS_MAX_LABELS)
    return refuse_large (error);
  for (guint32 i = 0; i < n; i++)
    {
      const DhkSavVariable *variable;
      guint32 index;

      if (!take_u32 (self, &index, error))
        return FALSE;
      variable = index > 0 ? find_segment (self, index - 1) : NULL;
      if (variable == NULL || variable->width > 8 || (i > 0 && (variable->width > 0) != is_text))
        return dhk_spss_refuse_damaged (error);
      is_text = variable->width > 0;
    }
  return TRUE;
}

static gboolean
walk_value_labels (DhkSavWalk *self, GError **error)
{
  guint32 n;

  if (!take_u32 (self, &n, error))
    return FALSE;
  if (n == 0 || n > (self->size - self->at) / 16)
    return dhk_spss_refuse_damaged (error);
  if (n > MAX_VALUE_LABELS)
    return refuse_large (error);
  for (guint32 i = 0; i < n; i++)
    {
      guint8 length;

      if (!need (self, 9, error))
        return FALSE;
      length = self->spss->start->data[self->at + 8];
      if (!skip (self, 8 + ((guint64) length + 8) / 8 * 8, error))
        return FALSE;
    }
  return walk_labelled_variables (self, n, error);
}

/* All records ---------------------------------------------------------------- */

static gboolean
walk_extension (DhkSavWalk *self, GError **error)
{
  guint64 at = self->at - 4;
  guint64 bytes;
  guint32 subtype, size, n;

  if (!take_u32 (self, &subtype, error) || !take_u32 (self, &size, error)
      || !take_u32 (self, &n, error))
    return FALSE;
  bytes = (guint64) size * n;
  if (bytes == 0)
    {
      /* ReadStat takes it for an error; two records of no document lines are none. */
      dhk_sav_walk_set_u32 (self, at, 6);
      dhk_sav_walk_set_u32 (self, at + 4, 0);
      dhk_sav_walk_set_u32 (self, at + 8, 6);
      dhk_sav_walk_set_u32 (self, at + 12, 0);
      return TRUE;
    }
  if (bytes > self->size - self->at)
    return dhk_spss_refuse_damaged (error);
  if (!need (self, bytes, error) || !dhk_sav_check_extension (self, subtype, size, n, error))
    return FALSE;
  self->at += bytes;
  return TRUE;
}

static gboolean
walk_documents (DhkSavWalk *self, GError **error)
{
  guint32 n;

  if (!take_u32 (self, &n, error))
    return FALSE;
  return skip (self, 80 * (guint64) n, error);
}

static gboolean
walk_records (DhkSavWalk *self, GError **error)
{
  for (;;)
    {
      guint32 type;
      gboolean ok;

      if (!take_u32 (self, &type, error))
        return FALSE;
      if (type != 2 && self->n_due > 0)
        return dhk_spss_refuse_damaged (error);
      self->past_variables = self->past_variables || type != 2;
      if (type == 999)
        return skip (self, 4, error);
      switch (type)
        {
        case 2:
          ok = walk_variable (self, error);
          break;
        case 3:
          ok = walk_value_labels (self, error);
          break;
        case 6:
          ok = walk_documents (self, error);
          break;
        case 7:
          ok = walk_extension (self, error);
          break;
        default:
          return dhk_spss_refuse_damaged (error);
        }
      if (!ok)
        return FALSE;
    }
}

/* What the cases must be, given the dictionary ---------------------------------- */

static gboolean
check_cases (DhkSavWalk *self, GError **error)
{
  DhkSpss *spss = self->spss;
  guint64 left = self->size - self->at;
  guint64 row = 8 * (guint64) self->firsts->len;

  if (self->blocks)
    return dhk_sav_check_blocks (spss, self->at, self->swap, error);
  if (self->compression != 0)
    /* One byte stands for eight at best. */
    return left % 8 == 0 && (spss->n_cases < 0 || (guint64) spss->n_cases * (row / 8) <= left)
               ? TRUE
               : dhk_spss_refuse_cut (error);
  if (spss->n_cases < 0 ? left % row != 0 : left / row < (guint64) spss->n_cases)
    return dhk_spss_refuse_cut (error);
  /* Here ReadStat reads no case unless it is told how many there are. */
  dhk_sav_walk_set_u32 (self, 80, (guint32) MIN (left / row, G_MAXINT32));
  return TRUE;
}

static gboolean
list_columns (DhkSavWalk *self, GError **error)
{
  for (guint i = 0; i < self->variables->len;)
    {
      const DhkSavVariable *variable = &g_array_index (self->variables, DhkSavVariable, i);

      g_array_append_val (self->spss->formats, variable->format);
      i += variable->n_parts;
    }
  if (self->spss->formats->len == 0)
    return dhk_spss_refuse_damaged (error);
  if (self->spss->formats->len > DHK_MAX_COLUMNS)
    return refuse_large (error);
  return TRUE;
}

static gboolean
walk (DhkSavWalk *self, GError **error)
{
  const DhkSavVariable *weight;

  if (!walk_header (self, error) || !walk_records (self, error) || !list_columns (self, error)
      || !check_cases (self, error))
    return FALSE;

  weight = self->weight > 0 ? find_segment (self, self->weight - 1) : NULL;
  if (self->weight > 0)
    dhk_notes_take (
        self->notes,
        g_strdup (weight != NULL && weight->width == 0
                      ? _ ("The file weights its cases by a variable; they were read unweighted.")
                      : _ ("The file weights its cases by a variable that it does not have; they "
                           "were read unweighted.")));
  g_byte_array_set_size (self->spss->start, (guint) self->at);
  return TRUE;
}

gboolean
dhk_sav_check (DhkSpss *spss, GPtrArray *notes, GError **error)
{
  DhkSavWalk self = { .spss = spss, .notes = notes };
  gboolean ok;

  self.size = dhk_source_get_size (spss->source);
  self.variables = g_array_new (FALSE, FALSE, sizeof (DhkSavVariable));
  self.firsts = g_byte_array_new ();
  spss->start = g_byte_array_new ();
  ok = walk (&self, error);
  if (ok && spss->encoding == NULL)
    spss->encoding = g_strdup ("WINDOWS-1252");
  g_clear_pointer (&self.names, g_ptr_array_unref);
  g_byte_array_unref (self.firsts);
  g_array_unref (self.variables);
  return ok;
}
