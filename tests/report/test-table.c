/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables, notes and sentences of two surveys, in both languages.
 */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "report-fixture.h"
#include "report/dhk-document.h"
#include "report/dhk-sentences.h"

/* Central 1 2 3, north 2 3 4, harbour 5 6 7: F(2, 6) = 13. One volunteer, one visitor nowhere. */
static const LibraryRow rows[] = {
  { "visitor", "central", 1, 1 }, { "visitor", "central", 2, 2 }, { "visitor", "central", 3, 3 },
  { "visitor", "north", 2, 2 },   { "visitor", "north", 3, 3 },   { "visitor", "north", 4, 4 },
  { "visitor", "harbour", 5, 5 }, { "visitor", "harbour", 6, 6 }, { "visitor", "harbour", 7, 7 },
  { "visitor", NULL, 1, 1 },      { "volunteer", "north", 6, 0 },
};

static void
set_up (ReportFixture *self, gconstpointer data)
{
  report_fixture_fill (self, rows, G_N_ELEMENTS (rows));
}

static DhkTable *
new_table (const DhkResult *result, DhkLanguage language)
{
  return dhk_table_new_from_result (result, "7", "A Title", NULL, language,
                                    dhk_number_style_for_language (language));
}

static const char *
get_text (const DhkTable *table, guint row, guint cell)
{
  const DhkTableRow *it;

  g_assert_cmpuint (row, <, table->rows->len);
  it = g_ptr_array_index (table->rows, row);
  g_assert_cmpuint (cell, <, it->cells->len);
  return g_array_index (it->cells, DhkTableCell, cell).text;
}

static void
assert_contains (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
counts_have_totals_both_ways (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "who");
  g_autoptr (DhkTable) table = new_table (result, DHK_LANGUAGE_NL);
  const DhkTableRow *last = g_ptr_array_index (table->rows, table->rows->len - 1);

  g_assert_cmpstr (table->label, ==, "Tabel 7");
  g_assert_cmpstr (table->title, ==, "A Title");
  g_assert_cmpuint (table->n_columns, ==, 4);
  g_assert_cmpstr (get_text (table, 0, 3), ==, "Totaal");
  g_assert_cmpstr (get_text (table, 1, 1), ==, "3");
  g_assert_cmpstr (get_text (table, 1, 2), ==, "–"); /* no volunteer there */
  g_assert_cmpstr (get_text (table, 2, 3), ==, "4");
  g_assert_true (last->rule_above);
  g_assert_cmpstr (get_text (table, 4, 3), ==, "10");
  g_assert_cmpstr (table->note, ==, "Eén visitor zonder branch staat niet in deze tabel.");
}

static void
means_stand_under_spanners_with_n (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "branches");
  g_autoptr (DhkTable) dutch = new_table (result, DHK_LANGUAGE_NL);
  g_autoptr (DhkTable) english = new_table (result, DHK_LANGUAGE_EN);
  const DhkTableRow *head = g_ptr_array_index (dutch->rows, 0);

  g_assert_cmpuint (dutch->n_head_rows, ==, 2);
  /* Four groups of two columns, the scale, F, p and the difference. */
  g_assert_cmpuint (dutch->n_columns, ==, 12);
  g_assert_cmpstr (get_text (dutch, 0, 1), ==, "(a) Harbour (n = 3)");
  g_assert_cmpuint (g_array_index (head->cells, DhkTableCell, 1).columns, ==, 2);
  g_assert_cmpint (g_array_index (head->cells, DhkTableCell, 1).align, ==, DHK_ALIGN_CENTRE);
  g_assert_cmpstr (get_text (dutch, 0, 4), ==, "Totaal (n = 11)");
  g_assert_cmpstr (get_text (dutch, 1, 0), ==, "Schaal");
  g_assert_cmpstr (get_text (dutch, 1, 1), ==, "M");
  g_assert_cmpstr (get_text (dutch, 1, 9), ==, "F(2, 7)");
  g_assert_cmpstr (get_text (dutch, 2, 1), ==, "6,00");
  g_assert_cmpstr (get_text (english, 2, 1), ==, "6.00");
  g_assert_cmpstr (get_text (english, 1, 11), ==, "Difference");
  assert_contains (dutch->note, "Tukey–Kramer");
  assert_contains (dutch->note, "α = ,05");
  assert_contains (dutch->note, "telt alleen in het totaal mee");
  assert_contains (english->note, "One visitor with no branch is counted in the total only.");
}

