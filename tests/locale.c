/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every test program runs in the locale of its environment, as the programs do: where a
 * comma is the decimal sign, a careless printf or strtod shows itself. */

#include <locale.h>

__attribute__ ((constructor)) static void
set_locale (void)
{
  setlocale (LC_ALL, "");
}
