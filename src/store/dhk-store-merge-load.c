/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study, read whole: its imports and its responses. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-retention.h"

/* Of any one text: a reason, a file's name, a raw head. */
#define MAX_TEXT (64 * 1024)

#define CANCEL_EVERY 4096

/* 1 January of the year 10000. */
#define LAST_SECOND G_GINT64_CONSTANT (253402300800)

/* Freeing ------------------------------------------------------------------------------ */

static void
chunk_clear (gpointer data)
{
  g_clear_pointer (&((DhkMergeChunk *) data)->deflated, g_bytes_unref);
}

static void
file_free (gpointer data)
{
  DhkMergeFile *self = data;

  g_free (self->name);
  g_free (self->sha256);
  g_free (self->kind);
  g_free (self->raw_head);
  g_array_unref (self->rows);
  g_array_unref (self->aside);
  g_array_unref (self->chunks);
  g_array_unref (self->owners);
  g_array_unref (self->extras);
  g_free (self->columns);
  g_free (self);
}

static DhkMergeFile *
file_new (DhkMerge *merge)
{
  DhkMergeFile *self = g_new0 (DhkMergeFile, 1);

  self->merge = merge;
  self->rows = g_array_new (FALSE, TRUE, sizeof (DhkMergeRow));
  self->aside = g_array_new (FALSE, TRUE, sizeof (DhkMergeAside));
  self->chunks = g_array_new (FALSE, TRUE, sizeof (DhkMergeChunk));
  g_array_set_clear_func (self->chunks, chunk_clear);
  self->owners = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->extras = g_array_new (FALSE, TRUE, sizeof (DhkMergeExtra));
  g_ptr_array_add (merge->files, self);
  return self;
}

void
dhk_merge_form_free (gpointer data)
{
  DhkMergeForm *self = data;

  g_array_unref (self->answers);
  g_array_unref (self->settled);
  g_free (self);
}

static void
pile_free (gpointer data)
{
  g_ptr_array_unref (((DhkMergePile *) data)->forms);
  g_free (data);
}

void
dhk_merge_free (DhkMerge *self)
{
  guint n = self->theirs != NULL ? dhk_instrument_get_n_variables (self->theirs) : 0;

  for (guint i = 0; self->kinds != NULL && i < n; i++)
    g_free (self->kinds[i]);
  g_free (self->kinds);
  g_free (self->name);
  g_free (self->retention);
  g_free (self->items);
  g_free (self->variables);
  g_free (self->targets);
  g_clear_pointer (&self->frame, dhk_frame_unref);
  g_clear_pointer (&self->ours, dhk_instrument_unref);
  g_clear_pointer (&self->theirs, dhk_instrument_unref);
  g_clear_pointer (&self->erased, dhk_erased_free);
  g_ptr_array_unref (self->files);
  g_array_unref (self->slots);
  g_array_unref (self->edits);
  g_array_unref (self->conflicts);
  g_array_unref (self->kept);
  g_ptr_array_unref (self->piles);
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->matched);
  g_hash_table_unref (self->unwanted);
  g_hash_table_unref (self->stored);
  g_free (self);
}

static DhkMerge *
merge_new (DhkStore *from, DhkInstrument *ours)
{
  DhkMerge *self = g_new0 (DhkMerge, 1);

  self->name = dhk_store_dup_masked (from->name);
  self->ours = dhk_instrument_ref (ours);
  self->theirs = dhk_instrument_ref (from->instrument);
  self->kinds = g_new0 (gint8 *, dhk_instrument_get_n_variables (self->theirs) + 1);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->slots = g_array_new (FALSE, TRUE, sizeof (DhkMergeSlot));
  self->edits = g_array_new (FALSE, TRUE, sizeof (DhkMergeMark));
  self->conflicts = g_array_new (FALSE, TRUE, sizeof (DhkMergeMark));
  self->kept = g_array_new (FALSE, TRUE, sizeof (DhkMergeMark));
  self->piles = g_ptr_array_new_with_free_func (pile_free);
  self->texts = g_string_chunk_new (64 * 1024);
  self->matched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->unwanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stored = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 1; i <= from->slots->len; i++)
    {
      const DhkSlot *slot = dhk_store_slot (from, i);
      DhkMergeSlot place = { slot->is_variable, slot->index };

      g_array_append_val (self->slots, place);
    }
  return self;
}

/* Texts --------------------------------------------------------------------------------- */

