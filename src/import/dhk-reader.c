/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-reader.h"

#include "import/dhk-csv.h"
#include "import/dhk-import-error.h"
#include "import/dhk-read-job.h"
#include "import/dhk-source.h"
#include "import/dhk-spss.h"
#include "import/dhk-xlsx-workbook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DhkReader
{
  gatomicrefcount ref_count;
  DhkSource *source;
  DhkXlsxWorkbook *workbook; /* one of the three */
  DhkCsv *csv;
  DhkSpss *spss;
  GPtrArray *notes;
  guint n_opening_notes; /* those of a read come after */
};

/* Old Excel files and password-protected new ones share one container; the
 * latter hold a stream of this name, in UTF-16. */
static gboolean
has_encrypted_package (DhkSource *source)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  const gsize overlap = sizeof name - 1;
  g_autofree char *piece = g_malloc (64 * 1024);
  guint64 offset = 0;
  gssize n;

  while ((n = dhk_source_read_at (source, offset, piece, 64 * 1024, NULL)) > (gssize) overlap)
    {
      if (memmem (piece, (gsize) n, name, overlap) != NULL)
        return TRUE;
      offset += (guint64) n - overlap;
    }

  return FALSE;
}

static gboolean
refuse_compound (DhkSource *source, GError **error)
{
  if (has_encrypted_package (source))
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_ENCRYPTED,
                         _ ("The workbook is protected with a password. Open it in the program "
                            "that made it, save it "
                            "without a password, and import that file."));
  else
    g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_READABLE,
                         _ ("This is a file of an old Office program, or one protected with a "
                            "password. Open it in a "
                            "spreadsheet program, save it as an Excel workbook (.xlsx) without a "
                            "password, and import "
                            "that file."));
  return FALSE;
}

static gboolean
reader_recognise (DhkReader *self, GCancellable *cancellable, GError **error)
{
  guint8 start[8] = { 0 };
  gssize n = dhk_source_read_at (self->source, 0, start, sizeof start, error);
  DhkSpssKind spss;

  if (n < 0)
    return FALSE;
  if (n == sizeof start && memcmp (start, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", sizeof start) == 0)
    return refuse_compound (self->source, error);
  if (n >= 4 && (memcmp (start, "PK\3\4", 4) == 0 || memcmp (start, "PK\5\6", 4) == 0))
    {
      self->workbook = dhk_xlsx_workbook_open (self->source, error);
      return self->workbook != NULL;
    }

  spss = dhk_spss_recognise (self->source);
  if (spss != DHK_SPSS_NOT)
    {
      self->spss = dhk_spss_open (self->source, spss, self->notes, error);
      return self->spss != NULL;
    }

  self->csv = dhk_csv_open (self->source, self->notes, cancellable, error);
  return self->csv != NULL;
}

/* Takes the source. */
static DhkReader *
reader_new (DhkSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkReader) self = g_new0 (DhkReader, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->source = source;
  if (!reader_recognise (self, cancellable, error))
    return NULL;
  self->n_opening_notes = self->notes->len;

  return g_steal_pointer (&self);
}

DhkReader *
dhk_reader_open (GFile *file, GCancellable *cancellable, GError **error)
{
  DhkSource *source;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  source = dhk_source_open (file, cancellable, error);
  return source != NULL ? reader_new (source, cancellable, error) : NULL;
}

DhkReader *
dhk_reader_open_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return reader_new (dhk_source_open_bytes (bytes, name), NULL, error);
}

DhkReader *
dhk_reader_ref (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
dhk_reader_unref (DhkReader *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->workbook, dhk_xlsx_workbook_free);
  g_clear_pointer (&self->csv, dhk_csv_free);
  g_clear_pointer (&self->spss, dhk_spss_free);
  g_clear_pointer (&self->source, dhk_source_unref);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

DhkReaderKind
dhk_reader_get_kind (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, DHK_READER_CSV);

  if (self->spss != NULL)
    return DHK_READER_SPSS;
  return self->workbook != NULL ? DHK_READER_XLSX : DHK_READER_CSV;
}

guint
dhk_reader_get_n_sheets (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->workbook != NULL ? self->workbook->sheets->len : 1;
}

static const DhkXlsxSheet *
reader_get_sheet (DhkReader *self, guint sheet)
{
  return self->workbook != NULL ? g_ptr_array_index (self->workbook->sheets, sheet) : NULL;
}

const char *
dhk_reader_get_sheet_name (DhkReader *self, guint sheet)
{
  g_return_val_if_fail (self != NULL && sheet < dhk_reader_get_n_sheets (self), "");

  return self->workbook != NULL ? reader_get_sheet (self, sheet)->name : "";
}

GPtrArray *
dhk_reader_get_columns (DhkReader *self, guint sheet)
{
  g_return_val_if_fail (self != NULL && sheet < dhk_reader_get_n_sheets (self), NULL);

  return self->spss != NULL ? self->spss->columns : NULL;
}

gboolean
dhk_reader_get_sheet_visible (DhkReader *self, guint sheet)
{
  g_return_val_if_fail (self != NULL && sheet < dhk_reader_get_n_sheets (self), FALSE);

  return self->workbook == NULL || reader_get_sheet (self, sheet)->visible;
}

const char *
dhk_reader_get_sha256 (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dhk_source_get_sha256 (self->source);
}

GPtrArray *
dhk_reader_get_notes (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->notes;
}

const char *
dhk_reader_get_encoding (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->spss != NULL)
    return self->spss->encoding;
  return self->csv != NULL ? dhk_csv_encoding_to_name (self->csv->encoding) : NULL;
}

