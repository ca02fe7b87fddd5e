/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The rows of a draft. Few are held here; those of an import lie with the import
 * room, and only what became of each is here (a byte), and the rows that were asked for.
 */

#include "study/dhk-draft-private.h"

#include <math.h>
#include <string.h>

#include "base/dhk-sha256.h"
#include "base/dhk-twice.h"

struct _DhkDraftFar
{
  DhkDraftSource source;
  guint8 *fates;           /* a DhkRowFate each; IS_TOUCHED: it is in `touched` */
  GHashTable *touched;     /* row -> DhkDraftRow */
  GHashTable *own_codes;   /* row -> its codes */
  GHashTable *own_numbers; /* row -> its numbers */
  GHashTable *forgotten;   /* rows whose raw text goes nowhere (a set) */
};

#define IS_TOUCHED 0x80

gint64
dhk_draft_row_get_minutes (gint64 started)
{
  return (started - (started % 60 + 60) % 60) / 60;
}

static void
add_line (DhkSha256 *hash, const char *text)
{
  dhk_sha256_update (hash, text, strlen (text));
  dhk_sha256_update (hash, "\n", 1);
}

/* Every row of a draft needs one: printing the number would be most of the work. */
static void
add_number (DhkSha256 *hash, gint64 number)
{
  char digits[24];
  gsize at = sizeof digits;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  do
    digits[--at] = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    digits[--at] = '-';
  dhk_sha256_update (hash, digits + at, sizeof digits - at);
}

void
dhk_draft_row_hash_identity (const char *questionnaire,
                             const char *form_id,
                             gint64 started,
                             guint8 *bytes)
{
  DhkSha256 hash;

  dhk_sha256_init (&hash);
  add_line (&hash, questionnaire);
  add_line (&hash, form_id);
  add_number (&hash, dhk_draft_row_get_minutes (started));
  dhk_sha256_end_bytes (&hash, bytes);
}

char *
dhk_draft_row_make_identity (const char *questionnaire, const char *form_id, gint64 started)
{
  guint8 bytes[DHK_SHA256_SIZE];

  dhk_draft_row_hash_identity (questionnaire, form_id, started, bytes);
  return dhk_sha256_dup_text (bytes);
}

void
dhk_draft_row_clear (DhkDraftRow *self)
{
  g_free (self->reason);
  g_free (self->identity);
  g_strfreev (self->replaces);
  g_free (self->content);
  g_free (self->form_id);
  *self = (DhkDraftRow){ 0 };
}

void
dhk_draft_row_free (gpointer data)
{
  dhk_draft_row_clear (data);
  g_free (data);
}

void
dhk_draft_far_free (DhkDraftFar *self)
{
  if (self == NULL)
    return;
  self->source.free (self->source.data);
  g_free (self->fates);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->own_codes);
  g_hash_table_unref (self->own_numbers);
  g_hash_table_unref (self->forgotten);
  g_free (self);
}

void
dhk_draft_file_set_source (DhkDraftFile *self, const DhkDraftSource *source)
{
  DhkDraftFar *far;

  g_return_if_fail (self != NULL && source != NULL);
  g_return_if_fail (self->far == NULL && self->rows->len == 0);

  far = g_new0 (DhkDraftFar, 1);
  far->source = *source;
  far->fates = g_malloc0 ((gsize) source->n_rows + 1);
  far->touched = g_hash_table_new_full (NULL, NULL, NULL, dhk_draft_row_free);
  far->own_codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  far->own_numbers = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  far->forgotten = g_hash_table_new (NULL, NULL);
  G_STATIC_ASSERT (DHK_ROW_NEW == 0);
  self->far = far;
  self->found = source->n_rows;
}

/* Rows ------------------------------------------------------------------------------- */

guint
dhk_draft_file_get_n_rows (const DhkDraftFile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->far != NULL ? self->far->source.n_rows : self->rows->len;
}

