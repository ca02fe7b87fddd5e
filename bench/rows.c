/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long SQLite alone takes to store the respondents of a study, a row each and durably: the least that an import
 * of them can take.
 *
 *   rows STUDY
 *
 * Reads all rows into memory, then inserts them into a new file beside STUDY as an import does: one transaction, many
 * rows a statement, the same tables and settings. The file is removed again. Prints seconds of the clock and of the
 * processor; asserts nothing.
 */

#include <glib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

/* Rows of one INSERT. */
#define MANY 128

static void
check (sqlite3 *db, gboolean ok)
{
  if (ok)
    return;
  g_printerr ("%s\n", sqlite3_errmsg (db));
  exit (1);
}

static void
run (sqlite3 *db, const char *sql)
{
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK);
  return statement;
}

static void
copy_tables (sqlite3 *db, const char *study)
{
  char *attach = sqlite3_mprintf ("ATTACH %Q AS study", study);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  run (db, attach);
  sqlite3_free (attach);
  statement = prepare (
      db, "SELECT sql FROM study.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (tables, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  for (guint i = 0; i < tables->len; i++)
    run (db, g_ptr_array_index (tables, i));
  run (db, "INSERT INTO main.import_batch SELECT * FROM study.import_batch");
}

/* Lies in memory as it is needed, one after the other. */
typedef struct
{
  int type;
  int length;
  gint64 number; /* or the place of the bytes */
} Value;

typedef struct
{
  GArray *values; /* of all rows */
  GByteArray *bytes;
  guint n_columns;
  guint n_rows;
} Rows;

/* What an import gives a value; the rest SQLite sets by itself. */
#define COLUMNS                                                                                    \
  "batch, questionnaire, respondent_type, number, started, completed, form_id, identity, "         \
  "content, "                                                                                      \
  "pseudonym, answers"

static void
add_value (Rows *self, sqlite3_stmt *row, int column)
{
  Value value = { .type = sqlite3_column_type (row, column) };

  if (value.type == SQLITE_INTEGER)
    value.number = sqlite3_column_int64 (row, column);
  else if (value.type != SQLITE_NULL)
    {
      const guint8 *bytes = sqlite3_column_blob (row, column);

      value.length = sqlite3_column_bytes (row, column);
      value.number = self->bytes->len;
      g_byte_array_append (self->bytes, bytes, (guint) value.length);
    }
  g_array_append_val (self->values, value);
}

static void
read_rows (Rows *self, sqlite3 *db)
{
  sqlite3_stmt *row = prepare (db, "SELECT " COLUMNS " FROM study.respondent_record ORDER BY id");

  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  self->bytes = g_byte_array_new ();
  self->n_columns = (guint) sqlite3_column_count (row);
  for (; sqlite3_step (row) == SQLITE_ROW; self->n_rows++)
    for (guint i = 0; i < self->n_columns; i++)
      add_value (self, row, (int) i);
  sqlite3_finalize (row);
}

static void
bind (const Rows *self, sqlite3_stmt *statement, int at, const Value *value)
{
  const guint8 *bytes = self->bytes->data + value->number;

  if (value->type == SQLITE_INTEGER)
    sqlite3_bind_int64 (statement, at, value->number);
  else if (value->type == SQLITE_TEXT)
    sqlite3_bind_text (statement, at, (const char *) bytes, value->length, SQLITE_STATIC);
  else if (value->type == SQLITE_BLOB)
    sqlite3_bind_blob (statement, at, bytes, value->length, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, at);
}

static sqlite3_stmt *
prepare_insert (sqlite3 *db, guint n_columns, guint n_rows)
{
  g_autoptr (GString) sql
      = g_string_new ("INSERT INTO main.respondent_record (" COLUMNS ") VALUES ");

  for (guint row = 0; row < n_rows; row++)
    for (guint i = 0; i < n_columns; i++)
      g_string_append (sql, i > 0 ? ", ?" : row > 0 ? "), (?" : "(?");
  g_string_append (sql, ")");
  return prepare (db, sql->str);
}

static void
insert (const Rows *self, sqlite3 *db)
{
  const Value *value = (const Value *) (gpointer) self->values->data;
  sqlite3_stmt *one = prepare_insert (db, self->n_columns, 1);
  sqlite3_stmt *many = prepare_insert (db, self->n_columns, MANY);

  run (db, "BEGIN IMMEDIATE");
  for (guint row = 0, part; row < self->n_rows; row += part)
    {
      sqlite3_stmt *statement = self->n_rows - row >= MANY ? many : one;

      part = statement == many ? MANY : 1;
      for (guint i = 0; i < part * self->n_columns; i++)
        bind (self, statement, (int) i + 1, value++);
      check (db, sqlite3_step (statement) == SQLITE_DONE);
      sqlite3_reset (statement);
    }
  run (db, "COMMIT");
  sqlite3_finalize (one);
  sqlite3_finalize (many);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = argc == 2 ? g_strconcat (argv[1], ".rows", NULL) : NULL;
  Rows rows = { NULL };
  sqlite3 *db;
  gint64 start;
  clock_t worked;

  if (path == NULL)
    {
      g_printerr ("rows STUDY\n");
      return 2;
    }
  g_remove (path);
  check (NULL, sqlite3_open (path, &db) == SQLITE_OK);
  run (db, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON;"
           "PRAGMA cache_size = -8192");
  copy_tables (db, argv[1]);
  read_rows (&rows, db);
  run (db, "PRAGMA foreign_keys = ON");
  start = g_get_monotonic_time ();
  worked = clock ();
  insert (&rows, db);
  g_print ("%u rows: %.3f s, %.3f s CPU\n", rows.n_rows,
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC,
           (double) (clock () - worked) / CLOCKS_PER_SEC);
  sqlite3_close (db);
  g_array_unref (rows.values);
  g_byte_array_unref (rows.bytes);
  return g_remove (path) == 0 ? 0 : 1;
}
