/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: the second half of a salvage. */

#include "store/dhk-store-private.h"
#include "store/dhk-store-salvage.h"

G_BEGIN_DECLS

/* Answers that cannot stand where they are become unreadable, and what refers to nothing goes. `name`
 * is what messages call the damaged file. */
gboolean dhk_salvage_mend (DhkStore *to, const char *name, DhkSalvage *salvage, GError **error);

G_END_DECLS
