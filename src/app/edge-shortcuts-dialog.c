/* edge-shortcuts-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-shortcuts-dialog.h"

#include <glib/gi18n.h>

/**
 * EdgeShortcutsDialog:
 *
 * What the keyboard does. The keys are those the application set, so that
 * the two never differ.
 */

struct _EdgeShortcutsDialog
{
  AdwDialog  parent_instance;

  GtkWidget *page;
};

typedef struct
{
  const char *title;
  const char *action;
  const char *accel;
} Shortcut;

G_DEFINE_FINAL_TYPE (EdgeShortcutsDialog, edge_shortcuts_dialog, ADW_TYPE_DIALOG)

static const Shortcut general[] = {
  { N_("Pause or resume"), "app.toggle-pause", NULL },
  { N_("Overview"), "win.page('overview')", NULL },
  { N_("Peers"), "win.page('peers')", NULL },
  { N_("Ledger"), "win.page('ledger')", NULL },
  { N_("Earnings"), "win.page('earnings')", NULL },
  { N_("Identity"), "app.identity", NULL },
  { N_("Preferences"), "app.preferences('contribution')", NULL },
  { N_("Main menu"), NULL, "F10" },
  { N_("Keyboard shortcuts"), "app.shortcuts", NULL },
  { N_("Close the window"), "window.close", NULL },
  { N_("Quit"), "app.quit", NULL },
};

static const Shortcut grid[] = {
  { N_("Move between hours"), NULL, "Left Up Right Down" },
  { N_("Next level for this hour"), NULL, "space" },
  { N_("Not at all, as set, up to 50 %"), NULL, "0 1 2" },
  { N_("Paint while moving"), NULL, "<Shift>Right" },
};

static const Shortcut map[] = {
  { N_("Move between peers on the map"), NULL, "Left Right" },
  { N_("Open the peer"), NULL, "Return" },
};

static const Shortcut drawing[] = {
  { N_("Older and newer events in the drawing"), NULL, "Left Right" },
  { N_("Oldest and newest shown"), NULL, "Home End" },
  { N_("Open the event"), NULL, "Return" },
};

static void
add_keys (GtkWidget  *box,
          const char *accels)
{
  g_auto(GStrv) each = g_strsplit (accels, " ", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      GdkModifierType modifiers;
      GtkWidget *label;
      guint key;

      if (!gtk_accelerator_parse (each[i], &key, &modifiers))
        continue;

      text = gtk_accelerator_get_label (key, modifiers);
      label = gtk_label_new (text);
      gtk_widget_add_css_class (label, "keycap");
      gtk_box_append (GTK_BOX (box), label);
    }
}

static void
add_group (EdgeShortcutsDialog *self,
           const char          *title,
           const Shortcut      *shortcuts,
           gsize                n_shortcuts)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  for (gsize i = 0; i < n_shortcuts; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcuts[i].title));
      gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
      if (shortcuts[i].action != NULL)
        {
          g_auto(GStrv) accels = gtk_application_get_accels_for_action (application,
                                                                        shortcuts[i].action);

          if (accels[0] != NULL)
            add_keys (keys, accels[0]);
        }
      else
        {
          add_keys (keys, shortcuts[i].accel);
        }
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
      adw_preferences_group_add (group, row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), group);
}

static void
edge_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (edge_shortcuts_dialog_parent_class)->dispose (object);
}

static void
edge_shortcuts_dialog_class_init (EdgeShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_shortcuts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeShortcutsDialog, page);
}

static void
edge_shortcuts_dialog_init (EdgeShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  add_group (self, _("General"), general, G_N_ELEMENTS (general));
  add_group (self, _("Schedule"), grid, G_N_ELEMENTS (grid));
  add_group (self, _("Map of the peers"), map, G_N_ELEMENTS (map));
  add_group (self, _("Drawing of the ledger"), drawing, G_N_ELEMENTS (drawing));
}

/**
 * edge_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_shortcuts_dialog_new (void)
{
  return g_object_new (EDGE_TYPE_SHORTCUTS_DIALOG, NULL);
}
