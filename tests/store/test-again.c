/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An export that holds what the study holds already: no row of it is made whole, whose it is is known. */

#include "store-fixture.h"
#include "store/dhk-store-known.h"
#include "store/dhk-store-owner.h"

#define N_ROWS 300

/* Rows that lie elsewhere, as those of an import do. */
typedef struct
{
  DhkDraft *draft; /* has them here */
  guint n_read;
} Elsewhere;

static DhkDraftFile *
get_file (gpointer data)
{
  return fixture_get_file (((Elsewhere *) data)->draft);
}

static void
read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  dhk_draft_file_read_codes (get_file (data), first, n, codes);
}

static void
read_numbers (gpointer data, guint first, guint n, double *numbers)
{
  dhk_draft_file_read_numbers (get_file (data), first, n, numbers);
}

static void
read_row (gpointer data, guint row, const gint8 *codes, const double *numbers, DhkDraftRow *found)
{
  ((Elsewhere *) data)->n_read++;
  dhk_draft_file_read_row (get_file (data), row, found);
}

static void
read_keys (gpointer data, guint64 *keys)
{
  dhk_draft_file_read_keys (get_file (data), keys);
}

static void
append_raw (gpointer data, guint first, guint n, GString *lines)
{
  dhk_draft_file_append_raw (get_file (data), first, n, lines);
}

static void
free_elsewhere (gpointer data)
{
  dhk_draft_unref (((Elsewhere *) data)->draft);
  g_free (data);
}

static DhkDraft *
make_export (Fixture *self, const char *sha256, guint n_rows, Elsewhere **elsewhere)
{
  DhkDraft *draft = dhk_draft_new (self->instrument);
  DhkDraftSource source = { .free = free_elsewhere,
                            .n_rows = n_rows,
                            .has_numbers = TRUE,
                            .read_codes = read_codes,
                            .read_numbers = read_numbers,
                            .read_row = read_row,
                            .read_keys = read_keys,
                            .append_raw = append_raw };

  *elsewhere = g_new0 (Elsewhere, 1);
  (*elsewhere)->draft = fixture_make_draft (self, "x", "x", "jeugdigen", n_rows);
  source.data = *elsewhere;
  dhk_draft_file_set_source (fixture_add_file (draft, "Jeugdigen.xlsx", sha256, "jeugdigen"),
                             &source);
  return draft;
}

static guint
count_whole (DhkDraft *draft)
{
  DhkDraftFile *file = fixture_get_file (draft);
  guint n = 0;

  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    n += dhk_draft_file_peek_row (file, i) != NULL;
  return n;
}

static void
fill (Fixture *self)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Eerst", "1", "jeugdigen", N_ROWS);

  fixture_commit (self, draft);
}

static void
test_same_again (Fixture *self, gconstpointer data)
{
  Elsewhere *elsewhere;
  g_autoptr (DhkDraft) draft = make_export (self, "2", N_ROWS, &elsewhere);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  DhkDraftTotals totals;

  fill (self);
  before = fixture_dump_tables (self->path);
  g_assert_true (dhk_store_compare (self->store, draft, NULL, NULL));
  totals = dhk_draft_get_totals (draft, NULL);
  g_assert_cmpuint (totals.present, ==, N_ROWS);
  g_assert_cmpuint (totals.added + totals.changed + totals.aside, ==, 0);
  g_assert_cmpuint (elsewhere->n_read, ==, N_ROWS);
  g_assert_cmpuint (count_whole (draft), ==, 0);

  fixture_commit (self, draft);
  after = fixture_dump_tables (self->path);
  g_assert_cmpstr (before, ==, after);
}

/* A newer export: the new rows are stored, and of all rows the respondent is known. */
static void
test_newer (Fixture *self, gconstpointer data)
{
  Elsewhere *elsewhere;
  g_autoptr (DhkDraft) draft = make_export (self, "2", N_ROWS + 2, &elsewhere);
  g_autoptr (GArray) owners = NULL;

  fill (self);
  fixture_commit (self, draft);
  g_assert_cmpuint (dhk_draft_get_totals (draft, NULL).added, ==, 2);
  g_assert_cmpuint (dhk_draft_get_totals (draft, NULL).present, ==, N_ROWS);
  g_assert_cmpuint (count_whole (draft), ==, 0);
  /* Each is compared once; what is new is looked at again, and stored. */
  g_assert_cmpuint (elsewhere->n_read, <=, N_ROWS + 2 * 3);
  owners = dhk_store_load_owners (self->store, 2, NULL);
  g_assert_cmpuint (owners->len, ==, N_ROWS + 2);
  for (guint i = 0; i < owners->len; i++)
    g_assert_cmpint (g_array_index (owners, gint64, i), ==, i + 1);
}

/* Corrected and changed answers are looked at one by one, and nobody else is. */
static void
test_few_differ (Fixture *self, gconstpointer data)
{
  Elsewhere *elsewhere;
  g_autoptr (DhkDraft) draft = make_export (self, "2", N_ROWS, &elsewhere);

  fill (self);
  fixture_set_code (elsewhere->draft, get_file (elsewhere), 6, "sector", DHK_MISSING_EMPTY);
  fixture_exec (self->path,
                "INSERT INTO hand_edit (respondent, slot, target, times) VALUES (10, 1, '', 1)");
  g_assert_true (dhk_store_compare (self->store, draft, NULL, NULL));
  g_assert_cmpuint (dhk_draft_get_totals (draft, NULL).changed, ==, 1);
  g_assert_cmpuint (dhk_draft_get_totals (draft, NULL).present, ==, N_ROWS);
  g_assert_cmpuint (count_whole (draft), ==, 2);
  g_assert_nonnull (dhk_draft_file_peek_row (fixture_get_file (draft), 6));
  g_assert_nonnull (dhk_draft_file_peek_row (fixture_get_file (draft), 9));
}

