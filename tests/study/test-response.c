/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Response files: what is written is read back, what is not one is refused. */

#include "study/dhk-response.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dhk-xml.h"
#include "study/dhk-self-form.h"

#define FORM "leraren"

static DhkInstrument *
load (void)
{
  return dhk_instrument_new_builtin ("partnerschap-2023", NULL);
}

static DhkResponse *
new_response (DhkInstrument *instrument)
{
  return dhk_response_new (instrument,
                           (guint) dhk_instrument_find_questionnaire (instrument, FORM));
}

static DhkResponse *
read_back (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  DhkResponse *response = dhk_response_new_from_bytes (bytes, "own", &error);

  g_assert_no_error (error);
  return response;
}

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("response-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
test_a_new_response_asks_background_and_both_scales_in_the_forms_order (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) one = new_response (instrument);
  g_autoptr (DhkResponse) other = new_response (instrument);

  g_assert_cmpuint (dhk_response_get_n_answers (one), ==, 21);
  g_assert_cmpuint (dhk_response_get_n_open (one), ==, 21);
  g_assert_cmpstr (dhk_response_get_answer (one, 0)->variable, ==, "sector");
  g_assert_cmpstr (dhk_response_get_answer (one, 1)->item, ==, "bel1");
  g_assert_cmpstr (dhk_response_get_answer (one, 10)->item, ==, "bel10");
  g_assert_cmpstr (dhk_response_get_answer (one, 20)->item, ==, "lukt10");
  g_assert_cmpuint (strlen (dhk_response_get_id (one)), ==, 32);
  g_assert_cmpstr (dhk_response_get_id (one), !=, dhk_response_get_id (other));
  g_assert_false (dhk_response_is_finished (one));
}

static void
test_what_is_written_is_read_back (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkResponse) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  dhk_response_set_code (response, "bel1", 5);
  dhk_response_set_code (response, "lukt10", 1);
  dhk_response_set_code (response, "lukt9", 4);
  dhk_response_set_code (response, "lukt9", DHK_RESPONSE_OPEN);
  dhk_response_set_category (response, "sector", "residentieel");
  dhk_response_set_finished (response, TRUE);
  bytes = dhk_response_to_bytes (response, NULL);
  again = read_back (bytes);

  g_assert_cmpstr (dhk_response_get_id (again), ==, dhk_response_get_id (response));
  g_assert_cmpstr (dhk_response_get_questionnaire (again), ==, FORM);
  g_assert_cmpstr (dhk_response_get_version (again), ==, "1");
  g_assert_cmpint (dhk_response_get_started (again), ==, dhk_response_get_started (response));
  g_assert_cmpint (dhk_response_get_saved (again), ==, dhk_response_get_saved (response));
  g_assert_true (dhk_response_is_finished (again));
  g_assert_cmpuint (dhk_response_get_n_open (again), ==, 18);
  g_assert_cmpint (dhk_response_get_code (again, "bel1"), ==, 5);
  g_assert_cmpint (dhk_response_get_code (again, "lukt10"), ==, 1);
  g_assert_cmpint (dhk_response_get_code (again, "lukt9"), ==, DHK_RESPONSE_OPEN);
  g_assert_cmpstr (dhk_response_get_category (again, "sector"), ==, "residentieel");
  before = dhk_response_dup_content (response);
  after = dhk_response_dup_content (again);
  g_assert_cmpstr (before, ==, after);
  dhk_response_set_code (again, "bel1", 4);
  g_free (after);
  after = dhk_response_dup_content (again);
  g_assert_cmpstr (before, !=, after);
}

/* The file has answers and ids, and nothing of the machine or of who filled it in. */
static void
test_nothing_says_who_it_is (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_null (strstr (text, g_get_host_name ()));
  g_assert_null (strstr (text, g_get_home_dir ()));
  if (strlen (g_get_user_name ()) > 3)
    g_assert_null (strstr (text, g_get_user_name ()));
}

static void
test_a_file_is_private_and_whole (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "own.driehoek-response", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkResponse) again = NULL;
  DhkSealKey *key = NULL;
  GStatBuf status;

  g_assert_true (dhk_response_write (bytes, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  again = dhk_response_load (file, NULL, &key, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (key);
  g_assert_cmpstr (dhk_response_get_id (again), ==, dhk_response_get_id (response));

  g_remove (path);
  g_rmdir (folder);
}

static void
test_a_folder_that_cannot_be_written_is_said_without_a_path (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all/own.driehoek-response");
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_response_write (bytes, file, NULL, &error));
  g_assert_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_WRITE);
  g_assert_null (strstr (error->message, "nowhere"));
}

