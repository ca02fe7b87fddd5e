/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-row-source.h"

#include <math.h>
#include <string.h>

#include "base/dhk-sha256.h"
#include "base/dhk-twice.h"
#include "import/dhk-form-ids.h"
#include "import/dhk-row-raw.h"
#include "import/dhk-row-times.h"

/* Rows that are read together. */
#define BLOCK 512

typedef struct
{
  guint column;
  gint8 *codes;
  gint8 *settled; /* the same as stored, where no other column of the question counts; or NULL */
  double *numbers;
  gboolean by_row;
} Answer;

struct _DhkRowSource
{
  DhkSheet *sheet;
  GArray *rows;
  GHashTable *asides;
  DhkRowRaw *raw;
  int form_id;
  gboolean trusts_form_id;
  DhkRowTimes times;
  const char *questionnaire;
  guint n_questions;
  GPtrArray *answers; /* GArray of Answer, per question */
  gboolean has_numbers;
  GHashTable *repeats; /* row -> how many of the same are before it, + 1 */
};

DhkRowSource *
dhk_row_source_new (DhkSheet *sheet, GArray *rows, GHashTable *asides)
{
  DhkRowSource *self = g_new0 (DhkRowSource, 1);

  self->sheet = dhk_sheet_ref (sheet);
  self->rows = g_array_ref (rows);
  self->asides = g_hash_table_ref (asides);
  self->raw = dhk_row_raw_new (sheet, rows);
  self->form_id = -1;
  dhk_row_times_init (&self->times, rows->len);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->repeats = g_hash_table_new (NULL, NULL);
  return self;
}

static const DhkRawColumn *
get_column (const DhkRowSource *self, guint column)
{
  return dhk_raw_table_get_column (self->sheet->table, column);
}

void
dhk_row_source_free (DhkRowSource *self)
{
  dhk_row_raw_free (self->raw);
  for (guint q = 0; q < self->answers->len; q++)
    {
      const GArray *answers = g_ptr_array_index (self->answers, q);

      for (guint i = 0; i < answers->len; i++)
        {
          g_free (g_array_index (answers, Answer, i).codes);
          g_free (g_array_index (answers, Answer, i).settled);
          g_free (g_array_index (answers, Answer, i).numbers);
        }
    }
  g_ptr_array_unref (self->answers);
  dhk_row_times_clear (&self->times);
  g_hash_table_unref (self->repeats);
  g_hash_table_unref (self->asides);
  g_array_unref (self->rows);
  dhk_sheet_unref (self->sheet);
  g_free (self);
}

/* Filling ------------------------------------------------------------------------- */

void
dhk_row_source_keep_column (DhkRowSource *self, guint column)
{
  dhk_row_raw_keep (self->raw, column);
}

void
dhk_row_source_set_form_id (DhkRowSource *self, int column)
{
  self->form_id = column;
  if (column >= 0)
    dhk_sheet_freeze (self->sheet, (guint) column);
}

void
dhk_row_source_trust_form_id (DhkRowSource *self)
{
  self->trusts_form_id = TRUE;
}

void
dhk_row_source_set_questionnaire (DhkRowSource *self, const char *id, guint n_questions)
{
  self->questionnaire = id;
  self->n_questions = n_questions;
  while (self->answers->len < n_questions)
    g_ptr_array_add (self->answers, g_array_new (FALSE, FALSE, sizeof (Answer)));
}

void
dhk_row_source_set_time (DhkRowSource *self, guint row, gboolean completed, gint64 seconds)
{
  dhk_row_times_set (&self->times, row, completed, seconds);
}

gint64
dhk_row_source_get_time (const DhkRowSource *self, guint row, gboolean completed)
{
  return dhk_row_times_get (&self->times, row, completed);
}

gboolean
dhk_row_source_is_by_row (const DhkRowSource *self, guint column)
{
  return dhk_raw_column_get_n_shapes (get_column (self, column)) > 0;
}

void
dhk_row_source_add_column (
    DhkRowSource *self, guint question, guint column, gint8 *codes, double *numbers)
{
  Answer answer = { column, codes, NULL, numbers, dhk_row_source_is_by_row (self, column) };

  self->has_numbers |= numbers != NULL;
  g_array_append_val ((GArray *) g_ptr_array_index (self->answers, question), answer);
}

/* Reading --------------------------------------------------------------------------- */

/* What an answer is told by in each of the rows. */
static void
read_places (const DhkRowSource *self, const Answer *answer, guint first, guint n, guint *places)
{
  if (!answer->by_row)
    dhk_raw_column_look_up (get_column (self, answer->column),
                            &g_array_index (self->rows, guint, first), n, places, NULL);
  else
    for (guint i = 0; i < n; i++)
      places[i] = first + i;
}

static gboolean
is_blank (gint8 code)
{
  return code <= DHK_ROW_MISSING (DHK_MISSING_UNREADABLE);
}

