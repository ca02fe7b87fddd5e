/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * One person's profile on the screen: sentences, the chart of both answers pair by pair, the
 * table that says the same, and the square of both answers together.
 */

#include <gtk/gtk.h>

#include "analysis/dhk-self-profile.h"

G_BEGIN_DECLS

#define DHK_TYPE_SELF_RATING_VIEW (dhk_self_rating_view_get_type ())
G_DECLARE_FINAL_TYPE (DhkSelfRatingView, dhk_self_rating_view, DHK, SELF_RATING_VIEW, GtkWidget)

GtkWidget *dhk_self_rating_view_new (void);

/* NULL: nothing is kept of the one before. */
void dhk_self_rating_view_set_profile (DhkSelfRatingView *self, DhkSelfProfile *profile);

G_END_DECLS
