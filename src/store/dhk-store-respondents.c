/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of everybody in the study, in columns, from one scan of each table. */

#include "store/dhk-store-respondents.h"

#include <math.h>
#include <string.h>

#include "store/dhk-store-private.h"

/* A column of 60 questions takes this many bits of a key; rows take the rest. */
#define QUESTION_BITS 24

struct _DhkRespondents
{
  gatomicrefcount refs;
  DhkFrame *frame; /* everybody: for the answers only */
  guint64 generation;
  guint n;
  gint8 **kinds; /* per variable: why there is no number, or NULL */
  guint16 *questionnaires;
  guint32 *numbers;
  guint32 *batches;
  gint64 *completed;
  guint32 *form_ids; /* place in `texts` */
  guint32 *pseudonyms;
  guint16 *unanswered;
  guint16 *unreadable;
  guint8 *excluded;
  GString *texts;        /* zero-terminated, one after the other */
  GHashTable *reasons;   /* row -> text */
  GHashTable *hand;      /* key of row and question (a set) */
  GHashTable *hand_rows; /* row (a set) */
};

DhkRespondents *
dhk_respondents_ref (DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_respondents_unref (DhkRespondents *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->frame != NULL)
    for (guint i = 0; i < dhk_instrument_get_n_variables (dhk_frame_get_instrument (self->frame));
         i++)
      g_free (self->kinds[i]);
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_free (self->kinds);
  g_free (self->questionnaires);
  g_free (self->numbers);
  g_free (self->batches);
  g_free (self->completed);
  g_free (self->form_ids);
  g_free (self->pseudonyms);
  g_free (self->unanswered);
  g_free (self->unreadable);
  g_free (self->excluded);
  g_string_free (self->texts, TRUE);
  g_hash_table_unref (self->reasons);
  g_hash_table_unref (self->hand);
  g_hash_table_unref (self->hand_rows);
  g_free (self);
}

/* Loading ------------------------------------------------------------------------------- */

static guint64
make_key (const DhkRespondents *self, guint row, gboolean is_variable, guint index, int target)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (self->frame);
  guint place = is_variable
                    ? index
                    : DHK_MAX_VARIABLES + index * (dhk_instrument_get_n_targets (instrument) + 1)
                          + (guint) (target + 1);

  return (guint64) row << QUESTION_BITS | place;
}

static void
allocate (DhkRespondents *self)
{
  self->n = dhk_frame_get_n_rows (self->frame);
  self->questionnaires = g_new0 (guint16, self->n + 1);
  self->numbers = g_new0 (guint32, self->n + 1);
  self->batches = g_new0 (guint32, self->n + 1);
  self->completed = g_new0 (gint64, self->n + 1);
  self->form_ids = g_new0 (guint32, self->n + 1);
  self->pseudonyms = g_new0 (guint32, self->n + 1);
  self->unanswered = g_new0 (guint16, self->n + 1);
  self->unreadable = g_new0 (guint16, self->n + 1);
  self->excluded = g_new0 (guint8, self->n + 1);
}

/* The place of a copy; 0 for an empty text. */
static guint32
keep_text (DhkRespondents *self, const char *text)
{
  gsize place = self->texts->len;

  if (text[0] == '\0' || place > G_MAXUINT32 / 2)
    return 0;
  g_string_append_len (self->texts, text, (gssize) strlen (text) + 1);
  return (guint32) place;
}

static void
take_record (DhkRespondents *self, DhkStatement *statement, guint row, DhkInstrument *instrument)
{
  const char *form_id = dhk_sql_text (statement, 5);
  int questionnaire = dhk_instrument_find_questionnaire (instrument, dhk_sql_text (statement, 1));

  self->questionnaires[row] = (guint16) MAX (questionnaire, 0);
  self->numbers[row] = (guint32) sqlite3_column_int64 (statement, 2);
  self->batches[row] = (guint32) sqlite3_column_int64 (statement, 3);
  self->completed[row] = sqlite3_column_int64 (statement, 4);
  self->form_ids[row] = keep_text (self, form_id);
  self->pseudonyms[row] = keep_text (self, dhk_sql_text (statement, 8));
  self->excluded[row] = sqlite3_column_int (statement, 6) != 0;
  if (self->excluded[row])
    g_hash_table_insert (self->reasons, GUINT_TO_POINTER (row),
                         g_strdup (dhk_sql_text (statement, 7)));
}