static void
differences_are_named_by_letters (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (self->instrument, DHK_ANALYSIS_MEANS);
  guint collection = (guint) dhk_instrument_find_scale (self->instrument, "collection");
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkTable) table = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *test = NULL;

  g_array_append_val (analysis->scales, collection);
  for (gint8 branch = 0; branch < 3; branch++)
    {
      DhkGroup group = dhk_group_init (0, DHK_NO_TARGET);

      group.categories[0] = branch;
      g_array_append_val (analysis->groups, group);
    }
  analysis->design = DHK_DESIGN_ANOVA;
  result = dhk_analysis_run (analysis, self->frame, NULL, NULL);
  table = new_table (result, DHK_LANGUAGE_NL);

  g_assert_cmpstr (get_text (table, 1, 7), ==, "F(2, 6)");
  g_assert_cmpstr (get_text (table, 2, 7), ==, "13,00");
  g_assert_cmpstr (get_text (table, 2, 8), ==, ",007");
  g_assert_cmpstr (get_text (table, 2, 9), ==, "c > a**; c > b*");

  test = dhk_test_to_text (result, g_ptr_array_index (result->tests, 0), DHK_LANGUAGE_NL,
                           DHK_NUMBER_STYLE_DUTCH);
  g_assert_cmpstr (test, ==, "F(2, 6) = 13,00; p = ,007; η² = ,81");
  sentence
      = dhk_result_scale_sentence (result, collection, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH);
  assert_contains (sentence,
                   "Collection: Harbour (M = 6.00) is higher than Central (M = 2.00, p = ");
  assert_contains (sentence, " and North (M = 3.00, p = ");
  assert_contains (sentence, "F(2, 6) = 13.00, p = .007, η² = .81.");
}

static void
t_tables_have_t_p_and_d (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (self->instrument, DHK_ANALYSIS_MEANS);
  guint collection = (guint) dhk_instrument_find_scale (self->instrument, "collection");
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkTable) table = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *test = NULL;

  g_array_append_val (analysis->scales, collection);
  for (gint8 branch = 0; branch < 3; branch += 2)
    {
      DhkGroup group = dhk_group_init (0, DHK_NO_TARGET);

      group.categories[0] = branch;
      g_array_append_val (analysis->groups, group);
    }
  analysis->design = DHK_DESIGN_T;
  result = dhk_analysis_run (analysis, self->frame, NULL, NULL);
  table = new_table (result, DHK_LANGUAGE_NL);

  g_assert_cmpstr (get_text (table, 0, 1), ==, "Central (n = 3)");
  g_assert_cmpstr (get_text (table, 1, 5), ==, "t(4)");
  g_assert_cmpstr (get_text (table, 2, 5), ==, "−4,90");
  g_assert_cmpstr (get_text (table, 2, 7), ==, "−4,00");
  assert_contains (table->note, "Welch’ t-toets leidt tot dezelfde conclusies.");

  test = dhk_test_to_text (result, g_ptr_array_index (result->tests, 0), DHK_LANGUAGE_NL,
                           DHK_NUMBER_STYLE_DUTCH);
  g_assert_cmpstr (test, ==, "t(4) = −4,90; p = ,008; d = −4,00");
  /* The sentence begins with the higher group, so the signs turn. */
  sentence
      = dhk_result_scale_sentence (result, collection, DHK_LANGUAGE_NL, DHK_NUMBER_STYLE_DUTCH);
  g_assert_cmpstr (
      sentence, ==,
      "Collection: Harbour (M = 6,00) is hoger dan Central (M = 2,00; t(4) = 4,90; p = "
      ",008; d = 4,00).");
}

static void
a_note_says_where_welch_disagrees (ReportFixture *self, gconstpointer data)
{
  LibraryRow uneven[23];
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkAnalysis) analysis = dhk_analysis_new (self->instrument, DHK_ANALYSIS_MEANS);
  guint collection = (guint) dhk_instrument_find_scale (self->instrument, "collection");
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkTable) table = NULL;

  /* 7 7 4 against twenty of 4 and 5: Student's p is ,003, Welch's ,27. */
  for (guint i = 0; i < G_N_ELEMENTS (uneven); i++)
    uneven[i] = (LibraryRow){ "visitor", i < 3 ? "central" : "north", 0,
                              i < 2 ? 7 : (i == 2 ? 4 : 4 + (int) (i % 2)) };
  frame = library_frame_new (self->instrument, uneven, G_N_ELEMENTS (uneven));
  g_array_append_val (analysis->scales, collection);
  for (gint8 branch = 0; branch < 2; branch++)
    {
      DhkGroup group = dhk_group_init (0, DHK_NO_TARGET);

      group.categories[0] = branch;
      g_array_append_val (analysis->groups, group);
    }
  analysis->design = DHK_DESIGN_T;
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  table = new_table (result, DHK_LANGUAGE_EN);

  g_assert_cmpstr (get_text (table, 2, 6), ==, ".003");
  assert_contains (table->note, "Welch’s t test leads to another conclusion for Collection.");
}

