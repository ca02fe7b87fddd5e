/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-import: the command that reads other programs' files. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "import", dhk_cli_import },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
