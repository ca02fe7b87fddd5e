/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another study, read whole: imported rows, corrections, what was typed from paper. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-kept.h"
#include "store/dhk-store-merge-private.h"

/* What inflates to more than so many times its size, after the first megabyte, is no raw rows. */
#define MAX_RATIO 200
#define FREE_SIZE (1024 * 1024)

/* Imported rows --------------------------------------------------------------------------- */

static gboolean
fail_raw (DhkStore *from, GError **error)
{
  return dhk_store_fail_damaged (from, _ ("its raw rows cannot be read"), error);
}

/* The rows as this study keeps them: valid text without addresses. FALSE: they cannot be read. */
static gboolean
take_chunk (DhkStatement *statement, DhkMergeChunk *chunk)
{
  const char *data = sqlite3_column_blob (statement, 3);
  gsize packed = (gsize) sqlite3_column_bytes (statement, 3);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *valid = NULL;
  const char *text;
  gsize size;

  chunk->n_rows = sqlite3_column_int64 (statement, 1);
  chunk->size = sqlite3_column_int64 (statement, 2);
  if (chunk->n_rows < 0 || chunk->n_rows > chunk->size || data == NULL
      || (chunk->size > FREE_SIZE && (guint64) chunk->size > (guint64) packed * MAX_RATIO))
    return FALSE;
  bytes = dhk_raw_inflate (data, packed, chunk->size);
  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  /* By the rows one is found who asks to be erased. */
  if (dhk_raw_count_rows (text, size) != chunk->n_rows)
    return FALSE;
  if (g_utf8_validate (text, (gssize) size, NULL) && memchr (text, '@', size) == NULL)
    chunk->deflated = g_bytes_new (data, packed);
  else
    {
      g_autofree char *masked = NULL;

      valid = g_utf8_make_valid (text, (gssize) size);
      masked = dhk_store_dup_masked (valid);
      chunk->size = (gint64) strlen (masked);
      chunk->deflated = dhk_raw_deflate (masked, strlen (masked));
    }
  return chunk->deflated != NULL;
}

static gboolean
load_chunks (DhkMergeFile *file, DhkStore *from, gint64 *n_rows, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      from, "SELECT chunk, n_rows, size, deflated FROM raw_chunk WHERE batch = ? ORDER BY chunk",
      error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", file->batch);
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      DhkMergeChunk chunk = { 0 };

      if (!take_chunk (statement, &chunk))
        return fail_raw (from, error);
      *n_rows += chunk.n_rows;
      g_array_append_val (file->chunks, chunk);
    }
  return found == 0;
}

gboolean
dhk_merge_load_raw (DhkMerge *self, DhkStore *from, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      DhkMergeFile *file = g_ptr_array_index (self->files, i);
      GArray *owners;
      gint64 n_rows = 0;

      if (file->batch == 0)
        continue;
      if (!load_chunks (file, from, &n_rows, error))
        return FALSE;
      owners = dhk_store_load_owners (from, file->batch, error);
      if (owners == NULL)
        return FALSE;
      g_array_unref (file->owners);
      file->owners = owners;
      if (owners->len > 0 && (gint64) owners->len != n_rows)
        return fail_raw (from, error);
      /* The row in the file is what a person can find there. */
      for (guint r = 0, at = 0; r < file->rows->len; r++)
        {
          DhkMergeRow *row = &g_array_index (file->rows, DhkMergeRow, r);
          guint begin = at;

          while (at < owners->len && g_array_index (owners, gint64, at) != row->id)
            at++;
          if (at < owners->len)
            row->line = at + 2;
          else
            at = begin;
        }
    }
  return TRUE;
}

/* Corrections by hand, and conflicts ------------------------------------------------------------ */

/* Columns: 0 respondent, 1 slot, 2 target. FALSE: not a place there. */
static gboolean
take_place (DhkStore *from, DhkStatement *statement, DhkMergeMark *mark)
{
  gint64 slot = sqlite3_column_int64 (statement, 1);
  const DhkSlot *description;

  mark->is_exclusion = slot == DHK_MERGE_SLOT_EXCLUSION && mark->is_merged;
  mark->respondent = sqlite3_column_int64 (statement, 0);
  if (mark->is_exclusion)
    return TRUE;
  if (slot < 1 || slot > from->slots->len)
    return FALSE;
  description = dhk_store_slot (from, (guint) slot);
  mark->is_variable = description->is_variable;
  mark->index = description->index;
  mark->target = dhk_store_find_target (from, dhk_sql_text (statement, 2));
  return mark->target >= DHK_NO_TARGET;
}

