/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows of pages that nothing leads to any more. The pages of a table form a tree: where the page at
 * its root is lost, every row is still there, and cannot be found. So each page that looks like a leaf is given to
 * SQLite as the root of a table of its own, in a copy of the file whose first page is ours. SQLite
 * reads it, with the guards that it has for damaged files; a row is taken where it can be of one
 * table only. Pages that lead to others are not followed, which in a damaged file may have no end: the
 * few rows that such a page of a table without rowids has stay lost.
 */

#include <string.h>

#include "store/dhk-store-salvage-private.h"

#define PAGE_SIZE 4096 /* of every study that was made by this program */
#define TABLE_LEAF 0x0d
#define INDEX_LEAF 0x0a /* also of a table without rowids */

/* Half a gigabyte: a larger file takes minutes. */
#define MAX_PAGES (128 * 1024)

/* Wider than any table of ours. */
#define COLUMNS "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15"
#define N_COLUMNS 16

/* What a column of a table without rowids gives where a row has no such column: several of these tables
 * differ only in how many columns they have. */
#define ABSENT "x''"
#define IS_ABSENT(column) "typeof (" column ") = 'blob'"

typedef struct
{
  const char *table;
  guint8 leaf;
  const char *is_row; /* what only a row of this table is; a column that is the rowid is null */
} Kind;

/* In the order in which they refer to each other. */
static const Kind kinds[] = {
  { "item_slot", TABLE_LEAF,
    "c0 IS NULL AND c1 IN ('item', 'variable') AND typeof (c2) = 'text' AND c3 IS NULL" },
  { "import_batch", TABLE_LEAF,
    "c0 IS NULL AND typeof (c1) = 'integer' AND c2 IN (0, 1) AND typeof (c3) = 'text' "
    "AND typeof (c4) = 'text' AND typeof (c5) = 'text' AND typeof (c6) = 'text' "
    "AND typeof (c7) = 'integer' AND typeof (c12) = 'integer' AND typeof (c13) = 'text'" },
  { "respondent_record", TABLE_LEAF,
    "c0 IS NULL AND typeof (c1) = 'integer' AND c2 IN (0, 1) AND typeof (c3) = 'text' "
    "AND typeof (c4) = 'text' AND typeof (c5) = 'integer' AND typeof (c6) = 'integer' "
    "AND typeof (c7) = 'integer'" },
  { "raw_chunk", TABLE_LEAF,
    "typeof (c0) = 'integer' AND typeof (c1) = 'integer' AND typeof (c2) = 'integer' "
    "AND typeof (c3) = 'integer' AND typeof (c4) = 'blob' AND c5 IS NULL" },
  { "answer_sheet", INDEX_LEAF,
    "typeof (c0) = 'integer' AND typeof (c1) = 'text' AND typeof (c2) = 'text' "
    "AND " IS_ABSENT ("c3") },
  /* Not what was typed of a paper form or corrected by hand, which are four columns, nor what a
   * newer file has otherwise, which is five that are filled. */
  { "value", INDEX_LEAF,
    "typeof (c0) = 'integer' AND typeof (c1) = 'integer' AND typeof (c2) = 'text' "
    "AND ((typeof (c3) IN ('integer', 'real', 'text') AND c4 IS NULL) "
    "OR (c3 IS NULL AND typeof (c4) = 'text' AND length (c4) = 1)) AND " IS_ABSENT ("c5") },
};

/* The copy ------------------------------------------------------------------------------ */

/* The first page of a database that has a table of either shape. */
static guint8 *
make_first_page (void)
{
  g_autoptr (GString) sql = g_string_new ("PRAGMA page_size = 4096; CREATE TABLE plain (" COLUMNS
                                          "); CREATE TABLE keyed (");
  sqlite3 *db = NULL;
  sqlite3_int64 size = 0;
  guint8 *image = NULL;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (sql, "c%u DEFAULT " ABSENT ", ", i);
  g_string_append (sql, "PRIMARY KEY (c0)) WITHOUT ROWID");
  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          == SQLITE_OK
      && sqlite3_exec (db, sql->str, NULL, NULL, NULL) == SQLITE_OK)
    image = sqlite3_serialize (db, "main", &size, 0);
  sqlite3_close (db);
  return image;
}

