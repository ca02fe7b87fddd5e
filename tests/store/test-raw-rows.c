/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raw rows of a long file, packed by columns where that can be, come back as they were. */

#include "many-fixture.h"
#include "store/dhk-store-respondents.h"

#include <string.h>

#define N_ROWS 9000
#define LONG_FROM 3000 /* rows with a long text */
#define LONG_TO 3400
#define ADDRESS 5000 /* a row with an address in its text */
#define FORGOTTEN 7000
#define IN_PACKED 6 /* a row in a packed chunk */

static char *
dup_text (guint row)
{
  if (row == ADDRESS)
    return g_strdup ("to jan@example.nl, please");
  if (row >= LONG_FROM && row < LONG_TO)
    return g_strnfill (4000, (char) ('a' + row % 26));
  return g_strdup (row % 3 == 0 ? "seldom" : "often, \"really\"");
}

static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  for (guint row = first; row < first + n; row++)
    {
      g_autofree char *text = dup_text (row);

      g_string_append_printf (lines, "%06u,", row);
      if (strchr (text, ',') == NULL)
        g_string_append (lines, text);
      else
        g_string_append (lines, row == ADDRESS ? "\"to jan@example.nl, please\""
                                               : "\"often, \"\"really\"\"\"");
      g_string_append_c (lines, '\n');
    }
}

static void
pack_raw (gpointer data, guint first, DhkRowPacker *packer)
{
  guint n = dhk_row_packer_get_n_rows (packer);
  g_autofree guint *codes = g_new0 (guint, n);
  g_autofree guint64 *digits = g_new (guint64, n);

  dhk_row_packer_begin_column (packer);
  dhk_row_packer_list (packer, "000000", TRUE);
  for (guint i = 0; i < n; i++)
    digits[i] = first + i;
  dhk_row_packer_end_column (packer, codes, digits);
  dhk_row_packer_begin_column (packer);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = dup_text (first + i);

      codes[i] = dhk_row_packer_list (packer, text, FALSE);
    }
  dhk_row_packer_end_column (packer, codes, NULL);
}

/* The rows as they must come back, without an address and without who is left out. */
static char *
dup_expected (const DhkDraftFile *file, guint blank)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  char *at;

  g_string_append_printf (lines, "%s\n", file->raw_head);
  for (guint row = 0; row < N_ROWS; row++)
    if (row == FORGOTTEN || row == blank)
      g_string_append_c (lines, '\n');
    else
      append_raw (NULL, row, 1, lines);
  at = strstr (lines->str, "jan@example.nl");
  g_string_erase (lines, at - lines->str, (gssize) strlen ("jan@example.nl"));
  g_string_insert (lines, at - lines->str, "[e-mail]");
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_come_back (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = dhk_draft_new (self->instrument);
  const DhkDraftSource own = { .append_raw = append_raw, .pack_raw = pack_raw };
  FixtureMany *many = g_new0 (FixtureMany, 1);
  DhkDraftFile *file;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *erased = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *after = NULL;

  many->n_rows = N_ROWS;
  file = fixture_add_many (draft, many, &own);
  dhk_draft_file_forget_raw (file, FORGOTTEN);
  expected = dup_expected (file, G_MAXUINT);
  erased = dup_expected (file, IN_PACKED);
  g_assert_true (dhk_store_commit (self->store, draft, NULL, &error));
  g_assert_no_error (error);
  raw = dhk_store_dup_raw (self->store, 1, &error);
  g_assert_no_error (error);
  g_assert_true (strcmp (raw, expected) == 0);

  /* Both kinds of chunk, of all rows together, and the rows of one that was packed taken apart. */
  fixture_assert_query (self->path,
                        "SELECT sum (n_rows), "
                        "sum (hex (substr (deflated, 1, 1)) = '01') > 2, "
                        "sum (hex (substr (deflated, 1, 1)) = '78') BETWEEN 1 AND 4, "
                        "max (size) <= 1048576 FROM raw_chunk WHERE "
                        "hex (substr (deflated, 1, 1)) IN ('01', '78')",
                        "9000|1|1|1");
  g_assert_true (dhk_store_erase (self->store, IN_PACKED + 1, &error));
  g_assert_no_error (error);
  after = dhk_store_dup_raw (self->store, 1, &error);
  g_assert_true (strcmp (after, erased) == 0);
}

/* A chunk that is not what it says. */
static void
test_damaged (Fixture *self, gconstpointer data)
{
  static const char *const changes[] = {
    "size = size + 1",
    "size = 1048577",
    "deflated = x'01'",
    "deflated = x'01FFFFFFFFFFFFFFFFFFFFFFFF'",
    "deflated = CAST (substr (deflated, 1, length (deflated) - 1) AS BLOB)",
    "deflated = CAST (deflated || x'00' AS BLOB)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strconcat ("UPDATE raw_chunk SET ", changes[i],
                                          " WHERE chunk = (SELECT min (chunk) FROM raw_chunk "
                                          "WHERE hex (substr (deflated, 1, 1)) = '01')",
                                          NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *raw = NULL;

      fixture_exec (self->path,
                    "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM raw_chunk");
      fixture_exec (self->path, sql);
      raw = dhk_store_dup_raw (self->store, 1, &error);
      g_assert_null (raw);
      g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED);
      fixture_exec (
          self->path,
          "DELETE FROM raw_chunk; INSERT INTO raw_chunk SELECT * FROM kept; DROP TABLE kept");
    }
}

static void
test_all (Fixture *self, gconstpointer data)
{
  test_come_back (self, data);
  test_damaged (self, data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/raw-rows/packed", test_all);
  return g_test_run ();
}
