/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * driehoek-self-rating: the window for a person who fills in the own self-rating, started by
 * `driehoek --self-rating`. It links no store and no import: it cannot read a study.
 */

#include "base/dhk-locale.h"
#include "dhk-ui-resource.h"
#include "ui/dhk-self-rating-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (DhkSelfRatingApplication) application = NULL;

  dhk_locale_init ();
  dhk_self_rating_application_isolate ();
  g_set_prgname ("org.driehoek.Driehoek.SelfRating");
  g_set_application_name ("Driehoek");
  /* Nothing else refers to the resources, so the linker would leave them out. */
  g_resources_register (dhk_ui_get_resource ());

  application = dhk_self_rating_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