const char *
dhk_merge_take_text (DhkMerge *self, DhkStatement *statement, int column)
{
  const char *text;
  g_autofree char *valid = NULL;
  g_autofree char *masked = NULL;

  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  text = dhk_sql_text (statement, column);
  if (g_utf8_validate (text, -1, NULL) && strlen (text) <= MAX_TEXT && strchr (text, '@') == NULL)
    return g_string_chunk_insert (self->texts, text);
  valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_TEXT));
  masked = dhk_store_dup_masked (valid);
  return g_string_chunk_insert (self->texts, masked);
}

static char *
dup_text (DhkMerge *self, DhkStatement *statement, int column)
{
  const char *text = dhk_merge_take_text (self, statement, column);

  return g_strdup (text != NULL ? text : "");
}

/* Imports -------------------------------------------------------------------------------- */

/* A study can only be added to one that has all its questionnaires: the other way round may do. */
static gboolean
refuse_questionnaire (DhkMerge *self, guint there, GError **error)
{
  const char *label = dhk_text_get (&dhk_instrument_get_questionnaire (self->theirs, there)->label,
                                    dhk_language_of_messages ());

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->ours); i++)
    if (dhk_instrument_find_questionnaire (self->theirs,
                                           dhk_instrument_get_questionnaire (self->ours, i)->id)
        < 0)
      return dhk_store_fail (
          error, DHK_STORE_ERROR_CONFLICT,
          _ ("“%s” holds answers to the questionnaire “%s”, which this study does not have. "
             "Nothing was stored; neither study has all questionnaires of the other, so the two "
             "cannot be put together."),
          self->name, label);
  return dhk_store_fail (
      error, DHK_STORE_ERROR_CONFLICT,
      _ ("“%s” holds answers to the questionnaire “%s”, which this study does not have. Nothing "
         "was stored. That study has all questionnaires of this one: open it, and import this "
         "study there."),
      self->name, label);
}

/* The questionnaire here; FALSE with what to do when it is one that this study does not have. */
static gboolean
find_questionnaire (DhkMerge *self, DhkStore *from, const char *id, guint *found, GError **error)
{
  int here = dhk_instrument_find_questionnaire (self->ours, id);
  int there = dhk_instrument_find_questionnaire (self->theirs, id);
  const char *type;

  if (there < 0)
    return dhk_store_fail_damaged (
        from, _ ("its answers do not belong to the questionnaires it holds"), error);
  if (here < 0)
    return refuse_questionnaire (self, (guint) there, error);
  type = dhk_instrument_get_role (
             self->theirs, dhk_instrument_get_questionnaire (self->theirs, (guint) there)->type)
             ->id;
  *found = (guint) here;
  if (strcmp (dhk_instrument_get_role (self->ours,
                                       dhk_instrument_get_questionnaire (self->ours, *found)->type)
                  ->id,
              type)
      == 0)
    return TRUE;
  return dhk_store_fail (
      error, DHK_STORE_ERROR_CONFLICT,
      _ ("The questionnaire “%s” is filled in by others in “%s” than here. Nothing was stored; the "
         "two studies cannot be put together."),
      id, self->name);
}

static gboolean
load_imports (DhkMerge *self, DhkStore *from, GHashTable *by_batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (from,
                         "SELECT id, file_name, sha256, kind, questionnaire, raw_head "
                         "FROM import_batch WHERE active AND kind <> 'paper' ORDER BY id",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      DhkMergeFile *file;
      const char *questionnaire = dhk_sql_text (statement, 4);
      guint place = G_MAXUINT;

      /* Rows of a file that was never known can only stand aside. */
      if (questionnaire[0] != '\0'
          && !find_questionnaire (self, from, questionnaire, &place, error))
        return FALSE;
      file = file_new (self);
      file->batch = sqlite3_column_int64 (statement, 0);
      file->name = dup_text (self, statement, 1);
      file->sha256 = dup_text (self, statement, 2);
      file->kind = dup_text (self, statement, 3);
      file->raw_head = dup_text (self, statement, 5);
      file->questionnaire = place;
      g_hash_table_insert (by_batch, g_memdup2 (&file->batch, sizeof file->batch), file);
    }
  return found == 0;
}

