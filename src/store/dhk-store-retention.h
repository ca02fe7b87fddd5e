/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Until when the answers of a study may be kept.
 *
 * The institution says how long; the program reminds, and never erases by itself. The
 * day is part of the study: changing it is a step of the journal, and it goes with every copy.
 *
 * Errors: domain DHK_STORE_ERROR.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

/* So many days before the day, and from then on, there is a reminder. */
#define DHK_RETENTION_NOTICE_DAYS 30

/* The last day on which the answers may be there ("2031-12-31"), or NULL. Free with g_free(). */
char *dhk_store_dup_retention (DhkStore *self);

/* Sets it, or with NULL takes it away; the same day again is no step. `day` as from dhk_retention_parse(). */
gboolean dhk_store_set_retention (DhkStore *self, const char *day, GError **error);

/* A day as a person types it ("31-12-2031", "31/12/2031", "2031-12-31"); NULL when it is none. Free
 * with g_free(). */
char *dhk_retention_parse (const char *text);

/* From `today` until the day; negative when it is past. `day` as from dhk_retention_parse(). */
int dhk_retention_count_days (const char *day, const GDate *today);

/* "31 December 2031", in the process language. Free with g_free(). */
char *dhk_retention_describe (const char *day);

/*
 * Erases the whole study (takes the store): its file, its backups and the key file beside it are
 * overwritten and removed. What was exported or copied elsewhere is not known, and stays.
 */
gboolean dhk_store_erase_study (DhkStore *self, GError **error);

G_END_DECLS
