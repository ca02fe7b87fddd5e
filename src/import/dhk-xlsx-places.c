/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of which a sheet does not hold what a person sees in them: told once, not cell by cell. */

#include "import/dhk-xlsx-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many are named. */
#define N_NAMES 3

void
dhk_xlsx_places_add (DhkXlsxSheetState *self, DhkXlsxPlaces *places, DhkXlsxPiece name)
{
  if (places->n++ >= N_NAMES)
    return;
  if (places->names == NULL)
    places->names = g_string_new (NULL);
  else
    g_string_append (places->names, ", ");
  if (name.start != NULL)
    g_string_append_len (places->names, name.start, name.end - name.start);
  else
    dhk_xlsx_cell_name_append (places->names, self->column, self->row);
}

/* The row of "BC12", 0 when it is no place. */
static guint64
get_row (const char *start, const char *end)
{
  guint64 row = 0;

  while (start < end && g_ascii_isupper (*start))
    start++;
  return dhk_xlsx_unsigned_parse (start, end, DHK_MAX_ROWS, &row) ? row : 0;
}

void
dhk_xlsx_merged_add (DhkXlsxSheetState *self, DhkXlsxPiece reference)
{
  const char *colon = reference.start != NULL
                          ? memchr (reference.start, ':', (gsize) (reference.end - reference.start))
                          : NULL;

  if (colon != NULL && get_row (reference.start, colon) < get_row (colon + 1, reference.end))
    dhk_xlsx_places_add (self, &self->merged, reference);
}

/* The names of the first; NULL when there is none. Frees them. */
static char *
take_names (DhkXlsxPlaces *places)
{
  if (places->n > N_NAMES)
    g_string_append (places->names, ", …");
  return places->names != NULL ? g_string_free (g_steal_pointer (&places->names), FALSE) : NULL;
}

void
dhk_xlsx_places_finish (DhkXlsxSheetState *self)
{
  g_autofree char *unknown = take_names (&self->unknown);
  g_autofree char *merged = take_names (&self->merged);

  if (unknown != NULL)
    dhk_notes_take (
        self->job->notes,
        /* Translators: %s are cells such as B12, C12. */
        g_strdup_printf (ngettext ("The file does not hold the result of %u formula (%s), which "
                                   "counts as unreadable. Open the file in a spreadsheet "
                                   "program, save it there, and import that.",
                                   "The file does not hold the results of %u formulas (%s), which "
                                   "count as unreadable. Open the file in a spreadsheet "
                                   "program, save it there, and import that.",
                                   self->unknown.n),
                         self->unknown.n, unknown));
  if (merged != NULL)
    dhk_notes_take (
        self->job->notes,
        /* Translators: %s are ranges of cells such as B12:B14. */
        g_strdup_printf (ngettext ("%u group of cells is merged (%s): only its first cell holds "
                                   "what it shows, and the rows below have nothing there. Where "
                                   "they should, unmerge it and fill in each.",
                                   "%u groups of cells are merged (%s): only the first cell of "
                                   "each holds what it shows, and the rows below have nothing "
                                   "there. Where they should, unmerge them and fill in each.",
                                   self->merged.n),
                         self->merged.n, merged));
}
