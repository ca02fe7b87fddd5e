/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Drop-downs of names that people gave: a long one ends in an ellipsis, and is whole in the list. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is chosen takes room for `least` characters, and for `most` where there is room. */
void dhk_drop_down_set_length (GtkDropDown *self, int least, int most);

G_END_DECLS
