/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-commands: the commands that need little. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "new", dhk_cli_new },
    { "encrypt", dhk_cli_encrypt },
    { "decrypt", dhk_cli_decrypt },
    { "password", dhk_cli_password },
    { "backup", dhk_cli_backup },
    { "key", dhk_cli_key },
    { "repair", dhk_cli_repair },
    { "retention", dhk_cli_retention },
    { "problem-report", dhk_cli_problem_report },
    { "set", dhk_cli_set },
    { "undo", dhk_cli_undo },
    { "redo", dhk_cli_redo },
    { "answers", dhk_cli_answers },
    { "exclude", dhk_cli_exclude },
    { "include", dhk_cli_include },
    { "erase", dhk_cli_erase },
    { "history", dhk_cli_history },
    { "table", dhk_cli_table },
    { "entry", dhk_cli_entry },
    { "export", dhk_cli_export },
    { "group-profile", dhk_cli_group_profile },
    { "profile", dhk_cli_profile },
    { "conflicts", dhk_cli_conflicts },
    { "help", dhk_cli_help },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
