/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands that keep a study safe: its password and its backups. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"
#include "store/dhk-store-backup.h"

/* The password ------------------------------------------------------------------------- */

typedef enum
{
  ENCRYPT,
  DECRYPT,
  CHANGE,
} Turn;

static DhkExit
turn (DhkStore *store, Turn what, const char *path, const char *new_file)
{
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;
  char *password = NULL;
  gboolean ok;

  if (what == ENCRYPT && dhk_store_is_encrypted (store))
    {
      g_printerr (_ ("driehoek: “%s” is encrypted already. Change its password with “driehoek "
                     "password”.\n"),
                  name);
      return DHK_EXIT_REFUSED;
    }
  if (what != ENCRYPT && !dhk_store_is_encrypted (store))
    {
      g_printerr (_ ("driehoek: “%s” has no password. Encrypt it with “driehoek encrypt”.\n"),
                  name);
      return DHK_EXIT_REFUSED;
    }
  if (what != DECRYPT)
    {
      password = new_file == NULL && what == ENCRYPT && dhk_cli_has_password_file ()
                     ? dhk_cli_get_password (path)
                     : dhk_cli_get_new_password (path, new_file);
      if (password == NULL)
        return DHK_EXIT_REFUSED;
    }
  ok = dhk_store_set_password (store, password, &error);
  dhk_secret_free (password);
  if (!ok)
    return dhk_cli_refuse (error);
  if (what == ENCRYPT)
    g_print (_ ("“%s” is encrypted now. Without its password nobody can open it: keep the password "
                "safe.\n"),
             name);
  else if (what == CHANGE)
    g_print (_ ("“%s” has another password now.\n"), name);
  else
    g_print (_ ("“%s” can be opened without a password now.\n"), name);
  return DHK_EXIT_DONE;
}

static DhkExit
run_turn (char **given, Turn what, const char *command)
{
  g_auto (GStrv) arguments = given;
  g_autofree char *new_file = NULL;
  g_autoptr (DhkStore) store = NULL;
  const GOptionEntry entries[] = {
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file,
      N_ ("the first line of FILE is the new password (else it is asked twice)"), N_ ("FILE") },
    { NULL },
  };
  static const GOptionEntry none[] = { { NULL } };
  DhkExit status;

  if (!dhk_cli_parse (command, what == DECRYPT ? none : entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) != 2)
    return dhk_cli_usage (command, _ ("Name one study."));
  store = dhk_cli_open_to_change (arguments[1]);
  return store != NULL ? turn (store, what, arguments[1], new_file) : DHK_EXIT_REFUSED;
}

DhkExit
dhk_cli_encrypt (char **arguments)
{
  return run_turn (arguments, ENCRYPT, "encrypt");
}

DhkExit
dhk_cli_decrypt (char **arguments)
{
  return run_turn (arguments, DECRYPT, "decrypt");
}

DhkExit
dhk_cli_password (char **arguments)
{
  return run_turn (arguments, CHANGE, "password");
}

/* Backups ---------------------------------------------------------------------------------- */

static DhkExit
list_backups (GFile *study, const char *name)
{
  g_autoptr (GPtrArray) backups = dhk_backup_list (study);
  g_autofree char *shown = dhk_cli_dup_name (name);

  if (backups->len == 0)
    g_print (_ ("“%s” has no backups yet.\n"), shown);
  for (guint i = 0; i < backups->len; i++)
    {
      const DhkBackup *backup = g_ptr_array_index (backups, i);
      g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (backup->when);
      g_autofree char *time = g_date_time_format (when, "%Y-%m-%d %H:%M:%S");
      g_autofree char *size = g_format_size (backup->size);

      g_print ("%2u  %s  %s  %s\n", i + 1, backup->name, time, size);
    }
  return DHK_EXIT_DONE;
}

static DhkExit
restore (GFile *study, const char *name, const char *wanted)
{
  g_autoptr (GPtrArray) backups = dhk_backup_list (study);
  const DhkBackup *backup = dhk_backup_find (backups, wanted);
  g_autofree char *shown = dhk_cli_dup_name (name);
  g_autoptr (GError) error = NULL;

  if (backup == NULL)
    {
      g_printerr (_ ("driehoek: “%s” has no backup “%s”. See “driehoek backup list”.\n"), shown,
                  wanted);
      return DHK_EXIT_REFUSED;
    }
  if (!dhk_backup_restore (study, backup, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("“%s” is as it was in the backup %s. What it was before is the newest backup now.\n"),
           shown, backup->name);
  return DHK_EXIT_DONE;
}

static DhkExit
make_backup (const char *path)
{
  g_autoptr (DhkStore) store = dhk_cli_open (path);
  g_autofree char *name = dhk_cli_dup_name (path);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return DHK_EXIT_REFUSED;
  if (!dhk_store_back_up_now (store, &error))
    return dhk_cli_refuse (error);
  g_print (_ ("A backup of “%s” was made.\n"), name);
  return DHK_EXIT_DONE;
}

DhkExit
dhk_cli_backup (char **given)
{
  g_auto (GStrv) arguments = given;
  g_autoptr (GFile) study = NULL;
  static const GOptionEntry none[] = { { NULL } };
  DhkExit status;
  guint n;

  if (!dhk_cli_parse ("backup", none, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  if (n < 3)
    return dhk_cli_usage ("backup",
                          _ ("Say what to do (list, make or restore), and name a study."));
  study = g_file_new_for_commandline_arg (arguments[2]);
  if (strcmp (arguments[1], "list") == 0 && n == 3)
    return list_backups (study, arguments[2]);
  if (strcmp (arguments[1], "make") == 0 && n == 3)
    return make_backup (arguments[2]);
  if (strcmp (arguments[1], "restore") == 0 && n == 4)
    return restore (study, arguments[2], arguments[3]);
  if (strcmp (arguments[1], "restore") == 0)
    return dhk_cli_usage ("backup", _ ("Name the backup to go back to, as “list” shows it."));
  return dhk_cli_usage ("backup", _ ("Say what to do (list, make or restore), and name a study."));
}
