/* edge-dialog-fit.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-dialog-fit.h"

/* As narrow as a dialog gets on a phone. */
#define WIDTH         340
#define HEADER_HEIGHT 47

/**
 * edge_dialog_fit:
 * @dialog: a dialog with a header bar
 * @content: what scrolls below that
 *
 * Makes the dialog as high as its content has become. By itself it keeps the height that its
 * first page had at first.
 */
void
edge_dialog_fit (AdwDialog *dialog,
                 GtkWidget *content)
{
  int height;

  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (content));

  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &height, NULL, NULL);
  adw_dialog_set_content_height (dialog, height + HEADER_HEIGHT);
}