static sqlite3 *
open_copy (const guint8 *data, gsize n_pages)
{
  const gsize size = n_pages * PAGE_SIZE;
  guint8 *first = make_first_page ();
  guint8 *copy = sqlite3_malloc64 (size);
  sqlite3 *db = NULL;

  if (first == NULL || copy == NULL)
    {
      sqlite3_free (first);
      sqlite3_free (copy);
      return NULL;
    }
  memcpy (copy, first, PAGE_SIZE);
  sqlite3_free (first);
  memcpy (copy + PAGE_SIZE, data + PAGE_SIZE, size - PAGE_SIZE);
  for (guint i = 0; i < 4; i++)
    copy[28 + i] = (guint8) (n_pages >> (8 * (3 - i)));
  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          != SQLITE_OK
      || sqlite3_deserialize (db, "main", copy, (sqlite3_int64) size, (sqlite3_int64) size,
                              SQLITE_DESERIALIZE_FREEONCLOSE)
             != SQLITE_OK)
    {
      sqlite3_close (db);
      return NULL;
    }
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_exec (db, "PRAGMA journal_mode = MEMORY; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
  return db;
}

static gboolean
set_root (sqlite3 *db, guint8 leaf, gsize page)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA writable_schema = ON;"
                                          "UPDATE sqlite_schema SET rootpage = %" G_GSIZE_FORMAT
                                          " WHERE name = '%s';"
                                          "PRAGMA writable_schema = RESET",
                                          page, leaf == TABLE_LEAF ? "plain" : "keyed");

  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Rows ---------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *data;
  gsize n_pages;
  sqlite3 *db;
  sqlite3_stmt *inserts[G_N_ELEMENTS (kinds)];
  char *selects[G_N_ELEMENTS (kinds)];
  gint n_values[G_N_ELEMENTS (kinds)];
} Scan;

static void
scan_clear (Scan *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      sqlite3_finalize (self->inserts[i]);
      g_free (self->selects[i]);
    }
  sqlite3_close (self->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

static gboolean
scan_init (Scan *self, GBytes *bytes)
{
  gsize size;

  self->data = g_bytes_get_data (bytes, &size);
  self->n_pages = size / PAGE_SIZE;
  if (self->n_pages < 2 || self->n_pages > MAX_PAGES)
    return FALSE;
  self->db = open_copy (self->data, self->n_pages);
  return self->db != NULL;
}

/* Columns stand in a row as in the table, which every version only made longer. What was found the
 * usual way stays. */
static gboolean
prepare (Scan *self, guint kind, sqlite3 *to)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autofree char *insert = NULL;
  sqlite3_stmt *columns = NULL;
  int n = 0;

  if (sqlite3_prepare_v2 (to, "SELECT name, type, pk FROM pragma_table_info (?) ORDER BY cid", -1,
                          &columns, NULL)
      != SQLITE_OK)
    return FALSE;
  sqlite3_bind_text (columns, 1, kinds[kind].table, -1, SQLITE_STATIC);
  for (; n < N_COLUMNS && sqlite3_step (columns) == SQLITE_ROW; n++)
    {
      /* The rowid under a name of its own stands in no row. */
      gboolean is_rowid = n == 0 && kinds[kind].leaf == TABLE_LEAF
                          && sqlite3_column_int (columns, 2) == 1
                          && strcmp ((const char *) sqlite3_column_text (columns, 0), "batch") != 0;

      g_string_append (names, n > 0 ? ", " : "");
      dhk_sql_append_identifier (names, (const char *) sqlite3_column_text (columns, 0));
      if (is_rowid)
        g_string_append (values, "rowid");
      else
        g_string_append_printf (values, "%sc%d", n > 0 ? ", " : "", n);
      g_string_append (marks, n > 0 ? ", ?" : "?");
    }
  sqlite3_finalize (columns);
  self->n_values[kind] = n;
  self->selects[kind]
      = g_strdup_printf ("SELECT %s FROM %s WHERE %s", values->str,
                         kinds[kind].leaf == TABLE_LEAF ? "plain" : "keyed", kinds[kind].is_row);
  insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", kinds[kind].table,
                            names->str, marks->str);
  return sqlite3_prepare_v2 (to, insert, -1, &self->inserts[kind], NULL) == SQLITE_OK;
}