DhkDraftRow *
dhk_draft_file_peek_row (const DhkDraftFile *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < dhk_draft_file_get_n_rows (self), NULL);

  if (self->far == NULL)
    return g_ptr_array_index (self->rows, row);
  if ((self->far->fates[row] & IS_TOUCHED) == 0)
    return NULL;
  return g_hash_table_lookup (self->far->touched, GUINT_TO_POINTER (row));
}

DhkDraftRow *
dhk_draft_file_get_row (DhkDraftFile *self, guint row)
{
  DhkDraftRow *found = dhk_draft_file_peek_row (self, row);

  if (found != NULL || self->far == NULL)
    return found;
  found = g_new0 (DhkDraftRow, 1);
  self->far->source.read_row (self->far->source.data, row, NULL, NULL, found);
  found->fate = (DhkRowFate) self->far->fates[row];
  found->compared = found->fate != DHK_ROW_NEW;
  self->far->fates[row] |= IS_TOUCHED;
  g_hash_table_insert (self->far->touched, GUINT_TO_POINTER (row), found);
  return found;
}

void
dhk_draft_file_read_row (const DhkDraftFile *self, guint row, DhkDraftRow *copy)
{
  dhk_draft_file_read_whole_row (self, row, NULL, NULL, copy);
}

void
dhk_draft_file_read_whole_row (const DhkDraftFile *self,
                               guint row,
                               const gint8 *codes,
                               const double *numbers,
                               DhkDraftRow *copy)
{
  const DhkDraftRow *found = dhk_draft_file_peek_row (self, row);

  g_return_if_fail (copy != NULL);

  *copy = (DhkDraftRow){ 0 };
  if (found == NULL)
    {
      self->far->source.read_row (self->far->source.data, row, codes, numbers, copy);
      copy->fate = (DhkRowFate) self->far->fates[row];
      return;
    }
  *copy = *found;
  copy->reason = g_strdup (found->reason);
  copy->identity = g_strdup (found->identity);
  copy->replaces = g_strdupv (found->replaces);
  copy->content = g_strdup (found->content);
  copy->form_id = g_strdup (found->form_id);
}

gboolean
dhk_draft_file_read_facts (const DhkDraftFile *self,
                           guint row,
                           const gint8 *codes,
                           const double *numbers,
                           DhkDraftFacts *facts,
                           GString *form_id)
{
  g_return_val_if_fail (facts != NULL && form_id != NULL, FALSE);

  if (self->far == NULL || self->far->source.read_facts == NULL
      || dhk_draft_file_peek_row (self, row) != NULL)
    return FALSE;
  self->far->source.read_facts (self->far->source.data, row, codes, numbers, facts, form_id);
  return TRUE;
}

DhkRowFate
dhk_draft_file_get_fate (const DhkDraftFile *self, guint row)
{
  const DhkDraftRow *found = dhk_draft_file_peek_row (self, row);

  return found != NULL ? found->fate : (DhkRowFate) self->far->fates[row];
}

void
dhk_draft_file_set_fate (DhkDraftFile *self, guint row, DhkRowFate fate)
{
  DhkDraftRow *found = dhk_draft_file_peek_row (self, row);

  g_return_if_fail (fate != DHK_ROW_ASIDE && fate != DHK_ROW_CHANGED);

  if (found == NULL)
    self->far->fates[row] = (guint8) fate;
  else
    {
      found->fate = fate;
      found->compared = TRUE;
    }
}

void
dhk_draft_file_reset_fates (DhkDraftFile *self)
{
  guint n_rows;

  g_return_if_fail (self != NULL);

  n_rows = dhk_draft_file_get_n_rows (self);
  for (guint row = 0; row < n_rows; row++)
    {
      DhkDraftRow *found = dhk_draft_file_peek_row (self, row);

      if (found == NULL)
        self->far->fates[row] = DHK_ROW_NEW;
      else if (found->fate != DHK_ROW_ASIDE || found->compared)
        {
          found->fate = DHK_ROW_NEW;
          found->compared = FALSE;
          g_clear_pointer (&found->reason, g_free);
        }
    }
}

