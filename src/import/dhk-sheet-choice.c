/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-sheet-choice.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-text.h"
#include "import/dhk-import-error.h"
#include "import/dhk-import.h"
#include "import/dhk-sheet.h"

/* Enough to find the head. */
#define LOOK_ROWS 12

#define ALL "all"

char *
dhk_sheet_choice_dup_name (DhkReader *reader, guint sheet)
{
  const char *name = dhk_reader_get_sheet_name (reader, sheet);
  char *masked = dhk_text_mask_emails (name);

  return masked != NULL ? masked : g_strdup (name);
}

/* FALSE with an error; a sheet that is no table has no fit. */
static gboolean
look_at (const DhkSheetChoice *self, guint i, guint *fit, gboolean *has_answers, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (DhkRawTable) table
      = dhk_raw_table_read (self->reader, i, LOOK_ROWS, self->cancellable, NULL, NULL, &problem);
  g_autoptr (DhkSheet) sheet = table != NULL ? dhk_sheet_new (table, self->catalogue) : NULL;

  *fit = 0;
  *has_answers = FALSE;
  if (sheet == NULL && !g_error_matches (problem, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (sheet != NULL)
    {
      /* A visible one before a hidden one. */
      *fit = 1 + 2 * sheet->fit + (dhk_reader_get_sheet_visible (self->reader, i) ? 1 : 0);
      *has_answers = sheet->n_questions > 1;
    }
  return TRUE;
}

/* NULL while it is open. */
static const char *
ask (const DhkSheetChoice *self, const GArray *seen)
{
  dhk_asker_begin (
      self->asker, g_strdup_printf ("%s" DHK_IMPORT_SHEET_SUFFIX, self->slug),
      g_strdup_printf (_ ("Several sheets of “%s” hold answers. Which one is read?"), self->name),
      NULL);
  for (guint i = 0; i < seen->len; i++)
    {
      guint sheet = g_array_index (seen, guint, i);
      g_autofree char *id = g_strdup_printf ("%u", sheet + 1);

      dhk_asker_choice (self->asker, id, dhk_sheet_choice_dup_name (self->reader, sheet));
    }
  dhk_asker_choice (self->asker, ALL, g_strdup (_ ("All of them")));
  return dhk_asker_end (self->asker, NULL);
}

static GArray *
choose (const DhkSheetChoice *self, GArray *seen, guint best)
{
  const char *chosen = seen->len > 1 ? ask (self, seen) : NULL;
  GArray *sheets;

  if (g_strcmp0 (chosen, ALL) == 0)
    return g_array_ref (seen);
  if (chosen != NULL)
    best = (guint) g_ascii_strtoull (chosen, NULL, 10) - 1;
  sheets = g_array_new (FALSE, FALSE, sizeof (guint));
  return g_array_append_val (sheets, best);
}

GArray *
dhk_sheet_choice_make (const DhkSheetChoice *self, guint *n_fitting, GError **error)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_sheets = dhk_reader_get_n_sheets (self->reader);
  guint best_fit = 0;
  guint best = 0;

  *n_fitting = 1;
  if (n_sheets <= 1)
    return choose (self, seen, 0);
  *n_fitting = 0;
  for (guint i = 0; i < n_sheets; i++)
    {
      gboolean has_answers;
      guint fit;

      if (!look_at (self, i, &fit, &has_answers, error))
        return NULL;
      *n_fitting += has_answers ? 1 : 0;
      if (has_answers && dhk_reader_get_sheet_visible (self->reader, i))
        g_array_append_val (seen, i);
      if (fit > best_fit)
        {
          best_fit = fit;
          best = i;
        }
    }
  if (best_fit > 0)
    return choose (self, seen, best);
  g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
               _ ("“%s” holds no table. Nothing was stored. Choose the file that the form "
                  "exports."),
               self->name);
  return NULL;
}
