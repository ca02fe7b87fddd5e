/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-store-ready.h"

#include <math.h>
#include <string.h>

#include "base/dhk-ahead.h"

#define ROWS_AT_ONCE 512
#define MAX_WAITING 3

struct _DhkReadyRows
{
  DhkStore *store;
  DhkDraftFile *file;
  const DhkQuestionnaire *questionnaire;
  DhkPlace *places; /* per question */
  guint n_sheets;
  char **sheets;       /* per target + 1: the packed answers being made */
  guint *sheet_widths; /* the highest slot on it */

  /* The making thread's. */
  guint at;
  gint64 next_respondent;
  gint64 next_number;
  gint8 *codes; /* of a block of rows */
  double *numbers;

  DhkAhead *blocks; /* DhkReadyBlock */
};

/* Blocks ----------------------------------------------------------------------------- */

static DhkReadyBlock *
block_new (guint first, guint n_rows)
{
  DhkReadyBlock *self = g_new0 (DhkReadyBlock, 1);

  self->first = first;
  self->n_rows = n_rows;
  self->respondents = g_array_sized_new (FALSE, FALSE, sizeof (DhkReadyRespondent), n_rows);
  self->sheets = g_array_sized_new (FALSE, FALSE, sizeof (DhkReadySheet), n_rows);
  self->values = g_array_new (FALSE, FALSE, sizeof (DhkReadyValue));
  self->texts = g_string_new (NULL);
  return self;
}

void
dhk_ready_block_free (DhkReadyBlock *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->respondents);
  g_array_unref (self->sheets);
  g_array_unref (self->values);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

/* Preparing ----------------------------------------------------------------------------- */

static void
plan_codes (DhkReadyRows *self, DhkPlace *place)
{
  const DhkSlot *slot = dhk_store_slot (self->store, place->slot);

  for (int code = G_MININT8; slot->packed && code <= G_MAXINT8; code++)
    if (dhk_slot_accepts (slot, self->store->instrument, code))
      place->packed[(guint8) code] = dhk_store_pack_code (code);
}

static void
plan_places (DhkReadyRows *self)
{
  self->n_sheets = dhk_instrument_get_n_targets (self->store->instrument) + 1;
  self->places = g_new0 (DhkPlace, self->file->n_questions + 1);
  self->sheets = g_new0 (char *, self->n_sheets);
  self->sheet_widths = g_new0 (guint, self->n_sheets);
  for (guint q = 0; q < self->file->n_questions; q++)
    {
      const DhkQuestion *question = &self->questionnaire->questions[q];
      gboolean is_variable = question->variable >= 0;
      DhkPlace *place = &self->places[q];

      place->target = is_variable ? DHK_NO_TARGET : question->target;
      place->sheet = (guint) (place->target + 1);
      place->slot = dhk_store_get_slot (
          self->store, is_variable, (guint) (is_variable ? question->variable : question->item));
      plan_codes (self, place);
      if (dhk_store_slot (self->store, place->slot)->packed)
        self->sheet_widths[place->sheet] = MAX (self->sheet_widths[place->sheet], place->slot);
    }
  for (guint i = 0; i < self->n_sheets; i++)
    self->sheets[i] = g_malloc (self->sheet_widths[i] + 1);
  for (guint q = 0; q < self->file->n_questions; q++)
    if (self->places[q].slot <= self->sheet_widths[self->places[q].sheet])
      self->places[q].to = self->sheets[self->places[q].sheet] + self->places[q].slot - 1;
}

/* A row ------------------------------------------------------------------------------------ */

