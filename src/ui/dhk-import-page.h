/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Importing in three steps on one page: files and what each was recognised as;
 * decisions, the certain ones folded, the doubtful ones open; the outcome in a sentence
 * with one button. Nothing is stored before that button.
 */

#include <gtk/gtk.h>

#include "ui/dhk-session.h"

G_BEGIN_DECLS

#define DHK_TYPE_IMPORT_PAGE (dhk_import_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkImportPage, dhk_import_page, DHK, IMPORT_PAGE, GtkWidget)

GtkWidget *dhk_import_page_new (DhkSession *session);

/* Asks for files. */
void dhk_import_page_choose (DhkImportPage *self);

/* Adds files (GFile) to those of this import and reads them. */
void dhk_import_page_add_files (DhkImportPage *self, GPtrArray *files);

/* Answers an open question by hand: the ids of question and choice. */
void dhk_import_page_answer (DhkImportPage *self, const char *question, const char *choice);

/* What is proposed now, or NULL: nothing was chosen, or it is being read. Lent. */
DhkDraft *dhk_import_page_get_draft (DhkImportPage *self);

G_END_DECLS
