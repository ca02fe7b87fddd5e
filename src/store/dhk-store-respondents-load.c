/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loading the list of everybody: the whole of it, or as many rows as somebody looks at. */

#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents-private.h"

#include <string.h>

void
dhk_record_block_free (DhkRecordBlock *self)
{
  if (self == NULL)
    return;
  g_free (self->records);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

void
dhk_respondent_marks_free (DhkRespondentMarks *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_variables; i++)
    g_free (self->kinds[i]);
  g_free (self->kinds);
  g_hash_table_unref (self->hand);
  g_hash_table_unref (self->hand_rows);
  g_free (self);
}

void
dhk_respondent_part_free (DhkRespondentPart *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    dhk_record_block_free (self->blocks[i]);
  g_free (self->blocks);
  dhk_respondent_marks_free (self->marks);
  g_free (self);
}

/* Marks ------------------------------------------------------------------------------------ */

/* Who corrected one of several choices has corrected the answer. */
static void
mark_hand_edit (DhkRespondentMarks *marks,
                DhkStore *store,
                const DhkRespondents *list,
                guint row,
                const DhkSlot *place,
                int target)
{
  int choices = place->is_variable
                    ? dhk_instrument_get_variable (store->instrument, place->index)->choices
                    : -1;
  const DhkChoices *all
      = choices >= 0 ? dhk_instrument_get_choices (store->instrument, (guint) choices) : NULL;

  for (guint i = 0; i < (all != NULL ? all->n_choices : 1); i++)
    {
      guint64 key = dhk_respondents_make_key (list, row, place->is_variable,
                                              all != NULL ? all->first + i : place->index, target);

      g_hash_table_add (marks->hand, g_memdup2 (&key, sizeof key));
    }
}

static gboolean
load_hand_edits (DhkRespondentMarks *marks,
                 DhkStore *store,
                 const DhkRespondents *list,
                 GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (store, "SELECT respondent, slot, target FROM hand_edit", error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      int row = dhk_respondents_find (list, sqlite3_column_int64 (statement, 0));
      gint64 slot = sqlite3_column_int64 (statement, 1);
      int target = dhk_store_find_target (store, dhk_sql_text (statement, 2));

      if (row < 0 || slot < 1 || slot > store->slots->len || target < DHK_NO_TARGET)
        continue;
      mark_hand_edit (marks, store, list, (guint) row, dhk_store_slot (store, (guint) slot),
                      target);
      g_hash_table_add (marks->hand_rows, GINT_TO_POINTER (row));
    }
  return found == 0;
}

static void
set_kind (DhkRespondentMarks *marks, guint n_rows, guint variable, guint row, int kind)
{
  gint8 **kinds = &marks->kinds[variable];

  if (*kinds == NULL)
    {
      *kinds = g_malloc (n_rows);
      memset (*kinds, DHK_MISSING_NOT_ASKED, n_rows);
    }
  (*kinds)[row] = (gint8) kind;
}

/* The frame has numbers, and not why one is missing. */
static gboolean
load_kinds (DhkRespondentMarks *marks, DhkStore *store, const DhkRespondents *list, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store, "SELECT respondent, slot, missing FROM value WHERE value IS NULL", error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      int row = dhk_respondents_find (list, sqlite3_column_int64 (statement, 0));
      gint64 number = sqlite3_column_int64 (statement, 1);
      int kind = dhk_store_unpack_code (dhk_sql_text (statement, 2)[0]);
      const DhkSlot *slot = number >= 1 && number <= store->slots->len
                                ? dhk_store_slot (store, (guint) number)
                                : NULL;

      if (row >= 0 && slot != NULL && slot->number && kind < 0 && kind != DHK_CODE_DAMAGED)
        set_kind (marks, list->n, slot->index, (guint) row, kind);
    }
  return found == 0;
}

static DhkRespondentMarks *
load_marks (DhkStore *store, const DhkRespondents *list, GError **error)
{
  DhkRespondentMarks *marks = g_new0 (DhkRespondentMarks, 1);
  gint64 generation = 0;

  marks->n_variables = dhk_instrument_get_n_variables (dhk_frame_get_instrument (list->frame));
  marks->kinds = g_new0 (gint8 *, marks->n_variables + 1);
  marks->hand = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  marks->hand_rows = g_hash_table_new (NULL, NULL);
  if (dhk_store_load_slots (store, error) && load_hand_edits (marks, store, list, error)
      && load_kinds (marks, store, list, error)
      && dhk_sql_get_int (store, error, &generation, "SELECT generation FROM study", "") == 1)
    {
      marks->generation = (guint64) generation;
      return marks;
    }
  dhk_respondent_marks_free (marks);
  return NULL;
}

/* Records ------------------------------------------------------------------------------------ */

/* The place of a copy; 0 for an empty text. */
static guint32
keep_text (DhkRecordBlock *block, const char *text)
{
  gsize place = block->texts->len;

  if (text[0] == '\0' || place > G_MAXUINT32 / 2)
    return 0;
  g_string_append_len (block->texts, text, (gssize) strlen (text) + 1);
  return (guint32) place;
}

static void
take_record (DhkRecordBlock *block, DhkRecord *record, DhkStatement *statement, int questionnaire)
{
  record->questionnaire = (guint16) MAX (questionnaire, 0);
  record->number = (guint32) sqlite3_column_int64 (statement, 2);
  record->batch = (guint32) sqlite3_column_int64 (statement, 3);
  record->completed = sqlite3_column_int64 (statement, 4);
  record->form_id = keep_text (block, dhk_sql_text (statement, 5));
  record->excluded = sqlite3_column_int (statement, 6) != 0;
  if (record->excluded)
    record->reason = keep_text (block, dhk_sql_text (statement, 7));
  record->pseudonym = keep_text (block, dhk_sql_text (statement, 8));
}

