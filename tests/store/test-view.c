/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots, packed answers and the views, as plain SQL sees them. */

#include <string.h>
#include <time.h>

#include "store-fixture.h"
#include "store/dhk-store-private.h"

static void
test_pack_every_code (void)
{
  gboolean used[128] = { FALSE };

  for (int code = -3; code <= DHK_MAX_PACKED_CODE; code++)
    {
      char packed = dhk_store_pack_code (code);

      g_assert_true (packed > ' ' && packed < 127);
      g_assert_false (used[(guint8) packed]);
      used[(guint8) packed] = TRUE;
      g_assert_cmpint (dhk_store_unpack_code (packed), ==, code);
      if (code < 0)
        g_assert_true (packed >= 'a');
      else
        g_assert_cmpint ((packed + 16) & 63, ==, code);
      if (code >= 0 && code <= 48)
        g_assert_cmpint (packed - 48, ==, code);
    }
  for (int c = 0; c < 128; c++)
    if (!used[c])
      g_assert_cmpint (dhk_store_unpack_code ((char) c), ==, DHK_CODE_DAMAGED);
  g_assert_cmpint (dhk_store_unpack_code ((char) 0xc3), ==, DHK_CODE_DAMAGED);
}

/* The documented expression reads an answer without any view. */
static void
test_unpack_by_sql (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 30);

  for (guint i = 0; i < 30; i++)
    fixture_set_code (draft, fixture_get_file (draft), i, "taak3_h", 1 + (int) i % 5);
  fixture_commit (self, draft);
  fixture_assert_query (
      self->path,
      "SELECT unicode (substr (answers, slot, 1)) - 48 AS code, count (*) FROM answer_sheet, "
      "item_slot "
      "WHERE item_slot.id = 'taak3' AND target = 'hulpverlener' GROUP BY code ORDER BY code",
      "1|6\n2|6\n3|6\n4|6\n5|6");
}

static void
test_views (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 3);
  g_autoptr (DhkDraft) parents = fixture_make_draft (self, "O.xlsx", "2", "ouders", 2);
  DhkDraftFile *file = fixture_get_file (draft);
  g_autofree char *columns = NULL;

  fixture_set_code (draft, file, 0, "sector", 0);
  fixture_set_code (draft, file, 0, "sex", 1);
  fixture_set_code (draft, file, 0, "band1_h", 4);
  fixture_set_code (draft, file, 0, "band2_h", DHK_MISSING_EMPTY);
  fixture_set_code (draft, file, 0, "band3_h", DHK_MISSING_UNREADABLE);
  fixture_set_code (draft, file, 0, "band4_h", DHK_MISSING_NOT_ASKED);
  dhk_draft_file_get_numbers (file, 0)[fixture_find_question (draft, file, "age")] = 12.5;
  fixture_commit (self, draft);
  fixture_commit (self, parents);

  columns = fixture_query (self->path,
                           "SELECT group_concat (name) FROM pragma_table_info ('jeugdigen')");
  g_assert_true (g_str_has_prefix (columns, "id,sector,sex,age,band1_h,"));
  g_assert_true (g_str_has_suffix (columns, ",started,completed,pseudonym"));
  fixture_assert_query (self->path,
                        "SELECT id, sector, sex, age, band1_h, band2_h, band3_h, band4_h, started "
                        "FROM jeugdigen WHERE id = 1",
                        "1|so-vso|vrouw|12.5|4||||2023-11-15 22:13:20");
  fixture_assert_query (self->path,
                        "SELECT typeof (band1_h), typeof (band2_h) FROM jeugdigen "
                        "WHERE id = 1",
                        "integer|null");
  fixture_assert_query (self->path,
                        "SELECT id, respondent_type, questionnaire, number FROM respondent",
                        "1|jeugdige|jeugdigen|1\n2|jeugdige|jeugdigen|2\n3|jeugdige|jeugdigen|3\n"
                        "4|ouder|ouders|1\n5|ouder|ouders|2");
  fixture_assert_query (self->path, "SELECT sector, age FROM respondent WHERE id = 1",
                        "so-vso|12.5");
  fixture_assert_query (self->path, "SELECT count (*) FROM ouders", "2");
  fixture_assert_query (self->path, "SELECT count (*) FROM leraren", "0");
}

