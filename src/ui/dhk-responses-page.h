/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The Responses page: every answer in a grid, with filters and a search; correcting, leaving
 * out and erasing respondents, and what happened to each. The list of everybody is
 * loaded when the page is first seen, and again after every change.
 */

#include "ui/dhk-answer-rows.h"
#include "ui/dhk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_RESPONSES_PAGE (dhk_responses_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkResponsesPage, dhk_responses_page, DHK, RESPONSES_PAGE, GtkWidget)

GtkWidget *dhk_responses_page_new (DhkSession *session);

/* Shows only these: a questionnaire (-1: all) and flags, in the place of all other filters. */
void
dhk_responses_page_set_filter (DhkResponsesPage *self, int questionnaire, DhkAnswerFlags flags);

/* For tests and for whoever waits: TRUE when what is asked for is shown. */
gboolean dhk_responses_page_is_ready (DhkResponsesPage *self);

G_END_DECLS
