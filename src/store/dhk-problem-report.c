/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/dhk-problem-report.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/dhk-data.h"
#include "base/dhk-file.h"
#include "base/dhk-libraries.h"
#include "store/dhk-key-file.h"
#include "store/dhk-store-backup.h"
#include "store/dhk-store-private.h"
#include "store/dhk-store-respondents.h"
#include "store/dhk-store-retention.h"

/* A count that could be about few people is not told. */
#define SMALL 10

#define INSTRUMENTS "instruments"

/* Words of a system are short and plain; anything else may be a path or a name. */
#define LONGEST_WORD 40

/* Tables whose rows are counted. Others may have names that somebody chose. */
static const char *const counted[] = {
  "respondent_record", "answer_sheet", "value",          "hand_edit",
  "aside_row",         "import_batch", "raw_chunk",      "journal_step",
  "journal_change",    "entry_answer", "import_profile", "import_conflict",
};

/* Kinds of steps of the journal, and pages: the program's own words. */
static const char *const step_kinds[]
    = { "import",    "remove", "answer", "exclude", "include", "instrument",
        "retention", "erased", "merge",  "keep",    "take" };
static const char *const pages[]
    = { "overview", "responses", "import", "entry", "questionnaire", "compare", "report" };

/* Words that the kind of an imported file is made of, whatever the language. */
static const char *const kind_words[]
    = { "Forms", "LimeSurvey",  "Qualtrics", "SPSS",  "CSV",
        "Excel", "LibreOffice", "Google",    "paper", "response" };