/* What is stored of what the columns of a question say. */
static gint8
settle_code (gint8 code)
{
  if (code == DHK_ROW_BLANK)
    return DHK_MISSING_EMPTY;
  return is_blank (code) ? (gint8) (DHK_ROW_BLANK - code) : code;
}

static void
read_question (const DhkRowSource *self, guint question, guint first, guint n, gint8 *codes)
{
  const GArray *answers = g_ptr_array_index (self->answers, question);
  guint width = self->n_questions;
  guint places[BLOCK];

  if (answers->len == 0)
    for (guint i = 0; i < n; i++)
      codes[i * width] = DHK_MISSING_NOT_ASKED;
  if (answers->len == 1 && g_array_index (answers, Answer, 0).settled != NULL)
    {
      const Answer *answer = &g_array_index (answers, Answer, 0);

      dhk_raw_column_translate (get_column (self, answer->column),
                                &g_array_index (self->rows, guint, first), n, answer->settled,
                                codes, width);
      return;
    }
  for (guint a = 0; a < answers->len; a++)
    {
      const Answer *answer = &g_array_index (answers, Answer, a);

      read_places (self, answer, first, n, places);
      if (a == 0)
        for (guint i = 0; i < n; i++)
          codes[i * width] = answer->codes[places[i]];
      else
        for (guint i = 0; i < n; i++)
          {
            gint8 *code = &codes[i * width];
            gint8 next = answer->codes[places[i]];

            if (*code == DHK_ROW_BLANK || (is_blank (*code) && !is_blank (next)))
              *code = next;
          }
    }
  for (guint i = 0; answers->len > 0 && i < n; i++)
    codes[i * width] = settle_code (codes[i * width]);
}

void
dhk_row_source_read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  const DhkRowSource *self = data;
  guint width = self->n_questions;
  gboolean has_asides = g_hash_table_size (self->asides) > 0;

  for (guint part; n > 0; first += part, n -= part, codes += (gsize) part * width)
    {
      part = MIN (n, BLOCK);
      for (guint q = 0; q < width; q++)
        read_question (self, q, first, part, codes + q);
      for (guint i = 0; has_asides && i < part; i++)
        if (g_hash_table_contains (self->asides, GUINT_TO_POINTER (first + i)))
          memset (codes + (gsize) i * width, DHK_MISSING_NOT_ASKED, width);
    }
}

static void
read_question_numbers (
    const DhkRowSource *self, guint question, guint first, guint n, double *numbers)
{
  const GArray *answers = g_ptr_array_index (self->answers, question);
  guint width = self->n_questions;
  gboolean found[BLOCK] = { FALSE };
  guint places[BLOCK];

  for (guint i = 0; i < n; i++)
    numbers[i * width] = NAN;
  for (guint a = 0; a < answers->len; a++)
    {
      const Answer *answer = &g_array_index (answers, Answer, a);

      if (answer->numbers == NULL)
        continue;
      read_places (self, answer, first, n, places);
      for (guint i = 0; i < n; i++)
        if (!found[i] && !is_blank (answer->codes[places[i]])
            && !g_hash_table_contains (self->asides, GUINT_TO_POINTER (first + i)))
          {
            found[i] = TRUE;
            numbers[i * width] = answer->numbers[places[i]];
          }
    }
}

static void
read_numbers (gpointer data, guint first, guint n, double *numbers)
{
  const DhkRowSource *self = data;
  guint width = self->n_questions;

  for (guint part; n > 0; first += part, n -= part, numbers += (gsize) part * width)
    {
      part = MIN (n, BLOCK);
      for (guint q = 0; q < width; q++)
        read_question_numbers (self, q, first, part, numbers + q);
    }
}

/* Identity and content ----------------------------------------------------------------- */

static char *
dup_form_id (const DhkRowSource *self, guint row)
{
  g_autoptr (GString) text = NULL;

  if (self->form_id < 0)
    return NULL;
  text = g_string_sized_new (DHK_SHAPE_SIZE);
  dhk_sheet_append_text (self->sheet, g_array_index (self->rows, guint, row), (guint) self->form_id,
                         text);
  /* A masked address is no number of a response. */
  if (text->len == 0 || strstr (text->str, "[e-mail]") != NULL
      || dhk_sheet_is_missing (self->sheet, g_array_index (self->rows, guint, row),
                               (guint) self->form_id))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* `codes` and `numbers` are the row's, or NULL. */
static char *
hash_content (const DhkRowSource *self, guint row, const gint8 *codes, const double *numbers)
{
  g_autofree gint8 *own_codes = codes == NULL ? g_new (gint8, self->n_questions + 1) : NULL;
  g_autofree double *own_numbers
      = self->has_numbers && numbers == NULL ? g_new (double, self->n_questions + 1) : NULL;
  DhkSha256 hash;

  if (own_codes != NULL)
    dhk_row_source_read_codes ((gpointer) self, row, 1, own_codes);
  if (own_numbers != NULL)
    read_numbers ((gpointer) self, row, 1, own_numbers);
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
  return dhk_sha256_end (&hash);
}

static gint64
to_minutes (gint64 seconds)
{
  return (seconds - (seconds % 60 + 60) % 60) / 60;
}

/* What rows that have no number or no start are known by, besides how many of the same are before. */
static char *
dup_content_key (const DhkRowSource *self, const DhkDraftRow *row)
{
  return g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT "\n%s", self->questionnaire,
                          row->form_id != NULL ? row->form_id : "", row->started, row->content);
}

