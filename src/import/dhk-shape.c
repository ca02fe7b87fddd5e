/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-shape.h"

#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-head-key.h"

/* Head rows are looked for in so many rows. */
#define LOOK_ROWS 12

static void
free_head (gpointer data)
{
  DhkShapeHead *head = data;

  g_free (head->text);
  g_free (head->fold);
  g_free (head->name);
  g_free (head);
}

void
dhk_shape_free (DhkShape *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->heads);
  g_free (self);
}

const DhkShapeHead *
dhk_shape_get_head (const DhkShape *self, guint column)
{
  g_return_val_if_fail (self != NULL && column < self->heads->len, NULL);

  return g_ptr_array_index (self->heads, column);
}

static const DhkWord *
get_word (DhkSheet *sheet, guint row, guint column)
{
  return dhk_sheet_get_word (sheet, row, column);
}

/* Qualtrics ------------------------------------------------------------------ */

static const char *const qualtrics_names[] = {
  "startdate",        "enddate",     "status",
  "progress",         "finished",    "recordeddate",
  "responseid",       "responseset", "distributionchannel",
  "userlanguage",     "ipaddress",   "duration (in seconds)",
  "locationlatitude",
};

static gboolean
is_listed (const char *fold, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (fold, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Cells of a row that are names which Qualtrics gives. */
static guint
count_names (DhkSheet *sheet, guint row)
{
  guint n = 0;

  for (guint c = 0; c < sheet->n_columns; c++)
    n += is_listed (get_word (sheet, row, c)->fold, qualtrics_names, G_N_ELEMENTS (qualtrics_names))
             ? 1
             : 0;
  return n;
}

static gboolean
is_json_row (DhkSheet *sheet, guint row)
{
  guint n_filled = 0;
  guint n_json = 0;

  for (guint c = 0; c < sheet->n_columns; c++)
    {
      const DhkWord *word = get_word (sheet, row, c);

      if (dhk_word_is_blank (word))
        continue;
      n_filled++;
      n_json += strncmp (word->fold, "{\"importid\"", strlen ("{\"importid\"")) == 0 ? 1 : 0;
    }
  return n_json > 1 && n_json * 2 > n_filled;
}

/* "V1, V2, …" above "ResponseID, ResponseSet, …". */
static gboolean
is_legacy_row (DhkSheet *sheet, guint row)
{
  return strcmp (get_word (sheet, row, 0)->fold, "v1") == 0 && count_names (sheet, row + 1) >= 3;
}

/* The texts of the fixed columns stand under their names: "Start Date" under StartDate. */
static gboolean
is_text_row (DhkSheet *sheet, guint row)
{
  guint n = 0;

  for (guint c = 0; c < sheet->n_columns; c++)
    {
      const DhkWord *word = get_word (sheet, row, c);

      if (word->cell->kind == DHK_CELL_TEXT
          && dhk_head_words_classify (word->fold) != DHK_HEAD_OTHER)
        n++;
    }
  return n >= 3;
}

typedef struct
{
  int names; /* row, or -1 */
  guint texts;
  guint last; /* of the head rows */
} HeadRows;

static gboolean
find_qualtrics (DhkSheet *sheet, HeadRows *rows)
{
  guint n_rows = MIN (dhk_raw_table_get_n_rows (sheet->table), LOOK_ROWS);

  for (guint row = 0; row < n_rows; row++)
    {
      if (row >= 2 && is_json_row (sheet, row))
        {
          *rows = (HeadRows){ (int) row - 2, row - 1, row };
          return TRUE;
        }
      if (row + 1 < n_rows
          && (is_legacy_row (sheet, row)
              || (count_names (sheet, row) >= 3 && is_text_row (sheet, row + 1)
                  && !(row + 2 < n_rows && is_json_row (sheet, row + 2)))))
        {
          *rows = (HeadRows){ (int) row, row + 1, row + 1 };
          return TRUE;
        }
    }
  return FALSE;
}

/* Heads ----------------------------------------------------------------------- */

static DhkHeadKind
classify (const char *fold, const char *name)
{
  DhkHeadKind kind = dhk_head_words_classify (fold);
  g_autoptr (GPtrArray) readings = NULL;

  if (kind == DHK_HEAD_OTHER && name[0] != '\0')
    kind = dhk_head_words_classify (name);
  if (kind != DHK_HEAD_OTHER)
    return kind;
  /* "submitdate. Date submitted". */
  readings = dhk_head_key_list (fold);
  for (guint i = 0; i < readings->len && kind == DHK_HEAD_OTHER; i++)
    {
      const DhkHeadReading *reading = g_ptr_array_index (readings, i);

      if (reading->above == NULL)
        kind = dhk_head_words_classify (reading->statement);
    }
  return kind;
}

static DhkShapeHead *
new_head (const char *text, const char *fold, const char *name)
{
  DhkShapeHead *head = g_new0 (DhkShapeHead, 1);

  head->text = g_strdup (text);
  head->fold = g_strdup (fold);
  head->name = dhk_text_fold (name);
  if (strcmp (head->name, head->fold) == 0)
    head->name[0] = '\0';
  head->kind = classify (head->fold, head->name);
  return head;
}

static void
add_heads (DhkShape *self, DhkSheet *sheet, const HeadRows *rows)
{
  for (guint c = 0; c < sheet->n_columns; c++)
    {
      const DhkWord *text = get_word (sheet, rows->texts, c);
      const DhkWord *name = rows->names < 0 ? NULL : get_word (sheet, (guint) rows->names, c);

      if (name != NULL && dhk_word_is_blank (text))
        text = name;
      g_ptr_array_add (self->heads,
                       new_head (text->text, text->fold, name != NULL ? name->text : ""));
    }
}

static void
add_named (DhkShape *self, DhkSheet *sheet, GPtrArray *columns)
{
  for (guint c = 0; c < sheet->n_columns; c++)
    {
      const DhkWord *word = get_word (sheet, sheet->head_row, c);
      const DhkReaderColumn *column = c < columns->len ? g_ptr_array_index (columns, c) : NULL;

      g_ptr_array_add (self->heads,
                       new_head (word->text, word->fold, column != NULL ? column->name : ""));
    }
}

/* Kinds ------------------------------------------------------------------------ */

/* What stands in every export of LimeSurvey, as codes and in full. */
static const char *const lime_names[] = {
  "submitdate",          "lastpage",         "startlanguage",    "seed",
  "datestamp",           "interviewtime",    "date submitted",   "last page",
  "start language",      "date last action", "datum ingestuurd", "datum verzonden",
  "laatste pagina",      "starttaal",        "start-taal",       "begintaal",
  "datum laatste actie",
};

static int
find_named (const DhkShape *self, const char *const *names, gsize n)
{
  for (guint c = 0; c < self->heads->len; c++)
    {
      const DhkShapeHead *head = dhk_shape_get_head (self, c);

      if (is_listed (head->fold, names, n) || is_listed (head->name, names, n))
        return (int) c;
    }
  return -1;
}

/* A head of LimeSurvey may be code and text: "submitdate. Date submitted". */
static int
find_submitted (const DhkShape *self)
{
  for (guint c = 0; c < self->heads->len; c++)
    {
      const DhkShapeHead *head = dhk_shape_get_head (self, c);

      if (head->kind == DHK_HEAD_COMPLETED)
        return (int) c;
    }
  return -1;
}

static guint
count_lime (const DhkShape *self)
{
  guint n = 0;

  for (guint c = 0; c < self->heads->len; c++)
    {
      const char *fold = dhk_shape_get_head (self, c)->fold;
      const char *point = strstr (fold, ". ");
      g_autofree char *code
          = point != NULL ? g_strndup (fold, (gsize) (point - fold)) : g_strdup (fold);

      n += is_listed (code, lime_names, G_N_ELEMENTS (lime_names)) ? 1 : 0;
    }
  return n;
}

static gboolean
has_kind (const DhkShape *self, DhkHeadKind kind)
{
  for (guint c = 0; c < self->heads->len; c++)
    if (dhk_shape_get_head (self, c)->kind == kind)
      return TRUE;
  return FALSE;
}

static void
find_kind (DhkShape *self)
{
  if (self->kind != DHK_SHAPE_PLAIN)
    return;
  if (count_lime (self) >= 2)
    {
      self->kind = DHK_SHAPE_LIMESURVEY;
      self->submitted = find_submitted (self);
    }
  else if (has_kind (self, DHK_HEAD_STARTED) && has_kind (self, DHK_HEAD_COMPLETED))
    self->kind = DHK_SHAPE_FORMS;
}

static void
find_state (DhkShape *self)
{
  static const char *const finished[] = { "finished" };
  static const char *const progress[] = { "progress" };
  static const char *const status[] = { "status" };

  self->finished = find_named (self, finished, 1);
  self->progress = find_named (self, progress, 1);
  self->status = find_named (self, status, 1);
}

DhkShape *
dhk_shape_new (DhkSheet *sheet, GPtrArray *columns)
{
  DhkShape *self;
  HeadRows rows;

  g_return_val_if_fail (sheet != NULL, NULL);

  self = g_new0 (DhkShape, 1);
  self->heads = g_ptr_array_new_with_free_func (free_head);
  self->submitted = self->finished = self->progress = self->status = -1;
  if (columns != NULL)
    {
      self->kind = DHK_SHAPE_SPSS;
      sheet->head_row = 0;
      add_named (self, sheet, columns);
    }
  else if (find_qualtrics (sheet, &rows))
    {
      self->kind = DHK_SHAPE_QUALTRICS;
      sheet->head_row = rows.last;
      add_heads (self, sheet, &rows);
      find_state (self);
    }
  else
    {
      rows = (HeadRows){ -1, sheet->head_row, sheet->head_row };
      add_heads (self, sheet, &rows);
    }
  find_kind (self);
  return self;
}

gboolean
dhk_shape_has_codes_only (const DhkShape *self)
{
  guint n_codes = 0;
  guint n_others = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint c = 0; c < self->heads->len; c++)
    {
      const DhkShapeHead *head = dhk_shape_get_head (self, c);

      if (head->kind != DHK_HEAD_OTHER || head->fold[0] == '\0')
        continue;
      if (dhk_head_key_is_code (head->fold))
        n_codes++;
      else
        n_others++;
    }
  return n_codes > 2 && n_codes > 3 * n_others;
}
