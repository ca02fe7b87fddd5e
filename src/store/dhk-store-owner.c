/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whose the imported rows are. An export that is newer holds the rows of older responses
 * once more, and somebody's second answer may stand aside: what is to be erased or searched has
 * to be found there too.
 *
 * Of every import the respondents of its rows are kept, in the order of the file, 0 where
 * there is none: differences from row to row, as variable-length integers, compressed.
 */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  DhkDraftFile *file;
  gint64 batch;
  gint64 first; /* of its new respondents, who are numbered one after the other */
} OwnedFile;

struct _DhkOwners
{
  DhkStore *store;
  DhkComparison *comparison; /* lent */
  GArray *files;             /* OwnedFile */
  GHashTable *stored;        /* identity, lent -> gint64: respondent; wanted ones only */
  GHashTable *contents;      /* content, lent -> GArray of Response; wanted ones only */
  GHashTable *replaced;      /* identity, lent -> DhkDraftRow that counts instead */
  GHashTable *fresh;         /* DhkDraftRow with `replaces` that is new -> gint64 */
};

typedef struct
{
  gint64 respondent;
  gint64 started;
} Response;

DhkOwners *
dhk_owners_new (DhkStore *store, DhkComparison *comparison)
{
  DhkOwners *self = g_new0 (DhkOwners, 1);

  self->store = store;
  self->comparison = comparison;
  self->files = g_array_new (FALSE, TRUE, sizeof (OwnedFile));
  self->stored = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->contents
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->replaced = g_hash_table_new (g_str_hash, g_str_equal);
  self->fresh = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
dhk_owners_free (DhkOwners *self)
{
  g_array_unref (self->files);
  g_hash_table_unref (self->stored);
  g_hash_table_unref (self->contents);
  g_hash_table_unref (self->replaced);
  g_hash_table_unref (self->fresh);
  g_free (self);
}

/* Collecting ------------------------------------------------------------------------ */

static gint64 *
dup_int64 (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static gboolean
has_answer (DhkDraftFile *file, guint row)
{
  const gint8 *codes = dhk_draft_file_get_codes (file, row);

  for (guint q = 0; q < file->n_questions; q++)
    if (codes[q] >= 0)
      return TRUE;
  return FALSE;
}

static void
want_identity (DhkOwners *self, const char *identity)
{
  if (identity != NULL && !g_hash_table_contains (self->stored, identity))
    g_hash_table_insert (self->stored, (gpointer) identity, dup_int64 (0));
}

static void
want_row (DhkOwners *self, DhkDraftFile *file, guint i, gint64 respondent)
{
  DhkDraftRow *row = dhk_draft_file_get_row (file, i);

  for (char **other = row->replaces; other != NULL && *other != NULL; other++)
    g_hash_table_insert (self->replaced, *other, row);
  if (row->fate == DHK_ROW_NEW)
    {
      if (row->replaces != NULL)
        g_hash_table_insert (self->fresh, row, dup_int64 (respondent));
      return;
    }
  want_identity (self, row->identity);
  for (char **other = row->replaces; other != NULL && *other != NULL; other++)
    want_identity (self, *other);
  if (row->fate == DHK_ROW_ASIDE && row->content != NULL && has_answer (file, i)
      && !g_hash_table_contains (self->contents, row->content))
    g_hash_table_insert (self->contents, row->content,
                         g_array_new (FALSE, FALSE, sizeof (Response)));
}

/* The respondent of a row that comparing found, where that tells all; else 0. */
static gint64
get_present (DhkOwners *self, DhkDraftFile *file, guint i)
{
  const gint64 *present = g_hash_table_lookup (self->comparison->present, file);
  DhkRowFate fate = dhk_draft_file_get_fate (file, i);

  return present != NULL && (fate == DHK_ROW_PRESENT || fate == DHK_ROW_CHANGED) ? ABS (present[i])
                                                                                 : 0;
}

gboolean
dhk_owners_add_file (DhkOwners *self, DhkDraftFile *file, gint64 step, GError **error)
{
  OwnedFile owned = { .file = file };
  gint64 next = 0;
  guint n_rows;

  if (dhk_sql_get_int (self->store, error, &owned.batch,
                       "SELECT max (id) FROM import_batch WHERE step = ?", "i", step)
          != 1
      || dhk_sql_get_int (self->store, error, &next, "SELECT next_respondent FROM study", "") != 1)
    return FALSE;

  n_rows = dhk_draft_file_get_n_rows (file);
  for (guint i = 0; i < n_rows; i++)
    if (dhk_draft_file_get_fate (file, i) == DHK_ROW_NEW)
      next--;
  owned.first = next;
  for (guint i = 0; i < n_rows; i++)
    {
      gboolean is_new = dhk_draft_file_get_fate (file, i) == DHK_ROW_NEW;

      if ((!is_new && get_present (self, file, i) == 0)
          || dhk_draft_file_peek_row (file, i) != NULL)
        want_row (self, file, i, is_new ? next : 0);
      next += is_new ? 1 : 0;
    }
  g_array_append_val (self->files, owned);
  return TRUE;
}

/* Finding ------------------------------------------------------------------------------ */

static gboolean
load_stored (DhkOwners *self, GError **error)
{
  g_autoptr (DhkStatement) statement = NULL;
  int found;

  if (g_hash_table_size (self->stored) == 0 && g_hash_table_size (self->contents) == 0)
    return TRUE;
  statement = dhk_sql_prepare (self->store,
                               "SELECT r.id, dhk_hash_text (r.identity), "
                               "dhk_hash_text (r.content), r.started FROM respondent_record r JOIN "
                               "import_batch b ON b.id = r.batch "
                               "WHERE b.active ORDER BY r.id",
                               error);
  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    {
      Response response = { .respondent = sqlite3_column_int64 (statement, 0),
                            .started = sqlite3_column_int64 (statement, 3) };
      gint64 *stored = g_hash_table_lookup (self->stored, dhk_sql_text (statement, 1));
      GArray *same = g_hash_table_lookup (self->contents, dhk_sql_text (statement, 2));

      if (stored != NULL)
        *stored = response.respondent;
      if (same != NULL)
        g_array_append_val (same, response);
    }
  return found == 0;
}

static gint64
find_stored (DhkOwners *self, const char *identity)
{
  const gint64 *stored = identity != NULL ? g_hash_table_lookup (self->stored, identity) : NULL;

  return stored != NULL ? *stored : 0;
}

/* Of a row that counts. */
static gint64
find_counting (DhkOwners *self, const DhkDraftRow *row)
{
  const gint64 *fresh = g_hash_table_lookup (self->fresh, row);
  gint64 owner = fresh != NULL ? *fresh : find_stored (self, row->identity);

  for (char **other = row->replaces; owner == 0 && other != NULL && *other != NULL; other++)
    owner = find_stored (self, *other);
  return owner;
}

/* Who gave the same answers nearest in time: what was sent twice. */
static gint64
find_same (DhkOwners *self, const DhkDraftRow *row)
{
  const GArray *same
      = row->content != NULL ? g_hash_table_lookup (self->contents, row->content) : NULL;
  const Response *nearest = NULL;

  for (guint i = 0; same != NULL && i < same->len; i++)
    {
      const Response *response = &g_array_index (same, Response, i);

      if (nearest == NULL
          || ABS (response->started - row->started) < ABS (nearest->started - row->started))
        nearest = response;
    }
  return nearest != NULL ? nearest->respondent : 0;
}

static gint64
find_owner (DhkOwners *self, const DhkDraftRow *row)
{
  const DhkDraftRow *instead
      = row->identity != NULL ? g_hash_table_lookup (self->replaced, row->identity) : NULL;
  gint64 owner = find_counting (self, row);

  if (owner == 0 && instead != NULL)
    owner = find_counting (self, instead);
  if (owner == 0 && row->fate == DHK_ROW_ASIDE)
    owner = find_same (self, row);
  return owner;
}

/* Writing ------------------------------------------------------------------------------- */

/* Owners of the rows of an import, packed one after the other. */
typedef struct
{
  GString *data;
  gint64 before;
} Packed;

static void
append_owner (Packed *self, gint64 owner)
{
  gint64 value = owner - self->before;
  guint64 rest = ((guint64) value << 1) ^ (guint64) (value >> 63);

  while (rest > 127)
    {
      g_string_append_c (self->data, (char) (rest | 128));
      rest >>= 7;
    }
  g_string_append_c (self->data, (char) rest);
  self->before = owner;
}

static gboolean
write_packed (DhkStore *self, gint64 batch, const Packed *packed, GError **error)
{
  g_autoptr (GBytes) deflated = dhk_raw_deflate (packed->data->str, packed->data->len);

  return dhk_sql_run (self, error,
                      "INSERT OR REPLACE INTO raw_owner (batch, size, deflated) VALUES (?, ?, ?)",
                      "iib", batch, (gint64) packed->data->len, deflated);
}

gboolean
dhk_store_write_owners (DhkStore *self, gint64 batch, const gint64 *owners, guint n, GError **error)
{
  g_autoptr (GString) data = g_string_sized_new (n + 16);
  Packed packed = { .data = data };

  for (guint i = 0; i < n; i++)
    append_owner (&packed, owners[i]);
  return write_packed (self, batch, &packed, error);
}

static gboolean
mark_aside (DhkOwners *self, GHashTable *rows, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) list
      = dhk_sql_prepare (self->store, "SELECT id, line FROM aside_row WHERE batch = ?", error);
  g_autoptr (DhkStatement) update = dhk_sql_prepare (
      self->store, "UPDATE aside_row SET respondent = ?, identity = ? WHERE id = ?", error);
  g_autoptr (GArray) found_rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  int found;

  if (list == NULL || update == NULL)
    return FALSE;
  dhk_sql_bind (list, "i", batch);
  while ((found = dhk_sql_step (self->store, list, error)) == 1)
    {
      gint64 pair[] = { sqlite3_column_int64 (list, 0), sqlite3_column_int64 (list, 1) };

      g_array_append_vals (found_rows, pair, 2);
    }
  for (guint i = 0; found == 0 && i < found_rows->len; i += 2)
    {
      const gint64 *line = &g_array_index (found_rows, gint64, i + 1);
      const DhkDraftRow *row = g_hash_table_lookup (rows, line);
      gint64 owner = row != NULL ? find_owner (self, row) : 0;

      if (row == NULL)
        continue;
      if (owner != 0)
        sqlite3_bind_int64 (update, 1, owner);
      else
        sqlite3_bind_null (update, 1);
      sqlite3_bind_text (update, 2, row->identity, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (update, 3, g_array_index (found_rows, gint64, i));
      if (!dhk_sql_insert (self->store, update, error))
        return FALSE;
    }
  return found == 0;
}

static gboolean
finish_file (DhkOwners *self, OwnedFile *owned, GError **error)
{
  g_autoptr (GHashTable) aside = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint n_rows = dhk_draft_file_get_n_rows (owned->file);
  g_autoptr (GString) data = g_string_sized_new (n_rows + 16);
  Packed packed = { .data = data };
  gint64 next = owned->first;

  for (guint i = 0; i < n_rows; i++)
    {
      DhkDraftRow *row;

      if (dhk_draft_file_get_fate (owned->file, i) == DHK_ROW_NEW)
        {
          append_owner (&packed, next++);
          continue;
        }
      if (get_present (self, owned->file, i) != 0)
        {
          append_owner (&packed, get_present (self, owned->file, i));
          continue;
        }
      row = dhk_draft_file_get_row (owned->file, i);
      append_owner (&packed, find_owner (self, row));
      if (row->fate == DHK_ROW_ASIDE && !g_hash_table_contains (self->comparison->erased, row))
        g_hash_table_insert (aside, &row->line, row);
    }
  return (g_hash_table_size (aside) == 0 || mark_aside (self, aside, owned->batch, error))
         && write_packed (self->store, owned->batch, &packed, error);
}

gboolean
dhk_owners_finish (DhkOwners *self, GError **error)
{
  if (!load_stored (self, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++)
    if (!finish_file (self, &g_array_index (self->files, OwnedFile, i), error))
      return FALSE;
  return TRUE;
}

/* Reading --------------------------------------------------------------------------------- */

static GArray *
unpack_owners (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GArray *owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 before = 0;

  for (gsize at = 0; at < size;)
    {
      guint64 rest = 0;
      guint shift = 0;

      do
        rest |= (guint64) (data[at] & 127) << MIN (shift, 63u);
      while ((data[at++] & 128) != 0 && at < size && (shift += 7) < 64);
      before = (gint64) ((guint64) before + ((rest >> 1) ^ (guint64) - (gint64) (rest & 1)));
      g_array_append_val (owners, before);
    }
  return owners;
}

/* An import of before this was kept: certain when each of its rows became a respondent. */
static GArray *
guess_owners (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT id FROM respondent_record WHERE batch = ? ORDER BY id", error);
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 n = 0;
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", batch);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 respondent = sqlite3_column_int64 (statement, 0);

      g_array_append_val (owners, respondent);
    }
  if (found < 0
      || dhk_sql_get_int (self, error, &n,
                          "SELECT ifnull (sum (n_rows), 0) FROM raw_chunk WHERE batch = ?", "i",
                          batch)
             < 0)
    return NULL;
  if (n != owners->len)
    g_array_set_size (owners, 0);
  return g_steal_pointer (&owners);
}

GArray *
dhk_store_load_owners (DhkStore *self, gint64 batch, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self, "SELECT size, deflated FROM raw_owner WHERE batch = ?", error);
  int found;

  if (statement == NULL)
    return NULL;
  dhk_sql_bind (statement, "i", batch);
  found = dhk_sql_step (self, statement, error);
  if (found == 1)
    {
      g_autoptr (GBytes) bytes = dhk_raw_inflate (sqlite3_column_blob (statement, 1),
                                                  (gsize) sqlite3_column_bytes (statement, 1),
                                                  sqlite3_column_int64 (statement, 0));

      if (bytes != NULL)
        return unpack_owners (bytes);
      dhk_store_fail_damaged (self, _ ("its raw rows cannot be read"), error);
      return NULL;
    }
  return found == 0 ? guess_owners (self, batch, error) : NULL;
}
