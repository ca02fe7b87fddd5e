/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A workbook: its sheets, its texts, which styles are dates. Private to the
 * import room.
 */

#include "import/dhk-xlsx-package.h"

G_BEGIN_DECLS

/* Texts */

typedef struct _DhkXlsxStrings DhkXlsxStrings;

DhkXlsxStrings *dhk_xlsx_strings_read (DhkXlsxPackage *package,
                                       const char *part,
                                       const DhkReadShare *share,
                                       GError **error);
void dhk_xlsx_strings_free (DhkXlsxStrings *self);

/**
 * dhk_xlsx_strings_get:
 *
 * Returns: (nullable): the text, ended by a NUL byte; %NULL beyond the end
 */
const char *dhk_xlsx_strings_get (DhkXlsxStrings *self, guint64 index, gsize *length);

/**
 * dhk_xlsx_text_decode:
 * @from: where in @text to begin
 *
 * Replaces Excel's escapes ("_x000D_") by the characters they stand for.
 */
void dhk_xlsx_text_decode (GString *text, gsize from);

/* Styles */

typedef enum
{
  DHK_XLSX_PLAIN,
  DHK_XLSX_DATE,
  DHK_XLSX_DATE_TIME,
  DHK_XLSX_TIME,
} DhkXlsxStyle;

/**
 * dhk_xlsx_styles_read:
 *
 * Returns: (transfer full): one #DhkXlsxStyle a byte, by the number cells give
 */
GByteArray *dhk_xlsx_styles_read (DhkXlsxPackage *package, const char *part, GError **error);

/**
 * dhk_xlsx_format_classify:
 * @code: a number format, as "d-m-yyyy h:mm"
 */
DhkXlsxStyle dhk_xlsx_format_classify (const char *code);

/* The workbook */

typedef struct
{
  char *name;
  char *part;
  gboolean visible;
} DhkXlsxSheet;

typedef struct
{
  DhkXlsxPackage *package;
  GPtrArray *sheets; /* of DhkXlsxSheet */
  char *strings_part;
  char *styles_part;
  gboolean date1904;
  DhkXlsxStrings *strings; /* read when first needed */
  GByteArray *styles;
  gboolean by_parser; /* reads plain rows through libxml2 too: for tests, which compare */
} DhkXlsxWorkbook;

DhkXlsxWorkbook *dhk_xlsx_workbook_open (DhkSource *source, GError **error);
void dhk_xlsx_workbook_free (DhkXlsxWorkbook *self);

/**
 * dhk_xlsx_workbook_read_sheet:
 *
 * Streams a sheet's rows to the job.
 */
gboolean
dhk_xlsx_workbook_read_sheet (DhkXlsxWorkbook *self, guint sheet, DhkReadJob *job, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkXlsxStrings, dhk_xlsx_strings_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkXlsxWorkbook, dhk_xlsx_workbook_free)

G_END_DECLS
