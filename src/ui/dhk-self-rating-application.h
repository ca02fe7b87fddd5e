/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The application of the self-rating: an id, an instance and windows of its own, so that
 * nothing of a study that is open on the same desktop can be reached from it.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define DHK_TYPE_SELF_RATING_APPLICATION (dhk_self_rating_application_get_type ())
G_DECLARE_FINAL_TYPE (DhkSelfRatingApplication,
                      dhk_self_rating_application,
                      DHK,
                      SELF_RATING_APPLICATION,
                      AdwApplication)

/* Call first thing in main(): what other programs keep of files does not come into this one. */
void dhk_self_rating_application_isolate (void);

DhkSelfRatingApplication *dhk_self_rating_application_new (void);

G_END_DECLS
