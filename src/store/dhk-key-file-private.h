/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: filling a key file. */

#include "base/dhk-seal.h"
#include "store/dhk-key-file.h"

G_BEGIN_DECLS

struct _DhkKeyFile
{
  GFile *file;
  char *name;
  char *study;
  DhkSealKey *key;
  GPtrArray *entries;  /* DhkKeyEntry */
  GHashTable *by_name; /* pseudonym -> DhkKeyEntry */
  GHashTable *imports; /* their marks (a set) */
  GBytes *written;     /* sealed, as it is on the disk */
};

/* The XML inside (dhk-key-file-xml.c): in memory that is wiped; and back, after what was there went. */
GBytes *dhk_key_file_write_xml (DhkKeyFile *self);
gboolean dhk_key_file_read_xml (DhkKeyFile *self, GBytes *xml);

void dhk_key_entry_free (gpointer entry);
void dhk_key_file_take_entry (DhkKeyFile *self, DhkKeyEntry *entry);

/* In memory; a pseudonym that is there is replaced. Texts may be NULL: those are left out. */
void dhk_key_file_add (DhkKeyFile *self,
                       const char *pseudonym,
                       const char *identity,
                       const char *source,
                       char *const *heads,
                       char *const *texts);
gboolean dhk_key_file_write (DhkKeyFile *self, GError **error);

/*
 * Gives what was added since the last time the mark of one import. The study gets the mark in the
 * transaction that stores the import: entries with a mark that it does not have are of
 * an import that never came to its end, or of one that a backup of the study does not know.
 */
void dhk_key_file_end_import (DhkKeyFile *self, const char *mark);
gboolean dhk_key_file_has_import (DhkKeyFile *self, const char *mark);

/* Throws away what was not written; FALSE when nothing was. */
gboolean dhk_key_file_revert (DhkKeyFile *self);

/* The study it belongs to, "" before the first. */
const char *dhk_key_file_get_study (DhkKeyFile *self);
void dhk_key_file_set_study (DhkKeyFile *self, const char *study);

/* Keeps the entries for which `keep` answers TRUE. Returns how many went. */
typedef gboolean (*DhkKeyTest) (const DhkKeyEntry *entry, gpointer user_data);
guint dhk_key_file_filter (DhkKeyFile *self, DhkKeyTest keep, gpointer user_data);

/* Pseudonyms (dhk-store-pseudonym.c). */
#define DHK_PSEUDONYM_SIZE 24                                       /* with the terminating zero */
gboolean dhk_store_add_pseudonyms (DhkStore *self, GError **error); /* the migration */
void dhk_store_teach_pseudonyms (DhkStore *self);                   /* to SQLite */

/* For writing many: by any thread, after the store's own has loaded. "" when there are none. */
void dhk_store_load_pseudonyms (DhkStore *self);
void dhk_store_write_pseudonym (const DhkStore *self, gint64 respondent, char *text);

/* While a draft is stored (dhk-store-keys.c). */
gboolean dhk_store_check_personal (DhkStore *self, DhkDraft *draft, GError **error);
void dhk_store_add_key (DhkStore *self, gint64 respondent, const DhkDraftFile *file, guint row);

/*
 * Respondents who are in the study already and whose names a compared draft has, but not the key
 * file: notes how many they are; with `take` puts them into it. How many, or -1.
 */
gint64 dhk_store_find_nameless (DhkStore *self, DhkDraft *draft, gboolean take, GError **error);

/* Ends a transaction like dhk_store_end(), after writing the key file. */
gboolean dhk_store_end_with_keys (DhkStore *self, gboolean ok, GError **error);

G_END_DECLS
