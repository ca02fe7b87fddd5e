/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* driehoek stats audit: the audit of printed tables, from two files (dhk-audit-data.h). */

#include "cli/dhk-cli.h"

G_BEGIN_DECLS

/* Prints the conflicts as JSON. */
DhkExit dhk_cli_audit (const char *cells, const char *relations);

G_END_DECLS