/* Every pile is one file, though each form is an import of its own. */
static gboolean
add_piles (DhkMerge *self, DhkStore *from, GHashTable *by_respondent, GError **error)
{
  for (guint i = 0; i < self->piles->len; i++)
    {
      const DhkMergePile *pile = g_ptr_array_index (self->piles, i);
      DhkMergeFile *file;
      guint place = 0;

      if (!find_questionnaire (self, from, pile->questionnaire, &place, error))
        return FALSE;
      file = file_new (self);
      file->pile = pile->id;
      file->name = g_strdup (pile->name);
      file->sha256 = g_strdup ("");
      file->kind = g_strdup ("paper");
      file->raw_head = g_strdup ("");
      file->questionnaire = place;
      for (guint f = 0; f < pile->forms->len; f++)
        {
          const DhkMergeForm *form = g_ptr_array_index (pile->forms, f);

          if (form->pass == DHK_ENTRY_FIRST && form->respondent != 0)
            g_hash_table_insert (by_respondent,
                                 g_memdup2 (&form->respondent, sizeof form->respondent), file);
        }
    }
  return TRUE;
}

/* The file of a response from paper that has no typed form any more; NULL with an error. */
static DhkMergeFile *
find_loose (
    DhkMerge *self, DhkStore *from, const char *questionnaire, const char *name, GError **error)
{
  DhkMergeFile *file;
  guint place = 0;

  if (!find_questionnaire (self, from, questionnaire, &place, error))
    return NULL;
  for (guint i = 0; i < self->files->len; i++)
    {
      file = g_ptr_array_index (self->files, i);
      if (file->pile == DHK_MERGE_LOOSE && file->questionnaire == place
          && strcmp (file->name, name) == 0)
        return file;
    }
  file = file_new (self);
  file->pile = DHK_MERGE_LOOSE;
  file->name = g_strdup (name);
  file->sha256 = g_strdup ("");
  file->kind = g_strdup ("paper");
  file->raw_head = g_strdup ("");
  file->questionnaire = place;
  return file;
}

/* Responses ------------------------------------------------------------------------------- */

typedef struct
{
  DhkMerge *merge;
  DhkStore *from;
  GHashTable *by_batch;      /* gint64 -> DhkMergeFile */
  GHashTable *by_respondent; /* the same, of paper */
  GHashTable *nameless;      /* gint64 -> text */
  GCancellable *cancellable;
} Reading;

/* Seconds of a year with at most four digits; 0: unknown. */
static gint64
take_time (DhkStatement *statement, int column)
{
  gint64 seconds = sqlite3_column_int64 (statement, column);

  return seconds > -LAST_SECOND && seconds < LAST_SECOND ? seconds : 0;
}

static gboolean
fail_rows (Reading *self, GError **error)
{
  return dhk_store_fail_damaged (
      self->from, _ ("its answers do not belong to the questionnaires it holds"), error);
}

/* Columns: 0 id, 1 batch, 2 questionnaire, 3 started, 4 completed, 5 form_id, 6 identity, 7 content,
 * 8 pseudonym, 9 excluded, 10 exclusion, 11 kind and 12 name of the import. */
static gboolean
add_row (Reading *self, DhkStatement *statement, guint frame_row, GError **error)
{
  DhkMerge *merge = self->merge;
  gint64 batch = sqlite3_column_int64 (statement, 1);
  DhkMergeRow row = { .id = sqlite3_column_int64 (statement, 0), .frame_row = frame_row };
  DhkMergeFile *file = g_hash_table_lookup (self->by_respondent, &row.id);
  const char *nameless;

  if (file == NULL)
    file = g_hash_table_lookup (self->by_batch, &batch);
  if (file == NULL && strcmp (dhk_sql_text (statement, 11), "paper") == 0)
    {
      const char *name = dhk_merge_take_text (merge, statement, 12);

      file = find_loose (merge, self->from, dhk_sql_text (statement, 2), name != NULL ? name : "",
                         error);
      if (file == NULL)
        return FALSE;
    }
  if (file == NULL || file->questionnaire == G_MAXUINT
      || strcmp (dhk_instrument_get_questionnaire (merge->ours, file->questionnaire)->id,
                 dhk_sql_text (statement, 2))
             != 0)
    return fail_rows (self, error);
  row.started = take_time (statement, 3);
  row.completed = take_time (statement, 4);
  row.form_id = dhk_merge_take_text (merge, statement, 5);
  row.identity = dhk_merge_take_text (merge, statement, 6);
  row.content = dhk_merge_take_text (merge, statement, 7);
  row.pseudonym = dhk_merge_take_text (merge, statement, 8);
  if (sqlite3_column_int (statement, 9) != 0)
    row.exclusion = dhk_merge_take_text (merge, statement, 10);
  if (sqlite3_column_int (statement, 9) != 0 && row.exclusion == NULL)
    row.exclusion = "";
  row.key = row.identity;
  nameless = row.key == NULL ? g_hash_table_lookup (self->nameless, &row.id) : NULL;
  if (nameless != NULL)
    row.key = g_string_chunk_insert (merge->texts, nameless);
  row.line = file->rows->len + 1;
  g_array_append_val (file->rows, row);
  return TRUE;
}

