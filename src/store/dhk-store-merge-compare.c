/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Another study against this one: who is in both, and where the two differ about them. Nothing of
 * this study is changed by a merge; what the other one has otherwise is a conflict.
 */

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "store/dhk-store-known.h"
#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-respondents.h"

#define CANCEL_EVERY 1024

/* A response here. */
typedef struct
{
  gint64 id;
  const char *exclusion; /* lent; NULL: not excluded */
} Own;

typedef struct
{
  DhkStore *store;
  DhkDraft *draft;
  DhkMerge *merge;
  GCancellable *cancellable;
  GStringChunk *strings;
  GArray *own;            /* Own, by rising id */
  GHashTable *by_key;     /* questionnaire and key -> place in `own`, + 1 */
  DhkResponses **sent;    /* per questionnaire */
  GHashTable *keys_there; /* keys of the other study (a set) */
  GHashTable *aside;      /* questionnaire, raw row: what stands aside already */
  GHashTable *kept;       /* what is not to be told (dhk-store-kept.h) */
  DhkErased *erased;      /* NULL: nobody was */
  DhkFrame *frame;
  gint8 **kinds;
  DhkComparison *result;
} Comparer;

static void
comparer_clear (Comparer *self)
{
  DhkInstrument *instrument = self->store->instrument;

  for (guint i = 0; self->kinds != NULL && i < dhk_instrument_get_n_variables (instrument); i++)
    g_free (self->kinds[i]);
  g_free (self->kinds);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    g_clear_pointer (&self->sent[i], dhk_responses_free);
  g_free (self->sent);
  g_string_chunk_free (self->strings);
  g_array_unref (self->own);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->keys_there);
  g_hash_table_unref (self->aside);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->erased, dhk_erased_free);
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_clear_pointer (&self->result, dhk_comparison_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparer, comparer_clear)

static gpointer
dup_int64 (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static DhkDraftFile *
get_draft_file (Comparer *self, const DhkMergeFile *file)
{
  return g_ptr_array_index (dhk_draft_get_files (self->draft), file->place);
}

/* What is here --------------------------------------------------------------------------------- */

static void
list_keys_there (Comparer *self)
{
  for (guint i = 0; i < self->merge->files->len; i++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->merge->files, i);

      for (guint r = 0; r < file->rows->len; r++)
        {
          const char *key = g_array_index (file->rows, DhkMergeRow, r).key;

          if (key != NULL)
            g_hash_table_add (self->keys_there, (gpointer) key);
        }
    }
}

static char *
dup_place (const char *questionnaire, const char *key)
{
  return g_strdup_printf ("%s\n%s", questionnaire, key);
}

/* Columns: 0 id, 1 questionnaire, 2 identity, 3 content, 4 started, 5 excluded, 6 exclusion. */
static void
add_own (Comparer *self, DhkStatement *statement, GHashTable *nameless)
{
  Own own = { .id = sqlite3_column_int64 (statement, 0) };
  const char *id = dhk_sql_text (statement, 1);
  int questionnaire = dhk_instrument_find_questionnaire (self->store->instrument, id);
  const char *key = sqlite3_column_type (statement, 2) != SQLITE_NULL
                        ? dhk_sql_text (statement, 2)
                        : g_hash_table_lookup (nameless, &own.id);

  if (questionnaire < 0)
    return;
  if (sqlite3_column_int (statement, 5) != 0)
    own.exclusion = g_string_chunk_insert (self->strings, dhk_sql_text (statement, 6));
  g_array_append_val (self->own, own);
  if (key != NULL && g_hash_table_contains (self->keys_there, key))
    g_hash_table_insert (self->by_key, dup_place (id, key), GUINT_TO_POINTER (self->own->len));
  else if (sqlite3_column_type (statement, 3) != SQLITE_NULL)
    {
      DhkResponses **sent = &self->sent[questionnaire];

      if (*sent == NULL)
        *sent = dhk_responses_new ();
      dhk_responses_add_stored (*sent, own.id, dhk_digest (NULL),
                                dhk_digest_of_column (statement, 3),
                                sqlite3_column_int64 (statement, 4));
    }
}

