/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-csv.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE (64 * 1024)
#define MAX_SAMPLE_ROWS 200

/* In this order where two split the lines as evenly: with a semicolon or a
 * tab between fields a comma is a decimal sign. */
static const char separators[] = { '\t', ';', ',', '|' };

/* After any sign that might separate: a quote there is meant as one. */
static gboolean
may_quote_follow (char c)
{
  return c == '"' || memchr (separators, c, sizeof separators) != NULL;
}

/* Fields of each row of a sample, quotes regarded. */
static guint
count_fields (const char *sample, gsize length, char separator, guint *counts)
{
  guint n_rows = 0, n_fields = 1;
  gboolean quoted = FALSE, row_start = TRUE;

  for (gsize i = 0; i < length && n_rows < MAX_SAMPLE_ROWS; i++)
    {
      char c = sample[i];

      if (quoted)
        quoted = c != '"';
      else if (c == '\n' || c == '\r')
        {
          if (!row_start)
            counts[n_rows++] = n_fields;
          n_fields = 1;
          row_start = TRUE;
          continue;
        }
      else if (c == separator)
        n_fields++;
      /* A doubled quote closes and opens again, which comes to the same. */
      else if (c == '"' && (row_start || may_quote_follow (sample[i - 1])))
        quoted = TRUE;
      row_start = FALSE;
    }
  /* The last row of a sample is cut, unless it is the only one. */
  if (n_rows == 0 && !row_start)
    counts[n_rows++] = n_fields;

  return n_rows;
}

/* How many rows have the same number of fields, more than one, as most. */
static guint
most_alike (const guint *counts, guint n_rows, guint *n_fields)
{
  guint best = 0;

  *n_fields = 0;
  for (guint i = 0; i < n_rows; i++)
    {
      guint alike = 0;

      if (counts[i] < 2)
        continue;
      for (guint j = 0; j < n_rows; j++)
        alike += counts[j] == counts[i];
      if (alike > best || (alike == best && counts[i] > *n_fields))
        {
          best = alike;
          *n_fields = counts[i];
        }
    }

  return best;
}

/**
 * find_separator:
 * @sample: the start of a file as UTF-8
 * @separator: (out): the one that splits the lines most evenly; a comma when none does
 *
 * Returns: whether any separator occurs
 */
static gboolean
find_separator (const char *sample, gsize length, char *separator)
{
  guint counts[MAX_SAMPLE_ROWS];
  double best = 0;
  guint best_fields = 0;

  *separator = ',';
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint n_rows = count_fields (sample, length, separators[i], counts);
      guint n_fields;
      guint alike = most_alike (counts, n_rows, &n_fields);
      double share = n_rows > 0 ? (double) alike / n_rows : 0;

      /* One row alone shows nothing even; the most fields win. */
      if (share > best || (n_rows == 1 && share >= best && n_fields > best_fields))
        {
          best = share;
          best_fields = n_fields;
          *separator = separators[i];
        }
    }

  return best > 0;
}

gboolean
dhk_csv_refuse_nul (guint64 line, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);

  g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_A_TABLE,
               /* Translators: %s is a line number. */
               _ ("Line %s of the file holds zero bytes, which text never does: it is damaged or "
                  "no table. Nothing was "
                  "taken over. Export the answers again."),
               number);
  return FALSE;
}

static gboolean
refuse (GError **error, DhkImportError code, const char *sentence)
{
  g_set_error_literal (error, DHK_IMPORT_ERROR, (int) code, sentence);
  return FALSE;
}