/* TRUE when the page, which is the root now, has rows of this kind. */
static gboolean
copy_page (Scan *self, guint kind)
{
  sqlite3_stmt *select = NULL;
  gboolean found = FALSE;

  if (sqlite3_prepare_v2 (self->db, self->selects[kind], -1, &select, NULL) == SQLITE_OK)
    while (sqlite3_step (select) == SQLITE_ROW)
      {
        found = TRUE;
        for (int i = 0; i < self->n_values[kind]; i++)
          sqlite3_bind_value (self->inserts[kind], i + 1, sqlite3_column_value (select, i));
        sqlite3_step (self->inserts[kind]);
        sqlite3_reset (self->inserts[kind]);
      }
  sqlite3_finalize (select);
  return found;
}

void
dhk_salvage_scan_pages (GBytes *bytes, DhkStore *to)
{
  g_auto (Scan) scan = { NULL };

  if (!scan_init (&scan, bytes))
    return;
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (!prepare (&scan, kind, to->db))
      return;
  for (gsize page = 2; page <= scan.n_pages; page++)
    {
      guint8 leaf = scan.data[(page - 1) * PAGE_SIZE];
      gboolean found = FALSE;

      if ((leaf != TABLE_LEAF && leaf != INDEX_LEAF) || !set_root (scan.db, leaf, page))
        continue;
      for (guint kind = 0; kind < G_N_ELEMENTS (kinds) && !found; kind++)
        found = kinds[kind].leaf == leaf && copy_page (&scan, kind);
    }
}

/* The questionnaires -------------------------------------------------------------------- */

static DhkInstrument *
read_instrument (sqlite3 *db, const char *sql, const char *name)
{
  sqlite3_stmt *select = NULL;
  DhkInstrument *instrument = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &select, NULL) == SQLITE_OK)
    while (instrument == NULL && sqlite3_step (select) == SQLITE_ROW)
      {
        g_autoptr (GBytes) xml = g_bytes_new (sqlite3_column_blob (select, 0),
                                              (gsize) sqlite3_column_bytes (select, 0));

        instrument = dhk_instrument_new_from_bytes (xml, name, NULL);
      }
  sqlite3_finalize (select);
  return instrument;
}

DhkInstrument *
dhk_salvage_find_instrument (sqlite3 *from, GBytes *bytes, const char *name, gboolean *whole)
{
  /* A row that is an id and a description, as they are in use. */
  static const char in_use[] = "SELECT c1 FROM plain WHERE typeof (c0) = 'text' "
                               "AND typeof (c1) = 'blob' AND c2 IS NULL";
  g_auto (Scan) scan = { NULL };
  DhkInstrument *instrument
      = read_instrument (from, "SELECT xml FROM instrument ORDER BY rowid", name);

  if (instrument != NULL)
    return instrument;
  *whole = FALSE;
  if (!scan_init (&scan, bytes))
    return NULL;
  for (gsize page = 2; page <= scan.n_pages && instrument == NULL; page++)
    if (scan.data[(page - 1) * PAGE_SIZE] == TABLE_LEAF && set_root (scan.db, TABLE_LEAF, page))
      instrument = read_instrument (scan.db, in_use, name);
  return instrument;
}
