/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A first draft of an instrument, made of a file of another program: a survey of
 * LimeSurvey (.lss), a questionnaire in queXML, or a table of answers (Excel, separated text, SPSS), whose
 * heads are the questions. A draft is to be looked at and edited: which questions
 * make a scale, what the answers are worth.
 */

#include "study/dhk-instrument.h"

G_BEGIN_DECLS

/*
 * Reads the file into an instrument; an instrument file is taken as it is. `known` lends the order of
 * answers whose labels it knows: a table of answers has them in no order. `notes` (may be NULL) gets
 * sentences (owned) on what was left out or guessed. NULL with DHK_IMPORT_ERROR, DHK_XML_ERROR or
 * G_IO_ERROR. The result is owned.
 */
DhkInstrument *dhk_starting_point_read (GFile *file,
                                        DhkInstrument *known,
                                        GPtrArray **notes,
                                        GCancellable *cancellable,
                                        GError **error);

/* The same for bytes; `name` is what messages call them. */
DhkInstrument *dhk_starting_point_read_bytes (
    GBytes *bytes, const char *name, DhkInstrument *known, GPtrArray **notes, GError **error);

G_END_DECLS