void
dhk_draft_file_set_aside (DhkDraftFile *self, guint row, const char *format, ...)
{
  DhkDraftRow *found;
  va_list args;

  g_return_if_fail (self != NULL && row < dhk_draft_file_get_n_rows (self) && format != NULL);

  found = dhk_draft_file_get_row (self, row);
  found->fate = DHK_ROW_ASIDE;
  g_free (found->reason);
  va_start (args, format);
  found->reason = g_strdup_vprintf (format, args);
  va_end (args);
}

void
dhk_draft_file_read_keys (const DhkDraftFile *self, guint64 *keys)
{
  g_return_if_fail (self != NULL && keys != NULL);

  if (self->far != NULL)
    self->far->source.read_keys (self->far->source.data, keys);
  for (guint row = 0; self->far == NULL && row < self->rows->len; row++)
    {
      const DhkDraftRow *found = g_ptr_array_index (self->rows, row);

      keys[row] = found->identity == NULL
                      ? 0
                      : dhk_twice_key (0, found->identity, strlen (found->identity));
    }
}

/* Raw text ------------------------------------------------------------------------------ */

void
dhk_draft_file_append_raw (const DhkDraftFile *self, guint first, guint n, GString *lines)
{
  g_return_if_fail (self != NULL && lines != NULL);
  g_return_if_fail (first + n <= dhk_draft_file_get_n_rows (self));

  if (self->far != NULL && g_hash_table_size (self->far->forgotten) == 0)
    {
      self->far->source.append_raw (self->far->source.data, first, n, lines);
      return;
    }
  for (guint row = first; row < first + n; row++)
    {
      if (self->far == NULL)
        {
          const char *raw = row < self->raw->len ? g_ptr_array_index (self->raw, row) : NULL;

          g_string_append (lines, raw != NULL ? raw : "");
          g_string_append_c (lines, '\n');
        }
      else if (g_hash_table_contains (self->far->forgotten, GUINT_TO_POINTER (row)))
        g_string_append_c (lines, '\n');
      else
        self->far->source.append_raw (self->far->source.data, row, 1, lines);
    }
}

/* Whether any of the rows goes nowhere. */
static gboolean
has_forgotten (const DhkDraftFar *self, guint first, guint n)
{
  for (guint row = first; g_hash_table_size (self->forgotten) > 0 && row < first + n; row++)
    if (g_hash_table_contains (self->forgotten, GUINT_TO_POINTER (row)))
      return TRUE;
  return FALSE;
}

gboolean
dhk_draft_file_pack_raw (const DhkDraftFile *self, guint first, DhkRowPacker *packer)
{
  guint n = dhk_row_packer_get_n_rows (packer);

  g_return_val_if_fail (self != NULL && packer != NULL, FALSE);
  g_return_val_if_fail (first + n <= dhk_draft_file_get_n_rows (self), FALSE);

  if (self->far == NULL || self->far->source.pack_raw == NULL
      || has_forgotten (self->far, first, n))
    return FALSE;
  self->far->source.pack_raw (self->far->source.data, first, packer);
  return TRUE;
}

char *
dhk_draft_file_dup_raw (const DhkDraftFile *self, guint row)
{
  GString *line = g_string_new (NULL);

  dhk_draft_file_append_raw (self, row, 1, line);
  g_string_truncate (line, line->len > 0 ? line->len - 1 : 0);
  return g_string_free (line, FALSE);
}

void
dhk_draft_file_forget_raw (DhkDraftFile *self, guint row)
{
  g_return_if_fail (self != NULL && row < dhk_draft_file_get_n_rows (self));

  if (self->far != NULL)
    g_hash_table_add (self->far->forgotten, GUINT_TO_POINTER (row));
  else
    {
      g_free (g_ptr_array_index (self->raw, row));
      g_ptr_array_index (self->raw, row) = g_strdup ("");
    }
}

/* Answers -------------------------------------------------------------------------------- */

