/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-files: the commands that read and write other programs' files. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "import", dhk_cli_import },
    { "report", dhk_cli_report },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
