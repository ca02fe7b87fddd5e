/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the study already holds of a draft. Rows are taken in order, and a row
 * that is new counts as held for the rows after it, also those of other files.
 *
 * Which rows of the draft are one response sent twice, the draft has decided: it
 * knows addresses, which are stored nowhere. Here only a row against a stored
 * response that is not itself in the draft is looked at.
 */

#include "store/dhk-store-compare-private.h"
#include "store/dhk-store-kept.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-merge-private.h"

DhkComparison *
dhk_comparison_new (void)
{
  DhkComparison *self = g_new0 (DhkComparison, 1);

  self->changed = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->origins = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->aside = g_hash_table_new (NULL, NULL);
  self->erased = g_hash_table_new (NULL, NULL);
  self->present = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
dhk_comparison_free (DhkComparison *self)
{
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->origins);
  g_hash_table_unref (self->aside);
  g_hash_table_unref (self->erased);
  g_hash_table_unref (self->present);
  g_free (self);
}

void
dhk_comparison_set_erased (DhkComparison *self, DhkDraftRow *row)
{
  g_free (row->reason);
  row->reason = g_strdup (_ ("This response was erased from the study on request."));
  row->fate = DHK_ROW_ASIDE;
  row->compared = TRUE;
  g_hash_table_add (self->erased, row);
}

void
dhk_comparison_set_sent_twice (DhkDraftRow *row)
{
  row->fate = DHK_ROW_ASIDE;
  row->compared = TRUE;
  row->reason = g_strdup (_ ("Sent twice: the same answers and background came within ten "
                             "minutes, and are in the study once."));
}

static void
comparer_clear (DhkComparer *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->store->instrument); i++)
    g_clear_pointer (&self->responses[i], dhk_responses_free);
  g_free (self->responses);
  g_hash_table_unref (self->hand);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_hash_table_unref (self->aside);
  g_clear_pointer (&self->erased, dhk_erased_free);
  g_clear_pointer (&self->result, dhk_comparison_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkComparer, comparer_clear)

static void
use_questionnaire (DhkComparer *self, int questionnaire)
{
  DhkResponses **responses = &self->responses[questionnaire];

  if (*responses == NULL)
    *responses = dhk_responses_new ();
}

/* Fates and notes of an earlier comparison go; those of the import stay. */
static void
reset_file (DhkDraftFile *file)
{
  for (guint i = file->notes->len; i-- > 0;)
    if (((DhkDraftNote *) g_ptr_array_index (file->notes, i))->compared)
      g_ptr_array_remove_index (file->notes, i);
  g_ptr_array_set_size (file->conflicts, 0);
  dhk_draft_file_reset_fates (file);
}

/* A file of an unknown questionnaire can only hold rows that stand aside. */
static gboolean
check_file (DhkDraftFile *file, GError **error)
{
  for (guint i = 0; file->questionnaire < 0 && i < dhk_draft_file_get_n_rows (file); i++)
    if (dhk_draft_file_get_fate (file, i) != DHK_ROW_ASIDE)
      {
        g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS,
                     _ ("It is not known yet which questionnaire “%s” belongs to. Nothing was "
                        "stored; choose it first."),
                     file->name);
        return FALSE;
      }
  return TRUE;
}

/* Finds the stored response of every row; rows that share one with others are left for later. */
static gboolean
match_file (DhkComparer *self, DhkDraftFile *file, const guint8 *several, GError **error)
{
  guint n_rows = dhk_draft_file_get_n_rows (file);
  gint64 *present = g_new0 (gint64, (gsize) n_rows + 1);
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (DhkZoneGuess) guess = NULL;
  gint64 batch;

  g_hash_table_insert (self->result->present, file, present);
  if (file->questionnaire < 0)
    return TRUE;
  if (!dhk_comparer_find_same_file (self, file, &batch, error))
    return FALSE;
  guess = dhk_zone_guess_new (
      dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire)->id);
  for (guint i = 0; i < n_rows; i++)
    {
      g_auto (DhkDraftRow) row = { 0 };
      gint64 respondent;
      gboolean is_same;

      if (i % DHK_COMPARE_CANCEL_EVERY == 0
          && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      dhk_draft_file_read_row (file, i, &row);
      respondent = dhk_responses_match (self->responses[file->questionnaire], &row, &is_same);
      if (is_same && several[i] == 0)
        present[i] = respondent;
      if (respondent != 0)
        continue;
      dhk_zone_guess_add (guess, i, &row);
      if (dhk_comparer_may_adopt (batch, &row))
        g_array_append_val (unknown, i);
    }
  if (!dhk_comparer_adopt_rows (self, file, batch, unknown, present, error))
    return FALSE;
  dhk_comparer_adopt_zone (self, guess, file, present);
  return TRUE;
}