static void
test_slots_keep_their_place (Fixture *self, gconstpointer data)
{
  g_autoptr (DhkDraft) youths = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", 1);
  g_autoptr (DhkDraft) workers = fixture_make_draft (self, "H.xlsx", "2", "hulpverleners", 1);
  static const char query[] = "SELECT slot, kind, id FROM item_slot ORDER BY slot";
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fixture_assert_query (self->path, "SELECT count (*) FROM item_slot", "0");
  fixture_commit (self, youths);
  first = fixture_query (self->path, query);
  fixture_reopen (self);
  fixture_commit (self, workers);
  second = fixture_query (self->path, query);
  g_assert_true (g_str_has_prefix (second, first));
  fixture_assert_query (self->path,
                        "SELECT max (slot) = count (*) AND min (slot) = 1 FROM item_slot", "1");
}

/* An instrument with wide codes, many categories, and names that SQL or the schema has taken. */
static DhkInstrument *
make_awkward_instrument (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "library-2024.xml", NULL);
  g_autoptr (GString) xml = NULL;
  g_autoptr (GString) categories = g_string_new ("<category id=\"central\">");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DhkInstrument *instrument;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  xml = g_string_new (text);
  g_string_replace (xml, "code=\"1\"", "code=\"0\"", 0);
  g_string_replace (xml, "code=\"2\"", "code=\"9\"", 0);
  g_string_replace (xml, "code=\"3\"", "code=\"10\"", 0);
  g_string_replace (xml, "code=\"4\"", "code=\"47\"", 0);
  g_string_replace (xml, "code=\"5\"", "code=\"48\"", 0);
  g_string_replace (xml, "code=\"6\"", "code=\"49\"", 0);
  g_string_replace (xml, "code=\"7\"", "code=\"63\"", 0);
  g_string_replace (xml, "</answer-scale>\n  </answer-scales>",
                    "</answer-scale><answer-scale id=\"percent\"><label><text "
                    "lang=\"en\">How much?</text></label><answer code=\"0\"><text "
                    "lang=\"en\">none</text></answer><answer code=\"100\"><text "
                    "lang=\"en\">all</text></answer></answer-scale>\n  </answer-scales>",
                    0);
  g_string_replace (xml, "<item id=\"col1\" answers=\"agreement\"/>",
                    "<item id=\"col1\" answers=\"percent\"/>", 0);
  g_string_replace (xml, "<item id=\"col2\" answers=\"agreement\"/>",
                    "<item id=\"col2\" answers=\"percent\"/>", 0);
  for (guint i = 0; i < 70; i++)
    g_string_append_printf (categories,
                            "<label><text lang=\"en\">Place %u</text></label></category>"
                            "<category id=\"place-%u\">",
                            i, i);
  g_string_replace (xml, "<category id=\"central\">", categories->str, 1);
  /* Each new head goes before the label that was there: the last one keeps that of the first. */
  g_string_replace (xml, "questionnaire id=\"visitors\"", "questionnaire id=\"value\"", 0);
  g_string_replace (xml, "questionnaire id=\"volunteers\"", "questionnaire id=\"respondent\"", 0);
  bytes = g_string_free_to_bytes (g_steal_pointer (&xml));
  instrument = dhk_instrument_new_from_bytes (bytes, "awkward.xml", &error);
  g_assert_no_error (error);
  return instrument;
}