static gboolean
load_records (DhkRespondents *self, DhkStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT r.id, r.questionnaire, r.number, r.batch, "
      "CASE WHEN r.completed <> 0 THEN r.completed ELSE r.started END, r.form_id, r.excluded, "
      "r.exclusion, r.pseudonym FROM respondent_record r "
      "WHERE r.batch IN (SELECT id FROM import_batch WHERE active) ORDER BY r.id",
      error);
  const gint64 *ids = dhk_frame_get_respondents (self->frame);
  guint row = 0;
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      if (row % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_assert (row < self->n && ids[row] == sqlite3_column_int64 (statement, 0));
      take_record (self, statement, row++, store->instrument);
    }
  return found == 0;
}

static gboolean
load_hand_edits (DhkRespondents *self, DhkStore *store, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (store, "SELECT respondent, slot, target FROM hand_edit", error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      int row = dhk_respondents_find (self, sqlite3_column_int64 (statement, 0));
      gint64 slot = sqlite3_column_int64 (statement, 1);
      int target = dhk_store_find_target (store, dhk_sql_text (statement, 2));
      const DhkSlot *place;
      guint64 key;

      if (row < 0 || slot < 1 || slot > store->slots->len || target < DHK_NO_TARGET)
        continue;
      place = dhk_store_slot (store, (guint) slot);
      key = make_key (self, (guint) row, place->is_variable, place->index, target);
      g_hash_table_add (self->hand, g_memdup2 (&key, sizeof key));
      g_hash_table_add (self->hand_rows, GINT_TO_POINTER (row));
    }
  return found == 0;
}

/* The codes of a question, NULL when nobody has one. */
static const gint8 *
get_codes (const DhkRespondents *self, const DhkQuestion *question)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (self->frame);

  if (question->item >= 0)
    return dhk_frame_get_answers (self->frame, (guint) question->item, question->target);
  if (dhk_instrument_get_variable (instrument, (guint) question->variable)->kind
      == DHK_VARIABLE_NUMBER)
    return self->kinds[question->variable];
  return dhk_frame_get_categories (self->frame, (guint) question->variable);
}

static void
count_gaps (DhkRespondents *self)
{
  DhkInstrument *instrument = dhk_frame_get_instrument (self->frame);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);

      for (guint q = 0; q < questionnaire->n_questions; q++)
        {
          const gint8 *codes = get_codes (self, &questionnaire->questions[q]);

          for (guint row = 0; codes != NULL && row < self->n; row++)
            if (self->questionnaires[row] == i && codes[row] < 0)
              {
                self->unanswered[row]
                    = (guint16) (self->unanswered[row] + (codes[row] == DHK_MISSING_EMPTY));
                self->unreadable[row]
                    = (guint16) (self->unreadable[row] + (codes[row] == DHK_MISSING_UNREADABLE));
              }
        }
    }
}

static gboolean
load (DhkRespondents *self, DhkStore *store, GCancellable *cancellable, GError **error)
{
  gint64 generation = 0;

  self->kinds = g_new0 (gint8 *, dhk_instrument_get_n_variables (store->instrument) + 1);
  self->frame = dhk_store_scan_frame (store, TRUE, self->kinds, cancellable, error);
  if (self->frame == NULL)
    return FALSE;
  allocate (self);
  if (!load_records (self, store, cancellable, error) || !load_hand_edits (self, store, error)
      || dhk_sql_get_int (store, error, &generation, "SELECT generation FROM study", "") != 1)
    return FALSE;
  self->generation = (guint64) generation;
  count_gaps (self);
  return TRUE;
}

DhkRespondents *
dhk_store_load_respondents (DhkStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkRespondents) list = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  list = g_new0 (DhkRespondents, 1);
  g_atomic_ref_count_init (&list->refs);
  list->texts = g_string_new_len ("", 1);
  list->reasons = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  list->hand = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  list->hand_rows = g_hash_table_new (NULL, NULL);
  if (!dhk_sql_exec (self, "BEGIN", error))
    return NULL;
  ok = load (list, self, cancellable, error);
  dhk_store_roll_back (self);
  return ok ? g_steal_pointer (&list) : NULL;
}

/* Reading -------------------------------------------------------------------------------- */

guint
dhk_respondents_get_n (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n;
}

DhkInstrument *
dhk_respondents_get_instrument (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return dhk_frame_get_instrument (self->frame);
}

