/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-paper: the command that draws questionnaires to print. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "paper", dhk_cli_paper },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