/* Columns: 3 file name, 4 found, 5 excluded. 1: a conflict, 0: it was settled, -1: failed. */
static int
take_conflict (
    DhkMerge *self, DhkStore *from, DhkStatement *statement, DhkMergeMark *mark, GError **error)
{
  guint number = (guint) sqlite3_column_int64 (statement, 1);
  const DhkSlot *slot;
  DhkCell held;

  mark->file_name = dhk_merge_take_text (self, statement, 3);
  if (mark->is_exclusion)
    {
      mark->exclusion = dhk_merge_take_text (self, statement, 4);
      return (mark->exclusion != NULL) != (sqlite3_column_int (statement, 5) != 0);
    }
  slot = dhk_store_slot (from, number);
  mark->found = dhk_cell_column (statement, 4, slot);
  if (!(slot->number && mark->found.code == 0)
      && !dhk_slot_accepts (slot, from->instrument, mark->found.code))
    {
      dhk_store_fail_damaged (from, _ ("it holds an answer that its questionnaires do not know"),
                              error);
      return -1;
    }
  if (!dhk_store_read_cell (from, mark->respondent, number, mark->target, &held, error))
    return -1;
  return !dhk_cell_equal (slot, &mark->found, &held);
}

/* Whether somebody there chose not to be told of it. */
static gboolean
is_kept (GHashTable *kept, DhkStatement *statement, const DhkMergeMark *mark)
{
  const DhkKeptChoice choice = { .respondent = mark->respondent,
                                 .slot = mark->is_exclusion ? DHK_MERGE_SLOT_EXCLUSION
                                                            : sqlite3_column_int64 (statement, 1),
                                 .target = (char *) dhk_sql_text (statement, 2),
                                 .found = mark->found,
                                 .found_exclusion = (char *) mark->exclusion };

  return dhk_kept_holds (kept, &choice);
}

static gboolean
load_list (DhkMerge *self,
           DhkStore *from,
           const char *sql,
           gboolean is_merged,
           GArray *list,
           GError **error)
{
  g_autoptr (GHashTable) kept = dhk_kept_load (from, error);
  g_autoptr (DhkStatement) statement = kept != NULL ? dhk_sql_prepare (from, sql, error) : NULL;
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      DhkMergeMark mark = { .is_merged = is_merged };
      int open = 1;

      if (!take_place (from, statement, &mark))
        return dhk_store_fail_damaged (from, _ ("an answer belongs to no question"), error);
      if (list == self->edits)
        mark.times = CLAMP (sqlite3_column_int64 (statement, 3), 1, G_MAXINT);
      else
        open = take_conflict (self, from, statement, &mark, error);
      if (open < 0)
        return FALSE;
      if (open > 0
          && (list == self->edits || (mark.file_name != NULL && !is_kept (kept, statement, &mark))))
        g_array_append_val (list, mark);
    }
  return found == 0;
}

typedef struct
{
  DhkMerge *merge;
  DhkStore *from;
} Keeping;

/* What the questionnaires there do not know any more nobody will find again. */
static gboolean
add_kept (const DhkKeptChoice *choice, gpointer user_data, GError **error)
{
  const Keeping *self = user_data;
  DhkMergeMark mark = { .respondent = choice->respondent, .is_merged = TRUE };
  const DhkSlot *slot;

  if (choice->slot == DHK_MERGE_SLOT_EXCLUSION)
    {
      mark.is_exclusion = TRUE;
      mark.exclusion = choice->found_exclusion != NULL ? "" : NULL;
      g_array_append_val (self->merge->kept, mark);
      return TRUE;
    }
  slot = dhk_store_slot (self->from, (guint) choice->slot);
  mark.is_variable = slot->is_variable;
  mark.index = slot->index;
  mark.target = dhk_store_find_target (self->from, choice->target);
  mark.held = choice->held;
  mark.found = choice->found;
  if ((slot->number && mark.found.code == 0)
      || (dhk_slot_accepts (slot, self->from->instrument, mark.found.code)
          && dhk_slot_accepts (slot, self->from->instrument, mark.held.code)))
    g_array_append_val (self->merge->kept, mark);
  return TRUE;
}

