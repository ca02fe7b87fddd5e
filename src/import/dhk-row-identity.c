/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What tells the rows of a file apart, here and in a newer export: the form's number with the start,
 * else the content; and a hash of either for finding in little memory what may be there twice.
 */

#include "import/dhk-row-source-private.h"

#include <math.h>
#include <string.h>

#include "base/dhk-halves.h"
#include "base/dhk-sha256.h"
#include "base/dhk-twice.h"
#include "import/dhk-form-ids.h"

/* Content and identity ----------------------------------------------------------------- */

/* Appends the form's number of the row, where it has one. */
static void
append_form_id (const DhkRowSource *self, guint row, GString *text)
{
  guint in_table = g_array_index (self->rows, guint, row);
  gsize before = text->len;
  const char *appended;

  if (self->form_id < 0)
    return;
  dhk_sheet_append_text (self->sheet, in_table, (guint) self->form_id, text);
  appended = text->str + before;
  /* A masked address is no number of a response. */
  if ((strchr (appended, '[') != NULL && strstr (appended, "[e-mail]") != NULL)
      || dhk_sheet_is_missing (self->sheet, in_table, (guint) self->form_id))
    g_string_truncate (text, before);
}

/* `codes` and `numbers` are the row's, or NULL. */
static void
hash_content (
    const DhkRowSource *self, guint row, const gint8 *codes, const double *numbers, guint8 *bytes)
{
  g_autofree gint8 *own_codes = codes == NULL ? g_new (gint8, self->n_questions + 1) : NULL;
  g_autofree double *own_numbers
      = self->has_numbers && numbers == NULL ? g_new (double, self->n_questions + 1) : NULL;
  DhkSha256 hash;

  if (own_codes != NULL)
    dhk_row_source_read_codes ((gpointer) self, row, 1, own_codes);
  if (own_numbers != NULL)
    dhk_row_source_read_numbers ((gpointer) self, row, 1, own_numbers);
  if (numbers == NULL)
    numbers = own_numbers;
  dhk_sha256_init (&hash);
  dhk_sha256_update (&hash, self->questionnaire, strlen (self->questionnaire));
  dhk_sha256_update (&hash, "\n", 1);
  dhk_sha256_update (&hash, codes != NULL ? codes : own_codes, self->n_questions);
  for (guint q = 0; self->has_numbers && q < self->n_questions; q++)
    if (!isnan (numbers[q]))
      {
        char buffer[G_ASCII_DTOSTR_BUF_SIZE];

        g_ascii_dtostr (buffer, sizeof buffer, numbers[q]);
        dhk_sha256_update (&hash, buffer, strlen (buffer) + 1);
      }
  dhk_sha256_end_bytes (&hash, bytes);
}

/* What rows that have no number or no start are known by, besides how many of the same are before. */
static char *
dup_content_key (const DhkRowSource *self, const char *form_id, const DhkDraftFacts *facts)
{
  g_autofree char *content = dhk_sha256_dup_text (facts->content);

  return g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT "\n%s", self->questionnaire, form_id,
                          facts->started, content);
}

/*
 * Questionnaire, the form's number and the start: the same in a newer export. Where the start is
 * not known, the number alone tells a response of a form that numbers them itself. Else the content is left,
 * and how many rows before it have the same. `form_id` is "" where there is none.
 */
static void
hash_identity (const DhkRowSource *self, guint row, const char *form_id, DhkDraftFacts *facts)
{
  g_autofree char *key = NULL;
  DhkSha256 hash;
  char count[16];
  guint n;

  if (*form_id != '\0' && (facts->started != 0 || self->trusts_form_id))
    {
      dhk_draft_row_hash_identity (self->questionnaire, form_id, facts->started, facts->identity);
      return;
    }
  key = dup_content_key (self, form_id, facts);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->repeats, GUINT_TO_POINTER (row)));
  g_snprintf (count, sizeof count, "\n%u", MAX (n, 1));
  dhk_sha256_init (&hash);
  dhk_sha256_update (&hash, key, strlen (key));
  dhk_sha256_update (&hash, count, strlen (count));
  dhk_sha256_end_bytes (&hash, facts->identity);
}

/* Without the identity. */
static void
read_facts (const DhkRowSource *self,
            guint row,
            const gint8 *codes,
            const double *numbers,
            DhkDraftFacts *facts)
{
  facts->started = dhk_row_source_get_time (self, row, FALSE);
  facts->completed = dhk_row_source_get_time (self, row, TRUE);
  hash_content (self, row, codes, numbers, facts->content);
}

