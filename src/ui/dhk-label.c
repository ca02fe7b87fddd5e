/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-label.h"

#include "export/dhk-typeset.h"

void
dhk_label_keep_together (GtkLabel *label)
{
  PangoAttrList *attributes;

  g_return_if_fail (GTK_IS_LABEL (label));

  attributes = pango_attr_list_new ();
  dhk_keep_together (attributes, gtk_label_get_text (label));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}
