/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The self-rating: a calm window for one person and one file of own answers. It knows no
 * study and lists no files; what it opens, the person chose. The program that carries it is
 * not linked with what reads a study (main-self-rating.c).
 */

#include <adwaita.h>

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

#define DHK_TYPE_SELF_RATING_WINDOW (dhk_self_rating_window_get_type ())
G_DECLARE_FINAL_TYPE (
    DhkSelfRatingWindow, dhk_self_rating_window, DHK, SELF_RATING_WINDOW, AdwApplicationWindow)

/* The instrument must have a self-rating. */
GtkWidget *dhk_self_rating_window_new (GtkApplication *application, DhkInstrument *instrument);

/* Begins a response that is kept in `file`. */
void dhk_self_rating_window_begin (DhkSelfRatingWindow *self, GFile *file);

/*
 * Goes on with the response in `file`, or shows its profile when it is finished or `profile`.
 * Asks for the password of a sealed one.
 */
void dhk_self_rating_window_open (DhkSelfRatingWindow *self, GFile *file, gboolean profile);

/* Shows the profile beside the figures in `file`. */
void dhk_self_rating_window_compare (DhkSelfRatingWindow *self, GFile *file);

/* The profile on pages. */
gboolean dhk_self_rating_window_write_pdf (DhkSelfRatingWindow *self, GFile *file, GError **error);

G_END_DECLS
