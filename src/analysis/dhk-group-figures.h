/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The figures of a group profile, from a frame: n, M and SD of every item of the
 * self-rating, for each respondent type that is asked them, and for each
 * category of a variable.
 *
 * Who is few stays unknown: a cell of fewer than `minimum` answers is left out,
 * and the cell of the whole type with it where subtracting the categories that are
 * there would give back what is not (the rest would be fewer than `minimum`, but somebody).
 */

#include "study/dhk-frame.h"
#include "study/dhk-group-profile.h"

G_BEGIN_DECLS

/*
 * `variable` is a category variable, or -1: whole types only. `minimum` is at least
 * DHK_GROUP_PROFILE_MINIMUM. The instrument must have a self-rating. Any thread.
 */
DhkGroupProfile *
dhk_group_figures_compute (DhkFrame *frame, int variable, guint minimum, gboolean is_sample);

G_END_DECLS
