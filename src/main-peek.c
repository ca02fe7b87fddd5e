/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-peek: the command that looks into other programs' files. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "peek", dhk_cli_peek },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
