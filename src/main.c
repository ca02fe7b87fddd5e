/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  return dhk_cli_main (argc, argv);
}
