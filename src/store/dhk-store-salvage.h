/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Saving what can be read of a damaged study into a new one.
 *
 * The damaged file is only read: never written, never rolled back, not even locked. Every table
 * is read row by row; what cannot be read is left out, and so is what refers to it. Of
 * an encrypted study that was cut off or changed, what stands before the damage is
 * authenticated and taken; nothing after it can be trusted, and is not looked at. The journal does not come along, but
 * for what somebody chose to keep as it is here (store/dhk-store-kept.h): nothing else can be undone in the new study.
 *
 * Respondents whose import is lost stand in an import that is named after the damaged file, unless the
 * journal still says that it had been undone. What had been undone does not come along. Where the page that
 * leads to a table is lost, its rows are looked for in every page.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 respondents;      /* in the new study */
  guint64 respondents_lost; /* that the imports counted and that are not there; at least */
  guint64 answers_lost;     /* respondents of whom no answer could be read */
  guint64 orphans;          /* respondents of an import whose own entry was lost; see below */
  guint64 undone; /* respondents that were left behind, since their import had been undone */
  guint64 imports;
  gboolean raw_lost;      /* of an import the rows as they stood in the file */
  gboolean is_whole;      /* nothing was missed */
  gboolean was_encrypted; /* and how much of it could be trusted: */
  guint64 trusted;        /* bytes */
  gboolean has_backups;   /* the damaged study */
} DhkSalvage;

/*
 * Reads `damaged` and makes `out`, which may not exist (G_IO_ERROR_EXISTS); encrypted with the
 * same password when the damaged one is. FALSE when no respondent can be saved (DHK_STORE_ERROR_DAMAGED), or
 * a password is wanted (DHK_STORE_ERROR_PASSWORD).
 */
gboolean dhk_store_salvage (
    GFile *damaged, const char *password, GFile *out, DhkSalvage *salvage, GError **error);

/* What was saved in the study `name` and what is lost: sentences, one a line. Free with g_free(). */
char *dhk_salvage_describe (const DhkSalvage *salvage, const char *name);

G_END_DECLS