/* What nobody in the study has any more stays empty: the list is about to be made anew. */
static gboolean
read_records (DhkStore *store,
              const DhkRespondents *list,
              guint first,
              DhkRecordBlock *block,
              guint n,
              GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT r.id, r.questionnaire, r.number, r.batch, "
      "CASE WHEN r.completed <> 0 THEN r.completed ELSE r.started END, r.form_id, r.excluded, "
      "r.exclusion, r.pseudonym FROM respondent_record r "
      "WHERE r.id BETWEEN ? AND ? AND r.batch IN (SELECT id FROM import_batch WHERE active) "
      "ORDER BY r.id",
      error);
  DhkInstrument *instrument = dhk_frame_get_instrument (list->frame);
  const gint64 *ids = dhk_frame_get_respondents (list->frame) + first;
  guint at = 0;
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "ii", ids[0], ids[n - 1]);
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      while (at < n && ids[at] < id)
        at++;
      if (at < n && ids[at] == id)
        take_record (block, &block->records[at], statement,
                     dhk_instrument_find_questionnaire (instrument, dhk_sql_text (statement, 1)));
    }
  return found == 0;
}

/* Who ticked none of several choices has perhaps answered that: a form's file does not tell. */
static void
count_gaps_in (const DhkRespondents *list,
               const DhkRespondentMarks *marks,
               guint first,
               DhkRecordBlock *block,
               guint n,
               guint questionnaire,
               const DhkQuestion *question)
{
  const gint8 *codes = dhk_respondents_get_codes (list, question);
  gboolean may_be_empty
      = dhk_instrument_get_question_choices (dhk_frame_get_instrument (list->frame), question)
        != NULL;

  for (guint i = 0; i < n; i++)
    {
      DhkRecord *record = &block->records[i];
      int code;

      if (record->questionnaire != questionnaire)
        continue;
      code = codes != NULL ? codes[first + i]
                           : dhk_respondents_read_code (list, marks, first + i, question);
      record->unanswered
          = (guint16) (record->unanswered + (code == DHK_MISSING_EMPTY && !may_be_empty));
      record->unreadable = (guint16) (record->unreadable + (code == DHK_MISSING_UNREADABLE));
    }
}

static void
count_gaps (const DhkRespondents *list,
            const DhkRespondentMarks *marks,
            guint first,
            DhkRecordBlock *block,
            guint n)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (list->frame);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < questionnaire->n_questions; q++)
        count_gaps_in (list, marks, first, block, n, i, &questionnaire->questions[q]);
    }
}

static DhkRecordBlock *
load_block (DhkStore *store,
            const DhkRespondents *list,
            const DhkRespondentMarks *marks,
            guint index,
            GError **error)
{
  DhkRecordBlock *block = g_new0 (DhkRecordBlock, 1);
  guint n = dhk_respondents_get_block_size (list, index);
  guint first = index * DHK_RESPONDENT_BLOCK;

  block->records = g_new0 (DhkRecord, n + 1);
  block->texts = g_string_new_len ("", 1);
  if (!read_records (store, list, first, block, n, error))
    {
      dhk_record_block_free (block);
      return NULL;
    }
  count_gaps (list, marks, first, block, n);
  return block;
}

static gboolean
load_part (DhkRespondentPart *part,
           DhkStore *store,
           const DhkRespondents *list,
           gboolean with_marks,
           GCancellable *cancellable,
           GError **error)
{
  if (with_marks)
    part->marks = load_marks (store, list, error);
  if (with_marks && part->marks == NULL)
    return FALSE;
  for (guint i = 0; i < part->n; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      part->blocks[i] = load_block (store, list, with_marks ? part->marks : list->marks,
                                    part->first + i, error);
      if (part->blocks[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

DhkRespondentPart *
dhk_store_load_respondent_part (DhkStore *self,
                                const DhkRespondents *list,
                                guint first,
                                guint n,
                                gboolean with_marks,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (DhkRespondentPart) part = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL && list != NULL, NULL);
  g_return_val_if_fail (first <= list->n_blocks && n <= list->n_blocks - first, NULL);
  g_assert (self->owner == g_thread_self ());

  part = g_new0 (DhkRespondentPart, 1);
  part->first = first;
  part->n = n;
  part->blocks = g_new0 (DhkRecordBlock *, n + 1);
  if (!dhk_sql_exec (self, "BEGIN", error))
    return NULL;
  ok = load_part (part, self, list, with_marks, cancellable, error);
  dhk_store_roll_back (self);
  return ok ? g_steal_pointer (&part) : NULL;
}

/* All of it ------------------------------------------------------------------------------------ */

static DhkRespondents *
load_all (DhkStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkFrame) frame = dhk_store_scan_frame (store, TRUE, NULL, cancellable, error);
  g_autoptr (DhkRespondents) list = frame != NULL ? dhk_respondents_new (frame) : NULL;
  g_autoptr (DhkRespondentPart) part = NULL;

  if (list == NULL)
    return NULL;
  part = g_new0 (DhkRespondentPart, 1);
  part->n = list->n_blocks;
  part->blocks = g_new0 (DhkRecordBlock *, part->n + 1);
  if (!load_part (part, store, list, TRUE, cancellable, error))
    return NULL;
  dhk_respondents_take_part (list, part);
  return g_steal_pointer (&list);
}

DhkRespondents *
dhk_store_load_respondents (DhkStore *self, GCancellable *cancellable, GError **error)
{
  DhkRespondents *list;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_sql_exec (self, "BEGIN", error))
    return NULL;
  list = load_all (self, cancellable, error);
  dhk_store_roll_back (self);
  return list;
}
