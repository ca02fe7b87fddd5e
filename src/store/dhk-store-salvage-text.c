/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was saved of a damaged study, in words. */

#include "store/dhk-store-salvage-private.h"

#include <glib/gi18n-lib.h>

static void
append_losses (GString *text, const DhkSalvage *salvage)
{
  if (salvage->respondents_lost > 0)
    g_string_append_printf (
        text,
        g_dngettext (GETTEXT_PACKAGE, "At least %lu respondent that the imports counted is lost.\n",
                     "At least %lu respondents that the imports counted are lost.\n",
                     (gulong) salvage->respondents_lost),
        (gulong) salvage->respondents_lost);
  if (salvage->orphans > 0)
    g_string_append_printf (
        text,
        g_dngettext (
            GETTEXT_PACKAGE,
            "Of %lu respondent the import was lost; an import “saved from …” stands in its "
            "place. Take it out if it had been undone.\n",
            "Of %lu respondents the import was lost; an import “saved from …” stands in its "
            "place. Take it out if it had been undone.\n",
            (gulong) salvage->orphans),
        (gulong) salvage->orphans);
  if (salvage->answers_lost > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "Of %lu respondent no answer could be read.\n",
                                         "Of %lu respondents no answer could be read.\n",
                                         (gulong) salvage->answers_lost),
                            (gulong) salvage->answers_lost);
  if (salvage->raw_lost)
    g_string_append (text, _ ("Of some imports the rows as they stood in the file are lost.\n"));
  if (salvage->was_encrypted)
    g_string_append_printf (
        text,
        _ ("The file was encrypted: only what stands before the damage (%lu KB) can be "
           "trusted, and nothing after it was looked at.\n"),
        (gulong) (salvage->trusted / 1024));
}

char *
dhk_salvage_describe (const DhkSalvage *salvage, const char *name)
{
  GString *text = g_string_new (NULL);
  g_autofree char *imports = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%lu import", "%lu imports", (gulong) salvage->imports),
      (gulong) salvage->imports);

  /* Translators: a file, how many respondents it holds, and “3 imports”. */
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "“%s” holds %lu respondent of %s.\n",
                                       "“%s” holds %lu respondents of %s.\n",
                                       (gulong) salvage->respondents),
                          name, (gulong) salvage->respondents, imports);
  if (salvage->undone > 0)
    g_string_append_printf (
        text,
        g_dngettext (GETTEXT_PACKAGE,
                     "%lu respondent of an import that had been undone or taken out was left "
                     "behind.\n",
                     "%lu respondents of imports that had been undone or taken out were left "
                     "behind.\n",
                     (gulong) salvage->undone),
        (gulong) salvage->undone);
  if (salvage->is_whole)
    {
      g_string_append (
          text, _ ("Nothing was missed. What could be undone before cannot be undone there.\n"));
      return g_string_free (text, FALSE);
    }
  append_losses (text, salvage);
  g_string_append (
      text,
      salvage->has_backups
          ? _ ("Other parts may be missing too: import the exported files again, or go back to a "
               "backup, and compare.\n")
          : _ ("Other parts may be missing too: import the exported files again, and compare.\n"));
  return g_string_free (text, FALSE);
}

gboolean
dhk_salvage_fail (const DhkSalvage *salvage, gboolean read, const char *name, GError **error)
{
  g_autofree char *what = g_strdup_printf (
      read ? _ ("Of “%s” no respondent can be saved: its questionnaires can be read, but not who "
                "answered them. No new study was made.")
           : _ ("Nothing of “%s” can be saved: its questionnaires cannot be read, and without them "
                "its answers have no meaning."),
      name);
  const char *way_out = salvage->has_backups
                            ? _ ("Go back to a backup.")
                            : _ ("There is no backup beside it: import the exported files again.");

  return dhk_store_fail (error, DHK_STORE_ERROR_DAMAGED, "%s %s", what, way_out);
}
