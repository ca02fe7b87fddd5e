/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/dhk-import-error.h"

G_DEFINE_QUARK (dhk - import - error - quark, dhk_import_error)