gint8 *
dhk_draft_file_get_codes (DhkDraftFile *self, guint row)
{
  gint8 *codes;

  g_return_val_if_fail (self != NULL && row < dhk_draft_file_get_n_rows (self), NULL);

  if (self->far == NULL)
    return (gint8 *) (gpointer) self->codes->data + (gsize) row * self->n_questions;
  codes = g_hash_table_lookup (self->far->own_codes, GUINT_TO_POINTER (row));
  if (codes == NULL)
    {
      codes = g_new (gint8, self->n_questions + 1);
      self->far->source.read_codes (self->far->source.data, row, 1, codes);
      g_hash_table_insert (self->far->own_codes, GUINT_TO_POINTER (row), codes);
    }
  return codes;
}

void
dhk_draft_file_read_codes (const DhkDraftFile *self, guint first, guint n, gint8 *codes)
{
  g_return_if_fail (self != NULL && first + n <= dhk_draft_file_get_n_rows (self));

  if (self->far != NULL)
    self->far->source.read_codes (self->far->source.data, first, n, codes);
  else if (self->n_questions > 0)
    memcpy (codes, self->codes->data + (gsize) first * self->n_questions,
            (gsize) n * self->n_questions);
}

gboolean
dhk_draft_file_has_numbers (const DhkDraftFile *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->far != NULL ? self->far->source.has_numbers : self->numbers != NULL;
}

double *
dhk_draft_file_get_numbers (DhkDraftFile *self, guint row)
{
  double *numbers;

  g_return_val_if_fail (self != NULL && row < dhk_draft_file_get_n_rows (self), NULL);

  if (self->far == NULL)
    {
      /* Most files have few numbers, some none: the matrix is made when one is there. */
      if (self->numbers == NULL)
        {
          const double none = NAN;

          self->numbers = g_array_new (FALSE, FALSE, sizeof (double));
          for (gsize i = 0; i < (gsize) self->rows->len * self->n_questions; i++)
            g_array_append_val (self->numbers, none);
        }
      return (double *) (gpointer) self->numbers->data + (gsize) row * self->n_questions;
    }
  numbers = g_hash_table_lookup (self->far->own_numbers, GUINT_TO_POINTER (row));
  if (numbers == NULL)
    {
      numbers = g_new (double, self->n_questions + 1);
      dhk_draft_file_read_numbers (self, row, 1, numbers);
      g_hash_table_insert (self->far->own_numbers, GUINT_TO_POINTER (row), numbers);
    }
  return numbers;
}

void
dhk_draft_file_read_numbers (const DhkDraftFile *self, guint first, guint n, double *numbers)
{
  gsize size = (gsize) n * self->n_questions;

  g_return_if_fail (self != NULL && first + n <= dhk_draft_file_get_n_rows (self));

  if (self->far != NULL && self->far->source.has_numbers)
    self->far->source.read_numbers (self->far->source.data, first, n, numbers);
  else if (self->far == NULL && self->numbers != NULL)
    memcpy (numbers,
            (const double *) (gpointer) self->numbers->data + (gsize) first * self->n_questions,
            size * sizeof (double));
  else
    for (gsize i = 0; i < size; i++)
      numbers[i] = NAN;
}

/* Totals --------------------------------------------------------------------------------- */

void
dhk_draft_file_add_totals (const DhkDraftFile *self, DhkDraftTotals *totals)
{
  guint n_rows = dhk_draft_file_get_n_rows (self);
  guint64 counts[DHK_ROW_ASIDE + 1] = { 0 };

  for (guint row = 0; row < n_rows; row++)
    if (self->far != NULL && (self->far->fates[row] & IS_TOUCHED) == 0)
      counts[self->far->fates[row]]++;
    else
      counts[dhk_draft_file_get_fate (self, row)]++;
  totals->found += self->found;
  totals->added += counts[DHK_ROW_NEW];
  totals->present += counts[DHK_ROW_PRESENT] + counts[DHK_ROW_CHANGED];
  totals->changed += counts[DHK_ROW_CHANGED];
  totals->aside += counts[DHK_ROW_ASIDE];
}
