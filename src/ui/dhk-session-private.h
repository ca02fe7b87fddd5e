/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the session share; for nobody else. */

#include "ui/dhk-session.h"
#include "ui/dhk-snapshot.h"

G_BEGIN_DECLS

#define DHK_SETTING_LAST_PAGE "last-page"
#define DHK_SETTING_SAMPLE "sample"

/* What an opened store becomes in the main thread; all fields are taken over. */
typedef struct
{
  DhkStore *store;
  DhkPlan *plan;
  DhkSnapshot *snapshot;
  char *last_page;
  gboolean is_sample;
} DhkOpened;

DhkSession *dhk_session_new_from_opened (DhkOpened *opened);

G_END_DECLS
