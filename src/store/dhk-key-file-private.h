/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the store room: filling a key file. */

#include "store/dhk-key-file.h"

G_BEGIN_DECLS

/* In memory; a pseudonym that is there is replaced. Texts may be NULL: those are left out. */
void dhk_key_file_add (DhkKeyFile *self,
                       const char *pseudonym,
                       const char *identity,
                       const char *source,
                       char *const *heads,
                       char *const *texts);
gboolean dhk_key_file_write (DhkKeyFile *self, GError **error);

/* Throws away what was not written; FALSE when nothing was. */
gboolean dhk_key_file_revert (DhkKeyFile *self);

/* The study it belongs to, "" before the first. */
const char *dhk_key_file_get_study (DhkKeyFile *self);
void dhk_key_file_set_study (DhkKeyFile *self, const char *study);

/* Keeps the entries for which `keep` answers TRUE. Returns how many went. */
typedef gboolean (*DhkKeyTest) (const DhkKeyEntry *entry, gpointer user_data);
guint dhk_key_file_filter (DhkKeyFile *self, DhkKeyTest keep, gpointer user_data);

/* While a draft is stored (dhk-store-pseudonym.c). */
gboolean dhk_store_add_pseudonyms (DhkStore *self, GError **error); /* the migration */
void dhk_store_teach_pseudonyms (DhkStore *self);                   /* to SQLite */
gboolean dhk_store_check_personal (DhkStore *self, DhkDraft *draft, GError **error);
void dhk_store_add_key (DhkStore *self, gint64 respondent, const DhkDraftFile *file, guint row);

/* Ends a transaction like dhk_store_end(), after writing the key file. */
gboolean dhk_store_end_with_keys (DhkStore *self, gboolean ok, GError **error);

G_END_DECLS
