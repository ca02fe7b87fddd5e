/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The export of answers with what SPSS needs; on its own, because it brings a library along. */

#include "cli/dhk-cli-private.h"
#include "export/dhk-export.h"

DhkExit
dhk_cli_export_sav (char **given)
{
  return dhk_cli_export_answers (given, dhk_export_sav);
}
