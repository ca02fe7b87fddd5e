/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window of its own for a test, with bounded waiting on the main loop. */

#include "ui/dhk-window.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder; /* emptied and removed at the end */
  GtkApplication *application;
  DhkWindow *window;
} UiFixture;

void ui_fixture_set_up (UiFixture *fixture, gconstpointer data);
void ui_fixture_tear_down (UiFixture *fixture, gconstpointer data);

/* A file in the fixture's folder. Owned. */
GFile *ui_fixture_create_file (UiFixture *fixture, const char *name);

/* Iterates the main loop until `is_so` or for a minute; a test fails when it never comes. */
typedef gboolean (*UiCondition) (UiFixture *fixture);
void ui_fixture_wait (UiFixture *fixture, UiCondition is_so);

gboolean ui_has_study (UiFixture *fixture);
gboolean ui_has_answers (UiFixture *fixture);

/* Opens the sample study and waits for it. */
void ui_fixture_open_sample (UiFixture *fixture);

/* Opens a new, empty study and waits for it. */
void ui_fixture_create_study (UiFixture *fixture);

/* The exports of the sample survey, unpacked into the folder: GFile. Owned. */
GPtrArray *ui_fixture_unpack_exports (UiFixture *fixture);

/* A library's questionnaire, of which questions 2 to 5 are one with several choices. Owned. */
DhkInstrument *ui_new_instrument_with_choices (void);

/* Calls `visit` for every widget below and with `widget`. */
typedef void (*UiVisit) (GtkWidget *widget, gpointer data);
void ui_walk (GtkWidget *widget, UiVisit visit, gpointer data);

/* TRUE when a label below `widget` reads exactly `text`. */
gboolean ui_shows (GtkWidget *widget, const char *text);

/* gtk_test_init() and adw_init(), with a configuration folder of the test's own. */
void ui_test_init (int *argc, char ***argv);

G_END_DECLS
