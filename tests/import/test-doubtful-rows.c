/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that are no respondents, or the same one again: kept aside or asked, never lost. */

#include "draft-fixture.h"

#include <string.h>

#include "import/dhk-import-error.h"

static DhkDraft *
read_table (Table *table, const char *name)
{
  g_autoptr (Work) work = work_new ();

  table_add_to (table, work, name, ';');
  return work_read (work);
}

static DhkDraftRow *
get_row (DhkDraft *draft, guint file, guint row)
{
  return dhk_draft_file_get_row (draft_file (draft, file), row);
}

static void
test_totals_row (void)
{
  static const char *const words[]
      = { "Totaal", "gemiddelde:", "Average (n = 114)", "Eindtotaal", "Grand total", "SD" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (Table) table = table_new_sample ("Ouders");
      g_autoptr (DhkDraft) draft = NULL;
      guint row = table_copy_row (table, 1);

      for (guint c = 0; c < table_n_columns (table); c++)
        table_set (table, row, c, c > 4 ? "3,57" : c == 0 ? words[i] : "");
      draft = read_table (table, "Ouders.csv");
      draft_assert_questions (draft, 0);
      draft_assert_totals (draft, 115, 114, 0, 1);
      g_assert_nonnull (get_row (draft, 0, 114)->reason);
    }
}

/* Rows whose cells are column, text; what is not named is empty. */
static void
assert_totals_row (const char *const *cells)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint row = table_copy_row (table, 1);

  for (guint c = 0; c < table_n_columns (table); c++)
    table_set (table, row, c, "");
  for (; *cells != NULL; cells += 2)
    table_set (table, row, (guint) g_ascii_strtoull (cells[0], NULL, 10), cells[1]);
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 115, 114, 0, 1);
}

static void
test_totals_row_without_a_first_word (void)
{
  /* The word where a form puts its times, or behind the figures; a mean of times. */
  assert_totals_row ((const char *const[]){ "2", "Totaal", "7", "5012", NULL });
  assert_totals_row ((const char *const[]){ "7", "43,9", "8", "3,1", "23", "Gemiddelde", NULL });
  assert_totals_row (
      (const char *const[]){ "0", "Gemiddelde", "1", "11/15/22 12:00:00", "7", "43", NULL });
  /* No word at all: the mean age, a count in every column, sums with the highest number. */
  assert_totals_row ((const char *const[]){ "7", "43,9", NULL });
  assert_totals_row ((const char *const[]){ "0", "114", "1", "114", "5", "114", "6", "114", "7",
                                            "110", "8", "114", "9", "112", NULL });
  assert_totals_row ((const char *const[]){ "0", "114", "7", "5012", NULL });
}

/* Someone typed a form from paper under the others: no time, and answers all the same. */
static void
test_row_without_time_is_a_respondent (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint row = table_copy_row (table, 1);

  for (guint c = 0; c < 5; c++)
    table_set (table, row, c, "");
  row = table_copy_row (table, 2);
  for (guint c = 0; c < 5; c++)
    table_set (table, row, c, c == 0 ? "SD" : "");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 116, 116, 0, 0);
}

static void
test_nameless_totals_row (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint row;

  for (guint r = 1; r <= table_n_rows (table); r++)
    {
      table_set (table, r, 8, "2");
      table_set (table, r, 9, "3");
    }
  row = table_copy_row (table, 1);
  for (guint c = 0; c < table_n_columns (table); c++)
    table_set (table, row, c, c == 8 ? "228" : c == 9 ? "342" : "");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 115, 114, 0, 1);
}

static void
test_empty_rows (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint blank = table_copy_row (table, 1);
  guint started = table_copy_row (table, 2);
  guint background = table_copy_row (table, 3);

  for (guint c = 0; c < table_n_columns (table); c++)
    {
      table_set (table, blank, c, c % 2 == 0 ? "  " : "");
      if (c > 4)
        table_set (table, started, c, "");
      if (c > 7)
        table_set (table, background, c, "");
    }
  table_set (table, started, 0, "901");
  table_set (table, background, 0, "902");
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  /* Blank: no row. Only a number and times: aside. Only background: a respondent. */
  draft_assert_totals (draft, 116, 115, 0, 1);
  g_assert_cmpint (get_row (draft, 0, 114)->fate, ==, DHK_ROW_ASIDE);
}

static void
set_times (Table *table, guint row, const char *day, guint minutes)
{
  for (guint c = 1; c <= 2; c++)
    {
      guint at = minutes + 5 * (c - 1);
      g_autofree char *time = g_strdup_printf ("%s %02u:%02u:00", day, 12 + at / 60, at % 60);

      table_set (table, row, c, time);
    }
}

static void
test_sent_twice (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  guint soon, later, other;

  set_times (table, 1, "2022-11-20", 0);
  soon = table_copy_row (table, 1);
  set_times (table, soon, "2022-11-20", 4);
  table_set (table, soon, 0, "901");
  later = table_copy_row (table, 1);
  set_times (table, later, "2022-11-22", 0);
  table_set (table, later, 0, "902");
  other = table_copy_row (table, 1);
  set_times (table, other, "2022-11-20", 2);
  table_set (table, other, 0, "903");
  table_set (table, other, 7, "31");

  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 117, 116, 0, 1);
  g_assert_cmpint (get_row (draft, 0, 114)->fate, ==, DHK_ROW_ASIDE);
  g_assert_nonnull (strstr (get_row (draft, 0, 114)->reason, "line 2"));
}