static void
notes_say_what_is_missing_and_why (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) desk = report_fixture_run (self, "desk");
  g_autoptr (DhkResult) north = report_fixture_run (self, "north");
  g_autoptr (DhkTable) desk_table = new_table (desk, DHK_LANGUAGE_EN);
  g_autoptr (DhkTable) north_table = new_table (north, DHK_LANGUAGE_EN);
  g_autofree char *heading = dhk_result_heading (north, DHK_LANGUAGE_EN);

  /* One volunteer: a mean, and a dash in place of the SD. */
  g_assert_cmpstr (get_text (desk_table, 2, 3), ==, "6.00");
  g_assert_cmpstr (get_text (desk_table, 2, 4), ==, "–");
  assert_contains (desk_table->note, "One respondent alone has no standard deviation.");
  g_assert_cmpstr (heading, ==, "Welcome: North, by perspective");
  /* A single pair needs no correction. */
  g_assert_null (strstr (north_table->note, "Holm"));
}

static void
every_n_that_differs_from_the_head_is_in_the_note (ReportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", &error);
  DhkFrameBuilder *builder;
  g_autoptr (DhkFrame) frame = NULL;
  g_autoptr (DhkAnalysis) analysis = NULL;
  g_autoptr (DhkResult) result = NULL;
  g_autoptr (DhkTable) table = NULL;
  DhkGroup group = dhk_group_init (0, 0);

  g_assert_no_error (error);
  builder = dhk_frame_builder_new (instrument, 3);
  analysis = dhk_analysis_new (instrument, DHK_ANALYSIS_MEANS);
  for (guint scale = 0, found = 0; found < 2; scale++)
    {
      const DhkScale *it = dhk_instrument_get_scale (instrument, scale);

      if (!dhk_instrument_is_asked (instrument, scale, 0, 0))
        continue;
      g_array_append_val (analysis->scales, scale);
      for (guint i = 0; i < 3 - found; i++)
        {
          guint row = found == 0 ? dhk_frame_builder_add_row (builder, i, 0) : i;

          for (guint item = 0; item < it->n_items; item++)
            dhk_frame_builder_set_answer (builder, row, it->items[item], 0, (int) i + 1);
        }
      found++;
    }
  frame = dhk_frame_builder_finish (builder);
  g_array_append_val (analysis->groups, group);
  result = dhk_analysis_run (analysis, frame, NULL, NULL);
  table = new_table (result, DHK_LANGUAGE_NL);

  assert_contains (get_text (table, 0, 1), "(n = 3)");
  assert_contains (table->note, "n per schaal is 2–3 (");
}

static void
text_is_aligned_on_the_decimal_sign (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "branches");
  g_autoptr (DhkTable) table = new_table (result, DHK_LANGUAGE_NL);
  g_autofree char *text = dhk_table_to_text (table);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  glong rule = 0;

  g_assert_cmpstr (lines[0], ==, "Tabel 7");
  g_assert_cmpstr (lines[1], ==, "A Title");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      if (g_str_has_prefix (lines[i], "─"))
        {
          g_assert_true (rule == 0 || rule == g_utf8_strlen (lines[i], -1));
          rule = g_utf8_strlen (lines[i], -1);
        }
    }
  g_assert_cmpint (rule, >, 0);
  assert_contains (text, "(a) Harbour");
}

static void
separated_values_are_safe_and_whole (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkResult) result = report_fixture_run (self, "branches");
  g_autoptr (DhkTable) table = new_table (result, DHK_LANGUAGE_NL);
  DhkTableRow *row = g_ptr_array_index (table->rows, 2);
  DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, 0);
  g_autofree char *csv = NULL;
  g_autofree char *tsv = NULL;
  g_auto (GStrv) lines = NULL;

  g_free (cell->text);
  cell->text = g_strdup ("=cmd|\"x\",\t1");
  csv = dhk_table_to_csv (table);
  tsv = dhk_table_to_tsv (table);
  assert_contains (csv, "\"'=cmd|\"\"x\"\",\t1\",\"6,00\"");
  assert_contains (csv, ",(a) Harbour (n = 3),,");
  assert_contains (csv, "\r\n");
  assert_contains (tsv, "'=cmd|\"x\", 1\t6,00\t");

  lines = g_strsplit (tsv, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, table->n_columns);
    }
}

static void
assert_whole (const DhkTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      const DhkTableRow *row = g_ptr_array_index (table->rows, i);
      guint n = 0;

      g_assert_cmpint (row->is_head, ==, i < table->n_head_rows);
      for (guint j = 0; j < row->cells->len; j++)
        {
          const DhkTableCell *cell = &g_array_index (row->cells, DhkTableCell, j);

          g_assert_nonnull (cell->text);
          g_assert_cmpuint (cell->columns, >=, 1);
          g_assert_null (strstr (cell->text, "nan"));
          n += cell->columns;
        }
      g_assert_cmpuint (n, ==, table->n_columns);
    }
}

