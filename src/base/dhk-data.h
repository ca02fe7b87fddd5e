/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The data that is built into the program: schemas, instruments, report plans.
 * Names are paths below data/, e.g. "schemas/instrument.rng".
 */

#include <glib.h>

G_BEGIN_DECLS

/* The folder of the sample study's exports. */
#define DHK_DATA_SAMPLE "sample"

/* The bytes of `name`, or NULL when there is no such data. */
GBytes *dhk_data_load (const char *name);

/*
 * TRUE when `bytes` are, to the bit, a file in `folder` of the data: such a file was
 * validated when the program was built.
 */
gboolean dhk_data_holds (const char *folder, GBytes *bytes);

/* The names in a folder of the data ("instruments"), sorted. Free with g_strfreev(). */
char **dhk_data_list (const char *folder);

G_END_DECLS