/* Text that is known not to be a table, by how it starts. */
static gboolean
check_start (const char *sample, gsize length, GError **error)
{
  static const char *const pages[] = { "<!doctype", "<html", "<table", "<?xml", "<head" };
  static const char *const documents[] = { "%PDF-", "{\\rtf" };
  gsize i = 0;

  while (i < length && g_ascii_isspace (sample[i]))
    i++;
  if (i == length)
    return refuse (error, DHK_IMPORT_ERROR_NOT_A_TABLE,
                   _ ("The file is empty. Nothing was stored. Export the answers again and import "
                      "that file."));

  for (guint k = 0; k < G_N_ELEMENTS (pages); k++)
    if (g_ascii_strncasecmp (sample + i, pages[k], strlen (pages[k])) == 0)
      return refuse (error, DHK_IMPORT_ERROR_NOT_A_TABLE,
                     _ ("This is a web page or XML, whatever its name says. Open it in a "
                        "spreadsheet program, save it "
                        "as an Excel workbook (.xlsx) or as CSV, and import that file."));
  for (guint k = 0; k < G_N_ELEMENTS (documents); k++)
    if (g_ascii_strncasecmp (sample + i, documents[k], strlen (documents[k])) == 0)
      return refuse (error, DHK_IMPORT_ERROR_NOT_A_TABLE,
                     _ ("This is a document to read or print, no table. Export the answers as an "
                        "Excel workbook (.xlsx) "
                        "or as CSV and import that file."));
  if (length - i >= 4
      && (memcmp (sample + i, "$FL2", 4) == 0 || memcmp (sample + i, "$FL3", 4) == 0))
    return refuse (error, DHK_IMPORT_ERROR_NOT_READABLE,
                   _ ("This is an SPSS file, which cannot be read here. Save it in SPSS as an "
                      "Excel workbook (.xlsx) or "
                      "as CSV with value labels, and import that file."));

  if (memchr (sample, '\0', length) != NULL)
    {
      guint64 line = 1;

      for (i = 0; sample[i] != '\0'; i++)
        line += sample[i] == '\n';
      return dhk_csv_refuse_nul (line, error);
    }

  return TRUE;
}

/* Looks at the first lines for the separator that splits them most evenly. */
static gboolean
take_separator (DhkCsv *self, GError **error)
{
  g_autoptr (GByteArray) sample = g_byte_array_new ();
  const char *start;
  DhkCsvText text;
  gssize n;
  gboolean any;
  gsize length;

  dhk_csv_text_init (&text, self->source, self->encoding, self->mark);
  n = dhk_csv_text_append (&text, sample, error);
  dhk_csv_text_clear (&text);
  if (n < 0)
    return FALSE;
  length = MIN (sample->len, SAMPLE);
  g_byte_array_append (sample, (const guint8 *) "", 1);
  start = (const char *) sample->data;
  if (!check_start (start, length, error))
    return FALSE;

  if (length > 5 && g_ascii_strncasecmp (start, "sep=", 4) == 0
      && (start[5] == '\r' || start[5] == '\n') && (g_ascii_ispunct (start[4]) || start[4] == '\t')
      && start[4] != '"')
    {
      self->has_separator_line = TRUE;
      self->separator = start[4];
      return TRUE;
    }

  any = find_separator (start, length, &self->separator);
  if (!any
      && (dhk_source_has_suffix (self->source, ".xlsx")
          || dhk_source_has_suffix (self->source, ".xls")
          || dhk_source_has_suffix (self->source, ".ods")))
    return refuse (error, DHK_IMPORT_ERROR_NOT_A_TABLE,
                   _ ("The file is named like a workbook but is none inside. Save it anew in a "
                      "spreadsheet program and "
                      "import that file."));
  if (!any
      && (dhk_source_has_suffix (self->source, ".sav")
          || dhk_source_has_suffix (self->source, ".zsav")
          || dhk_source_has_suffix (self->source, ".por")))
    return refuse (error, DHK_IMPORT_ERROR_NOT_A_TABLE,
                   _ ("The file is named like a data file of SPSS but is none inside. Save it anew "
                      "in SPSS and import that file."));

  return TRUE;
}

DhkCsv *
dhk_csv_open (DhkSource *source, GPtrArray *notes, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkCsv) self = g_new0 (DhkCsv, 1);
  DhkCsvEncodingFound found;

  self->source = dhk_source_ref (source);
  if (!dhk_csv_encoding_find (source, &found, cancellable, error))
    return NULL;
  self->encoding = found.encoding;
  self->mark = found.mark;
  self->guessed = found.encoding != DHK_CSV_UTF8 && !found.marked;
  if (!take_separator (self, error))
    return NULL;

  if (self->guessed && found.encoding >= DHK_CSV_WINDOWS1252)
    dhk_notes_take (
        notes,
        /* Translators: %s is the name of an encoding, like Windows-1252. */
        g_strdup_printf (_ ("The file is not in UTF-8; it was read as %s, which its letters with "
                            "accents fit best. Check that they are right; the encoding can be "
                            "decided otherwise."),
                         dhk_csv_encoding_to_title (found.encoding)));
  else if (!found.marked && found.encoding != DHK_CSV_UTF8)
    dhk_notes_take (
        notes, g_strdup (_ (
                   "The file does not say its encoding; it was read as UTF-16. Check that letters "
                   "with accents are right.")));

  return g_steal_pointer (&self);
}

void
dhk_csv_free (DhkCsv *self)
{
  dhk_source_unref (self->source);
  g_free (self);
}
