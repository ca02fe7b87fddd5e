/* SPDX-License-Identifier: GPL-3.0-or-later */

/* driehoek-window: the window, started by `driehoek`. */

#include "base/dhk-locale.h"
#include "ui/dhk-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (DhkApplication) application = NULL;

  dhk_locale_init ();
  g_set_prgname ("org.driehoek.Driehoek");
  g_set_application_name ("Driehoek");

  application = dhk_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