static void
test_a_sealed_file_opens_with_its_password_only (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkSealKey) key = dhk_seal_key_new ("vier losse woorden", &error);
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "own.driehoek-response", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DhkResponse) again = NULL;
  g_autoptr (DhkSealKey) found = NULL;
  gsize size;

  g_assert_no_error (error);
  dhk_response_set_code (response, "bel3", 2);
  bytes = dhk_response_to_bytes (response, key);
  size = g_bytes_get_size (bytes);
  g_assert_true (dhk_response_is_one (g_bytes_get_data (bytes, NULL), size));
  g_assert_null (memmem (g_bytes_get_data (bytes, NULL), size, "bel3", 4));
  g_assert_true (dhk_response_write (bytes, file, NULL, &error));

  g_assert_null (dhk_response_load (file, NULL, NULL, NULL, &error));
  g_assert_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_NEEDED);
  g_clear_error (&error);
  g_assert_null (dhk_response_load (file, "vier losse woordem", NULL, NULL, &error));
  g_assert_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_WRONG);
  g_clear_error (&error);
  again = dhk_response_load (file, "vier losse woorden", &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpint (dhk_response_get_code (again, "bel3"), ==, 2);

  g_remove (path);
  g_rmdir (folder);
}

static void
test_another_survey_is_refused (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (DhkInstrument) other = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (dhk_response_fits (response, instrument, "own", &error));
  g_assert_false (dhk_response_fits (response, other, "own", &error));
  g_assert_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_OTHER_INSTRUMENT);
  g_assert_nonnull (strstr (error->message, "library-2024"));
}

/* Step by step ---------------------------------------------------------------------------- */

static void
test_steps_ask_as_the_questionnaire_does (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (DhkSelfStep) who = dhk_self_form_get_who (instrument, DHK_LANGUAGE_NL, -1);
  g_autoptr (DhkSelfStep) sector
      = dhk_self_form_get_step (instrument, response, 0, DHK_LANGUAGE_NL);
  g_autoptr (DhkSelfStep) seventh
      = dhk_self_form_get_step (instrument, response, 7, DHK_LANGUAGE_NL);
  g_autoptr (DhkSelfStep) answered = NULL;

  g_assert_cmpuint (g_strv_length (who->labels), ==, 2);
  g_assert_cmpstr (who->labels[1], ==, "Leraar");
  g_assert_cmpstr (sector->text, ==, "In welke sector werkt u?");
  g_assert_cmpuint (sector->number, ==, 0);
  g_assert_cmpuint (seventh->number, ==, 7);
  g_assert_cmpuint (seventh->total, ==, 20);
  g_assert_cmpstr (seventh->digits[4], ==, "5");
  g_assert_cmpstr (seventh->labels[4], ==, "zeer belangrijk");
  g_assert_cmpint (seventh->chosen, ==, -1);
  g_assert_nonnull (seventh->stem);

  g_assert_cmpuint (dhk_self_form_find_open (response), ==, 0);
  dhk_self_form_answer (instrument, response, 0, 2);
  dhk_self_form_answer (instrument, response, 1, 4);
  g_assert_cmpuint (dhk_self_form_find_open (response), ==, 2);
  g_assert_cmpstr (dhk_response_get_category (response, "sector"), ==, "residentieel");
  g_assert_cmpint (dhk_response_get_code (response, "bel1"), ==, 5);
  answered = dhk_self_form_get_step (instrument, response, 1, DHK_LANGUAGE_NL);
  g_assert_cmpint (answered->chosen, ==, 4);
  dhk_self_form_answer (instrument, response, 1, -1);
  g_assert_cmpint (dhk_response_get_code (response, "bel1"), ==, DHK_RESPONSE_OPEN);
}

static void
test_another_form_keeps_the_answers (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autofree char *id = g_strdup (dhk_response_get_id (response));

  dhk_response_set_code (response, "lukt4", 2);
  dhk_response_set_category (response, "sector", "residentieel");
  dhk_response_change_form (
      response, instrument,
      (guint) dhk_instrument_find_questionnaire (instrument, "hulpverleners"));
  g_assert_cmpstr (dhk_response_get_questionnaire (response), ==, "hulpverleners");
  g_assert_cmpstr (dhk_response_get_id (response), ==, id);
  g_assert_cmpint (dhk_response_get_code (response, "lukt4"), ==, 2);
  g_assert_cmpstr (dhk_response_get_category (response, "sector"), ==, "residentieel");
  g_assert_cmpuint (dhk_response_get_n_open (response), ==, 19);
}

typedef struct
{
  const char *name;
  const char *find;
  const char *replace;
} Case;

