/* edge-toast.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-toast.h"

/* An AdwToast cuts its own title off after one line, which on a phone is some thirty characters; and
 * it is as high as its title is when there is room for all of it in one line. So the title is told
 * what room there is. */

/* A title of its own is not spoken by the toast. */
static void
map_cb (GtkWidget *label)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (label), gtk_label_get_label (GTK_LABEL (label)),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
fit (GtkWidget *clamp)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (clamp, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *toast = clamp;
  int width, title_width;

  if (overlay == NULL || gtk_widget_get_width (overlay) == 0)
    return;
  while (gtk_widget_get_parent (toast) != overlay)
    toast = gtk_widget_get_parent (toast);

  /* Beside the title are buttons and margins. */
  gtk_widget_measure (toast, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (clamp, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &title_width, NULL, NULL);
  title_width = MAX (1, gtk_widget_get_width (overlay) - (width - title_width));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), title_width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), title_width);
}

static void
fit_later (gpointer user_data)
{
  g_autoptr(GtkWidget) clamp = user_data;

  fit (clamp);
}

/* The overlay has its new width after this. */
static void
layout_cb (GtkWidget *clamp)
{
  g_idle_add_once (fit_later, g_object_ref (clamp));
}

static void
root_changed_cb (GtkWidget *clamp)
{
  GtkNative *native = gtk_widget_get_native (clamp);

  fit (clamp);
  if (native != NULL)
    g_signal_connect_object (gtk_native_get_surface (native), "layout", G_CALLBACK (layout_cb), clamp,
                             G_CONNECT_SWAPPED);
}

/**
 * edge_toast_new:
 * @text: plain text, translated
 *
 * Returns: (transfer full): a toast that shows all of it, in as many lines as that takes
 */
AdwToast *
edge_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  g_signal_connect (label, "map", G_CALLBACK (map_cb), NULL);
  adw_clamp_set_unit (ADW_CLAMP (clamp), ADW_LENGTH_UNIT_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), label);
  g_signal_connect (clamp, "notify::root", G_CALLBACK (root_changed_cb), NULL);
  adw_toast_set_custom_title (toast, clamp);
  return toast;
}
