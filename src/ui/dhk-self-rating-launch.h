/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Starts the self-rating, a program of its own: nothing of the study that is open here
 * goes with it.
 */

#include <glib.h>

G_BEGIN_DECLS

gboolean dhk_self_rating_launch (GError **error);

G_END_DECLS
