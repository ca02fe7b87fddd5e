/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every column seems to be, by its head and by what most of its cells are. */

#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "import/dhk-head-key.h"

/* The head ---------------------------------------------------------------- */

/* The same statement asked twice in one questionnaire. */
static gboolean
is_twin (const GArray *hits)
{
  for (guint i = 1; hits != NULL && i < hits->len; i++)
    if (g_array_index (hits, DhkHit, i).questionnaire
        == g_array_index (hits, DhkHit, i - 1).questionnaire)
      return TRUE;
  return FALSE;
}

/* A number is only taken for Forms' own when what is left is a head as well, or asked twice. */
static gboolean
take_hits (DhkRecogniser *self, DhkColumnWork *column, const char *key, GHashTable *keys)
{
  guint suffix;
  g_autofree char *stem = NULL;
  const GArray *hits = dhk_catalogue_find (self->catalogue, key);

  if (hits != NULL)
    {
      column->stem = g_strdup (key);
      column->hits = hits;
      return TRUE;
    }
  stem = g_strndup (key, dhk_sheet_get_stem (key, &suffix));
  hits = suffix > 0 ? dhk_catalogue_find (self->catalogue, stem) : NULL;
  if (hits == NULL || (!g_hash_table_contains (keys, stem) && !is_twin (hits)))
    return FALSE;
  column->suffix = suffix;
  column->stem = g_steal_pointer (&stem);
  column->hits = hits;
  return TRUE;
}

/* A name tells apart what the statement does not. */
static void
take_name (DhkRecogniser *self, DhkColumnWork *column, const char *name)
{
  const GArray *hits = name[0] != '\0' ? dhk_catalogue_find (self->catalogue, name) : NULL;

  if (hits == NULL || (column->hits != NULL && !is_twin (column->hits)))
    return;
  g_free (column->stem);
  column->stem = g_strdup (name);
  column->suffix = 0;
  column->hits = hits;
}

/* "How often? [I am heard]" where the statement is one of several choices. */
static gboolean
take_choice (DhkRecogniser *self, DhkColumnWork *column, const DhkHeadReading *reading)
{
  g_autofree char *key = NULL;

  if (reading->above == NULL)
    return FALSE;
  key = dhk_catalogue_dup_choice_key (reading->above, reading->statement);
  column->hits = dhk_catalogue_find (self->catalogue, key);
  if (column->hits != NULL)
    column->stem = g_steal_pointer (&key);
  return column->hits != NULL;
}

/* The head as it stands, then what programs put around it taken off, then its name. */
static void
look_up_head (DhkRecogniser *self,
              DhkColumnWork *column,
              const DhkShapeHead *head,
              GPtrArray *readings,
              GHashTable *keys)
{
  gboolean found = take_hits (self, column, head->fold, keys);

  for (guint i = 0; i < readings->len && !found; i++)
    {
      const DhkHeadReading *reading = g_ptr_array_index (readings, i);

      found = take_choice (self, column, reading)
              || take_hits (self, column, reading->statement, keys);
      if (found)
        column->above = g_strdup (reading->above);
    }
  take_name (self, column, head->name);
  if (column->stem == NULL)
    column->stem = dhk_head_key_dup_bare (head->fold);
}

/* The role ---------------------------------------------------------------- */

/* Fills n_filled and n_missing; TRUE when most cells are addresses. */
static gboolean
is_personal_content (DhkRecogniser *self, DhkColumnWork *column)
{
  g_autoptr (GArray) tally = dhk_recogniser_tally (self, column->index, FALSE, TRUE);
  guint n_personal = 0;

  for (guint i = 0; i < tally->len; i++)
    {
      const DhkTally *one = &g_array_index (tally, DhkTally, i);
      const DhkWord *word = dhk_recogniser_get_word (self, one->row, column->index);

      if (dhk_word_is_blank (word))
        continue;
      column->n_filled += one->n;
      if (word->cell->kind == DHK_CELL_MISSING)
        column->n_missing += one->n;
      if (word->personal)
        n_personal += one->n;
    }
  return n_personal * 2 > column->n_filled;
}

static void
set_fixed_role (DhkRecogniser *self, DhkColumnWork *column, int *place, DhkColumnRole role)
{
  if (*place < 0)
    {
      *place = (int) column->index;
      dhk_recogniser_set_role (column, role, _ ("a fixed column of the form"));
    }
  else
    dhk_recogniser_set_role (column, DHK_COLUMN_TECHNICAL,
                             _ ("a second column of this kind: not used"));
}

static void
judge_column (DhkRecogniser *self, DhkColumnWork *column)
{
  gboolean personal = is_personal_content (self, column);

  if (column->kind == DHK_HEAD_EMAIL)
    {
      if (self->email < 0)
        self->email = (int) column->index;
      dhk_recogniser_set_role (column, DHK_COLUMN_PERSONAL,
                               _ ("personal by its head: stays out of the study"));
    }
  else if (personal && column->n_filled > 0)
    {
      column->addresses = TRUE;
      dhk_recogniser_set_role (column, DHK_COLUMN_PERSONAL,
                               _ ("most cells are addresses: stays out of the study"));
    }
  else if (column->kind == DHK_HEAD_PERSONAL && column->hits == NULL)
    dhk_recogniser_set_role (column, DHK_COLUMN_PERSONAL,
                             _ ("personal by its head: stays out of the study"));
  else if (column->hits != NULL)
    column->role = DHK_COLUMN_UNMATCHED; /* until it is matched */
  else if (column->kind == DHK_HEAD_FORM_ID)
    set_fixed_role (self, column, &self->form_id, DHK_COLUMN_FORM_ID);
  else if (column->kind == DHK_HEAD_STARTED)
    set_fixed_role (self, column, &self->started, DHK_COLUMN_STARTED);
  else if (column->kind == DHK_HEAD_COMPLETED)
    set_fixed_role (self, column, &self->completed, DHK_COLUMN_COMPLETED);
  else if (column->kind != DHK_HEAD_OTHER)
    dhk_recogniser_set_role (column, DHK_COLUMN_TECHNICAL, _ ("a technical column: not used"));
  else if (dhk_head_words_sound_personal (column->stem))
    dhk_recogniser_set_role (column, DHK_COLUMN_PERSONAL,
                             _ ("personal by a word of its head: stays out of the study"));
  else
    column->role = DHK_COLUMN_UNMATCHED;
}

/* Every head and every reading of it: what a number may stand behind. */
static GPtrArray *
list_readings (DhkRecogniser *self, GHashTable *keys)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint c = 0; c < self->sheet->n_columns; c++)
    {
      const DhkShapeHead *head = dhk_shape_get_head (self->shape, c);
      GPtrArray *readings = dhk_head_key_list (head->fold);

      g_ptr_array_add (all, readings);
      g_hash_table_add (keys, head->fold);
      for (guint i = 0; i < readings->len; i++)
        g_hash_table_add (keys, ((DhkHeadReading *) g_ptr_array_index (readings, i))->statement);
    }
  return all;
}

void
dhk_recogniser_describe (DhkRecogniser *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) readings = list_readings (self, keys);

  g_array_set_size (self->columns, self->sheet->n_columns);
  for (guint c = 0; c < self->sheet->n_columns; c++)
    {
      const DhkShapeHead *head = dhk_shape_get_head (self->shape, c);
      DhkColumnWork *column = dhk_recogniser_get_column (self, c);

      column->index = c;
      column->question = column->hint = -1;
      column->head = g_strdup (head->text);
      column->kind = head->kind;
      look_up_head (self, column, head, g_ptr_array_index (readings, c), keys);
      judge_column (self, column);
    }
}
