/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/dhk-cli.h"

int
dhk_cli_main (int argc, char **argv)
{
  return 2;
}