guint64
dhk_respondents_get_generation (const DhkRespondents *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->generation;
}

gint64
dhk_respondents_get_id (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return dhk_frame_get_respondents (self->frame)[row];
}

guint
dhk_respondents_get_questionnaire (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->questionnaires[row];
}

guint
dhk_respondents_get_number (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->numbers[row];
}

gint64
dhk_respondents_get_batch (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->batches[row];
}

gint64
dhk_respondents_get_completed (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->completed[row];
}

const char *
dhk_respondents_get_form_id (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, "");
  return self->texts->str + self->form_ids[row];
}

const char *
dhk_respondents_get_pseudonym (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, "");
  return self->texts->str + self->pseudonyms[row];
}

gboolean
dhk_respondents_is_excluded (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, FALSE);
  return self->excluded[row];
}

const char *
dhk_respondents_get_reason (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, NULL);
  return g_hash_table_lookup (self->reasons, GUINT_TO_POINTER (row));
}

guint
dhk_respondents_get_unanswered (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->unanswered[row];
}

guint
dhk_respondents_get_unreadable (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, 0);
  return self->unreadable[row];
}

gboolean
dhk_respondents_is_hand_edited (const DhkRespondents *self, guint row)
{
  g_return_val_if_fail (self != NULL && row < self->n, FALSE);
  return g_hash_table_contains (self->hand_rows, GUINT_TO_POINTER (row));
}

int
dhk_respondents_find (const DhkRespondents *self, gint64 respondent)
{
  const gint64 *ids;
  guint low = 0;
  guint high;

  g_return_val_if_fail (self != NULL, -1);
  ids = dhk_frame_get_respondents (self->frame);
  for (high = self->n; low < high;)
    {
      guint middle = low + (high - low) / 2;

      if (ids[middle] < respondent)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n && ids[low] == respondent ? (int) low : -1;
}

int
dhk_respondents_get_code (const DhkRespondents *self, guint row, const DhkQuestion *question)
{
  const gint8 *codes;

  g_return_val_if_fail (self != NULL && row < self->n, DHK_MISSING_NOT_ASKED);
  g_return_val_if_fail (question != NULL, DHK_MISSING_NOT_ASKED);
  codes = get_codes (self, question);
  return codes != NULL ? codes[row] : DHK_MISSING_NOT_ASKED;
}

double
dhk_respondents_get_value (const DhkRespondents *self, guint row, const DhkQuestion *question)
{
  const double *numbers;

  g_return_val_if_fail (self != NULL && row < self->n && question != NULL, NAN);
  numbers = question->variable >= 0
                ? dhk_frame_get_numbers (self->frame, (guint) question->variable)
                : NULL;
  return numbers != NULL ? numbers[row] : NAN;
}

gboolean
dhk_respondents_is_hand_edited_at (const DhkRespondents *self,
                                   guint row,
                                   const DhkQuestion *question)
{
  guint64 key;

  g_return_val_if_fail (self != NULL && row < self->n && question != NULL, FALSE);
  if (g_hash_table_size (self->hand) == 0)
    return FALSE;
  key = make_key (self, row, question->item < 0,
                  (guint) (question->item >= 0 ? question->item : question->variable),
                  question->item >= 0 ? question->target : DHK_NO_TARGET);
  return g_hash_table_contains (self->hand, &key);
}

/* Counting and searching ------------------------------------------------------------------- */

GArray *
dhk_store_count_respondents (DhkStore *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  g_autoptr (GArray) counts = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (
      self,
      "SELECT questionnaire, sum (excluded), max (max (completed, started)) "
      "FROM respondent_record WHERE batch IN (SELECT id FROM import_batch WHERE active) "
      "GROUP BY questionnaire",
      error);
  if (statement == NULL)
    return NULL;
  counts = g_array_new (FALSE, TRUE, sizeof (DhkRespondentCount));
  g_array_set_size (counts, dhk_instrument_get_n_questionnaires (self->instrument));
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      int questionnaire
          = dhk_instrument_find_questionnaire (self->instrument, dhk_sql_text (statement, 0));
      DhkRespondentCount *count;

      if (questionnaire < 0)
        continue;
      count = &g_array_index (counts, DhkRespondentCount, questionnaire);
      count->excluded = (guint) sqlite3_column_int64 (statement, 1);
      count->last = sqlite3_column_int64 (statement, 2);
    }
  return found == 0 ? g_steal_pointer (&counts) : NULL;
}
