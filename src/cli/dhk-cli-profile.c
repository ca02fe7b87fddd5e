/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands about what a study remembers of its imports: profile and conflicts. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-decisions.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-profile.h"

/* driehoek profile ---------------------------------------------------------------- */

static DhkExit
list_profiles (GPtrArray *profiles)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const DhkImportProfile *profile = g_ptr_array_index (profiles, i);
      guint n = dhk_import_profile_get_decisions (profile)->len;

      g_print (ngettext ("%s: %s, %u decision\n", "%s: %s, %u decisions\n", n),
               dhk_import_profile_get_name (profile),
               dhk_import_profile_get_questionnaire (profile), n);
    }
  if (profiles->len == 0)
    g_print (_ ("This study has no import profile. “driehoek import --save-profile” makes one.\n"));
  return DHK_EXIT_DONE;
}

static DhkExit
show_profile (const DhkImportProfile *profile)
{
  GPtrArray *decisions = dhk_import_profile_get_decisions (profile);
  GPtrArray *heads = dhk_import_profile_get_heads (profile);

  g_print (_ ("Questionnaire: %s\n"), dhk_import_profile_get_questionnaire (profile));
  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkProfileDecision *decision = g_ptr_array_index (decisions, i);
      g_autofree char *key = g_strdelimit (g_strdup (decision->key), "\t", ':');

      if (key[0] != '\0')
        g_print ("%s “%s” = %s\n", decision->kind, key, decision->choice);
      else
        g_print ("%s = %s\n", decision->kind, decision->choice);
    }
  g_print (ngettext ("It is known by %u column head:\n", "It is known by %u column heads:\n",
                     heads->len),
           heads->len);
  for (guint i = 0; i < heads->len; i++)
    g_print ("  %s\n", (const char *) g_ptr_array_index (heads, i));
  return DHK_EXIT_DONE;
}

static DhkExit
do_profile (DhkStore *store, const char *verb, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = NULL;

  if (strcmp (verb, "delete") == 0)
    {
      if (!dhk_store_delete_profile (store, name, &error))
        return dhk_cli_refuse (error);
      g_print (_ ("The import profile “%s” is deleted. What was imported with it stays.\n"), name);
      return DHK_EXIT_DONE;
    }
  profiles = dhk_store_list_profiles (store, &error);
  if (profiles == NULL)
    return dhk_cli_refuse (error);
  if (strcmp (verb, "list") == 0)
    return list_profiles (profiles);
  for (guint i = 0; i < profiles->len; i++)
    if (strcmp (dhk_import_profile_get_name (g_ptr_array_index (profiles, i)), name) == 0)
      return show_profile (g_ptr_array_index (profiles, i));
  g_printerr (_ ("driehoek: There is no import profile “%s” in this study.\n"), name);
  return DHK_EXIT_REFUSED;
}

