/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Small frames of the made-up survey of a library (tests/data/library-2024.xml),
 * written as lines: type, branch ("-": none), then either a score of "collection"
 * (about nobody) or of "welcome" (about the librarians) in whole answers.
 */

#include "study/dhk-frame.h"

typedef struct
{
  const char *type;
  const char *branch; /* NULL: missing */
  int welcome;        /* 0: not answered */
  int collection;
} LibraryRow;

DhkInstrument *library_instrument_new (void);
DhkFrame *library_frame_new (DhkInstrument *instrument, const LibraryRow *rows, guint n_rows);