static void
add_sheets (DhkReadyRows *self, DhkReadyBlock *block, DhkReadyRespondent *respondent)
{
  const char not_asked = dhk_store_pack_code (DHK_MISSING_NOT_ASKED);

  for (guint i = 0; i < self->n_sheets; i++)
    {
      guint length = self->sheet_widths[i];
      DhkReadySheet sheet = { respondent->id, (int) i - 1, { (guint) block->texts->len, 0 } };

      while (length > 0 && self->sheets[i][length - 1] == not_asked)
        length--;
      if (length == 0)
        continue;
      sheet.answers.length = length;
      g_string_append_len (block->texts, self->sheets[i], length);
      if (sheet.target == DHK_NO_TARGET)
        respondent->answers = sheet.answers;
      else
        g_array_append_val (block->sheets, sheet);
    }
}

/* FALSE when the answer does not belong to its question. */
static gboolean
add_value (DhkReadyRows *self,
           DhkReadyBlock *block,
           gint64 respondent,
           const DhkPlace *place,
           int code,
           double number)
{
  const DhkSlot *slot = dhk_store_slot (self->store, place->slot);
  DhkReadyValue value = { respondent, place, dhk_cell_from_answer (slot, code, number) };

  if (!(slot->number && value.cell.code >= 0)
      && !dhk_slot_accepts (slot, self->store->instrument, value.cell.code))
    return FALSE;
  if (value.cell.code != DHK_MISSING_NOT_ASKED)
    g_array_append_val (block->values, value);
  return TRUE;
}

static gboolean
add_answers (DhkReadyRows *self,
             DhkReadyBlock *block,
             DhkReadyRespondent *respondent,
             const gint8 *codes,
             const double *numbers)
{
  for (guint i = 0; i < self->n_sheets; i++)
    memset (self->sheets[i], dhk_store_pack_code (DHK_MISSING_NOT_ASKED), self->sheet_widths[i]);
  for (guint q = 0; q < self->file->n_questions; q++)
    {
      const DhkPlace *place = &self->places[q];
      char packed = place->packed[(guint8) codes[q]];

      if (packed != '\0')
        *place->to = packed;
      else if (dhk_store_slot (self->store, place->slot)->packed
               || !add_value (self, block, respondent->id, place, codes[q],
                              numbers != NULL ? numbers[q] : NAN))
        return FALSE;
    }
  add_sheets (self, block, respondent);
  return TRUE;
}

/* The text that the block's texts end with, from `at` on; without addresses. */
static DhkReadyText
end_text (DhkReadyBlock *block, guint at)
{
  const char *text = block->texts->str + at;

  if (strchr (text, '@') != NULL)
    {
      g_autofree char *masked = dhk_store_dup_masked (text);

      g_string_truncate (block->texts, at);
      g_string_append (block->texts, masked);
    }
  return (DhkReadyText){ at, (guint) block->texts->len - at };
}

static void
take_hash (DhkReadyBlock *block, DhkReadyHash *hash, const char *text)
{
  hash->is_hash = text != NULL && dhk_store_pack_hash (text, hash->bytes);
  if (hash->is_hash || text == NULL)
    return;
  hash->text = (DhkReadyText){ (guint) block->texts->len, (guint) strlen (text) };
  g_string_append (block->texts, text);
}

/* Of a row that has changed since it was read, or that lies elsewhere. */
static void
take_row (DhkReadyBlock *block, DhkReadyRespondent *new, const DhkDraftRow *row)
{
  guint at = (guint) block->texts->len;

  new->started = row->started;
  new->completed = row->completed;
  g_string_append (block->texts, row->form_id != NULL ? row->form_id : "");
  new->form_id = end_text (block, at);
  take_hash (block, &new->identity, row->identity);
  take_hash (block, &new->content, row->content);
}

static void
take_facts (DhkReadyRespondent *new, const DhkDraftFacts *facts)
{
  G_STATIC_ASSERT (DHK_HASH_SIZE == DHK_SHA256_SIZE);

  new->started = facts->started;
  new->completed = facts->completed;
  new->identity.is_hash = new->content.is_hash = TRUE;
  memcpy (new->identity.bytes, facts->identity, DHK_HASH_SIZE);
  memcpy (new->content.bytes, facts->content, DHK_HASH_SIZE);
}

