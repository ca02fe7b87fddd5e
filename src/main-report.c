/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-report: the command that draws pages, and the export that needs more than text. */

#include "cli/dhk-cli.h"

int
main (int argc, char **argv)
{
  static const DhkRunner runners[] = {
    { "report", dhk_cli_report },
    { "export", dhk_cli_export_sav },
    { NULL, NULL },
  };

  return dhk_cli_main (argc, argv, runners);
}
