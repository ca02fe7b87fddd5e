/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: whether the answers of a study keep their meaning under another instrument. */

#include "store/dhk-store-private.h"

G_BEGIN_DECLS

/* FALSE with DHK_STORE_ERROR_CONFLICT and what is in the way. Reads inside a transaction. */
gboolean dhk_store_instrument_fits (DhkStore *self, DhkInstrument *instrument, GError **error);

G_END_DECLS
