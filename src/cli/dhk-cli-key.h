/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Key files on the command line. */

#include "store/dhk-key-file.h"
#include "study/dhk-draft.h"

G_BEGIN_DECLS

/* Opens it with the password in a file, or asks; `make` makes one that is not there. NULL after saying
 * why. */
DhkKeyFile *dhk_cli_open_key_file (const char *path, const char *password_file, gboolean make);

/* The options of an import about personal columns. */
typedef struct
{
  char *path;          /* --key-file */
  char *password_file; /* --key-password-file */
  gboolean drop;       /* --drop-personal */
} DhkCliKey;

/*
 * What the study does with names and addresses, as the options or its setting say: marks the
 * files and attaches the key file, made when it is not there yet. With `store_nothing` only says
 * when an option is missing. FALSE after saying why not.
 */
gboolean dhk_cli_settle_personal (DhkStore *store,
                                  GPtrArray *files,
                                  const DhkCliKey *key,
                                  gboolean store_nothing);

/* Says that names in the files were dropped, as long as nobody has decided on that for this study. */
void dhk_cli_tell_personal (DhkStore *store, DhkDraft *draft, const DhkCliKey *key);

G_END_DECLS