/* A digest is a prefix of the hash that the text is, or of its own. */
static void
test_digest (void)
{
  const char *hash = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef";
  DhkDigest of_hash = dhk_digest (hash);
  DhkDigest of_text = dhk_digest ("1|2|3");
  DhkDigest of_other = dhk_digest ("1|2|4");
  DhkDigest none = dhk_digest (NULL);
  DhkDigest zero = { { 0 } };

  g_assert_cmphex (of_hash.halves[0], ==, G_GUINT64_CONSTANT (0x0011223344556677));
  g_assert_cmphex (of_hash.halves[1], ==, G_GUINT64_CONSTANT (0x8899aabbccddeeff));
  g_assert_false (dhk_digest_equal (&of_text, &of_other));
  g_assert_false (dhk_digest_equal (&of_text, &none));
  g_assert_true (dhk_digest_equal (&none, &zero));
}

/* The same content within ten minutes, of those alone that are not in the draft. */
static void
test_sent_twice (void)
{
  g_autoptr (DhkResponses) responses = dhk_responses_new ();
  DhkDraftRow row = { .identity = (char *) "c", .content = (char *) "C" };
  gboolean is_same;

  dhk_responses_add_stored (responses, 1, dhk_digest ("a"), dhk_digest ("A"), 10000);
  dhk_responses_add_stored (responses, 2, dhk_digest ("b"), dhk_digest ("A"), 20000);
  dhk_responses_add_stored (responses, 3, dhk_digest ("c"), dhk_digest ("C"), 30000);
  dhk_responses_add_stored (responses, 4, dhk_digest (NULL), dhk_digest ("D"), 0);
  g_assert_cmpint (dhk_responses_match (responses, &row, &is_same), ==, 3);
  g_assert_true (is_same);
  row.content = (char *) "E";
  g_assert_cmpint (dhk_responses_match (responses, &row, &is_same), ==, 3);
  g_assert_false (is_same);
  row.identity = NULL;
  g_assert_cmpint (dhk_responses_match (responses, &row, &is_same), ==, 0);

  g_assert_true (dhk_responses_hold_near (responses, "A", 10600));
  g_assert_true (dhk_responses_hold_near (responses, "A", 19400));
  g_assert_false (dhk_responses_hold_near (responses, "A", 10601));
  g_assert_false (dhk_responses_hold_near (responses, "A", 9399));
  g_assert_false (dhk_responses_hold_near (responses, "C", 30000));
  g_assert_false (dhk_responses_hold_near (responses, "D", 1));
  g_assert_false (dhk_responses_hold_near (responses, NULL, 10000));
}

/* A row is of one stored response, and a stored response of one row. */
static void
test_adopted (void)
{
  g_autoptr (DhkResponses) responses = dhk_responses_new ();
  DhkDraftRow row = { .identity = (char *) "a", .content = (char *) "A" };
  gboolean is_same;

  dhk_responses_add_stored (responses, 3, dhk_digest ("a"), dhk_digest ("A"), 10000);
  for (gint64 respondent = 5; respondent < 9; respondent++)
    {
      dhk_responses_add_stored (responses, respondent, dhk_digest (NULL),
                                dhk_digest (respondent < 8 ? "B" : "C"), 0);
      dhk_responses_mark_plain (responses);
    }
  dhk_responses_add_stored (responses, 10, dhk_digest ("e"), dhk_digest ("E"), 2 * 86400 + 1000);
  dhk_responses_add_stored (responses, 11, dhk_digest ("f"), dhk_digest ("F"), 2 * 86400);
  g_assert_cmpint (dhk_responses_match (responses, &row, &is_same), ==, 3);
  row.identity = (char *) "x";
  g_assert_false (dhk_responses_adopt (responses, &row, 3));
  g_assert_false (dhk_responses_adopt (responses, &row, 4));
  g_assert_cmpint (dhk_responses_adopt_plain (responses, &row), ==, 0);
  g_assert_true (dhk_responses_adopt (responses, &row, 6));
  g_assert_false (dhk_responses_adopt (responses, &row, 6));
  g_assert_cmpint (dhk_responses_find (responses, &row)->respondent, ==, 6);
  row.content = (char *) "B";
  g_assert_cmpint (dhk_responses_adopt_plain (responses, &row), ==, 5);
  g_assert_cmpint (dhk_responses_adopt_plain (responses, &row), ==, 7);
  g_assert_cmpint (dhk_responses_adopt_plain (responses, &row), ==, 0);

  g_assert_true (dhk_responses_hold_alike (responses, "C", 10000));
  g_assert_true (dhk_responses_hold_alike (responses, "C", 0));
  g_assert_false (dhk_responses_hold_alike (responses, "A", 0));
  g_assert_false (dhk_responses_hold_alike (responses, "B", 0));
  g_assert_true (dhk_responses_hold_alike (responses, "E", 2 * 86400));
  g_assert_false (dhk_responses_hold_alike (responses, "E", 86400));
  g_assert_false (dhk_responses_hold_alike (responses, "E", 2 * 86400 + 60));
  g_assert_true (dhk_responses_hold_alike (responses, "F", 2 * 86400 + 60));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/again/same", test_same_again);
  FIXTURE_TEST ("/store/again/newer", test_newer);
  FIXTURE_TEST ("/store/again/few-differ", test_few_differ);
  g_test_add_func ("/store/again/digest", test_digest);
  g_test_add_func ("/store/again/sent-twice", test_sent_twice);
  g_test_add_func ("/store/again/adopted", test_adopted);
  return g_test_run ();
}
