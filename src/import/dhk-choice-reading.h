/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the texts in columns with several choices in each cell are taken as, in one file: by the
 * instrument, by a person, or by an import profile. Inner header of the import room.
 *
 * A text that is no choice is a question like any label that is not known. While it is open, the
 * choices that the cell does not name are not readable, since it may be any of them.
 */

#include "import/dhk-recogniser.h"

G_BEGIN_DECLS

typedef struct _DhkChoiceReading DhkChoiceReading;

/* Reads the columns of a question that dhk_recogniser_is_whole(), of all its choices. */
void dhk_choice_reading_run (DhkRecogniser *recogniser, guint question);

void dhk_choice_reading_unref (DhkChoiceReading *self);

G_END_DECLS
