/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the commands share. */

#include <gio/gio.h>

#include "base/dhk-language.h"
#include "base/dhk-number.h"
#include "cli/dhk-cli.h"
#include "report/dhk-plan.h"
#include "store/dhk-store.h"

G_BEGIN_DECLS

/* Prints the sentence of `error` (or `format`) on stderr. Both return the exit status. */
DhkExit dhk_cli_refuse (const GError *error);
DhkExit dhk_cli_usage (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Control characters as dots from now on: in messages, and in what goes to a terminal. */
void dhk_cli_guard_terminal (void);

/* A text without them; line ends and tabs stay. Free with g_free(). */
char *dhk_cli_dup_plain (const char *text);

/* How messages call a file that was named on the command line: without its folders. Free with g_free(). */
char *dhk_cli_dup_name (const char *path);

/*
 * Parses the options of a command in place; what is left in `arguments` are the
 * operands. FALSE when the command must stop with `status` (--help, misuse).
 */
gboolean dhk_cli_parse (const char *command,
                        const GOptionEntry *entries,
                        char ***arguments,
                        DhkExit *status);

/* Whether there is such a command, in any of the programs (dhk-cli-command.c has the list). */
gboolean dhk_cli_has_command (const char *name);

/* Help of a command that reads its own options, and of the program. */
void dhk_cli_print_help (const char *name);
void dhk_cli_print_overview (void);

/* A paragraph broken at spaces into lines of at most so many characters. Free with g_free(). */
char *dhk_cli_dup_wrapped (const char *text, glong width);

/* The topics of the help, "start, overview, …"; free with g_free(). One printed, if there is one. */
char *dhk_cli_dup_help_topics (void);
gboolean dhk_cli_print_topic (const char *id);

/* "nl" or "en" given by hand, or what fits the locale when NULL. */
gboolean dhk_cli_parse_language (const char *command, const char *code, DhkLanguage *language);

/* The study and, when asked for, its report plan and frame; NULL after printing why. */
DhkStore *dhk_cli_open (const char *path);

/* The same for a command that changes it: one that is read-only where it lies is refused at once. */
DhkStore *dhk_cli_open_to_change (const char *path);

/* A file when there is one, else a built-in instrument by its id; NULL: the default one. Owned. */
DhkInstrument *dhk_cli_load_instrument (const char *name, GError **error);

typedef struct
{
  DhkStore *store;
  DhkFrame *frame;
  DhkPlan *plan;
} DhkCliStudy;

gboolean dhk_cli_study_load (DhkCliStudy *self, const char *path);
void dhk_cli_study_clear (DhkCliStudy *self);

/*
 * Puts another of our programs in this one's place, with these arguments (the command
 * first). Returns only when that failed.
 */
DhkExit dhk_cli_become (const char *program, char **arguments);

/* The command “export”. A program without the libraries for SPSS gives NULL for `sav` and is
 * replaced by one that has them where they are needed. */
typedef gboolean (*DhkCliSavFunc) (
    DhkFrame *frame, DhkLanguage language, GFile *file, GCancellable *cancellable, GError **error);
DhkExit dhk_cli_export_answers (char **given, DhkCliSavFunc sav);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkCliStudy, dhk_cli_study_clear)

G_END_DECLS
