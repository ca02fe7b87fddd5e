/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files for the reader tests: workbooks built part by part, texts written as
 * they are, and a sheet as one string that a test can compare.
 */

#include "import/dhk-reader.h"

/* What the parts of a small workbook usually say. */
#define FIXTURE_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define FIXTURE_SHEET(rows)                                                                        \
  "<worksheet xmlns='" FIXTURE_MAIN "'><sheetData>" rows "</sheetData></worksheet>"
#define FIXTURE_STRINGS(texts) "<sst xmlns='" FIXTURE_MAIN "'>" texts "</sst>"

typedef struct _Fixture Fixture;

/* A workbook of one sheet named S1 without rows, and without texts and styles. */
Fixture *fixture_new (void);
void fixture_free (Fixture *self);

/* Sets or replaces a part. */
void fixture_set (Fixture *self, const char *name, const char *content);
void fixture_remove (Fixture *self, const char *name);
void fixture_set_rows (Fixture *self, const char *rows);

/* Zips the parts, or writes @bytes, to a file that lives as long as the fixture. */
GFile *fixture_write (Fixture *self);
GFile *fixture_write_bytes (Fixture *self, const char *name, const void *bytes, gssize length);

/* A sheet as text: a line a row, "3: T=abc N=1.5 D=2023-03-14 B=TRUE E=#N/A -",
 * a "-" for an empty cell. NULL with @error when refused. */
char *fixture_dump (GFile *file, guint sheet, GError **error);

/* Asserts what fixture_dump() gives, or that the file is refused so. */
void fixture_assert_dump (GFile *file, guint sheet, const char *expected);
void fixture_assert_refused (GFile *file, int code);

/* The same for a workbook of these rows. */
void fixture_assert_rows (const char *rows, const char *expected);
void fixture_assert_rows_refused (const char *rows, int code);

/* @unit again and again, its # counting. */
char *fixture_dup_repeated (const char *unit, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
