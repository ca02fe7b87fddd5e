/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-sheet-values.h"

#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "import/dhk-labels.h"

#define MOST_LABELS 11
#define LONGEST_LABEL 120
#define LOOK_AT 5000 /* rows; more say nothing new */

static void
look_at_number (const DhkWord *word, DhkValueRange *range)
{
  double number;

  if (word->personal || !dhk_number_from_file (word->text, &number))
    {
      range->is_number = FALSE;
      return;
    }
  range->low = MIN (range->low, number);
  range->high = MAX (range->high, number);
}

/* A semicolon stands between several choices. */
static gboolean
may_be_label (const DhkWord *word)
{
  return !word->personal && g_utf8_strlen (word->text, -1) <= LONGEST_LABEL
         && strchr (word->text, ';') == NULL;
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  double x, y;

  if (dhk_number_from_file (one, &x) && dhk_number_from_file (other, &y))
    return (x > y) - (x < y);
  return g_utf8_collate (one, other);
}

GPtrArray *
dhk_sheet_list_values (DhkSheet *self, const GArray *rows, guint column, DhkValueRange *range)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean fits = TRUE;

  *range = (DhkValueRange){ TRUE, G_MAXDOUBLE, -G_MAXDOUBLE };
  for (guint i = 0; i < MIN (rows->len, LOOK_AT) && (fits || range->is_number); i++)
    {
      const DhkWord *word = dhk_sheet_get_word (self, g_array_index (rows, guint, i), column);

      if (dhk_word_is_blank (word))
        continue;
      look_at_number (word, range);
      if (!g_hash_table_add (seen, g_strdup (word->fold)))
        continue;
      fits = fits && labels->len < MOST_LABELS && may_be_label (word);
      if (fits)
        g_ptr_array_add (labels, g_strdup (word->text));
    }
  range->is_number = range->is_number && range->low <= range->high && range->low >= -1000000
                     && range->high <= 1000000;
  g_ptr_array_sort (labels, compare_labels);
  return fits && labels->len > 0 ? g_steal_pointer (&labels) : NULL;
}