static gboolean
load_own (Comparer *self, GError **error)
{
  g_autoptr (GHashTable) nameless = dhk_merge_name_nameless (self->store, error);
  g_autoptr (DhkStatement) statement = NULL;
  int found;

  if (nameless == NULL)
    return FALSE;
  statement
      = dhk_sql_prepare (self->store,
                         "SELECT r.id, r.questionnaire, dhk_hash_text (r.identity), "
                         "r.content, r.started, r.excluded, r.exclusion FROM respondent_record r "
                         "JOIN import_batch b ON b.id = r.batch WHERE b.active ORDER BY r.id",
                         error);
  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    add_own (self, statement, nameless);
  return found == 0;
}

/* Rows --------------------------------------------------------------------------------------------- */

static const char *
get_questionnaire_id (Comparer *self, const DhkMergeFile *file)
{
  return file->questionnaire == G_MAXUINT
             ? ""
             : dhk_instrument_get_questionnaire (self->store->instrument, file->questionnaire)->id;
}

static void
set_erased (Comparer *self, DhkDraftFile *draft_file, guint i, gint64 there)
{
  dhk_comparison_set_erased (self->result, dhk_draft_file_get_row (draft_file, i));
  if (there != 0)
    g_hash_table_add (self->merge->unwanted, dup_int64 (there));
}

static gboolean
has_item_answer (Comparer *self, const DhkMergeFile *file, const DhkMergeRow *row)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->store->instrument, file->questionnaire);

  for (guint q = 0; q < questionnaire->n_questions; q++)
    if (questionnaire->questions[q].item >= 0
        && dhk_merge_column_read (&file->columns[q], row->frame_row).code >= 0)
      return TRUE;
  return FALSE;
}

static const Own *
find_own (Comparer *self, const DhkMergeFile *file, const char *key)
{
  g_autofree char *place = key != NULL ? dup_place (get_questionnaire_id (self, file), key) : NULL;
  guint found = place != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, place)) : 0;

  return found == 0 ? NULL : &g_array_index (self->own, Own, found - 1);
}

static void
compare_row (Comparer *self, const DhkMergeFile *file, DhkDraftFile *draft_file, guint i)
{
  const DhkMergeRow *row = &g_array_index (file->rows, DhkMergeRow, i);
  const Own *own = find_own (self, file, row->key);
  DhkResponses *sent = self->sent[file->questionnaire];

  if (self->erased != NULL && row->key != NULL
      && dhk_erased_holds_identity (self->erased, row->key))
    set_erased (self, draft_file, i, row->id);
  else if (own != NULL)
    {
      dhk_draft_file_set_fate (draft_file, i, DHK_ROW_PRESENT);
      g_hash_table_insert (self->merge->matched, dup_int64 (row->id), dup_int64 (own->id));
    }
  else if (sent != NULL && dhk_responses_hold_near (sent, row->content, row->started)
           && has_item_answer (self, file, row))
    dhk_comparison_set_sent_twice (dhk_draft_file_get_row (draft_file, i));
  else
    {
      dhk_draft_file_set_fate (draft_file, i, DHK_ROW_NEW);
      if (sent != NULL && dhk_responses_hold_content (sent, row->content)
          && has_item_answer (self, file, row))
        self->merge->n_alike++;
    }
}

static void
compare_aside (Comparer *self, const DhkMergeFile *file, DhkDraftFile *draft_file, guint i)
{
  const DhkMergeAside *aside = &g_array_index (file->aside, DhkMergeAside, i);
  guint row = file->rows->len + i;
  g_autofree char *place
      = dup_place (get_questionnaire_id (self, file), aside->raw != NULL ? aside->raw : "");

  if (self->erased != NULL
      && ((aside->identity != NULL && dhk_erased_holds_identity (self->erased, aside->identity))
          || g_hash_table_contains (self->merge->unwanted, &aside->respondent)))
    set_erased (self, draft_file, row, 0);
  else if (g_hash_table_contains (self->aside, place))
    g_hash_table_add (self->result->aside, dhk_draft_file_get_row (draft_file, row));
}

static gboolean
compare_files (Comparer *self, GError **error)
{
  self->merge->n_alike = 0;
  for (guint f = 0; f < self->merge->files->len; f++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->merge->files, f);
      DhkDraftFile *draft_file;

      if (file->place == 0)
        continue;
      draft_file = get_draft_file (self, file);
      for (guint i = 0; i < file->rows->len; i++)
        {
          if (i % CANCEL_EVERY == 0
              && g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return FALSE;
          compare_row (self, file, draft_file, i);
        }
    }
  /* Once it is known who was erased. */
  for (guint f = 0; f < self->merge->files->len; f++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->merge->files, f);

      for (guint i = 0; file->place != 0 && i < file->aside->len; i++)
        compare_aside (self, file, get_draft_file (self, file), i);
    }
  return TRUE;
}