static void
test_awkward_instrument (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fixture_path (self, "awkward.driehoek");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DhkInstrument) instrument = make_awkward_instrument ();
  g_autoptr (DhkDraft) draft = dhk_draft_new (instrument);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_store_create (file, instrument, &error);
  g_autoptr (DhkFrame) frame = NULL;
  static const int codes[] = { 0, 9, 10, 47, 48, 49, 63 };
  int wel1 = dhk_instrument_find_item (instrument, "wel1");
  int col1 = dhk_instrument_find_item (instrument, "col1");
  DhkDraftFile *visitors;

  g_assert_no_error (error);
  visitors = fixture_add_file (draft, "v.csv", "1", "value");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      guint row = fixture_add_row (draft, visitors, i + 1);

      fixture_set_code (draft, visitors, row, "wel1_s", codes[i]);
      fixture_set_code (draft, visitors, row, "col1", i % 2 == 0 ? 100 : DHK_MISSING_UNREADABLE);
      fixture_set_code (draft, visitors, row, "branch", i == 0 ? 70 : (int) i);
    }
  g_assert_true (dhk_store_commit (store, draft, NULL, &error));
  g_assert_no_error (error);
  fixture_assert_query (path, "SELECT wel1_s FROM value_2", "0\n9\n10\n47\n48\n49\n63");
  fixture_assert_query (path, "SELECT col1 FROM value_2", "100\n\n100\n\n100\n\n100");
  fixture_assert_query (path, "SELECT branch FROM respondent WHERE id <= 2", "place-69\nplace-0");
  fixture_assert_query (path, "SELECT count (*) FROM respondent_2", "0");

  g_assert_true (dhk_store_set_answer (store, 2, (guint) col1, DHK_NO_TARGET, 100, &error));
  g_assert_true (dhk_store_set_answer (store, 1, (guint) wel1, 0, 63, &error));
  g_assert_no_error (error);
  frame = dhk_store_load_frame (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 1; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (dhk_frame_get_answers (frame, (guint) wel1, 0)[i], ==, codes[i]);
      g_assert_cmpint (dhk_frame_get_categories (frame, 0)[i], ==, i);
    }
  g_assert_cmpint (dhk_frame_get_answers (frame, (guint) wel1, 0)[0], ==, 63);
  g_assert_cmpint (dhk_frame_get_answers (frame, (guint) col1, DHK_NO_TARGET)[1], ==, 100);
  g_assert_cmpint (dhk_frame_get_answers (frame, (guint) col1, DHK_NO_TARGET)[3], ==,
                   DHK_MISSING_UNREADABLE);
  g_assert_cmpint (dhk_frame_get_categories (frame, 0)[0], ==, 70);
  g_assert_true (dhk_store_undo (store, NULL));
  g_assert_true (dhk_store_undo (store, NULL));
  fixture_assert_query (path, "SELECT wel1_s, col1 FROM value_2 WHERE id <= 2", "0|100\n9|");
}

/* One scan, also of many respondents. */
static void
test_speed (Fixture *self, gconstpointer data)
{
  guint n = g_test_perf () ? 1000000 : 5000;
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "J.xlsx", "1", "jeugdigen", n);
  g_autoptr (DhkFrame) frame = NULL;
  clock_t begun = clock ();

  fixture_commit (self, draft);
  g_test_message ("Stored %u: %ld ms of CPU", n, (clock () - begun) / (CLOCKS_PER_SEC / 1000));
  fixture_reopen (self);
  begun = clock ();
  frame = dhk_store_load_frame (self->store, NULL, NULL);
  g_test_message ("Loaded: %ld ms of CPU", (clock () - begun) / (CLOCKS_PER_SEC / 1000));
  g_assert_cmpuint (dhk_frame_get_n_rows (frame), ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/view/pack_every_code", test_pack_every_code);
  FIXTURE_TEST ("/store/view/unpack_by_sql", test_unpack_by_sql);
  FIXTURE_TEST ("/store/view/views", test_views);
  FIXTURE_TEST ("/store/view/slots_keep_their_place", test_slots_keep_their_place);
  FIXTURE_TEST ("/store/view/awkward_instrument", test_awkward_instrument);
  FIXTURE_TEST ("/store/view/speed", test_speed);
  return g_test_run ();
}
