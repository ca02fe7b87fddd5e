/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The window of one study: header, sidebar and pages; the start page while no
 * study is open. Every chooser ends in a function that takes GFile, so that
 * tests, drops and the command line go the same way as a click.
 */

#include <adwaita.h>

#include "ui/dhk-answer-rows.h"
#include "ui/dhk-session.h"

G_BEGIN_DECLS

#define DHK_TYPE_WINDOW (dhk_window_get_type ())
G_DECLARE_FINAL_TYPE (DhkWindow, dhk_window, DHK, WINDOW, AdwApplicationWindow)

GtkWidget *dhk_window_new (GtkApplication *application);

/* TRUE when no study is open or being opened in it. */
gboolean dhk_window_is_free (DhkWindow *self);
gboolean dhk_window_shows_file (DhkWindow *self, GFile *file);

/* The open study, or NULL. */
DhkSession *dhk_window_get_session (DhkWindow *self);

/* Studies ----------------------------------------------------------------- */

void dhk_window_open_study (DhkWindow *self, GFile *file);
void dhk_window_create_study (DhkWindow *self, GFile *file);
void dhk_window_save_copy (DhkWindow *self, GFile *file);

/* Opens the sample study at `file`; makes it when it is not there. */
void dhk_window_open_sample (DhkWindow *self, GFile *file);

/* Where the user's own sample study lives. Owned. */
GFile *dhk_window_create_sample_file (void);

void dhk_window_choose_study (DhkWindow *self);
void dhk_window_choose_new_study (DhkWindow *self);

/* A new study whose questionnaire comes out of a file (import/dhk-starting-point.h). */
void dhk_window_choose_questionnaire (DhkWindow *self);

/* Pages ------------------------------------------------------------------- */

/* "overview", "import", "compare" or "report". */
void dhk_window_show_page (DhkWindow *self, const char *page);

/* Goes to the Responses page with these only: a questionnaire (-1: all) and flags. */
void dhk_window_show_responses (DhkWindow *self, int questionnaire, DhkAnswerFlags flags);

/* The page itself, made when it was not shown yet. Lent. */
GtkWidget *dhk_window_get_page (DhkWindow *self, const char *page);

/* Of the help: what is shown. A literal. */
const char *dhk_window_get_help_topic (DhkWindow *self);

/* Goes to the import page with these files (GFile); also when they are dropped. */
void dhk_window_import_files (DhkWindow *self, GPtrArray *files);

G_END_DECLS
