/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The page Questionnaire: what is asked of whom, how answers become scores, the answers to choose
 * from, and the versions there were; the paper forms; and editing, on a copy that
 * becomes a new version of the study's instrument.
 */

#include "ui/dhk-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DHK_TYPE_INSTRUMENT_PAGE (dhk_instrument_page_get_type ())
G_DECLARE_FINAL_TYPE (DhkInstrumentPage, dhk_instrument_page, DHK, INSTRUMENT_PAGE, GtkWidget)

GtkWidget *dhk_instrument_page_new (DhkSession *session);

G_END_DECLS
