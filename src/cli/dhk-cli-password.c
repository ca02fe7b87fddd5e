/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/dhk-cli-password.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/dhk-seal.h"
#include "cli/dhk-cli-private.h"

/* Of a password, in bytes; what is longer is no line of a person. */
#define LONGEST 1024

static char *password_file = NULL;

const GOptionEntry *
dhk_cli_password_entries (void)
{
  static const GOptionEntry entries[] = {
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("the first line of FILE is the password of the study (else it is asked)"), N_ ("FILE") },
    { NULL },
  };

  return entries;
}

gboolean
dhk_cli_has_password_file (void)
{
  return password_file != NULL;
}

/* One line, without its end. Bytes are read one by one: nothing stays in a buffer. */
static char *
read_line (int fd)
{
  char line[LONGEST + 1];
  gsize length = 0;
  char *result = NULL;
  gssize n = 0;

  while (length < LONGEST && (n = read (fd, line + length, 1)) == 1 && line[length] != '\n')
    length++;
  if (length > 0 && line[length - 1] == '\r')
    length--;
  line[length] = '\0';
  if (n >= 0 && length > 0 && length < LONGEST)
    result = g_strdup (line);
  dhk_secret_wipe (line, sizeof line);
  return result;
}

char *
dhk_cli_read_password (const char *file)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC);
  int failed = fd < 0 ? errno : 0;
  char *password = NULL;

  if (fd >= 0)
    {
      errno = 0;
      password = read_line (fd);
      failed = errno;
    }
  if (fd >= 0)
    close (fd);
  if (password == NULL)
    {
      g_autofree char *shown = dhk_cli_dup_name (file);

      if (failed == ENOENT)
        g_printerr (_ ("driehoek: There is no file “%s” to read the password from.\n"), shown);
      else if (failed != 0)
        g_printerr (_ ("driehoek: The file “%s” with the password could not be read. Check that "
                       "you may read it.\n"),
                    shown);
      else
        g_printerr (_ ("driehoek: The first line of the file “%s” holds no password.\n"), shown);
    }
  return password;
}

static char *
ask (int terminal, const char *prompt)
{
  struct termios shown;
  struct termios hidden;
  char *password;

  if (tcgetattr (terminal, &shown) != 0)
    return NULL;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ECHONL;
  /* Hidden first: what is typed at once may neither be shown nor lost. */
  tcsetattr (terminal, TCSAFLUSH, &hidden);
  (void) !write (terminal, prompt, strlen (prompt));
  password = read_line (terminal);
  tcsetattr (terminal, TCSAFLUSH, &shown);
  return password;
}

/* Asks when a person can answer: started from a terminal, not by a script. */
static char *
ask_person (const char *name, gboolean twice)
{
  g_autofree char *shown = dhk_cli_dup_name (name);
  g_autofree char *prompt
      = g_strdup_printf (twice ? _ ("New password for “%s”: ") : _ ("Password of “%s”: "), shown);
  char *password = NULL;
  int terminal = isatty (STDIN_FILENO) ? open ("/dev/tty", O_RDWR | O_CLOEXEC) : -1;

  if (terminal < 0)
    {
      g_printerr (twice ? _ ("driehoek: “%s” needs a new password. Give it in a file with "
                             "--new-password-file (of a key file: --key-password-file).\n")
                        : _ ("driehoek: “%s” is protected with a password. Give it in a file with "
                             "--password-file (of a key file: --key-password-file).\n"),
                  shown);
      return NULL;
    }
  password = ask (terminal, prompt);
  if (password == NULL)
    g_printerr (_ ("driehoek: No password was typed, so nothing was done.\n"));
  else if (twice)
    {
      char *again = ask (terminal, _ ("The same once more: "));

      if (g_strcmp0 (password, again) != 0)
        {
          g_printerr (_ ("driehoek: These are two different passwords, so nothing was done.\n"));
          g_clear_pointer (&password, dhk_secret_free);
        }
      dhk_secret_free (again);
    }
  close (terminal);
  return password;
}

char *
dhk_cli_get_password (const char *name)
{
  return password_file != NULL ? dhk_cli_read_password (password_file) : ask_person (name, FALSE);
}

char *
dhk_cli_ask_password (const char *name)
{
  return ask_person (name, FALSE);
}

char *
dhk_cli_get_new_password (const char *name, const char *file)
{
  return file != NULL ? dhk_cli_read_password (file) : ask_person (name, TRUE);
}
