/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-instrument: the command about instruments, with the readers of other programs' files. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "instrument", dhk_cli_instrument },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
