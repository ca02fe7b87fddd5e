/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A draft in rows and sentences: what each file was recognised as, what became
 * of its columns and rows, and what the import will do.
 */

#include <gtk/gtk.h>

#include "study/dhk-draft.h"

G_BEGIN_DECLS

/* "Microsoft Forms · Jeugdigen · 179 rows". Free with g_free(). */
char *dhk_import_dup_file_text (DhkDraft *draft, const DhkDraftFile *file);

/* The file's name; where several have it, "Parents.xlsx (2)". Free with g_free(). */
char *dhk_import_dup_file_label (DhkDraft *draft, guint file);

/* Whether it is of another study: its first file is the study itself. */
gboolean dhk_import_is_study (DhkDraft *draft);

/*
 * An expander "36 columns recognised" that lists the columns when it is opened; NULL
 * while the questionnaire is not known.
 */
GtkWidget *dhk_import_create_columns_row (DhkDraft *draft, guint file);

/* What a column becomes, in words: "band1_h", "Start time". Free with g_free(). */
char *
dhk_import_dup_role_text (DhkDraft *draft, const DhkDraftFile *file, const DhkDraftColumn *column);

/* What is stored of a row's answer to a question: "3 · regularly". Free with g_free(). */
char *dhk_import_dup_answer (DhkDraft *draft, DhkDraftFile *file, guint row, guint question);

/* A row with a warning sign for each note that asks for attention. */
void dhk_import_add_notes (DhkDraft *draft, guint file, GtkListBox *list);

/* Whether it brings anything but rows that are kept aside. */
gboolean dhk_import_brings_news (DhkDraft *draft);

/*
 * "179 new respondents, 0 already present, 2 rows kept aside.", as markup: what is explained
 * elsewhere on the page is a link. `asks_personal`: the question about names is open too. Free with
 * g_free().
 */
#define DHK_IMPORT_LINK_ASIDE "aside"
#define DHK_IMPORT_LINK_NOTES "notes"
#define DHK_IMPORT_LINK_CONFLICTS "conflicts"

char *dhk_import_dup_outcome (DhkDraft *draft, gboolean asks_personal);

G_END_DECLS