/* Conflicts ------------------------------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/* A question here: where its answers stand, and what they can be. */
typedef struct
{
  DhkMergeColumn column;
  DhkSlot slot;
  gint64 number; /* of the slot, 0 where nobody answered it yet */
  const char *target;
} OwnColumn;

static OwnColumn *
list_own_columns (Comparer *self, const DhkQuestionnaire *questionnaire)
{
  OwnColumn *columns = g_new0 (OwnColumn, questionnaire->n_questions + 1);

  for (guint q = 0; q < questionnaire->n_questions; q++)
    {
      const DhkQuestion *question = &questionnaire->questions[q];
      DhkMergeColumn *column = &columns[q].column;
      gboolean is_variable = question->variable >= 0;
      guint index = (guint) (is_variable ? question->variable : question->item);

      columns[q].number = dhk_store_get_slot (self->store, is_variable, index);
      columns[q].target = dhk_store_target_id (self->store, question->target);
      columns[q].slot = dhk_store_describe_slot (self->store->instrument, is_variable, index);
      for (int i = 0; i < (int) G_N_ELEMENTS (column->map); i++)
        column->map[i] = (gint8) i;
      if (!is_variable)
        column->codes = dhk_frame_get_answers (self->frame, index, question->target);
      else if (!columns[q].slot.number)
        column->codes = dhk_frame_get_categories (self->frame, index);
      else
        {
          column->numbers = dhk_frame_get_numbers (self->frame, index);
          column->kinds = self->kinds[index];
        }
    }
  return columns;
}

/* Whether somebody chose not to be told of it. */
static gboolean
is_kept (Comparer *self, const OwnColumn *column, gint64 respondent, const DhkCell *found)
{
  const DhkKeptChoice choice = { .respondent = respondent,
                                 .slot = column->number,
                                 .target = (char *) column->target,
                                 .found = *found };

  return dhk_kept_holds (self->kept, &choice);
}

static void
compare_answers (Comparer *self,
                 const DhkMergeFile *file,
                 const OwnColumn *columns,
                 DhkDraftFile *draft_file,
                 guint i,
                 gint64 here)
{
  const gint64 *ids = dhk_frame_get_respondents (self->frame);
  const gint64 *found
      = bsearch (&here, ids, dhk_frame_get_n_rows (self->frame), sizeof here, compare_ids);
  guint there = g_array_index (file->rows, DhkMergeRow, i).frame_row;

  for (guint q = 0; found != NULL && q < draft_file->n_questions; q++)
    {
      DhkCell other = dhk_merge_column_read (&file->columns[q], there);
      DhkCell own;
      DhkDraftConflict *conflict;

      if (other.code == DHK_MISSING_NOT_ASKED)
        continue;
      own = dhk_merge_column_read (&columns[q].column, (guint) (found - ids));
      if (dhk_cell_equal (&columns[q].slot, &own, &other)
          || is_kept (self, &columns[q], here, &other))
        continue;
      conflict = dhk_draft_file_add_conflict (draft_file, i, q);
      conflict->respondent = here;
      conflict->held = dhk_cell_describe (self->store->instrument, &columns[q].slot, &own);
      conflict->found = dhk_cell_describe (self->store->instrument, &columns[q].slot, &other);
    }
}

char *
dhk_merge_describe_exclusion (const char *reason)
{
  if (reason == NULL)
    return g_strdup (_ ("not excluded"));
  return reason[0] != '\0' ? g_strdup_printf (_ ("excluded: %s"), reason)
                           : g_strdup (_ ("excluded"));
}

static void
compare_exclusion (
    Comparer *self, DhkDraftFile *draft_file, guint i, const Own *own, const char *there)
{
  const DhkKeptChoice choice = { .respondent = own->id,
                                 .slot = DHK_MERGE_SLOT_EXCLUSION,
                                 .found_exclusion = (char *) there };
  DhkDraftConflict *conflict;

  if ((own->exclusion == NULL) == (there == NULL) || dhk_kept_holds (self->kept, &choice))
    return;
  conflict = dhk_draft_file_add_conflict (draft_file, i, 0);
  conflict->is_exclusion = TRUE;
  conflict->respondent = own->id;
  conflict->held = dhk_merge_describe_exclusion (own->exclusion);
  conflict->found = dhk_merge_describe_exclusion (there);
}

