/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-stats: the command that shows the statistics room, with its linear algebra. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "stats", dhk_cli_stats },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
