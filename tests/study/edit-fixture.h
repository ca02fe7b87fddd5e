/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The built-in instrument, to be changed step by step. */

#include "study/dhk-instrument-edit.h"

G_BEGIN_DECLS

#define NL DHK_LANGUAGE_NL

/* Owned. */
DhkInstrument *edit_fixture_new (void);

/* Takes `next` in the place of what was. */
void edit_fixture_take (DhkInstrument **instrument, DhkInstrument *next, GError **error);

G_END_DECLS