static void
test_same_person (void)
{
  static const struct
  {
    const char *choice;
    guint aside; /* row of the file, or 0 */
  } cases[] = { { "first", 114 }, { "latest", 3 }, { "most-complete", 114 }, { "both", 0 } };
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  guint again;

  table_set (table, 4, 3, "Iemand@school.example.nl");
  again = table_copy_row (table, 4);
  table_set (table, again, 0, "901");
  table_set (table, again, 1, "2023-02-01 10:00:00");
  table_set (table, again, 2, "2023-02-01 10:09:00");
  table_set (table, again, 3, " iemand@SCHOOL.example.nl");
  table_set (table, again, 10, "");
  table_add_to (table, work, "Ouders.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  draft_find_question (draft, "Ouders.csv:person:5");
  g_assert_false (draft_holds (draft, "iemand"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DhkDraft) answered = NULL;

      work_answer (work, "Ouders.csv:person:5", cases[i].choice);
      answered = work_read (work);
      draft_assert_questions (answered, 0);
      if (cases[i].aside == 0)
        draft_assert_totals (answered, 115, 115, 0, 0);
      else
        {
          const DhkDraftRow *aside = get_row (answered, 0, cases[i].aside);
          const DhkDraftRow *chosen = get_row (answered, 0, cases[i].aside == 3 ? 114 : 3);

          draft_assert_totals (answered, 115, 114, 0, 1);
          g_assert_cmpint (aside->fate, ==, DHK_ROW_ASIDE);
          /* The study may hold the other one from an earlier export. */
          g_assert_nonnull (chosen->replaces);
          g_assert_cmpstr (chosen->replaces[0], ==, aside->identity);
        }
    }
}

static void
test_newer_export (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (DhkDraft) answered = NULL;
  guint added;

  work_add_sample (work, "Ouders", "Ouders oud.xlsx");
  added = table_copy_row (table, 4);
  table_set (table, added, 0, "115");
  table_set (table, added, 1, "2023-02-01 10:00:00");
  table_set (table, added, 2, "2023-02-01 10:10:00");
  table_set (table, 1, 8, "altijd");
  table_add_to (table, work, "Ouders nieuw.csv", ';');
  draft = work_read (work);
  draft_assert_questions (draft, 1);
  draft_assert_totals (draft, 229, 116, 113, 0);
  work_answer (work, "Ouders_oud.xlsx:response:2", "latest");
  answered = work_read (work);
  draft_assert_questions (answered, 0);
  draft_assert_totals (answered, 229, 115, 113, 1);
  g_assert_cmpint (get_row (answered, 0, 0)->fate, ==, DHK_ROW_ASIDE);
  g_assert_cmpint (get_row (answered, 1, 0)->fate, ==, DHK_ROW_NEW);
}

/* Without number and time: equal answers are different respondents, and stay so. */
static void
test_no_number_no_time (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;
  g_autofree char *summary = NULL;
  g_auto (GStrv) lines = NULL;

  table_copy_row (table, 1);
  for (guint i = 0; i < 5; i++)
    table_remove_column (table, 0);
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 115, 115, 0, 0);
  summary = draft_summary (draft);
  lines = g_strsplit (summary, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    g_assert_cmpstr (lines[i - 1], !=, lines[i]);
}

/* An answer about rows that another answer made needless is no mistake; a line that is not there
 * is. */
static void
test_needless_answer (void)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  table_add_to (table, work, "Ouders.csv", ';');
  work_answer (work, "Ouders.csv:person:7", "latest");
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  work_answer (work, "Ouders.csv:person:7000", "latest");
  work_assert_refused (work, DHK_IMPORT_ERROR_UNKNOWN_QUESTION, "Ouders.csv:person:7000");
}

/* A column of times that holds anything but times. */
static void
test_odd_times (void)
{
  static const char *const odd[] = { "3", "1-", "2-3", "12/", "", "44879.5", "2022-11", "…" };
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (DhkDraft) draft = NULL;

  for (guint r = 1; r <= table_n_rows (table); r++)
    for (guint c = 1; c <= 2; c++)
      table_set (table, r, c, odd[(r + c) % G_N_ELEMENTS (odd)]);
  draft = read_table (table, "Ouders.csv");
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 114, 114, 0, 0);
  g_assert_true (draft_has_note (draft, "could not be read"));
  /* Days since 1900, as a workbook without formats shows them. */
  g_assert_cmpint (get_row (draft, 0, 3)->started, ==, 1668427200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doubtful-rows/totals-row", test_totals_row);
  g_test_add_func ("/doubtful-rows/totals-row-without-a-first-word",
                   test_totals_row_without_a_first_word);
  g_test_add_func ("/doubtful-rows/row-without-time-is-a-respondent",
                   test_row_without_time_is_a_respondent);
  g_test_add_func ("/doubtful-rows/nameless-totals-row", test_nameless_totals_row);
  g_test_add_func ("/doubtful-rows/empty-rows", test_empty_rows);
  g_test_add_func ("/doubtful-rows/sent-twice", test_sent_twice);
  g_test_add_func ("/doubtful-rows/same-person", test_same_person);
  g_test_add_func ("/doubtful-rows/newer-export", test_newer_export);
  g_test_add_func ("/doubtful-rows/no-number-no-time", test_no_number_no_time);
  g_test_add_func ("/doubtful-rows/needless-answer", test_needless_answer);
  g_test_add_func ("/doubtful-rows/odd-times", test_odd_times);
  return g_test_run ();
}
