/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Separated text: finds encoding and separator, and streams the rows.
 *
 * Quotes count where a field begins with one; a doubled quote inside is one
 * quote; line ends are CR, LF or CRLF, mixed as they come. Private to the
 * import room.
 */

#include "import/dhk-read-job.h"
#include "import/dhk-source.h"

G_BEGIN_DECLS

/* Encodings */

typedef enum
{
  DHK_CSV_UTF8,
  DHK_CSV_UTF16LE,
  DHK_CSV_UTF16BE,
  DHK_CSV_WINDOWS1252,
  DHK_CSV_WINDOWS1250,
  DHK_CSV_WINDOWS1254,
  DHK_CSV_MACINTOSH,
  DHK_CSV_CP850,
} DhkCsvEncoding;

#define DHK_CSV_N_ENCODINGS (DHK_CSV_CP850 + 1)

typedef struct
{
  DhkCsvEncoding encoding;
  guint mark;      /* bytes of the byte order mark to skip */
  gboolean marked; /* the encoding is sure */
} DhkCsvEncodingFound;

const char *dhk_csv_encoding_to_name (DhkCsvEncoding encoding);

/* As a person reads it: "Windows-1252". */
const char *dhk_csv_encoding_to_title (DhkCsvEncoding encoding);

/**
 * dhk_csv_encoding_find:
 *
 * Reads the whole file once: its mark, and whether it is valid UTF-8 to the end.
 */
gboolean dhk_csv_encoding_find (DhkSource *source,
                                DhkCsvEncodingFound *found,
                                GCancellable *cancellable,
                                GError **error);

/**
 * DhkCsvText:
 *
 * The file as UTF-8, piece by piece.
 */
typedef struct
{
  DhkSource *source;
  DhkCsvEncoding encoding;
  guint64 offset;
  guint8 carry[4]; /* bytes of a character cut by the end of a piece */
  guint n_carry;
  gboolean broken; /* a character that could not be read was replaced */
  guint8 *piece;
  gunichar upper[128]; /* of an encoding of one byte a character: what follows ASCII */
} DhkCsvText;

void dhk_csv_text_init (DhkCsvText *self, DhkSource *source, DhkCsvEncoding encoding, guint mark);
void dhk_csv_text_clear (DhkCsvText *self);

/**
 * dhk_csv_text_append:
 *
 * Appends the next piece (up to some hundred KiB).
 *
 * Returns: bytes appended, 0 at the end, -1 with @error
 */
gssize dhk_csv_text_append (DhkCsvText *self, GByteArray *out, GError **error);

/* Rows */

typedef struct
{
  DhkSource *source;
  DhkCsvEncoding encoding;
  guint mark;
  gboolean guessed; /* nothing says the encoding: a person may know better */
  char separator;
  gboolean has_separator_line; /* begins with "sep=;" */
} DhkCsv;

/**
 * dhk_csv_open:
 * @notes: takes what was found and is not certain
 */
DhkCsv *
dhk_csv_open (DhkSource *source, GPtrArray *notes, GCancellable *cancellable, GError **error);
void dhk_csv_free (DhkCsv *self);

/**
 * dhk_csv_refuse_nul:
 *
 * Returns: %FALSE, with the @error for a NUL byte in @line
 */
gboolean dhk_csv_refuse_nul (guint64 line, GError **error);

/**
 * dhk_csv_read:
 *
 * Streams the rows to the job.
 */
gboolean dhk_csv_read (DhkCsv *self, DhkReadJob *job, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkCsv, dhk_csv_free)

G_END_DECLS