static gboolean
is_one_of (const char *word, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
append_count (GString *text, const char *name, gint64 n)
{
  if (n > 0 && n < SMALL)
    g_string_append_printf (text, "%s: <%d\n", name, SMALL);
  else
    g_string_append_printf (text, "%s: %" G_GINT64_FORMAT "\n", name, n);
}

/* A word of the system, or that it is another. */
static const char *
plain (const char *word)
{
  if (word == NULL || *word == '\0')
    return "not set";
  if (strlen (word) > LONGEST_WORD
      || strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:@+ ")
             != strlen (word))
    return "another";
  return word;
}

/* The program and the system -------------------------------------------------------------- */

static char *
dup_system_name (void)
{
  g_autofree char *version = g_get_os_info (G_OS_INFO_KEY_VERSION_ID);
  g_autofree char *id = g_get_os_info (G_OS_INFO_KEY_ID);

  return g_strdup_printf ("%s %s", plain (id), plain (version));
}

static void
append_system (GString *text, const char *more)
{
  g_autofree char *libraries = dhk_libraries_describe ();
  g_autofree char *name = dup_system_name ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  struct utsname kernel;

  g_string_append_printf (text,
                          "Problem report of Driehoek\n"
                          "It has no answers, no names and no texts that somebody typed.\n\n"
                          "day: %s\nversion: %s\nlibraries: %s, SQLite %s\n",
                          day, DHK_VERSION, libraries, sqlite3_libversion ());
  if (more != NULL)
    g_string_append_printf (text, "window: %s\n", more);
  g_string_append_printf (text, "system: %s\n", name);
  if (uname (&kernel) == 0)
    g_string_append_printf (text, "kernel: %s %s %s\n", plain (kernel.sysname),
                            plain (kernel.release), plain (kernel.machine));
  g_string_append_printf (text, "locale of messages: %s\nlocale of numbers: %s\nlanguages: %s\n",
                          plain (setlocale (LC_MESSAGES, NULL)),
                          plain (setlocale (LC_NUMERIC, NULL)), plain (g_getenv ("LANGUAGE")));
  g_string_append_printf (text, "desktop: %s, %s\n", plain (g_getenv ("XDG_CURRENT_DESKTOP")),
                          plain (g_getenv ("XDG_SESSION_TYPE")));
}

/* The study ------------------------------------------------------------------------------------ */

static gboolean
is_builtin (const char *id)
{
  g_auto (GStrv) names = dhk_data_list (INSTRUMENTS);
  g_autofree char *file = g_strconcat (id, ".xml", NULL);

  return names != NULL && g_strv_contains ((const char *const *) names, file);
}

static gint64
count (DhkStore *self, const char *sql, const char *word)
{
  gint64 n = -1;

  if (word != NULL)
    dhk_sql_get_int (self, NULL, &n, sql, "t", word);
  else
    dhk_sql_get_int (self, NULL, &n, sql, "");
  return n;
}

static void
append_file (GString *text, DhkStore *self)
{
  g_autoptr (GFileInfo) info
      = g_file_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  g_autoptr (GPtrArray) backups = dhk_store_list_backups (self);
  g_autofree char *retention = dhk_store_dup_retention (self);
  static const char *const personal[] = { "undecided", "drop", "keep" };
  g_autofree char *page = dhk_store_get_setting (self, "last-page");

  g_string_append_printf (
      text,
      "\nStudy\nencrypted: %s\nsize: %" G_GINT64_FORMAT " KB\nschema: %" G_GINT64_FORMAT
      " of %u\npages: %" G_GINT64_FORMAT ", free: %" G_GINT64_FORMAT
      ", page size: %" G_GINT64_FORMAT "\nbackups: %u\n",
      dhk_store_is_encrypted (self) ? "yes" : "no",
      info != NULL ? (gint64) g_file_info_get_size (info) / 1024 : -1,
      count (self, "PRAGMA user_version", NULL), dhk_store_get_schema_version (),
      count (self, "PRAGMA page_count", NULL), count (self, "PRAGMA freelist_count", NULL),
      count (self, "PRAGMA page_size", NULL), backups->len);
  g_string_append_printf (text, "names: %s, key file open: %s\nretention date: %s\nlast page: %s\n",
                          personal[dhk_store_get_personal (self)],
                          dhk_store_get_key_file (self) != NULL ? "yes" : "no",
                          retention != NULL ? "set" : "not set",
                          is_one_of (page, pages, G_N_ELEMENTS (pages)) ? page : "not set");
}

/* What SQLite finds wrong names tables and views; how many is enough. */
static void
append_integrity (GString *text, DhkStore *self)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (self, "PRAGMA integrity_check", NULL);
  guint n_problems = 0;
  int step;

  while (statement != NULL && (step = dhk_sql_step (self, statement, NULL)) == 1)
    n_problems += strcmp (dhk_sql_text (statement, 0), "ok") != 0;
  if (statement == NULL || step != 0)
    g_string_append (text, "integrity: could not be checked\n");
  else if (n_problems > 0)
    g_string_append_printf (text, "integrity: %u problems\n", n_problems);
  else
    g_string_append (text, "integrity: ok\n");
}

static void
append_instrument (GString *text, DhkStore *self)
{
  DhkInstrument *instrument = self->instrument;
  const char *id = dhk_instrument_get_id (instrument);
  gint64 versions = count (self, "SELECT count (*) FROM instrument_version", NULL);

  g_string_append_printf (text, "\nInstrument\nid: %s\nversions: %" G_GINT64_FORMAT "\n",
                          is_builtin (id) ? id : "not one of the built-in ones", versions);
  g_string_append_printf (
      text, "items: %u, variables: %u, scales: %u, targets: %u\n",
      dhk_instrument_get_n_items (instrument), dhk_instrument_get_n_variables (instrument),
      dhk_instrument_get_n_scales (instrument), dhk_instrument_get_n_targets (instrument));
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (instrument, i);
      g_autofree char *name = g_strdup_printf ("questionnaire %u (%u questions), respondents",
                                               i + 1, questionnaire->n_questions);

      append_count (text, name,
                    count (self, "SELECT count (*) FROM respondent_record WHERE questionnaire = ?",
                           questionnaire->id));
    }
}

