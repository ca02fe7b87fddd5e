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

/* Of everybody, or with `search` of those who fit. */
static DhkExit
print_entries (DhkKeyFile *key_file, const char *search)
{
  guint n_all = dhk_key_file_get_n (key_file);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < n_all; i++)
    {
      const DhkKeyEntry *entry = dhk_key_file_get (key_file, i);

      if (search == NULL || dhk_key_entry_matches (entry, search))
        g_ptr_array_add (found, (gpointer) entry);
    }
  if (search != NULL && found->len == 0)
    {
      g_printerr (_ ("driehoek: The key file has nobody who fits “%s”.\n"), search);
      return DHK_EXIT_REFUSED;
    }
  g_print (ngettext ("%u person:\n", "%u persons:\n", found->len), found->len);
  for (guint i = 0; i < found->len; i++)
    {
      const DhkKeyEntry *entry = g_ptr_array_index (found, i);

      g_print ("%s ", entry->pseudonym);
      for (guint v = 0; entry->heads[v] != NULL; v++)
        g_print (" %s: %s;", entry->heads[v], entry->texts[v]);
      g_print (" (%s)\n", entry->source);
    }
  return DHK_EXIT_DONE;
}

static DhkExit
change_password (DhkKeyFile *key_file, const char *path, const char *new_file)
{
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;
  char *password = dhk_cli_get_new_password (name, new_file);
  gboolean ok;

  if (password == NULL)
    return DHK_EXIT_REFUSED;
  ok = dhk_key_file_set_password (key_file, password, &error);
  dhk_secret_free (password);
  if (!ok)
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” has another password now.\n"), name);
  return DHK_EXIT_DONE;
}

static DhkExit
export_entries (DhkKeyFile *key_file, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;
  char *csv = dhk_key_file_dup_csv (key_file);
  gboolean ok = dhk_atomic_replace_private (file, csv, strlen (csv), NULL, &error);

  dhk_secret_free (csv);
  if (!ok)
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” holds the names behind the pseudonyms, readable without a password: keep it "
              "apart from the study, and delete it when it was used.\n"),
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

static gboolean
is_one_of (const char *word, const char *a, const char *b, const char *c)
{
  return g_strcmp0 (word, a) == 0 || g_strcmp0 (word, b) == 0 || g_strcmp0 (word, c) == 0;
}

DhkExit
dhk_cli_key (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *password_file = NULL;
  g_autofree char *new_file = NULL;
  g_autoptr (DhkKeyFile) key_file = NULL;
  const GOptionEntry entries[] = {
    { "key-password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("the first line of FILE is the password of the key file (else it is asked)"),
      N_ ("FILE") },
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file,
      N_ ("the first line of FILE is the new password (else it is asked twice)"), N_ ("FILE") },
    { NULL },
  };
  DhkExit status;
  gboolean fits;
  guint n;

  if (!dhk_cli_parse ("key", entries, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  fits = n == 3   ? is_one_of (arguments[1], "list", "password", NULL)
         : n == 4 ? is_one_of (arguments[1], "find", "export", "remove")
                  : FALSE;
  if (!fits)
    return dhk_cli_usage (
        "key", _ ("Say what to do (list, find, export, remove or password), and name a key file."));
  key_file = dhk_cli_open_key_file (arguments[2], password_file, FALSE);
  if (key_file == NULL)
    return DHK_EXIT_REFUSED;
  if (strcmp (arguments[1], "password") == 0)
    return change_password (key_file, arguments[2], new_file);
  if (strcmp (arguments[1], "export") == 0)
    return export_entries (key_file, arguments[3]);
  if (strcmp (arguments[1], "remove") == 0)
    return remove_entry (key_file, arguments[3]);
  return print_entries (key_file, n == 4 ? arguments[3] : NULL);
}