static void
count_progress (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
a_report_holds_every_table_with_findings_and_figures (ReportFixture *self, gconstpointer data)
{
  for (guint language = 0; language < DHK_N_LANGUAGES; language++)
    {
      g_autoptr (GError) error = NULL;
      double progress = 0;
      g_autoptr (DhkDocument) document
          = dhk_document_new_report (self->plan, self->frame, (DhkLanguage) language,
                                     dhk_number_style_for_language ((DhkLanguage) language),
                                     count_progress, &progress, NULL, &error);
      guint kinds[DHK_BLOCK_FIGURE + 1] = { 0 };
      const char *version = dhk_instrument_get_version (dhk_frame_get_instrument (self->frame));

      g_assert_no_error (error);
      g_assert_cmpfloat (progress, ==, 1);
      for (guint i = 0; i < document->blocks->len; i++)
        {
          const DhkBlock *block = g_ptr_array_index (document->blocks, i);

          kinds[block->kind]++;
          if (block->table != NULL)
            assert_whole (block->table);
          if (block->text != NULL)
            g_assert_null (strstr (block->text, "nan"));
          if (block->kind == DHK_BLOCK_SUBTITLE)
            g_assert_true (g_str_has_suffix (block->text, version));
          g_assert_cmpint (block->result != NULL, ==, block->kind == DHK_BLOCK_FIGURE);
        }
      g_assert_cmpuint (kinds[DHK_BLOCK_TITLE], ==, 1);
      g_assert_cmpuint (kinds[DHK_BLOCK_SUBTITLE], ==, 1);
      g_assert_cmpuint (kinds[DHK_BLOCK_HEADING], ==, 3);
      g_assert_cmpuint (kinds[DHK_BLOCK_TABLE], ==, 7);
      g_assert_cmpuint (kinds[DHK_BLOCK_FIGURE], ==, 2);
      g_assert_cmpuint (kinds[DHK_BLOCK_PARAGRAPH], ==, 4);
    }
}

static void
a_sample_is_marked_under_the_title (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkDocument) document = dhk_document_new_report (
      self->plan, self->frame, DHK_LANGUAGE_NL, DHK_NUMBER_STYLE_DUTCH, NULL, NULL, NULL, NULL);
  const DhkBlock *block;

  dhk_document_add_marking (document, DHK_MARKING_SAMPLE);
  block = g_ptr_array_index (document->blocks, 2);
  g_assert_cmpint (block->kind, ==, DHK_BLOCK_PARAGRAPH);
  g_assert_cmpstr (
      block->text, ==,
      "Voorbeeldstudie: de antwoorden zijn gereconstrueerd uit gepubliceerde tabellen. "
      "Het zijn geen echte antwoorden.");
}

static void
a_cancelled_report_gives_nothing (ReportFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dhk_document_new_report (self->plan, self->frame, DHK_LANGUAGE_NL,
                                          DHK_NUMBER_STYLE_DUTCH, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
an_empty_study_has_empty_tables (ReportFixture *self, gconstpointer data)
{
  g_autoptr (DhkFrame) empty
      = dhk_frame_builder_finish (dhk_frame_builder_new (self->instrument, 0));
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDocument) document = dhk_document_new_report (
      self->plan, empty, DHK_LANGUAGE_NL, DHK_NUMBER_STYLE_DUTCH, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const DhkBlock *block = g_ptr_array_index (document->blocks, i);
      g_autofree char *text G_GNUC_UNUSED
          = block->table != NULL ? dhk_table_to_text (block->table) : NULL;

      if (block->table != NULL)
        assert_whole (block->table);
    }
}

#define ADD(name)                                                                                  \
  g_test_add ("/report/table/" #name, ReportFixture, NULL, set_up, name, report_fixture_clear)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (counts_have_totals_both_ways);
  ADD (means_stand_under_spanners_with_n);
  ADD (differences_are_named_by_letters);
  ADD (t_tables_have_t_p_and_d);
  ADD (a_note_says_where_welch_disagrees);
  ADD (notes_say_what_is_missing_and_why);
  ADD (every_n_that_differs_from_the_head_is_in_the_note);
  ADD (text_is_aligned_on_the_decimal_sign);
  ADD (separated_values_are_safe_and_whole);
  ADD (a_report_holds_every_table_with_findings_and_figures);
  ADD (a_sample_is_marked_under_the_title);
  ADD (a_cancelled_report_gives_nothing);
  ADD (an_empty_study_has_empty_tables);
  return g_test_run ();
}
