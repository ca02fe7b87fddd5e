/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON that other programs rely on: its keys, nulls, and every bit of a number.
 */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "report-fixture.h"
#include "report/dhk-json.h"

static const LibraryRow rows[] = {
  { "visitor", "central", 1, 1 },   { "visitor", "central", 2, 2 }, { "visitor", "central", 4, 3 },
  { "visitor", "north", 2, 2 },     { "visitor", "north", 3, 3 },   { "visitor", "north", 4, 4 },
  { "visitor", "harbour", 5, 5 },   { "visitor", NULL, 1, 1 },      { "volunteer", "north", 6, 0 },
  { "volunteer", "central", 7, 0 }, { "volunteer", "north", 3, 0 },
};

static void
set_up (ReportFixture *self, gconstpointer data)
{
  report_fixture_fill (self, rows, G_N_ELEMENTS (rows));
}

static JsonParser *
parse (const DhkResult *result, const char *id)
{
  g_autofree char *text = dhk_result_to_json (result, id);
  JsonParser *parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return parser;
}

static JsonObject *
get_root (JsonParser *parser)
{
  return json_node_get_object (json_parser_get_root (parser));
}

/* The keys of `object`, in order, with blanks between. */
static void
assert_keys (JsonObject *object, const char *expected)
{
  g_autoptr (GList) keys = json_object_get_members (object);
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *key = keys; key != NULL; key = key->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", (char *) key->data);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
cells_carry_every_bit (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "branches");
  g_autoptr (JsonParser) parser = parse (result, "3");
  JsonObject *root = get_root (parser);
  JsonArray *cells = json_object_get_array_member (root, "cells");

  assert_keys (root, "table cells tests");
  g_assert_cmpint (json_object_get_int_member (root, "table"), ==, 3);
  g_assert_cmpuint (json_array_get_length (cells), ==, result->cells->len);
  for (guint i = 0; i < result->cells->len; i++)
    {
      const DhkCell *cell = &g_array_index (result->cells, DhkCell, i);
      JsonObject *object = json_array_get_object_element (cells, i);
      double mean = json_object_get_double_member (object, "mean");

      assert_keys (object, "scale respondent_type over branch n mean sd");
      g_assert_cmpint (json_object_get_int_member (object, "n"), ==, cell->n);
      g_assert_cmpmem (&mean, sizeof mean, &cell->mean, sizeof cell->mean);
      /* One respondent has no SD. */
      g_assert_cmpint (json_object_get_null_member (object, "sd"), ==, isnan (cell->sd) != 0);
      g_assert_cmpstr (json_object_get_string_member (object, "over"), ==, "staff");
    }
  /* The total is everybody, of any branch. */
  g_assert_true (json_object_get_null_member (
      json_array_get_object_element (cells, result->cells->len - 1), "branch"));
}

static void
tests_name_their_groups (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "branches");
  g_autoptr (JsonParser) parser = parse (result, "branches");
  JsonObject *root = get_root (parser);
  JsonObject *test
      = json_array_get_object_element (json_object_get_array_member (root, "tests"), 0);
  JsonArray *groups = json_object_get_array_member (test, "groups");
  JsonObject *post_hoc = json_object_get_object_member (test, "post_hoc");
  JsonObject *pair;

  g_assert_cmpstr (json_object_get_string_member (root, "table"), ==, "branches");
  assert_keys (test, "scale family branch method groups statistic df1 df2 p p_adjusted correction "
                     "eta_squared d post_hoc undefined");
  g_assert_cmpstr (json_object_get_string_member (test, "method"), ==, "anova");
  g_assert_cmpstr (json_object_get_string_member (test, "family"), ==, "branch/welcome");
  g_assert_true (json_object_get_null_member (test, "branch"));
  g_assert_true (json_object_get_null_member (test, "d"));
  g_assert_cmpuint (json_array_get_length (groups), ==, 3);
  assert_keys (json_array_get_object_element (groups, 0), "respondent_type over branch");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (groups, 0), "branch"), ==,
      "harbour");
  g_assert_cmpstr (json_object_get_string_member (post_hoc, "method"), ==, "tukey-kramer");
  pair = json_array_get_object_element (json_object_get_array_member (post_hoc, "pairs"), 0);
  assert_keys (pair, "a b difference se p ci_low ci_high");
}

static void
pairs_are_tests_of_their_own (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "north");
  g_autoptr (JsonParser) parser = parse (result, "4");
  JsonArray *tests = json_object_get_array_member (get_root (parser), "tests");
  JsonObject *student, *welch;

  g_assert_cmpuint (json_array_get_length (tests), ==, 2);
  student = json_array_get_object_element (tests, 0);
  welch = json_array_get_object_element (tests, 1);
  g_assert_cmpstr (json_object_get_string_member (student, "method"), ==, "student-t");
  g_assert_cmpstr (json_object_get_string_member (student, "branch"), ==, "north");
  g_assert_cmpstr (json_object_get_string_member (student, "correction"), ==, "holm");
  g_assert_true (json_object_get_null_member (student, "df2"));
  g_assert_true (json_object_get_null_member (student, "eta_squared"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (student, "post_hoc"), "method"),
      ==, "holm");
  g_assert_cmpstr (json_object_get_string_member (welch, "method"), ==, "welch-t");
  g_assert_true (json_object_get_null_member (welch, "post_hoc"));
}

static void
counts_have_their_totals_apart (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "who");
  g_autoptr (JsonParser) parser = parse (result, "1");
  JsonObject *root = get_root (parser);
  JsonArray *cells = json_object_get_array_member (root, "cells");
  JsonArray *totals = json_object_get_array_member (root, "totals");
  JsonObject *last = json_array_get_object_element (totals, json_array_get_length (totals) - 1);

  /* Only the cells where there is somebody. */
  g_assert_cmpuint (json_array_get_length (cells), ==, 5);
  assert_keys (json_array_get_object_element (cells, 0), "respondent_type branch n");
  g_assert_true (json_object_get_null_member (last, "respondent_type"));
  g_assert_true (json_object_get_null_member (last, "branch"));
  g_assert_cmpint (json_object_get_int_member (last, "n"), ==, 10);
}

static void
reliabilities_and_correlations_are_cells (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) alpha = report_fixture_run (self, "alpha");
  g_autoptr (JsonParser) parser = parse (alpha, "alpha");
  JsonArray *cells = json_object_get_array_member (get_root (parser), "cells");

  g_assert_cmpuint (json_array_get_length (cells), ==, alpha->reliabilities->len);
  assert_keys (json_array_get_object_element (cells, 0),
               "scale respondent_type over branch alpha ci_low ci_high n items");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (cells, 0), "items"),
                   ==, 3);
}

static void
odd_names_are_quoted (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "who");
  g_autoptr (JsonParser) quoted = parse (result, "a\"b\\c\n");
  g_autoptr (JsonParser) zero = parse (result, "007");

  g_assert_cmpstr (json_object_get_string_member (get_root (quoted), "table"), ==, "a\"b\\c\n");
  g_assert_cmpstr (json_object_get_string_member (get_root (zero), "table"), ==, "007");
}

#define ADD(name)                                                                                  \
  g_test_add ("/report/json/" #name, ReportFixture, NULL, set_up, name, report_fixture_clear)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (cells_carry_every_bit);
  ADD (tests_name_their_groups);
  ADD (pairs_are_tests_of_their_own);
  ADD (counts_have_their_totals_apart);
  ADD (reliabilities_and_correlations_are_cells);
  ADD (odd_names_are_quoted);
  return g_test_run ();
}
