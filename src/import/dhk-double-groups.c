/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-double-groups.h"

#include <string.h>

#include "base/dhk-halves.h"
#include "base/dhk-twice.h"

/* Rows --------------------------------------------------------------------------- */

DhkDraftRow *
dhk_double_get_row (const DhkDoublePlace *place)
{
  return dhk_draft_file_get_row (place->file->file, place->row);
}

gint64
dhk_double_get_time (const DhkDoublePlace *place)
{
  const DhkDraftRow *row = dhk_double_get_row (place);

  return row->completed != 0 ? row->completed : row->started;
}

static gboolean
is_open (const DhkDoublePlace *place)
{
  return dhk_draft_file_get_fate (place->file->file, place->row) == DHK_ROW_NEW;
}

/* Groups: key -> GArray of DhkDoublePlace, in the order of the files ------------------ */

/* What rows of a group have in common; NULL where the row can be in none. */
typedef char *(*KeyFunc) (const DhkDoublePlace *place);

/* A hash of the same for every row of a file; 0 where there is none. */
typedef void (*HashFunc) (DhkRecogniser *file, guint64 *keys);

/* The rows whose hash another row has as well, so few that their keys can be compared. */
static GArray *
find_places (GPtrArray *files, HashFunc hash)
{
  g_autofree guint64 *keys = NULL;
  g_autoptr (GArray) found = NULL;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (DhkDoublePlace));
  guint n = 0;
  guint file = 0;
  guint before = 0;

  for (guint f = 0; f < files->len; f++)
    n += ((DhkRecogniser *) g_ptr_array_index (files, f))->rows->len;
  keys = g_new0 (guint64, (gsize) n + 1);
  n = 0;
  for (guint f = 0; f < files->len; f++)
    {
      DhkRecogniser *one = g_ptr_array_index (files, f);

      if (one->questionnaire != NULL)
        hash (one, keys + n);
      n += one->rows->len;
    }
  found = dhk_twice_find (keys, n);
  for (guint i = 0; i < found->len; i++)
    {
      guint at = g_array_index (found, guint, i);
      DhkDoublePlace place;

      while (at - before >= ((DhkRecogniser *) g_ptr_array_index (files, file))->rows->len)
        before += ((DhkRecogniser *) g_ptr_array_index (files, file++))->rows->len;
      place = (DhkDoublePlace){ g_ptr_array_index (files, file), at - before };
      g_array_append_val (places, place);
    }
  return places;
}

/* Rows whose identity another row may have as well. */
static GArray *
list_twins (GPtrArray *files)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (DhkDoublePlace));

  for (guint f = 0; f < files->len; f++)
    {
      DhkRecogniser *file = g_ptr_array_index (files, f);
      const GArray *twins = file->file->twins;

      for (guint i = 0; file->questionnaire != NULL && i < twins->len; i++)
        {
          DhkDoublePlace place = { file, g_array_index (twins, guint, i) };

          g_array_append_val (places, place);
        }
    }
  return places;
}

/* Takes the places. */
static GPtrArray *
group_places (GArray *taken, KeyFunc get_key)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) places = taken;
  GPtrArray *several = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < places->len; i++)
    {
      DhkDoublePlace place = g_array_index (places, DhkDoublePlace, i);
      char *key = is_open (&place) ? get_key (&place) : NULL;
      GArray *group;

      if (key == NULL)
        continue;
      group = g_hash_table_lookup (by_key, key);
      if (group == NULL)
        {
          group = g_array_new (FALSE, FALSE, sizeof (DhkDoublePlace));
          g_ptr_array_add (all, group);
          g_hash_table_insert (by_key, key, group);
        }
      else
        g_free (key);
      g_array_append_val (group, place);
    }
  for (guint i = 0; i < all->len; i++)
    {
      GArray *group = g_ptr_array_index (all, i);

      if (group->len > 1)
        g_ptr_array_add (several, g_array_ref (group));
    }
  return several;
}

static char *
key_identity (const DhkDoublePlace *place)
{
  return g_strdup (dhk_double_get_row (place)->identity);
}