static void
append_kind (GString *text, const char *kind)
{
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kind_words); i++)
    if (strstr (kind, kind_words[i]) != NULL)
      {
        g_string_append_printf (text, "%s%s", any ? " " : "", kind_words[i]);
        any = TRUE;
      }
  g_string_append (text, any ? "\n" : "another\n");
}

static void
append_imports (GString *text, DhkStore *self)
{
  static const char *const names[] = { "  found", "  added", "  present", "  changed", "  aside" };
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT kind, active, length (raw_head) - length (replace (raw_head, "
                         "',', '')) + 1, found, added, present, changed, aside "
                         "FROM import_batch ORDER BY id",
                         NULL);
  guint n = 0;

  g_string_append (text, "\nImports\n");
  while (statement != NULL && dhk_sql_step (self, statement, NULL) == 1)
    {
      g_string_append_printf (text, "import %u%s: ", ++n,
                              sqlite3_column_int (statement, 1) ? "" : " (undone)");
      append_kind (text, dhk_sql_text (statement, 0));
      g_string_append_printf (text, "  columns: about %d\n", sqlite3_column_int (statement, 2));
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        append_count (text, names[i], sqlite3_column_int64 (statement, (int) i + 3));
    }
}

static void
append_counts (GString *text, DhkStore *self)
{
  g_string_append (text, "\nRows\n");
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", counted[i]);
      gint64 n = count (self, sql, NULL);

      if (n >= 0)
        append_count (text, counted[i], n);
    }
  append_count (text, "excluded",
                count (self, "SELECT count (*) FROM respondent_record WHERE excluded", NULL));
  append_count (text, "erased", dhk_store_count_erased (self));
  g_string_append (text, "\nJournal\n");
  for (guint i = 0; i < G_N_ELEMENTS (step_kinds); i++)
    append_count (text, step_kinds[i],
                  count (self, "SELECT count (*) FROM journal_step WHERE kind = ?", step_kinds[i]));
  append_count (text, "paper entry",
                count (self, "SELECT count (*) FROM journal_step WHERE kind GLOB 'entry-*'", NULL));
}

/* A study that cannot be opened ------------------------------------------------------------------ */

static const char *
name_error (const GError *why)
{
  static const char *const names[]
      = { "not a study", "made by a newer version", "damaged",  "cannot be read or written",
          "in use",      "open questions",          "conflict", "a password is wanted" };

  if (why == NULL)
    return "no reason";
  if (why->domain == DHK_STORE_ERROR && why->code >= 0 && why->code < (int) G_N_ELEMENTS (names))
    return names[why->code];
  return why->domain == G_IO_ERROR ? "an error of the system" : "another error";
}

static void
append_unopened (GString *text, GFile *file, const GError *why)
{
  g_autoptr (GInputStream) stream = dhk_file_read (file, NULL, NULL);
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
  char start[DHK_SEAL_HEAD_SIZE] = { 0 };
  gsize n = 0;

  if (stream != NULL)
    g_input_stream_read_all (stream, start, sizeof start, &n, NULL, NULL);
  g_string_append_printf (
      text, "\nStudy that was not opened\nreason: %s\nsize: %" G_GINT64_FORMAT " KB\nstart: %s\n",
      name_error (why), info != NULL ? (gint64) g_file_info_get_size (info) / 1024 : -1,
      n >= 16 && memcmp (start, "SQLite format 3", 16) == 0 ? "SQLite"
      : dhk_is_sealed (start, n, NULL)                      ? "encrypted"
                                                            : "another");
}

char *
dhk_problem_report_new (DhkStore *store, GFile *file, const GError *why, const char *more)
{
  GString *text = g_string_new (NULL);

  append_system (text, more);
  if (store != NULL)
    {
      g_assert (store->owner == g_thread_self ());
      append_file (text, store);
      append_integrity (text, store);
      append_instrument (text, store);
      append_imports (text, store);
      append_counts (text, store);
    }
  else if (file != NULL)
    append_unopened (text, file, why);
  return g_string_free (text, FALSE);
}