static const Case cases[] = {
  { "id-short", "id=\"", "id=\"0" },
  { "state", "state=\"begun\"", "state=\"done\"" },
  { "format", "format=\"1\"", "format=\"2\"" },
  { "no-such-day", "started=\"2", "started=\"2026-02-30T10:00:00\" x=\"2" },
  { "two-kinds", "item=\"bel1\"", "item=\"bel1\" variable=\"sector\"" },
  { "code-high", "item=\"bel1\"", "item=\"bel1\" code=\"101\"" },
  { "code-low", "item=\"bel1\"", "item=\"bel1\" code=\"-1\"" },
  { "code-text", "item=\"bel1\"", "item=\"bel1\" code=\"4.0\"" },
  { "twice", "item=\"bel2\"", "item=\"bel1\"" },
  { "text-inside", "item=\"bel1\"/>", "item=\"bel1\">x</answer>" },
  { "more", "</response>", "<name>Piet</name></response>" },
  { "doctype", "<response ", "<!DOCTYPE response [<!ENTITY a \"x\">]>\n<response " },
  { "cut-off", "</response>", "" },
  { "sha", "sha256=\"", "sha256=\"z" },
};

static void
test_refused (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *at = strstr (good, expected->find);
  g_autofree char *bad = NULL;
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (at);
  bad = g_strdup_printf ("%.*s%s%s", (int) (at - good), good, expected->replace,
                         at + strlen (expected->find));
  edited = g_bytes_new (bad, strlen (bad));
  g_assert_null (dhk_response_new_from_bytes (edited, "own.driehoek-response", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == DHK_XML_ERROR);
  g_assert_nonnull (strstr (error->message, "own.driehoek-response"));
}

static void
test_a_date_that_is_none_is_refused (void)
{
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) response = new_response (instrument);
  g_autoptr (GBytes) bytes = dhk_response_to_bytes (response, NULL);
  GString *text
      = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (GError) error = NULL;
  char *at = strstr (text->str, "saved=\"") + strlen ("saved=\"");

  memcpy (at, "2026-02-30T25:61:00", strlen ("2026-02-30T25:61:00"));
  edited = g_string_free_to_bytes (text);
  g_assert_null (dhk_response_new_from_bytes (edited, "own", &error));
  g_assert_error (error, DHK_XML_ERROR, DHK_XML_ERROR_SCHEMA);
}

static void
test_times_of_any_year_are_read_back (void)
{
  static const char *const times[]
      = { "0001-01-01T00:00:00", "0033-04-03T15:00:00", "0999-12-31T23:59:59",
          "1969-12-31T23:59:59", "2026-11-22T08:35:07", "9999-12-31T23:59:59" };
  g_autoptr (DhkInstrument) instrument = load ();
  g_autoptr (DhkResponse) new = new_response (instrument);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GBytes) bytes = dhk_response_to_bytes (new, NULL);
      GString *text
          = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
      g_autoptr (GBytes) edited = NULL;
      g_autoptr (GBytes) written = NULL;
      g_autoptr (DhkResponse) first = NULL;
      g_autoptr (DhkResponse) second = NULL;
      g_autoptr (GError) error = NULL;

      memcpy (strstr (text->str, "started=\"") + strlen ("started=\""), times[i],
              strlen (times[i]));
      edited = g_string_free_to_bytes (text);
      first = dhk_response_new_from_bytes (edited, "own", &error);
      g_assert_no_error (error);
      written = dhk_response_to_bytes (first, NULL);
      g_assert_nonnull (
          g_strstr_len (g_bytes_get_data (written, NULL), g_bytes_get_size (written), times[i]));
      second = dhk_response_new_from_bytes (written, "own", &error);
      g_assert_no_error (error);
      g_assert_cmpint (dhk_response_get_started (second), ==, dhk_response_get_started (first));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dhk_seal_set_limits_of_tests (1, 8192);
  g_test_add_func ("/response/new",
                   test_a_new_response_asks_background_and_both_scales_in_the_forms_order);
  g_test_add_func ("/response/read-back", test_what_is_written_is_read_back);
  g_test_add_func ("/response/nobody", test_nothing_says_who_it_is);
  g_test_add_func ("/response/private", test_a_file_is_private_and_whole);
  g_test_add_func ("/response/no-folder",
                   test_a_folder_that_cannot_be_written_is_said_without_a_path);
  g_test_add_func ("/response/sealed", test_a_sealed_file_opens_with_its_password_only);
  g_test_add_func ("/response/other-survey", test_another_survey_is_refused);
  g_test_add_func ("/response/no-date", test_a_date_that_is_none_is_refused);
  g_test_add_func ("/response/any-year", test_times_of_any_year_are_read_back);
  g_test_add_func ("/response/steps", test_steps_ask_as_the_questionnaire_does);
  g_test_add_func ("/response/other-form", test_another_form_keeps_the_answers);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/response/refused/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  return g_test_run ();
}
