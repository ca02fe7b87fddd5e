/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The commands: driehoek new|import|table|report|export. Without a command the
 * window program is started in this one's place.
 *
 * Exit status: 0 done, 1 refused or failed (one sentence on stderr), 2 used
 * wrongly.
 */

#include <glib.h>

G_BEGIN_DECLS

int dhk_cli_main (int argc, char **argv);

G_END_DECLS