static void
add_line (DhkSha256 *hash, const char *text)
{
  dhk_sha256_update (hash, text, strlen (text));
  dhk_sha256_update (hash, "\n", 1);
}

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

/*
 * Questionnaire, the form's number and the start: the same in a newer export.
 * The start counts in minutes, since seconds are lost when a workbook is saved as
 * text. Where the start is not known, the number alone tells a response of a form that numbers
 * them itself. Else the content is left, and how many rows before it have the same.
 */
static char *
make_identity (const DhkRowSource *self, guint index, const DhkDraftRow *row)
{
  gboolean is_told = row->form_id != NULL && (row->started != 0 || self->trusts_form_id);
  DhkSha256 hash;

  dhk_sha256_init (&hash);
  if (is_told)
    {
      add_line (&hash, self->questionnaire);
      add_line (&hash, row->form_id);
      add_number (&hash, to_minutes (row->started));
    }
  else
    {
      g_autofree char *key = dup_content_key (self, row);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->repeats, GUINT_TO_POINTER (index)));

      add_line (&hash, key);
      add_number (&hash, MAX (n, 1));
    }
  return dhk_sha256_end (&hash);
}

/* Without the identity. */
static void
read_row_itself (const DhkRowSource *self,
                 guint row,
                 const gint8 *codes,
                 const double *numbers,
                 DhkDraftRow *found)
{
  found->line = dhk_raw_table_get_line (self->sheet->table, g_array_index (self->rows, guint, row));
  found->form_id = dup_form_id (self, row);
  found->started = dhk_row_source_get_time (self, row, FALSE);
  found->completed = dhk_row_source_get_time (self, row, TRUE);
  if (self->questionnaire != NULL)
    found->content = hash_content (self, row, codes, numbers);
}

static void
read_row (gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found)
{
  const DhkRowSource *self = data;

  read_row_itself (self, row, codes, numbers, found);
  if (self->questionnaire != NULL)
    found->identity = make_identity (self, row, found);
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
  gint64 minutes = to_minutes (dhk_row_source_get_time (self, row, FALSE));

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

static void
read_keys (gpointer data, guint64 *keys)
{
  const DhkRowSource *self = data;
  g_auto (DhkFormIds) ids = { NULL };

  dhk_form_ids_init (&ids, self->sheet, self->rows, self->form_id);
  for (guint row = 0; row < self->rows->len; row++)
    if (self->questionnaire == NULL)
      keys[row] = 0;
    else
      keys[row]
          = is_told (self, &ids, row) ? make_key (self, &ids, row) : make_content_key (self, row);
}

/* Rows of the same content, where nothing else tells them apart. */
static void
count_repeats (DhkRowSource *self)
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
      g_auto (DhkDraftRow) found = { 0 };
      char *key;
      guint n;

      read_row_itself (self, row, NULL, NULL, &found);
      key = dup_content_key (self, &found);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)) + 1;
      g_hash_table_insert (seen, key, GUINT_TO_POINTER (n));
      g_hash_table_insert (self->repeats, GUINT_TO_POINTER (row), GUINT_TO_POINTER (n));
    }
}

/* Most questions have one column, whose few different cells are settled once. */
static void
settle_answers (DhkRowSource *self)
{
  for (guint q = 0; q < self->answers->len; q++)
    {
      GArray *answers = g_ptr_array_index (self->answers, q);
      Answer *answer = answers->len == 1 ? &g_array_index (answers, Answer, 0) : NULL;
      guint n;

      if (answer == NULL || answer->by_row)
        continue;
      n = dhk_raw_column_get_n_values (get_column (self, answer->column));
      answer->settled = g_new (gint8, n);
      for (guint value = 0; value < n; value++)
        answer->settled[value] = settle_code (answer->codes[value]);
    }
}

static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  const DhkRowSource *self = data;

  dhk_row_raw_append (self->raw, first, n, lines);
}

static void
free_source (gpointer data)
{
  dhk_row_source_free (data);
}

void
dhk_row_source_give (DhkRowSource *self, DhkDraftFile *file)
{
  const DhkDraftSource source = {
    .data = self,
    .free = free_source,
    .n_rows = self->rows->len,
    .has_numbers = self->has_numbers,
    .read_codes = dhk_row_source_read_codes,
    .read_numbers = read_numbers,
    .read_row = read_row,
    .read_keys = read_keys,
    .append_raw = append_raw,
  };

  dhk_row_raw_finish (self->raw);
  settle_answers (self);
  if (self->questionnaire != NULL)
    count_repeats (self);
  dhk_draft_file_set_source (file, &source);
}