DhkExit
dhk_cli_profile (char **given)
{
  g_auto (GStrv) arguments = given;
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (DhkStore) store = NULL;
  gboolean list;
  DhkExit status;
  guint n;

  if (!dhk_cli_parse ("profile", entries, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  list = n > 1 && strcmp (arguments[1], "list") == 0;
  if (n < 2
      || (!list && strcmp (arguments[1], "show") != 0 && strcmp (arguments[1], "delete") != 0))
    return dhk_cli_usage ("profile", _ ("Say “list”, “show” or “delete”."));
  if (n != (list ? 3 : 4))
    return dhk_cli_usage ("profile",
                          list ? _ ("Name one study.") : _ ("Name a study and an import profile."));
  store = dhk_cli_open (arguments[2]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  return do_profile (store, arguments[1], list ? NULL : arguments[3]);
}

/* driehoek conflicts ------------------------------------------------------------------ */

static void
print_conflicts (GPtrArray *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const DhkConflict *conflict = g_ptr_array_index (conflicts, i);

      g_print (conflict->is_merged
                   ? _ ("%s:%u:%s “%s”: %s in the study; %s in the study “%s”\n")
                   : _ ("%s:%u:%s “%s”: %s in the study, corrected by hand; %s in “%s”\n"),
               conflict->questionnaire, conflict->number, conflict->column, conflict->question,
               conflict->held, conflict->found, conflict->file_name);
    }
  if (conflicts->len == 0)
    g_print (_ ("No answer stands otherwise in a file or in a study that was imported.\n"));
}

/* "ouders:3:band2_h", as it is listed; or all of them. */
static gboolean
is_meant (const DhkConflict *conflict, const char *answer)
{
  g_autofree char *place
      = g_strdup_printf ("%s:%u:%s", conflict->questionnaire, conflict->number, conflict->column);

  return strcmp (answer, "all") == 0 || strcmp (answer, place) == 0;
}

/* Those that are named; NULL, and said, when one of them is not listed. */
static GPtrArray *
find_meant (GPtrArray *conflicts, char **answers)
{
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();

  for (char **answer = answers; *answer != NULL; answer++)
    {
      gboolean any = FALSE;

      for (guint i = 0; i < conflicts->len; i++)
        {
          gpointer conflict = g_ptr_array_index (conflicts, i);

          if (!is_meant (conflict, *answer))
            continue;
          any = TRUE;
          if (!g_ptr_array_find (meant, conflict, NULL))
            g_ptr_array_add (meant, conflict);
        }
      if (any)
        continue;
      g_printerr (
          _ ("driehoek: “%s” is none of the answers that are listed. Nothing was changed; name "
             "one as QUESTIONNAIRE:NUMBER:COLUMN, or all of them by “all”.\n"),
          *answer);
      return NULL;
    }
  return g_steal_pointer (&meant);
}

static DhkExit
keep_own (DhkStore *store, GPtrArray *conflicts, char **answers)
{
  g_autoptr (GPtrArray) meant = find_meant (conflicts, answers);
  g_autoptr (GError) error = NULL;

  if (meant == NULL)
    return DHK_EXIT_REFUSED;
  if (!dhk_store_keep_own (store, meant, &error))
    return dhk_cli_refuse (error);
  g_print (ngettext ("%u difference is not told again; the study keeps its answer. “driehoek undo” "
                     "takes this back.\n",
                     "%u differences are not told again; the study keeps its answers. “driehoek "
                     "undo” takes this back.\n",
                     meant->len),
           meant->len);
  return DHK_EXIT_DONE;
}

static DhkExit
take_found (DhkStore *store, GPtrArray *conflicts, char **answers)
{
  g_autoptr (GPtrArray) meant = find_meant (conflicts, answers);
  g_autoptr (GError) error = NULL;
  guint n;

  if (meant == NULL)
    return DHK_EXIT_REFUSED;
  if (!dhk_store_take_found (store, meant, &n, &error))
    return dhk_cli_refuse (error);
  g_print (ngettext ("%u answer was taken over. “driehoek undo” takes this back.\n",
                     "%u answers were taken over. “driehoek undo” takes this back.\n", n),
           n);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_conflicts (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (GStrv) keep = NULL;
  g_auto (GStrv) take = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "keep", 'k', 0, G_OPTION_ARG_STRING_ARRAY, &keep,
      N_ ("keep the answer of the study and do not tell the other one again; "
          "QUESTIONNAIRE:NUMBER:COLUMN as it is listed, "
          "or “all” (may be given several times)"),
      N_ ("ANSWER") },
    { "take", 't', 0, G_OPTION_ARG_STRING_ARRAY, &take,
      N_ ("put what the file, or the other study, has in the study, as a correction by hand; named "
          "as for --keep (may be given several times)"),
      N_ ("ANSWER") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("print as JSON"), NULL },
    { NULL },
  };
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GError) error = NULL;
  DhkExit status;

  if (!dhk_cli_parse ("conflicts", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage ("conflicts", _ ("Name one study."));
  if (keep != NULL && take != NULL)
    return dhk_cli_usage ("conflicts", _ ("Say --keep or --take, not both at once."));
  store = keep != NULL || take != NULL ? dhk_cli_open_to_change (arguments[1])
                                       : dhk_cli_open (arguments[1]);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  conflicts = dhk_store_list_conflicts (store, &error);
  if (conflicts == NULL)
    return dhk_cli_refuse (error);
  if (keep != NULL)
    return keep_own (store, conflicts, keep);
  if (take != NULL)
    return take_found (store, conflicts, take);
  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_array (builder);
      dhk_cli_add_conflicts (builder, conflicts);
      json_builder_end_array (builder);
      dhk_cli_print_builder (builder);
    }
  else
    print_conflicts (conflicts);
  return DHK_EXIT_DONE;
}