static gboolean
load_responses (Reading *self, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->from,
      "SELECT r.id, r.batch, r.questionnaire, r.started, r.completed, r.form_id, "
      "dhk_hash_text (r.identity), dhk_hash_text (r.content), r.pseudonym, r.excluded, "
      "r.exclusion, b.kind, "
      "b.file_name "
      "FROM respondent_record r JOIN import_batch b ON b.id = r.batch "
      "WHERE b.active ORDER BY r.id",
      error);
  const gint64 *respondents = dhk_frame_get_respondents (self->merge->frame);
  guint n_rows = dhk_frame_get_n_rows (self->merge->frame);
  guint row = 0;
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->from, statement, error)) == 1)
    {
      if (row % CANCEL_EVERY == 0
          && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (row >= n_rows || respondents[row] != sqlite3_column_int64 (statement, 0))
        return fail_rows (self, error);
      if (!add_row (self, statement, row++, error))
        return FALSE;
    }
  return found == 0 && (row == n_rows || fail_rows (self, error));
}

static gboolean
load_aside (Reading *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self->from,
                         "SELECT a.batch, a.line, a.raw, a.reason, a.identity, a.respondent "
                         "FROM aside_row a JOIN import_batch b ON b.id = a.batch "
                         "WHERE b.active ORDER BY a.batch, a.line, a.id",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->from, statement, error)) == 1)
    {
      gint64 batch = sqlite3_column_int64 (statement, 0);
      DhkMergeFile *file = g_hash_table_lookup (self->by_batch, &batch);
      DhkMergeAside aside = {
        .line = (guint64) CLAMP (sqlite3_column_int64 (statement, 1), 0, G_MAXINT),
        .raw = dhk_merge_take_text (self->merge, statement, 2),
        .reason = dhk_merge_take_text (self->merge, statement, 3),
        .identity = dhk_merge_take_text (self->merge, statement, 4),
        .respondent = sqlite3_column_int64 (statement, 5),
      };

      if (file != NULL)
        g_array_append_val (file->aside, aside);
    }
  return found == 0;
}

/* All ---------------------------------------------------------------------------------------- */

/* Whether names are kept of respondents there: by which file they would be opened. */
static void
look_at_settings (DhkMerge *self, DhkStore *from)
{
  g_autofree char *key_file = dhk_store_get_setting (from, "key-file-study");

  self->has_key_file = key_file != NULL;
  self->retention = dhk_store_dup_retention (from);
}

static gboolean
load_all (DhkMerge *self, DhkStore *from, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) by_batch
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) by_respondent
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) nameless = dhk_merge_name_nameless (from, error);
  Reading reading = { .merge = self,
                      .from = from,
                      .by_batch = by_batch,
                      .by_respondent = by_respondent,
                      .nameless = nameless,
                      .cancellable = cancellable };

  if (nameless == NULL)
    return FALSE;
  look_at_settings (self, from);
  self->frame = dhk_store_scan_frame (from, TRUE, self->kinds, cancellable, error);
  return self->frame != NULL && load_imports (self, from, by_batch, error)
         && dhk_merge_load_piles (self, from, error) && add_piles (self, from, by_respondent, error)
         && load_responses (&reading, error) && load_aside (&reading, error)
         && dhk_merge_load_raw (self, from, error) && dhk_merge_load_marks (self, from, error)
         && dhk_erased_load (from, &self->erased, error);
}

DhkMerge *
dhk_merge_load (DhkStore *from, DhkInstrument *ours, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkMerge) self = NULL;

  if (strcmp (dhk_instrument_get_id (ours), dhk_instrument_get_id (from->instrument)) != 0)
    {
      dhk_store_fail (
          error, DHK_STORE_ERROR_CONFLICT,
          _ ("“%s” was collected with other questionnaires (“%s”) than this study (“%s”), so they "
             "cannot be put together. Nothing was stored."),
          from->name, dhk_instrument_get_id (from->instrument), dhk_instrument_get_id (ours));
      return NULL;
    }
  self = merge_new (from, ours);
  if (!dhk_sql_exec (from, "BEGIN", error))
    return NULL;
  if (!load_all (self, from, cancellable, error))
    return NULL;
  dhk_store_roll_back (from);
  return g_steal_pointer (&self);
}