gboolean
dhk_merge_load_marks (DhkMerge *self, DhkStore *from, GError **error)
{
  Keeping keeping = { self, from };

  return dhk_kept_for_each (from, add_kept, &keeping, error)
         && load_list (self, from,
                       "SELECT h.respondent, h.slot, h.target, h.times FROM hand_edit h "
                       "JOIN respondent_record r ON r.id = h.respondent "
                       "JOIN import_batch b ON b.id = r.batch WHERE b.active AND h.slot > 0 "
                       "ORDER BY h.respondent",
                       FALSE, self->edits, error)
         && load_list (self, from,
                       "SELECT c.respondent, c.slot, c.target, c.file_name, c.found "
                       "FROM import_conflict c JOIN respondent_record r ON r.id = c.respondent "
                       "JOIN import_batch b ON b.id = r.batch WHERE b.active "
                       "ORDER BY c.respondent",
                       FALSE, self->conflicts, error)
         && load_list (self, from,
                       "SELECT m.respondent, m.slot, m.target, m.file_name, m.found, r.excluded "
                       "FROM merge_conflict m JOIN respondent_record r ON r.id = m.respondent "
                       "JOIN import_batch b ON b.id = r.batch JOIN study s "
                       "WHERE b.active AND m.slot >= -1 AND m.step <= s.journal_position "
                       "AND NOT EXISTS (SELECT 1 FROM merge_conflict l "
                       "WHERE l.respondent = m.respondent AND l.slot = m.slot "
                       "AND l.target = m.target AND l.file_name = m.file_name "
                       "AND l.step > m.step AND l.step <= s.journal_position) "
                       "ORDER BY m.respondent",
                       TRUE, self->conflicts, error);
}

/* Paper ------------------------------------------------------------------------------------------ */

static gboolean
load_typed (DhkMerge *self,
            DhkStore *from,
            const char *sql,
            const DhkMergeForm *form,
            GArray *list,
            GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (from, sql, error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", form->id);
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      gint64 slot = sqlite3_column_int64 (statement, 0);
      DhkMergeTyped typed = { .slot = (guint) CLAMP (slot, 0, G_MAXINT),
                              .target = dhk_merge_take_text (self, statement, 1),
                              .answer = dhk_merge_take_text (self, statement, 2) };

      if (slot < 1 || slot > from->slots->len || typed.target == NULL || typed.answer == NULL
          || dhk_store_find_target (from, typed.target) < DHK_NO_TARGET)
        return dhk_store_fail_damaged (from, _ ("an answer belongs to no question"), error);
      g_array_append_val (list, typed);
    }
  return found == 0;
}

static gboolean
load_forms (DhkMerge *self, DhkStore *from, DhkMergePile *pile, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (from,
                         "SELECT id, pass, number, complete, ifnull (respondent, 0) "
                         "FROM entry_form WHERE batch = ? AND active ORDER BY number, pass",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", pile->id);
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      DhkMergeForm *form = g_new0 (DhkMergeForm, 1);
      gint64 number = sqlite3_column_int64 (statement, 2);

      form->answers = g_array_new (FALSE, FALSE, sizeof (DhkMergeTyped));
      form->settled = g_array_new (FALSE, FALSE, sizeof (DhkMergeTyped));
      g_ptr_array_add (pile->forms, form);
      form->id = sqlite3_column_int64 (statement, 0);
      form->pass = sqlite3_column_int (statement, 1) == DHK_ENTRY_SECOND ? DHK_ENTRY_SECOND
                                                                         : DHK_ENTRY_FIRST;
      form->number = (guint) CLAMP (number, 0, DHK_ENTRY_MAX_NUMBER);
      form->complete = sqlite3_column_int (statement, 3) != 0;
      form->respondent = sqlite3_column_int64 (statement, 4);
      if (number != form->number || number == 0)
        return dhk_store_fail_damaged (from, _ ("its tables are not as they should be"), error);
    }
  for (guint i = 0; found == 0 && i < pile->forms->len; i++)
    {
      DhkMergeForm *form = g_ptr_array_index (pile->forms, i);

      if (!load_typed (self, from, "SELECT slot, target, answer FROM entry_answer WHERE form = ?",
                       form, form->answers, error)
          || !load_typed (self, from,
                          "SELECT slot, target, answer FROM entry_settled WHERE form = ?", form,
                          form->settled, error))
        return FALSE;
    }
  return found == 0;
}

gboolean
dhk_merge_load_piles (DhkMerge *self, DhkStore *from, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      from,
      "SELECT id, name, questionnaire, made, ifnull (name_there, name) FROM entry_batch "
      "WHERE active ORDER BY id",
      error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (from, statement, error)) == 1)
    {
      DhkMergePile *pile = g_new0 (DhkMergePile, 1);

      pile->forms = g_ptr_array_new_with_free_func (dhk_merge_form_free);
      g_ptr_array_add (self->piles, pile);
      pile->id = sqlite3_column_int64 (statement, 0);
      pile->name = dhk_merge_take_text (self, statement, 1);
      pile->questionnaire = dhk_merge_take_text (self, statement, 2);
      pile->made = sqlite3_column_int64 (statement, 3);
      pile->origin = dhk_merge_take_text (self, statement, 4);
    }
  for (guint i = 0; found == 0 && i < self->piles->len; i++)
    if (!load_forms (self, from, g_ptr_array_index (self->piles, i), error))
      return FALSE;
  return found == 0;
}

