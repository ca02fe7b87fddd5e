/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The key file of a study (extension .driehoek-key): who is behind a pseudonym.
 *
 * A study holds no names and addresses, only a pseudonym per respondent. When they are kept,
 * they are kept here: sealed with a password of its own, apart from the study, so that it can be
 * locked away elsewhere or be deleted. Inside is a small XML: per respondent the pseudonym, the
 * identity of the response as the study has it, the file it came from, and each personal
 * column with its head and text.
 *
 * A study that has a key file attached writes the key file first and then itself: a program
 * killed in between has entries nobody refers to, and they are swept when the two are
 * brought together again. Nothing personal is ever in the study, also not for a moment. A key file
 * that is an older copy is known as such, and gets the names it lacks when the file they came
 * from is imported once more.
 *
 * Not thread-safe. Errors: domain DHK_STORE_ERROR.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

typedef struct _DhkKeyFile DhkKeyFile;

/* All lent by the key file, until it is changed. */
typedef struct
{
  char *pseudonym;
  char *identity;
  char *source; /* the imported file */
  char *import; /* its mark, NULL while it is being stored */
  char **heads;
  char **texts; /* as many */
} DhkKeyEntry;

/* Refuses when the file exists (G_IO_ERROR_EXISTS). */
DhkKeyFile *dhk_key_file_create (GFile *file, const char *password, GError **error);
DhkKeyFile *dhk_key_file_open (GFile *file, const char *password, GError **error);
void dhk_key_file_free (DhkKeyFile *self);

guint dhk_key_file_get_n (DhkKeyFile *self);
const DhkKeyEntry *dhk_key_file_get (DhkKeyFile *self, guint i); /* by the order of adding */
const DhkKeyEntry *dhk_key_file_find (DhkKeyFile *self, const char *pseudonym);

GFile *dhk_key_file_get_file (DhkKeyFile *self);

/* TRUE when the pseudonym is `text`, or any of the texts holds it, whatever case and accents. */
gboolean dhk_key_entry_matches (const DhkKeyEntry *self, const char *text);

/* Another password, written at once. */
gboolean dhk_key_file_set_password (DhkKeyFile *self, const char *password, GError **error);

/* Removes somebody and writes the file; TRUE also when nobody had that pseudonym. */
gboolean dhk_key_file_remove (DhkKeyFile *self, const char *pseudonym, GError **error);

/* A table of all, the pseudonym first: CSV with every head once. Free with dhk_secret_free(). */
char *dhk_key_file_dup_csv (DhkKeyFile *self);

/* With a study --------------------------------------------------------------------------- */

/* What is done with personal columns; a setting of the study. */
typedef enum
{
  DHK_PERSONAL_UNDECIDED, /* nobody was asked yet: dropped */
  DHK_PERSONAL_DROP,
  DHK_PERSONAL_KEEP,
} DhkPersonal;

DhkPersonal dhk_store_get_personal (DhkStore *self);
gboolean dhk_store_set_personal (DhkStore *self, DhkPersonal personal, GError **error);

/*
 * Attaches a key file (takes it; NULL detaches): imports whose draft kept personal columns write it.
 * Entries of nobody in the study are swept. A key file of another study is refused.
 */
gboolean dhk_store_take_key_file (DhkStore *self, DhkKeyFile *key_file, GError **error);
DhkKeyFile *dhk_store_get_key_file (DhkStore *self); /* lent, or NULL */

/* Respondents of whom the study knows that their names were kept, and who are not in the key file that
 * is attached: it is an older copy. */
guint dhk_store_count_missing_names (DhkStore *self);

/* Where the key file of a study lies, unless somebody put it elsewhere: beside it. Owned. */
GFile *dhk_key_file_get_place (GFile *study);
#define DHK_KEY_FILE_SUFFIX "driehoek-key"

/* The pseudonym of a respondent, or NULL. Free with g_free(). */
char *dhk_store_dup_pseudonym (DhkStore *self, gint64 respondent);

/* The respondent behind a pseudonym, 0 for nobody. */
gint64 dhk_store_find_pseudonym (DhkStore *self, const char *pseudonym);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkKeyFile, dhk_key_file_free)

G_END_DECLS