char
dhk_reader_get_separator (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->csv != NULL ? self->csv->separator : '\0';
}

gboolean
dhk_reader_get_encoding_guessed (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->csv != NULL && self->csv->guessed;
}

gboolean
dhk_reader_get_separator_told (DhkReader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->csv != NULL && self->csv->has_separator_line;
}

void
dhk_reader_set_encoding (DhkReader *self, const char *encoding)
{
  g_return_if_fail (dhk_reader_get_encoding_guessed (self));

  for (guint i = 0; i < DHK_CSV_N_ENCODINGS; i++)
    if (strcmp (dhk_csv_encoding_to_name ((DhkCsvEncoding) i), encoding) == 0)
      self->csv->encoding = (DhkCsvEncoding) i;
  self->n_opening_notes = 0;
  g_ptr_array_set_size (self->notes, 0);
}

void
dhk_reader_set_separator (DhkReader *self, char separator)
{
  g_return_if_fail (self != NULL && self->csv != NULL);

  self->csv->separator = separator;
}

gboolean
dhk_reader_run (DhkReader *self, guint sheet, DhkReadJob *job, GError **error)
{
  gboolean ok;

  g_ptr_array_set_size (self->notes, (int) self->n_opening_notes);
  job->notes = self->notes;
  if (!dhk_read_job_go_on (job, 0.0, error))
    return FALSE;
  if (self->workbook != NULL)
    ok = dhk_xlsx_workbook_read_sheet (self->workbook, sheet, job, error);
  else if (self->spss != NULL)
    ok = dhk_spss_read (self->spss, job, error);
  else
    ok = dhk_csv_read (self->csv, job, error);

  return ok && dhk_source_check_unchanged (self->source, error)
         && dhk_read_job_go_on (job, 1.0, error);
}

gboolean
dhk_reader_read (DhkReader *self,
                 guint sheet,
                 DhkRowFunc func,
                 gpointer user_data,
                 GCancellable *cancellable,
                 DhkReaderProgressFunc progress,
                 gpointer progress_data,
                 GError **error)
{
  DhkReadJob job = { 0 };

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);
  g_return_val_if_fail (sheet < dhk_reader_get_n_sheets (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  job.func = func;
  job.user_data = user_data;
  job.cancellable = cancellable;
  job.progress = progress;
  job.progress_data = progress_data;
  return dhk_reader_run (self, sheet, &job, error);
}
