/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A study in a folder of its own, and drafts made by hand instead of from files.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

/* A moment on which forms were filled in, so that each respondent can have another day. */
#define FIXTURE_START G_GINT64_CONSTANT (1700000000)
#define FIXTURE_DAY (24 * 60 * 60)

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  DhkInstrument *instrument;
  DhkStore *store;
} Fixture;

/* `data` is a folder to work in where there is one, or NULL. */
void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
void fixture_reopen (Fixture *self);
char *fixture_path (Fixture *self, const char *name);

#define FIXTURE_TEST(path, function)                                                               \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

/* Drafts: the file is lent by the draft. `sha256` is any text. */
DhkDraftFile *
fixture_add_file (DhkDraft *draft, const char *name, const char *sha256, const char *questionnaire);

/* A row of respondent `n` (from 1), with answers and background that follow from `n`. */
guint fixture_add_row (DhkDraft *draft, DhkDraftFile *file, guint n);

/* The place of a question in the questionnaire, by column name or variable. */
guint fixture_find_question (DhkDraft *draft, DhkDraftFile *file, const char *column);

/* Sets one code, and the content hash that follows from it. */
void
fixture_set_code (DhkDraft *draft, DhkDraftFile *file, guint row, const char *column, int code);
void fixture_seal (DhkDraftFile *file, guint row);

/* One file of rows 1 … n; the store keeps nothing of it. */
DhkDraft *fixture_make_draft (
    Fixture *self, const char *name, const char *sha256, const char *questionnaire, guint n);
DhkDraftFile *fixture_get_file (DhkDraft *draft);
DhkDraftRow *fixture_get_row (DhkDraftFile *file, guint row);
void fixture_commit (Fixture *self, DhkDraft *draft);
void fixture_compare (Fixture *self, DhkDraft *draft);
void
fixture_assert_totals (DhkDraft *draft, guint added, guint present, guint changed, guint aside);

void fixture_undo (Fixture *self);
void fixture_redo (Fixture *self);

/* TRUE when a note holds `text`. */
gboolean fixture_has_note (DhkDraftFile *file, const char *text);

/* As another program sees it: all rows of a query, "a|b\n"; NULL is "". Free with g_free(). */
char *fixture_query (const char *path, const char *sql);
void fixture_exec (const char *path, const char *sql);

/* Makes a study what an earlier version would have left: 1, 6 or 7. Nobody has it open. */
void fixture_take_back (const char *path, guint version);

/* What a person sees: all views; and every table, byte for byte. Free with g_free(). */
char *fixture_dump_views (const char *path);
char *fixture_dump_tables (const char *path);

#define fixture_assert_query(path, sql, expected)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = fixture_query (path, sql);                                           \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
