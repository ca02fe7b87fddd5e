/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An encrypted study in a folder of its own; keys are cheap here. */

#include "store-fixture.h"
#include "store/dhk-key-file.h"

G_BEGIN_DECLS

#define FIXTURE_PASSWORD "een goed wachtwoord"

void encrypted_set_up (Fixture *self, gconstpointer data);
void encrypted_reopen (Fixture *self, const char *password);

/* What the study holds as a file that any SQLite opens, beside it. Free with g_free(). */
char *encrypted_reveal (Fixture *self, const char *password);

/* The tables of the study on the disk, but for the clock. Free with g_free(). */
char *encrypted_describe (Fixture *self, const char *password);

/* TRUE when a file of the folder, whatever its name, holds `text`. */
gboolean encrypted_folder_holds (Fixture *self, const char *text);

/* A key file beside the study. */
#define ENCRYPTED_KEY_PASSWORD "de sleutel"
GFile *encrypted_key_path (Fixture *self);
void encrypted_attach (Fixture *self); /* makes it when it is not there */

/* Rows 1 … n, with a name ("Wilhelmina & 1") and an address each; every third has no address. */
DhkDraft *
encrypted_make_personal (Fixture *self, const char *name, const char *questionnaire, guint n);

#define ENCRYPTED_TEST(path, function)                                                             \
  g_test_add (path, Fixture, NULL, encrypted_set_up, function, fixture_tear_down)

G_END_DECLS
