/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The application: its actions and keys, the study files it is asked to open,
 * and one window per study.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define DHK_TYPE_APPLICATION (dhk_application_get_type ())
G_DECLARE_FINAL_TYPE (DhkApplication, dhk_application, DHK, APPLICATION, AdwApplication)

DhkApplication *dhk_application_new (void);

G_END_DECLS
