/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The same response, or the same person, more than once in the files of one
 * draft. Runs when every file is sealed. E-mail addresses are looked at here
 * and forgotten: nothing derived from them is kept.
 *
 *   same response, same answers    present already (another file) or set aside
 *   same response, other answers   a question
 *   same person, same answers within minutes      set aside
 *   same person otherwise          a question
 *   unknown persons, same answers and background within minutes   set aside
 */

#include "import/dhk-recogniser.h"

G_BEGIN_DECLS

/* `files`: DhkRecogniser. */
void dhk_doubles_settle (GPtrArray *files);

G_END_DECLS
