/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The commands of “driehoek --help”.
 *
 * They are spread over programs by the libraries that they need, because those for packages, fonts
 * and drawing cost every start several milliseconds. Each main() names the commands that it carries;
 * for another command its own program takes this one's place, and the window's where no command
 * is given.
 *
 * Exit status: 0 done, 1 refused or failed (one sentence on stderr), 2 used
 * wrongly.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DHK_EXIT_DONE = 0,
  DHK_EXIT_REFUSED = 1,
  DHK_EXIT_USAGE = 2,
} DhkExit;

/* A command that this program carries. `run` takes ownership of its arguments, the name first. */
typedef struct
{
  const char *name;
  DhkExit (*run) (char **arguments);
} DhkRunner;

DhkExit dhk_cli_new (char **arguments);
DhkExit dhk_cli_encrypt (char **arguments);
DhkExit dhk_cli_decrypt (char **arguments);
DhkExit dhk_cli_password (char **arguments);
DhkExit dhk_cli_backup (char **arguments);
DhkExit dhk_cli_key (char **arguments);
DhkExit dhk_cli_repair (char **arguments);
DhkExit dhk_cli_retention (char **arguments);
DhkExit dhk_cli_problem_report (char **arguments);
DhkExit dhk_cli_import (char **arguments);
DhkExit dhk_cli_peek (char **arguments);
DhkExit dhk_cli_profile (char **arguments);
DhkExit dhk_cli_conflicts (char **arguments);
DhkExit dhk_cli_help (char **arguments);
DhkExit dhk_cli_table (char **arguments);
DhkExit dhk_cli_report (char **arguments);
DhkExit dhk_cli_export (char **arguments);
DhkExit dhk_cli_export_sav (char **arguments); /* “export” with what SPSS needs */
DhkExit dhk_cli_stats (char **arguments);
DhkExit dhk_cli_set (char **arguments);
DhkExit dhk_cli_undo (char **arguments);
DhkExit dhk_cli_redo (char **arguments);
DhkExit dhk_cli_answers (char **arguments);
DhkExit dhk_cli_exclude (char **arguments);
DhkExit dhk_cli_include (char **arguments);
DhkExit dhk_cli_erase (char **arguments);
DhkExit dhk_cli_history (char **arguments);
DhkExit dhk_cli_group_profile (char **arguments);
DhkExit dhk_cli_paper (char **arguments);
DhkExit dhk_cli_instrument (char **arguments);
DhkExit dhk_cli_entry (char **arguments);

/* `runners` ends with a NULL name. */
int dhk_cli_main (int argc, char **argv, const DhkRunner *runners);

G_END_DECLS