static void
find_file_conflicts (Comparer *self, const DhkMergeFile *file)
{
  DhkDraftFile *draft_file = get_draft_file (self, file);
  g_autofree OwnColumn *columns = list_own_columns (
      self, dhk_instrument_get_questionnaire (self->store->instrument, file->questionnaire));
  guint n_rows = 0;

  for (guint i = 0; i < file->rows->len; i++)
    {
      const DhkMergeRow *row = &g_array_index (file->rows, DhkMergeRow, i);
      const Own *own;
      guint before = draft_file->conflicts->len;

      if (dhk_draft_file_get_fate (draft_file, i) != DHK_ROW_PRESENT)
        continue;
      own = find_own (self, file, row->key);
      compare_answers (self, file, columns, draft_file, i, own->id);
      compare_exclusion (self, draft_file, i, own, row->exclusion);
      if (draft_file->conflicts->len == before)
        continue;
      /* Shown with its row. */
      dhk_draft_file_get_row (draft_file, i);
      n_rows++;
    }
  if (n_rows > 0)
    dhk_merge_add_note (
        draft_file,
        g_dngettext (GETTEXT_PACKAGE,
                     "%u response is in both studies with something else. Here it stays as "
                     "it is; what “%s” says is kept beside it.",
                     "%u responses are in both studies with something else. Here they stay "
                     "as they are; what “%s” says is kept beside it.",
                     n_rows),
        n_rows, self->merge->name);
}

static gboolean
find_conflicts (Comparer *self, GError **error)
{
  if (g_hash_table_size (self->merge->matched) == 0)
    return TRUE;
  self->kept = dhk_kept_load (self->store, error);
  if (self->kept == NULL)
    return FALSE;
  self->kinds = g_new0 (gint8 *, dhk_instrument_get_n_variables (self->store->instrument) + 1);
  self->frame = dhk_store_scan_frame (self->store, TRUE, self->kinds, self->cancellable, error);
  if (self->frame == NULL)
    return FALSE;
  for (guint f = 0; f < self->merge->files->len; f++)
    {
      const DhkMergeFile *file = g_ptr_array_index (self->merge->files, f);

      if (file->place != 0 && file->questionnaire != G_MAXUINT)
        find_file_conflicts (self, file);
    }
  return TRUE;
}

/* All ------------------------------------------------------------------------------------------------------ */

static void
reset (Comparer *self)
{
  GPtrArray *files = dhk_draft_get_files (self->draft);

  for (guint f = 0; f < files->len; f++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, f);

      for (guint i = file->notes->len; i-- > 0;)
        if (((DhkDraftNote *) g_ptr_array_index (file->notes, i))->compared)
          g_ptr_array_remove_index (file->notes, i);
      g_ptr_array_set_size (file->conflicts, 0);
      dhk_draft_file_reset_fates (file);
    }
  g_hash_table_remove_all (self->merge->matched);
  g_hash_table_remove_all (self->merge->unwanted);
}

DhkComparison *
dhk_merge_compare (DhkStore *store, DhkDraft *draft, GCancellable *cancellable, GError **error)
{
  g_auto (Comparer) comparer = {
    .store = store,
    .draft = draft,
    .merge = dhk_merge_of_draft (draft),
    .cancellable = cancellable,
    .strings = g_string_chunk_new (4096),
    .own = g_array_new (FALSE, FALSE, sizeof (Own)),
    .by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .sent = g_new0 (DhkResponses *, dhk_instrument_get_n_questionnaires (store->instrument) + 1),
    .keys_there = g_hash_table_new (g_str_hash, g_str_equal),
    .aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .result = dhk_comparison_new (),
  };

  reset (&comparer);
  list_keys_there (&comparer);
  if (!load_own (&comparer, error) || !dhk_comparison_load_aside (store, comparer.aside, error)
      || !dhk_erased_load (store, &comparer.erased, error) || !compare_files (&comparer, error)
      || !find_conflicts (&comparer, error) || !dhk_merge_note_all (store, draft, error))
    return NULL;
  return g_steal_pointer (&comparer.result);
}
