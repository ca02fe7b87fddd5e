/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The help: a topic for every page of the window, built into the program (data/help/help.xml). A
 * topic is a list of parts, ready to be set by the window or printed by the command line.
 */

#include <glib.h>

#include "base/dhk-language.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_HELP_PARAGRAPH,
  DHK_HELP_HEADING,
  DHK_HELP_STEP,
  DHK_HELP_KEY,
} DhkHelpKind;

typedef struct
{
  DhkHelpKind kind;
  char *keys; /* of a key: "Ctrl+I" */
  char *text;
  guint number; /* of a step: from 1 */
} DhkHelpPart;

typedef struct
{
  char *id;
  char *title;
  GPtrArray *parts; /* of DhkHelpPart */
} DhkHelpTopic;

/* All topics (DhkHelpTopic) in reading order. Free with g_ptr_array_unref(). */
GPtrArray *dhk_help_load (DhkLanguage language);

/* NULL when there is none of this name. Lent. */
const DhkHelpTopic *dhk_help_find (GPtrArray *topics, const char *id);

G_END_DECLS