static gboolean
add_respondent (
    DhkReadyRows *self, DhkReadyBlock *block, guint row, const gint8 *codes, const double *numbers)
{
  guint at = (guint) block->texts->len;
  DhkReadyRespondent *new;
  DhkDraftFacts facts;

  g_array_set_size (block->respondents, block->respondents->len + 1);
  new = &g_array_index (block->respondents, DhkReadyRespondent, block->respondents->len - 1);
  *new = (DhkReadyRespondent){ .row = row,
                               .id = self->next_respondent++,
                               .number = self->next_number++ };
  if (dhk_draft_file_read_facts (self->file, row, codes, numbers, &facts, block->texts))
    {
      take_facts (new, &facts);
      new->form_id = end_text (block, at);
    }
  else
    {
      g_auto (DhkDraftRow) whole = { 0 };

      dhk_draft_file_read_whole_row (self->file, row, codes, numbers, &whole);
      take_row (block, new, &whole);
    }
  dhk_store_write_pseudonym (self->store, new->id, new->pseudonym);
  return add_answers (self, block, new, codes, numbers);
}

static gpointer
make_block (gpointer data)
{
  DhkReadyRows *self = data;
  guint n = MIN (ROWS_AT_ONCE, dhk_draft_file_get_n_rows (self->file) - self->at);
  guint width = self->file->n_questions;
  DhkReadyBlock *block;

  if (n == 0)
    return NULL;
  block = block_new (self->at, n);
  dhk_draft_file_read_codes (self->file, self->at, n, self->codes);
  if (self->numbers != NULL)
    dhk_draft_file_read_numbers (self->file, self->at, n, self->numbers);
  for (guint i = 0; i < n && !block->refused; i++)
    if (dhk_draft_file_get_fate (self->file, self->at + i) != DHK_ROW_NEW)
      block->n_others++;
    else
      block->refused
          = !add_respondent (self, block, self->at + i, self->codes + (gsize) i * width,
                             self->numbers != NULL ? self->numbers + (gsize) i * width : NULL);
  self->at += n;
  return block;
}

/* All of them ------------------------------------------------------------------------------- */

static void
destroy_block (gpointer data)
{
  dhk_ready_block_free (data);
}

DhkReadyRows *
dhk_ready_rows_new (DhkStore *store,
                    DhkDraftFile *file,
                    const DhkQuestionnaire *questionnaire,
                    gint64 next_respondent,
                    gint64 next_number)
{
  DhkReadyRows *self = g_new0 (DhkReadyRows, 1);
  guint n_rows = dhk_draft_file_get_n_rows (file);
  gsize n_cells = (gsize) file->n_questions * MIN (n_rows, ROWS_AT_ONCE) + 1;

  self->store = store;
  self->file = file;
  self->questionnaire = questionnaire;
  self->next_respondent = next_respondent;
  self->next_number = next_number;
  plan_places (self);
  self->codes = g_new (gint8, n_cells);
  if (dhk_draft_file_has_numbers (file))
    self->numbers = g_new (double, n_cells);
  dhk_store_load_pseudonyms (store);
  self->blocks = dhk_ahead_new ("dhk-rows", n_rows >= DHK_ROWS_FOR_THREAD ? MAX_WAITING : 0,
                                make_block, destroy_block, self);
  return self;
}

void
dhk_ready_rows_free (DhkReadyRows *self)
{
  if (self == NULL)
    return;
  dhk_ahead_free (self->blocks);
  g_free (self->places);
  for (guint i = 0; i < self->n_sheets; i++)
    g_free (self->sheets[i]);
  g_free (self->sheets);
  g_free (self->sheet_widths);
  g_free (self->codes);
  g_free (self->numbers);
  g_free (self);
}

DhkReadyBlock *
dhk_ready_rows_take (DhkReadyRows *self)
{
  return dhk_ahead_take (self->blocks);
}

const DhkPlace *
dhk_ready_rows_get_place (const DhkReadyRows *self, guint question)
{
  return &self->places[question];
}
