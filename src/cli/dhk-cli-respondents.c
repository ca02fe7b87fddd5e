/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands about one respondent: exclude, include, erase, history. */

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/dhk-cli-private.h"
#include "store/dhk-key-file.h"
#include "store/dhk-store-respondents.h"

/* The study (opened by `open`) and the respondent that the operands name; NULL after saying why not. */
static DhkStore *
open_for (char **arguments, DhkStore *(*open) (const char *), gint64 *respondent)
{
  g_autoptr (DhkStore) store = open (arguments[1]);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return NULL;
  if (!dhk_store_find_respondent (store, arguments[2], respondent, &error))
    {
      dhk_cli_refuse (error);
      return NULL;
    }
  return g_steal_pointer (&store);
}

static DhkExit
exclude (char **given, gboolean is_exclusion)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *reason = NULL;
  const char *name = is_exclusion ? "exclude" : "include";
  const GOptionEntry with_reason[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_ ("why; stands in the history"),
      N_ ("TEXT") },
    { NULL },
  };
  const GOptionEntry none[] = { { NULL } };
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 respondent = 0;
  DhkExit status;

  if (!dhk_cli_parse (name, is_exclusion ? with_reason : none, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3)
    return dhk_cli_usage (name, _ ("Name a study and a respondent."));
  store = open_for (arguments, dhk_cli_open_to_change, &respondent);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  if (!(is_exclusion ? dhk_store_exclude (store, &respondent, 1, reason, &error)
                     : dhk_store_include (store, &respondent, 1, &error)))
    return dhk_cli_refuse (error);
  g_print (is_exclusion ? _ ("Respondent %s is excluded: in no table, chart or export.\n")
                        : _ ("Respondent %s is included again.\n"),
           arguments[2]);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_exclude (char **arguments)
{
  return exclude (arguments, TRUE);
}

DhkExit
dhk_cli_include (char **arguments)
{
  return exclude (arguments, FALSE);
}

/* Erasing ------------------------------------------------------------------------- */

static gboolean
is_typed (const char *wanted)
{
  char line[256] = "";

  fflush (stdout);
  if (fgets (line, sizeof line, stdin) == NULL)
    return FALSE;
  return strcmp (g_strstrip (line), wanted) == 0;
}

/* Twice: on a terminal with the respondent typed again, else by the option given twice. */
static gboolean
ask_twice (const char *respondent, guint n_yes)
{
  if (n_yes >= 2)
    return TRUE;
  if (!isatty (STDIN_FILENO))
    return FALSE;
  g_print (_ ("All answers of respondent %s go, also from the backups and from what undo "
              "remembers. This cannot be undone.\nType “%s” to go on: "),
           respondent, respondent);
  if (!is_typed (respondent))
    return FALSE;
  g_print (_ ("Once more, to be sure: type “%s” to erase for ever: "), respondent);
  return is_typed (respondent);
}

/* How often it is given, which GOption does not tell: taken out of the arguments. */
static guint
take_yes (char **arguments)
{
  guint n_yes = 0;
  guint kept = 0;

  for (guint i = 0; arguments[i] != NULL; i++)
    if (strcmp (arguments[i], "--yes") == 0)
      {
        n_yes++;
        g_free (arguments[i]);
      }
    else
      arguments[kept++] = arguments[i];
  arguments[kept] = NULL;
  return n_yes;
}

/* What stays because others were excluded with the same words. */
static void
print_shared_reasons (DhkStore *store, gint64 respondent)
{
  g_autoptr (GPtrArray) history = dhk_store_load_history (store, respondent, NULL);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const DhkHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->n_sharing == 0)
        continue;
      g_print (g_dngettext (
                   GETTEXT_PACKAGE,
                   "%u other was excluded with the same words, which stay there: “%s”. If they "
                   "name the one who is erased, that stays as well.",
                   "%u others were excluded with the same words, which stay there: “%s”. If they "
                   "name the one who is erased, that stays as well.",
                   entry->n_sharing),
               entry->n_sharing, entry->text);
      g_print ("\n");
    }
}

DhkExit
dhk_cli_erase (char **given)
{
  g_auto (GStrv) arguments = given;
  guint n_yes = take_yes (arguments);
  gboolean unused = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &unused, N_ ("do not ask; needed twice"), NULL },
    { NULL },
  };
  g_autoptr (DhkStore) store = NULL;
  g_autofree char *pseudonym = NULL;
  g_autoptr (GError) error = NULL;
  gint64 respondent = 0;
  DhkExit status;

  if (!dhk_cli_parse ("erase", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3)
    return dhk_cli_usage ("erase", _ ("Name a study and a respondent."));
  store = open_for (arguments, dhk_cli_open_to_change, &respondent);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  print_shared_reasons (store, respondent);
  if (!ask_twice (arguments[2], n_yes))
    {
      g_printerr (_ ("driehoek: Nobody was erased: it has to be confirmed twice.\n"));
      return DHK_EXIT_REFUSED;
    }
  pseudonym = dhk_store_dup_pseudonym (store, respondent);
  if (!dhk_store_erase (store, respondent, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("Respondent %s is erased from the study and its backups. Copies elsewhere and the "
              "imported files are yours to clean.\n"),
           arguments[2]);
  if (pseudonym != NULL && dhk_store_get_personal (store) == DHK_PERSONAL_KEEP)
    g_print (
        _ ("The name is still in the key file. “driehoek key remove KEYFILE %s” takes it out.\n"),
        pseudonym);
  return DHK_EXIT_DONE;
}

/* History --------------------------------------------------------------------------- */

static char *
dup_time (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static void
print_entry (const DhkHistoryEntry *entry)
{
  g_autofree char *when = dup_time (entry->when);
  g_autofree char *undone = entry->undone > 1 ? dup_time (entry->undone) : NULL;

  g_print ("%s  %s  ", when, entry->cause);
  if (entry->question != NULL)
    g_print ("%s: %s → %s", entry->question, entry->old, entry->new);
  else
    g_print ("%s", entry->text);
  if (entry->undone != 0)
    g_print (_ (" (undone %s)"), undone != NULL ? undone : "");
  g_print ("\n");
}

DhkExit
dhk_cli_history (char **given)
{
  g_auto (GStrv) arguments = given;
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  gint64 respondent = 0;
  DhkExit status;

  if (!dhk_cli_parse ("history", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 3)
    return dhk_cli_usage ("history", _ ("Name a study and a respondent."));
  store = open_for (arguments, dhk_cli_open, &respondent);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  history = dhk_store_load_history (store, respondent, &error);
  if (history == NULL)
    return dhk_cli_refuse (error);
  for (guint i = 0; i < history->len; i++)
    print_entry (g_ptr_array_index (history, i));
  return DHK_EXIT_DONE;
}
