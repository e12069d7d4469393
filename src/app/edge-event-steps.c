/* edge-event-steps.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-steps.h"

#include "app/edge-book-words.h"
#include "app/edge-event-sign.h"

#include <glib/gi18n.h>

/**
 * EdgeEventSteps:
 *
 * How far an event came: pending, confirmed, final, with what its state means and what comes
 * next. It goes on while it is looked at. What is off or void shows that alone.
 */

#define N_STEPS 3

struct _EdgeEventSteps
{
  AdwPreferencesRow  parent_instance;

  GtkWidget         *steps[N_STEPS];
  GtkWidget         *signs[N_STEPS];
  GtkWidget         *labels[N_STEPS];
  GtkWidget         *lines[N_STEPS];
  GtkWidget         *meaning;

  GObject           *entry;
  GObject           *books;
};

G_DEFINE_FINAL_TYPE (EdgeEventSteps, edge_event_steps, ADW_TYPE_PREFERENCES_ROW)

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_step (EdgeEventSteps *self,
           guint           step,
           EdgeBookState   state,
           EdgeBookState   now,
           gboolean        mine)
{
  gboolean reached = state <= now;

  edge_event_sign_set_state (EDGE_EVENT_SIGN (self->signs[step]), state, mine && state == now);
  gtk_label_set_label (GTK_LABEL (self->labels[step]), edge_book_state_describe (state));
  set_class (self->labels[step], "heading", state == now);
  set_class (self->labels[step], "dim-label", state != now);
  gtk_widget_set_opacity (self->signs[step], reached ? 1 : .35);
}

static void
read_network (EdgeEventSteps *self,
              guint          *n_members,
              gboolean       *open)
{
  g_autoptr(GObject) finality = NULL;
  guint n_validators = 0;

  *n_members = 0;
  *open = FALSE;
  if (self->books != NULL)
    g_object_get (self->books, "finality", &finality, NULL);
  if (finality == NULL)
    return;
  g_object_get (finality, "n-members", n_members, "n-validators", &n_validators, NULL);
  *open = *n_members > 0 && n_validators == 0;
}

static void
update (EdgeEventSteps *self)
{
  g_auto(EdgeBookInfo) info = { 0 };
  g_autofree char *meaning = NULL;
  g_autofree char *spoken = NULL;
  guint n_members;
  gboolean open;
  gboolean without_effect;

  edge_book_info_read (&info, self->entry);
  read_network (self, &n_members, &open);
  without_effect = info.state == EDGE_BOOK_STATE_OFF || info.state == EDGE_BOOK_STATE_VOID;
  for (guint i = 0; i < N_STEPS; i++)
    {
      gboolean shown = without_effect ? i == 0 : i < (open ? N_STEPS - 1 : N_STEPS);

      gtk_widget_set_visible (self->steps[i], shown);
      gtk_widget_set_visible (self->lines[i], shown && i > 0);
      show_step (self, i, without_effect ? info.state : (EdgeBookState) i, info.state, info.mine);
    }
  meaning = edge_book_info_dup_meaning (&info, edge_book_confirms (n_members), open);
  gtk_label_set_label (GTK_LABEL (self->meaning), meaning);
  /* Translators: the state of an event, and what that means. */
  spoken = g_strdup_printf (_("State: %s. %s"), edge_book_state_describe (info.state), meaning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
edge_event_steps_dispose (GObject *object)
{
  EdgeEventSteps *self = EDGE_EVENT_STEPS (object);

  if (self->entry != NULL)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  if (self->books != NULL)
    g_signal_handlers_disconnect_by_data (self->books, self);
  g_clear_object (&self->entry);
  g_clear_object (&self->books);

  G_OBJECT_CLASS (edge_event_steps_parent_class)->dispose (object);
}

static void
edge_event_steps_class_init (EdgeEventStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_event_steps_dispose;
}

static void
edge_event_steps_init (EdgeEventSteps *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "padded");
  for (guint i = 0; i < N_STEPS; i++)
    {
      self->lines[i] = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
      gtk_widget_set_valign (self->lines[i], GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (self->lines[i], 24, -1);
      gtk_widget_set_hexpand (self->lines[i], TRUE);
      gtk_box_append (GTK_BOX (row), self->lines[i]);

      self->steps[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      self->signs[i] = edge_event_sign_new (EDGE_BOOK_STATE_PENDING, FALSE);
      self->labels[i] = gtk_label_new (NULL);
      gtk_box_append (GTK_BOX (self->steps[i]), self->signs[i]);
      gtk_box_append (GTK_BOX (self->steps[i]), self->labels[i]);
      gtk_box_append (GTK_BOX (row), self->steps[i]);
    }
  self->meaning = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->meaning), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->meaning), 0);
  gtk_widget_add_css_class (self->meaning, "dim-label");
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), self->meaning);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

/**
 * edge_event_steps_new:
 * @entry: an object with the properties of [class@BookEntry]
 * @books: (nullable): an object with the properties of [class@Books]
 *
 * Returns: (transfer floating): a row that follows @entry
 */
GtkWidget *
edge_event_steps_new (GObject *entry,
                      GObject *books)
{
  EdgeEventSteps *self = g_object_new (EDGE_TYPE_EVENT_STEPS, NULL);

  self->entry = g_object_ref (entry);
  g_set_object (&self->books, books);
  g_signal_connect_object (entry, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (books != NULL)
    g_signal_connect_object (books, "notify::entries", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
