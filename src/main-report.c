/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-report: the command that draws pages. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "report", dhk_cli_report },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