/* Responses without an identity ------------------------------------------------------------------- */

static gboolean
name_paper (DhkStore *store, GHashTable *names, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (store,
                         "SELECT f.respondent, b.questionnaire, b.made, f.number, "
                         "ifnull (b.name_there, b.name) "
                         "FROM entry_form f JOIN entry_batch b ON b.id = f.batch "
                         "WHERE f.active AND b.active AND f.pass = 1 AND f.respondent IS NOT NULL",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 0);
      g_autofree char *name = g_strdup (dhk_sql_text (statement, 4));

      g_hash_table_insert (names, g_memdup2 (&respondent, sizeof respondent),
                           g_strdup_printf ("paper|%s|%lld|%lld|%s", dhk_sql_text (statement, 1),
                                            sqlite3_column_int64 (statement, 2),
                                            sqlite3_column_int64 (statement, 3), name));
    }
  return found == 0;
}

/* Of a study that was repaired the typed forms are gone, their responses are not. */
static gboolean
name_loose_paper (DhkStore *store, GHashTable *names, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT r.id, r.questionnaire, ifnull (r.form_id, ''), b.file_name "
      "FROM respondent_record r JOIN import_batch b ON b.id = r.batch "
      "WHERE b.active AND b.kind = 'paper' AND r.id NOT IN (SELECT respondent FROM entry_form "
      "WHERE active AND pass = 1 AND respondent IS NOT NULL)",
      error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 0);

      g_hash_table_insert (names, g_memdup2 (&respondent, sizeof respondent),
                           g_strdup_printf ("loose|%s|%s|%s", dhk_sql_text (statement, 1),
                                            dhk_sql_text (statement, 2),
                                            dhk_sql_text (statement, 3)));
    }
  return found == 0;
}

typedef struct
{
  gint64 id;
  char *text; /* what the file is */
} NamelessBatch;

static void
nameless_batch_clear (gpointer data)
{
  g_free (((NamelessBatch *) data)->text);
}

static GArray *
list_nameless_batches (DhkStore *store, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      store,
      "SELECT DISTINCT b.id, b.questionnaire, b.sha256, b.imported FROM import_batch b "
      "JOIN respondent_record r ON r.batch = b.id "
      "WHERE b.active AND b.kind <> 'paper' AND r.identity IS NULL ORDER BY b.id",
      error);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (NamelessBatch));
  int found;

  g_array_set_clear_func (list, nameless_batch_clear);
  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (store, statement, error)) == 1)
    {
      NamelessBatch batch = { .id = sqlite3_column_int64 (statement, 0) };
      g_autofree char *sha256 = g_strdup (dhk_sql_text (statement, 2));

      /* Of what was no file, only a copy of this study knows when it came in. */
      batch.text = sha256[0] != '\0'
                       ? g_strdup_printf ("file|%s|%s", dhk_sql_text (statement, 1), sha256)
                       : g_strdup_printf ("import|%s|%lld", dhk_sql_text (statement, 1),
                                          sqlite3_column_int64 (statement, 3));
      g_array_append_val (list, batch);
    }
  return found == 0 ? g_steal_pointer (&list) : NULL;
}

GHashTable *
dhk_merge_name_nameless (DhkStore *store, GError **error)
{
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GArray) batches = NULL;

  if (!name_paper (store, names, error) || !name_loose_paper (store, names, error))
    return NULL;
  batches = list_nameless_batches (store, error);
  for (guint i = 0; batches != NULL && i < batches->len; i++)
    {
      const NamelessBatch *batch = &g_array_index (batches, NamelessBatch, i);
      g_autoptr (GArray) owners = dhk_store_load_owners (store, batch->id, error);

      if (owners == NULL)
        return NULL;
      for (guint row = 0; row < owners->len; row++)
        {
          gint64 owner = g_array_index (owners, gint64, row);

          if (owner != 0 && !g_hash_table_contains (names, &owner))
            g_hash_table_insert (names, g_memdup2 (&owner, sizeof owner),
                                 g_strdup_printf ("%s|%u", batch->text, row));
        }
    }
  return batches != NULL ? g_steal_pointer (&names) : NULL;
}
