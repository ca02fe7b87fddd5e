/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files: who is behind a pseudonym. */

#include "cli/dhk-cli-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "export/dhk-atomic.h"
#include "store/dhk-key-file.h"

DhkKeyFile *
dhk_cli_open_key_file (const char *path, const char *password_file, gboolean make)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  gboolean exists = g_file_query_exists (file, NULL);
  DhkKeyFile *key_file = NULL;
  char *password;

  if (!exists && !make)
    {
      g_autofree char *name = dhk_cli_dup_name (path);

      g_printerr (_ ("driehoek: There is no key file “%s”.\n"), name);
      return NULL;
    }
  password = password_file != NULL ? dhk_cli_read_password (password_file)
             : exists              ? dhk_cli_ask_password (path)
                                   : dhk_cli_get_new_password (path, NULL);
  if (password == NULL)
    return NULL;
  key_file = exists ? dhk_key_file_open (file, password, &error)
                    : dhk_key_file_create (file, password, &error);
  dhk_secret_free (password);
  if (key_file == NULL)
    dhk_cli_refuse (error);
  return key_file;
}

/* The command ------------------------------------------------------------------------------- */

static void
print_entries (DhkKeyFile *key_file)
{
  guint n = dhk_key_file_get_n (key_file);

  g_print (ngettext ("%u person:\n", "%u persons:\n", n), n);
  for (guint i = 0; i < n; i++)
    {
      const DhkKeyEntry *entry = dhk_key_file_get (key_file, i);

      g_print ("%s ", entry->pseudonym);
      for (guint v = 0; entry->heads[v] != NULL; v++)
        g_print (" %s: %s;", entry->heads[v], entry->texts[v]);
      g_print (" (%s)\n", entry->source);
    }
}

static DhkExit
export_entries (DhkKeyFile *key_file, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;
  char *csv = dhk_key_file_dup_csv (key_file);
  gboolean ok = dhk_atomic_replace (file, csv, strlen (csv), NULL, &error);

  dhk_secret_free (csv);
  if (!ok)
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” holds the names behind the pseudonyms, readable for everybody: keep it apart "
              "from the study, and delete it when it was used.\n"),
           name);
  return DHK_EXIT_DONE;
}

static DhkExit
remove_entry (DhkKeyFile *key_file, const char *pseudonym)
{
  g_autofree char *upper = g_ascii_strup (pseudonym, -1);
  g_autoptr (GError) error = NULL;

  if (dhk_key_file_find (key_file, upper) == NULL)
    {
      g_printerr (_ ("driehoek: The key file has nobody with the pseudonym “%s”.\n"), pseudonym);
      return DHK_EXIT_REFUSED;
    }
  if (!dhk_key_file_remove (key_file, upper, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("The person behind “%s” is no longer in the key file.\n"), upper);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_key (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *password_file = NULL;
  g_autoptr (DhkKeyFile) key_file = NULL;
  const GOptionEntry entries[] = {
    { "key-password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("the first line of FILE is the password of the key file (else it is asked)"),
      N_ ("FILE") },
    { NULL },
  };
  DhkExit status;
  guint n;

  if (!dhk_cli_parse ("key", entries, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  if (!((n == 3 && strcmp (arguments[1], "list") == 0)
        || (n == 4
            && (strcmp (arguments[1], "export") == 0 || strcmp (arguments[1], "remove") == 0))))
    return dhk_cli_usage ("key",
                          _ ("Say what to do (list, export or remove), and name a key file."));
  key_file = dhk_cli_open_key_file (arguments[2], password_file, FALSE);
  if (key_file == NULL)
    return DHK_EXIT_REFUSED;
  if (n == 3)
    {
      print_entries (key_file);
      return DHK_EXIT_DONE;
    }
  return strcmp (arguments[1], "export") == 0 ? export_entries (key_file, arguments[3])
                                              : remove_entry (key_file, arguments[3]);
}
