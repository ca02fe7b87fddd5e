/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-type-split.h"

#include <glib/gi18n-lib.h>

#include "base/dhk-text.h"

static void
free_part (gpointer data)
{
  DhkTypePart *part = data;

  g_array_unref (part->rows);
  g_free (part->id);
  g_free (part->label);
  g_free (part);
}

static DhkTypePart *
new_part (void)
{
  DhkTypePart *part = g_new0 (DhkTypePart, 1);

  part->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  part->questionnaire = -1;
  return part;
}

static void
add_label (GHashTable *types, const char *label, guint type)
{
  if (label != NULL)
    g_hash_table_insert (types, dhk_text_fold (label), GUINT_TO_POINTER (type + 1));
}

/* Folded id, label or plural -> type + 1. */
static GHashTable *
list_types (DhkInstrument *instrument)
{
  GHashTable *types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < dhk_instrument_get_n_types (instrument); i++)
    {
      const DhkRole *role = dhk_instrument_get_role (instrument, i);

      add_label (types, role->id, i);
      for (guint language = 0; language < DHK_N_LANGUAGES; language++)
        {
          add_label (types, role->label.in[language], i);
          add_label (types, role->plural.in[language], i);
        }
    }
  return types;
}

static guint
get_type (DhkSheet *sheet, GHashTable *types, guint row, guint column)
{
  const DhkWord *word = dhk_sheet_get_word (sheet, row, column);

  return GPOINTER_TO_UINT (g_hash_table_lookup (types, word->fold));
}

/* The column in which most rows name a type, or -1. */
static int
find_column (DhkSheet *sheet, DhkCatalogue *catalogue, GHashTable *types)
{
  for (guint c = 0; c < sheet->n_columns; c++)
    {
      const DhkWord *head = dhk_sheet_get_word (sheet, sheet->head_row, c);
      guint n = 0;

      if (dhk_head_words_classify (head->fold) != DHK_HEAD_TYPE
          || dhk_catalogue_find (catalogue, head->fold) != NULL)
        continue;
      for (guint i = 0; i < sheet->rows->len; i++)
        if (get_type (sheet, types, g_array_index (sheet->rows, guint, i), c) > 0)
          n++;
      if (n * 2 > sheet->rows->len)
        return (int) c;
    }
  return -1;
}

static int
find_questionnaire (DhkInstrument *instrument, guint type)
{
  int found = -1;

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      if (dhk_instrument_get_questionnaire (instrument, i)->type != type)
        continue;
      if (found >= 0)
        return -1;
      found = (int) i;
    }
  return found;
}

static DhkTypePart *
make_part (DhkInstrument *instrument, guint type)
{
  const DhkRole *role = dhk_instrument_get_role (instrument, type);
  DhkTypePart *part = new_part ();

  part->id = g_strdup (role->id);
  part->label = g_strdup (dhk_text_get (&role->label, dhk_language_of_messages ()));
  part->questionnaire = find_questionnaire (instrument, type);
  return part;
}

static void
split_rows (
    DhkSheet *sheet, DhkInstrument *instrument, GHashTable *types, guint column, GPtrArray *parts)
{
  guint n_types = dhk_instrument_get_n_types (instrument);
  g_autofree DhkTypePart **by_type = g_new0 (DhkTypePart *, n_types);
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (guint));
  DhkTypePart *first;

  for (guint i = 0; i < sheet->rows->len; i++)
    {
      guint row = g_array_index (sheet->rows, guint, i);
      guint type = get_type (sheet, types, row, column);

      if (type == 0)
        {
          g_array_append_val (unknown, row);
          continue;
        }
      if (by_type[type - 1] == NULL)
        {
          by_type[type - 1] = make_part (instrument, type - 1);
          g_ptr_array_add (parts, by_type[type - 1]);
        }
      g_array_append_val (by_type[type - 1]->rows, row);
    }

  for (guint i = 0; i < parts->len; i++)
    {
      DhkTypePart *part = g_ptr_array_index (parts, i);

      part->n_known = part->rows->len;
    }
  /* They belong nowhere, and are kept with the first part. */
  first = g_ptr_array_index (parts, 0);
  g_array_append_vals (first->rows, unknown->data, unknown->len);
  if (parts->len == 1)
    {
      g_clear_pointer (&first->id, g_free);
      g_clear_pointer (&first->label, g_free);
    }
}

GPtrArray *
dhk_type_split (DhkSheet *sheet, DhkInstrument *instrument, DhkCatalogue *catalogue)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (free_part);
  g_autoptr (GHashTable) types = NULL;
  int column;

  g_return_val_if_fail (sheet != NULL, parts);

  types = list_types (instrument);
  column = find_column (sheet, catalogue, types);
  if (column >= 0)
    split_rows (sheet, instrument, types, (guint) column, parts);
  else
    {
      DhkTypePart *part = new_part ();

      g_array_unref (part->rows);
      part->rows = g_array_ref (sheet->rows);
      part->n_known = part->rows->len;
      g_ptr_array_add (parts, part);
    }
  return parts;
}

void
dhk_type_part_set_aside (const DhkTypePart *part, DhkRecogniser *recogniser)
{
  for (guint row = part->n_known; row < part->rows->len; row++)
    g_hash_table_insert (recogniser->asides, GUINT_TO_POINTER (row),
                         g_strdup (_ ("it does not say which respondent type it is of")));
}
