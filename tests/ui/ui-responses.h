/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The Responses page of a window under test, and keys for it. */

#include "ui-fixture.h"
#include "ui/dhk-answer-grid.h"
#include "ui/dhk-responses-page.h"

G_BEGIN_DECLS

/* Opens the sample study at the page, and waits for its answers. */
void ui_responses_open (UiFixture *fixture);

DhkResponsesPage *ui_responses_get_page (UiFixture *fixture);
DhkAnswerGrid *ui_responses_get_grid (UiFixture *fixture);

/* All is loaded and written; the other one: and has its place on the screen. */
gboolean ui_responses_is_ready (UiFixture *fixture);
gboolean ui_responses_is_placed (UiFixture *fixture);

/* Does what is waiting, and waits until all is written. */
void ui_responses_settle (UiFixture *fixture);

/* As GDK would, to the widget's own controllers; whether one of them took the key. */
gboolean ui_responses_press_on (GtkWidget *widget, guint key, GdkModifierType state);
gboolean ui_responses_press (DhkAnswerGrid *grid, guint key, GdkModifierType state);

/* The focused cell. */
guint ui_responses_get_row (DhkAnswerGrid *grid);
const DhkQuestion *ui_responses_get_question (DhkAnswerGrid *grid);
int ui_responses_get_code (DhkAnswerGrid *grid);

/* test-responses-editors.c */
void ui_responses_add_editor_tests (void);

G_END_DECLS
