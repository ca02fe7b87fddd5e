/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The key file of the open study (store/dhk-key-file.h), as the window sees it.
 *
 * The store alone holds what is in it. What the window is told are copies for a list on the screen;
 * they are wiped with the list.
 */

#include "store/dhk-key-file.h"
#include "ui/dhk-session.h"

G_BEGIN_DECLS

/* What is done with names, whether the key file is open, and how many names it lacks. */
DhkPersonal dhk_session_get_personal (DhkSession *self);
gboolean dhk_session_has_key_file (DhkSession *self);
guint dhk_session_get_missing_names (DhkSession *self);

/*
 * Opens the key file, or makes it when `file` is not there, and keeps names in it from now on; NULL
 * closes it and drops them. Ends in dhk_session_change_finish().
 */
void dhk_session_keep_names_async (DhkSession *self,
                                   GFile *file,
                                   const char *password,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* Somebody in the key file, for a list. */
typedef struct
{
  char *pseudonym;
  char *text; /* "Naam: A. Jansen · E-mail: …" */
} DhkNamed;

typedef struct
{
  GPtrArray *named; /* DhkNamed, the first of them; owned */
  guint n;          /* that fit */
  guint n_all;
} DhkNamedList;

void dhk_named_list_free (DhkNamedList *self);

/* Those whose pseudonym or texts fit `search` ("" for all), at most `most` of them. */
void dhk_session_list_names_async (DhkSession *self,
                                   const char *search,
                                   guint most,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
DhkNamedList *
dhk_session_list_names_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* These end in dhk_session_change_finish(). */
void dhk_session_remove_name_async (DhkSession *self,
                                    const char *pseudonym,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void dhk_session_export_names_async (DhkSession *self,
                                     GFile *file,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void dhk_session_set_key_password_async (DhkSession *self,
                                         const char *password,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkNamedList, dhk_named_list_free)

G_END_DECLS
