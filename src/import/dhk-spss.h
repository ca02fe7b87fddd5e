/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Data files of SPSS: system files (.sav, .zsav) and portable files (.por).
 *
 * ReadStat reads them. It trusts a file, so nothing gets to it before a check
 * of our own has walked the whole dictionary (dhk-sav-check.c) or the whole
 * portable file (dhk-por-check.c): lengths and counts against what is there,
 * indexes against what they point at, blocks against each other. What
 * ReadStat then sees of a system file is the dictionary that was checked, from
 * memory, with the parts switched off that it reads badly and we do not need;
 * only the cases come from the file.
 *
 * Private to the import room.
 */

#include "import/dhk-read-job.h"
#include "import/dhk-source.h"

G_BEGIN_DECLS

/* A system file is read in pieces of eight bytes; so many make the longest case. */
#define DHK_SPSS_MAX_SEGMENTS (1024 * 1024)
/* One set of labels may serve thousands of variables; all of them together have so many. */
#define DHK_SPSS_MAX_LABELS 1000000

/**
 * DhkSpssFormat:
 *
 * Print format as the file has it: kind (5 is F, 20 is DATE), width, decimals.
 */
typedef struct
{
  guint8 kind;
  guint8 width;
  guint8 decimals;
} DhkSpssFormat;

typedef struct
{
  DhkSource *source;
  gboolean portable;
  GByteArray *start;      /* system file: what stands before the cases, checked */
  GByteArray *trailer;    /* .zsav: the list of its blocks, checked */
  guint64 trailer_offset; /* where @trailer stands in the file */
  gint64 n_cases;         /* -1 when the file does not say */
  char *encoding;
  GArray *formats;    /* DhkSpssFormat, one a column */
  GPtrArray *columns; /* DhkReaderColumn */
} DhkSpss;

/* The checks; both fill in what they learn. */

typedef enum
{
  DHK_SPSS_NOT,
  DHK_SPSS_SYSTEM,
  DHK_SPSS_PORTABLE,
} DhkSpssKind;

DhkSpssKind dhk_spss_recognise (DhkSource *source);
gboolean dhk_sav_check (DhkSpss *self, GPtrArray *notes, GError **error);
gboolean dhk_por_check (DhkSpss *self, GPtrArray *notes, GError **error);

/**
 * dhk_sav_check_blocks:
 * @offset: where the dictionary ends and the blocks of a .zsav begin
 * @swap: whether the file's bytes are the other way around
 */
gboolean dhk_sav_check_blocks (DhkSpss *self, guint64 offset, gboolean swap, GError **error);

/* Sets DHK_IMPORT_ERROR_DAMAGED with a sentence; always FALSE. */
gboolean dhk_spss_refuse_damaged (GError **error);
gboolean dhk_spss_refuse_cut (GError **error);

/* Formats and values */

char *dhk_spss_format_to_text (const DhkSpssFormat *format, gboolean is_text);
DhkColumnType dhk_spss_format_get_type (const DhkSpssFormat *format);

/**
 * dhk_spss_value_append:
 * @value: a finite number
 * @seconds: (out): what DhkCell.number is
 *
 * Appends the value as a cell has it.
 *
 * Returns: the kind of the cell: NUMBER, DATE, or ERROR for what is no date
 */
DhkCellKind dhk_spss_value_append (
    GString *text, const DhkSpssFormat *format, DhkColumnType type, double value, double *seconds);

/* Texts of the file's encoding. */

typedef struct
{
  gboolean is_utf8;
  GIConv converter;
  gboolean broken; /* a character had no meaning and was replaced */
} DhkSpssText;

/* FALSE when the encoding is not known here. */
gboolean dhk_spss_text_init (DhkSpssText *self, const char *encoding);
void dhk_spss_text_clear (DhkSpssText *self);
void dhk_spss_text_append (DhkSpssText *self, GString *out, const char *bytes, gsize length);

/* The reader */

/**
 * dhk_spss_open:
 * @notes: takes what is odd
 */
DhkSpss *dhk_spss_open (DhkSource *source, DhkSpssKind kind, GPtrArray *notes, GError **error);
void dhk_spss_free (DhkSpss *self);
gboolean dhk_spss_read (DhkSpss *self, DhkReadJob *job, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkSpss, dhk_spss_free)

G_END_DECLS