void
dhk_row_source_read_facts (gpointer data,
                           guint row,
                           const gint8 *codes,
                           const double *numbers,
                           DhkDraftFacts *facts,
                           GString *form_id)
{
  const DhkRowSource *self = data;
  gsize before = form_id->len;

  append_form_id (self, row, form_id);
  read_facts (self, row, codes, numbers, facts);
  hash_identity (self, row, form_id->str + before, facts);
}

void
dhk_row_source_read_row (
    gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found)
{
  const DhkRowSource *self = data;
  g_autoptr (GString) form_id = g_string_sized_new (DHK_SHAPE_SIZE);
  DhkDraftFacts facts = { 0 };

  found->line = dhk_raw_table_get_line (self->sheet->table, g_array_index (self->rows, guint, row));
  found->started = dhk_row_source_get_time (self, row, FALSE);
  found->completed = dhk_row_source_get_time (self, row, TRUE);
  if (self->questionnaire != NULL)
    {
      dhk_row_source_read_facts (data, row, codes, numbers, &facts, form_id);
      found->content = dhk_sha256_dup_text (facts.content);
      found->identity = dhk_sha256_dup_text (facts.identity);
    }
  else
    append_form_id (self, row, form_id);
  if (form_id->len > 0)
    found->form_id = g_string_free (g_steal_pointer (&form_id), FALSE);
}

/* Keys ------------------------------------------------------------------------------------ */

/* Whether the form's number and the start tell the response. */
static gboolean
is_told (const DhkRowSource *self, DhkFormIds *ids, guint row)
{
  return (self->trusts_form_id || dhk_row_source_get_time (self, row, FALSE) != 0)
         && dhk_form_ids_has (ids, row);
}

/* Of both of them. */
static guint64
make_key (const DhkRowSource *self, DhkFormIds *ids, guint row)
{
  gint64 minutes = dhk_draft_row_get_minutes (dhk_row_source_get_time (self, row, FALSE));

  return dhk_form_ids_add_to_key (ids, row, dhk_twice_key (0, &minutes, sizeof minutes));
}

static guint64
make_content_key (const DhkRowSource *self, guint row)
{
  g_autofree gint8 *codes = g_new (gint8, self->n_questions + 1);
  gint64 started = dhk_row_source_get_time (self, row, FALSE);

  dhk_row_source_read_codes ((gpointer) self, row, 1, codes);
  return dhk_twice_key (dhk_twice_key (1, &started, sizeof started), codes, self->n_questions);
}

typedef struct
{
  const DhkRowSource *source;
  guint64 *keys;
} Keys;

static void
read_some_keys (guint first, guint n, guint half, gpointer data)
{
  const Keys *all = data;
  const DhkRowSource *self = all->source;
  g_auto (DhkFormIds) ids = { NULL };

  dhk_form_ids_init (&ids, self->sheet, self->rows, self->form_id);
  for (guint row = first; row < first + n; row++)
    if (self->questionnaire == NULL)
      all->keys[row] = 0;
    else
      all->keys[row]
          = is_told (self, &ids, row) ? make_key (self, &ids, row) : make_content_key (self, row);
}

void
dhk_row_source_read_keys (gpointer data, guint64 *keys)
{
  Keys all = { data, keys };

  dhk_halves_do (all.source->rows->len, read_some_keys, &all);
}

/* Rows of the same content, where nothing else tells them apart. */
void
dhk_row_source_count_repeats (DhkRowSource *self)
{
  g_auto (DhkFormIds) ids = { NULL };
  g_autofree guint64 *keys = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) places = NULL;

  dhk_form_ids_init (&ids, self->sheet, self->rows, self->form_id);
  for (guint row = 0; row < self->rows->len; row++)
    {
      if (is_told (self, &ids, row))
        continue;
      if (keys == NULL)
        keys = g_new0 (guint64, self->rows->len);
      keys[row] = make_content_key (self, row);
    }
  if (keys == NULL)
    return;
  places = dhk_twice_find (keys, self->rows->len);
  for (guint i = 0; i < places->len; i++)
    {
      guint row = g_array_index (places, guint, i);
      g_autoptr (GString) form_id = g_string_new (NULL);
      DhkDraftFacts facts;
      char *key;
      guint n;

      append_form_id (self, row, form_id);
      read_facts (self, row, NULL, NULL, &facts);
      key = dup_content_key (self, form_id->str, &facts);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)) + 1;
      g_hash_table_insert (seen, key, GUINT_TO_POINTER (n));
      g_hash_table_insert (self->repeats, GUINT_TO_POINTER (row), GUINT_TO_POINTER (n));
    }
}