char *
dhk_double_dup_email (const DhkDoublePlace *place)
{
  const DhkCell *cell;
  g_autofree char *text = NULL;

  if (place->file->email < 0)
    return NULL;
  cell = dhk_recogniser_get_word (place->file, place->row, (guint) place->file->email)->cell;
  if (cell->kind != DHK_CELL_TEXT || strchr (cell->text, '@') == NULL)
    return NULL;
  text = g_strstrip (g_strdup (cell->text));
  return g_utf8_casefold (text, -1);
}

static void
hash_persons (DhkRecogniser *file, guint64 *keys)
{
  for (DhkDoublePlace place = { file, 0 }; file->email >= 0 && place.row < file->rows->len;
       place.row++)
    {
      DhkWordText text;
      const DhkWord *word = dhk_recogniser_peek_word (file, place.row, (guint) file->email, &text);
      g_autofree char *email = NULL;

      if (word->cell->kind == DHK_CELL_TEXT && strchr (word->cell->text, '@') != NULL)
        email = dhk_double_dup_email (&place);
      if (email != NULL)
        keys[place.row] = dhk_twice_key (0, email, strlen (email));
    }
}

static char *
key_person (const DhkDoublePlace *place)
{
  g_autofree char *email = dhk_double_dup_email (place);

  return email == NULL ? NULL : g_strdup_printf ("%s\n%s", place->file->questionnaire->id, email);
}

static gboolean
has_item_answer (const DhkDoublePlace *place)
{
  const DhkQuestionnaire *questionnaire = place->file->questionnaire;
  const gint8 *codes = dhk_draft_file_get_codes (place->file->file, place->row);

  for (guint q = 0; q < questionnaire->n_questions; q++)
    if (questionnaire->questions[q].item >= 0 && codes[q] >= 0)
      return TRUE;
  return FALSE;
}

#define BLOCK 256

typedef struct
{
  DhkRecogniser *file;
  guint64 *keys;
} Contents;

static void
hash_some_contents (guint first, guint n_rows, guint half, gpointer data)
{
  const Contents *self = data;
  const DhkDraftFile *file = self->file->file;
  guint n = file->n_questions;
  gboolean numbered = dhk_draft_file_has_numbers (file);
  g_autofree gint8 *codes = g_new (gint8, (gsize) n * BLOCK + 1);
  g_autofree double *numbers = numbered ? g_new (double, (gsize) n *BLOCK + 1) : NULL;
  guint64 *keys = self->keys + first;

  for (guint part; n_rows > 0; first += part, n_rows -= part, keys += part)
    {
      part = MIN (BLOCK, n_rows);
      dhk_draft_file_read_codes (file, first, part, codes);
      if (numbered)
        dhk_draft_file_read_numbers (file, first, part, numbers);
      for (guint i = 0; i < part; i++)
        {
          keys[i] = dhk_twice_key (0, codes + (gsize) i * n, n);
          if (numbered)
            keys[i] = dhk_twice_key (keys[i], numbers + (gsize) i * n, n * sizeof (double));
        }
    }
}

static void
hash_contents (DhkRecogniser *file, guint64 *keys)
{
  Contents contents = { file, keys };

  dhk_halves_do (file->rows->len, hash_some_contents, &contents);
}

/* Two who gave their background only are not one for that. */
static char *
key_content (const DhkDoublePlace *place)
{
  return dhk_double_get_time (place) != 0 && has_item_answer (place)
             ? g_strdup (dhk_double_get_row (place)->content)
             : NULL;
}

GPtrArray *
dhk_double_group_responses (GPtrArray *files)
{
  if (files->len > 0)
    dhk_draft_find_twins (((DhkRecogniser *) g_ptr_array_index (files, 0))->draft);
  return group_places (list_twins (files), key_identity);
}

GPtrArray *
dhk_double_group_persons (GPtrArray *files)
{
  return group_places (find_places (files, hash_persons), key_person);
}

GPtrArray *
dhk_double_group_contents (GPtrArray *files)
{
  return group_places (find_places (files, hash_contents), key_content);
}
