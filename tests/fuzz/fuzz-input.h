/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the fuzz targets share: inputs that are larger than a fuzzer makes them, and inputs as
 * files. Every warning of ours and of GLib ends a target.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
int LLVMFuzzerInitialize (int *argc, char ***argv);

/*
 * The input; one that begins with FUZZ_REPEAT and three numbers of two bytes (how often, from
 * where, how much) is what follows with that part repeated, so that a few bytes cross the ends of
 * the pieces that readers take, and say which pieces.
 */
#define FUZZ_REPEAT "\xfe*"
GBytes *fuzz_dup_input (const guint8 *data, gsize size);

/*
 * A copy of `base` with changes: each is a place (three bytes), a length below 128 (one byte) and so
 * many bytes that are put there; a length from 128 on ends the copy at the place.
 */
GBytes *fuzz_patch (GBytes *base, const guint8 *data, gsize size);

/* A regular file with these bytes, in memory alone; closed by the next call. Owned. */
GFile *fuzz_file_new (const void *data, gsize size);

/* A folder of this process in memory, the same each time. */
const char *fuzz_get_folder (void);

/*
 * Ends the target when there is not exactly one of the two, or the message is no sentence. With
 * DHK_FUZZ_SAY in the environment it is printed, to see which seeds are refused and why.
 */
void fuzz_check_error (gboolean worked, const GError *error);

G_END_DECLS