static gboolean
look_for_responses (DhkComparer *self, GError **error)
{
  gint64 any = 0;

  if (dhk_sql_get_int (self->store, error, &any,
                       "SELECT EXISTS (SELECT 1 FROM respondent_record r "
                       "JOIN import_batch b ON b.id = r.batch WHERE b.active)",
                       "")
      != 1)
    return FALSE;
  self->is_empty = any == 0;
  return TRUE;
}

/* A draft names questions by their place in the questionnaires it was read for. */
static gboolean
is_of_this_version (DhkStore *self, DhkDraft *draft, GError **error)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  return instrument == self->instrument
         || g_bytes_equal (dhk_instrument_get_xml (instrument),
                           dhk_instrument_get_xml (self->instrument))
         || dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                            _ ("The questionnaires were changed after this file was read. Nothing "
                               "was changed; read the file again."));
}

/* Respondents with an answer that was corrected by hand. */
static gboolean
load_hand_edited (DhkStore *self, GHashTable *hand, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT DISTINCT respondent FROM hand_edit", error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 0);

      g_hash_table_add (hand, g_memdup2 (&respondent, sizeof respondent));
    }
  return found == 0;
}

gboolean
dhk_comparison_load_aside (DhkStore *self, GHashTable *aside, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT b.questionnaire, a.raw FROM aside_row a "
                         "JOIN import_batch b ON b.id = a.batch WHERE b.active",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    g_hash_table_add (aside, g_strdup_printf ("%s\n%s", dhk_sql_text (statement, 0),
                                              dhk_sql_text (statement, 1)));
  return found == 0;
}

/*
 * A byte for every row of the files, one after the other: 1 where another row of them may be of the
 * same response, or where no identity tells.
 */
static guint8 *
mark_several (DhkDraft *draft)
{
  const GPtrArray *files = dhk_draft_get_files (draft);
  guint8 *several;
  gsize n = 0;

  dhk_draft_find_twins (draft);
  for (guint i = 0; i < files->len; i++)
    n += dhk_draft_file_get_n_rows (g_ptr_array_index (files, i));
  several = g_malloc0 (n + 1);
  n = 0;
  for (guint i = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);

      for (guint k = 0; k < file->twins->len; k++)
        several[n + g_array_index (file->twins, guint, k)] = 1;
      n += dhk_draft_file_get_n_rows (file);
    }
  return several;
}

typedef gboolean (*FileFunc) (DhkComparer *self,
                              DhkDraftFile *file,
                              const guint8 *several,
                              GError **error);

static gboolean
for_each_file (DhkComparer *self, FileFunc func, const guint8 *several, GError **error)
{
  GPtrArray *files = dhk_draft_get_files (self->draft);

  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      if (!func (self, file, several, error))
        return FALSE;
      several += dhk_draft_file_get_n_rows (file);
    }
  return TRUE;
}

DhkComparison *
dhk_store_compare_inside (DhkStore *self,
                          DhkDraft *draft,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (DhkComparer) comparer = {
    .store = self,
    .draft = draft,
    .cancellable = cancellable,
    .responses
    = g_new0 (DhkResponses *, dhk_instrument_get_n_questionnaires (self->instrument) + 1),
    .hand = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .result = dhk_comparison_new (),
  };
  GPtrArray *files = dhk_draft_get_files (draft);
  g_autofree guint8 *several = NULL;

  if (!is_of_this_version (self, draft, error))
    return NULL;
  if (dhk_merge_of_draft (draft) != NULL)
    return dhk_merge_compare (self, draft, cancellable, error);
  if (!look_for_responses (&comparer, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      reset_file (file);
      if (!check_file (file, error))
        return NULL;
      if (file->questionnaire >= 0)
        use_questionnaire (&comparer, file->questionnaire);
    }
  comparer.kept = dhk_kept_load (self, error);
  if (comparer.kept == NULL || !dhk_responses_load (comparer.responses, self, cancellable, error)
      || !load_hand_edited (self, comparer.hand, error)
      || !dhk_comparison_load_aside (self, comparer.aside, error)
      || !dhk_erased_load (self, &comparer.erased, error))
    return NULL;
  several = mark_several (draft);
  if ((!comparer.is_empty || comparer.erased != NULL)
      && !for_each_file (&comparer, match_file, several, error))
    return NULL;
  if (!for_each_file (&comparer, dhk_comparer_compare_file, several, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    dhk_comparer_find_repeated (&comparer, g_ptr_array_index (files, i));
  return g_steal_pointer (&comparer.result);
}

gboolean
dhk_store_compare (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkComparison) comparison = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_sql_exec (self, "BEGIN", error))
    return FALSE;
  if (dhk_store_load_slots (self, error))
    comparison = dhk_store_compare_inside (self, draft, cancellable, error);
  ok = comparison != NULL && dhk_store_find_nameless (self, draft, FALSE, error) >= 0;
  dhk_store_roll_back (self);
  return ok;
}
