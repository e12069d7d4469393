/* edge-words-grid.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-words-grid.h"

#include "identity/edge-words.h"

#include <glib/gi18n.h>

/**
 * EdgeWordsGrid:
 *
 * A key, or the id of a network, as twelve numbered words to read aloud; two to four in a
 * line, as there is room.
 */

#define FEW_COLUMNS  2
#define MOST_COLUMNS 4

struct _EdgeWordsGrid
{
  GtkWidget  parent_instance;

  GtkWidget *flow;
  char      *key;
};

typedef enum
{
  PROP_KEY = 1,
} EdgeWordsGridProperty;

static GParamSpec *properties[PROP_KEY + 1];

G_DEFINE_FINAL_TYPE (EdgeWordsGrid, edge_words_grid, GTK_TYPE_WIDGET)

static GtkWidget *
make_word (guint       number,
           const char *text)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GtkWidget *figure = gtk_label_new (digits);
  GtkWidget *word = gtk_label_new (text);

  gtk_label_set_width_chars (GTK_LABEL (figure), 2);
  gtk_label_set_xalign (GTK_LABEL (figure), 1);
  gtk_widget_add_css_class (figure, "dim-label");
  gtk_widget_add_css_class (figure, "numeric");
  gtk_widget_add_css_class (figure, "caption");
  gtk_widget_set_valign (figure, GTK_ALIGN_BASELINE_FILL);
  gtk_widget_add_css_class (word, "heading");
  gtk_widget_set_valign (word, GTK_ALIGN_BASELINE_FILL);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), word);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  return child;
}

static void
fill (EdgeWordsGrid *self)
{
  g_auto(GStrv) words = self->key != NULL ? edge_words_for_key (self->key) : NULL;
  g_autofree char *spoken = words != NULL ? g_strjoinv (" ", words) : NULL;

  gtk_flow_box_remove_all (GTK_FLOW_BOX (self->flow));
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    gtk_flow_box_append (GTK_FLOW_BOX (self->flow), make_word (i + 1, words[i]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken != NULL ? spoken : "", -1);
}

static void
edge_words_grid_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeWordsGrid *self = EDGE_WORDS_GRID (object);

  switch ((EdgeWordsGridProperty) property_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_words_grid_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgeWordsGrid *self = EDGE_WORDS_GRID (object);

  switch ((EdgeWordsGridProperty) property_id)
    {
    case PROP_KEY:
      edge_words_grid_set_key (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_words_grid_dispose (GObject *object)
{
  g_clear_pointer (&EDGE_WORDS_GRID (object)->flow, gtk_widget_unparent);

  G_OBJECT_CLASS (edge_words_grid_parent_class)->dispose (object);
}

static void
edge_words_grid_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_WORDS_GRID (object)->key, g_free);

  G_OBJECT_CLASS (edge_words_grid_parent_class)->finalize (object);
}

static void
edge_words_grid_class_init (EdgeWordsGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_words_grid_get_property;
  object_class->set_property = edge_words_grid_set_property;
  object_class->dispose = edge_words_grid_dispose;
  object_class->finalize = edge_words_grid_finalize;

  /**
   * EdgeWordsGrid:key:
   *
   * The key or id, 43 characters.
   */
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                              | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "wordsgrid");
}

static void
edge_words_grid_init (EdgeWordsGrid *self)
{
  self->flow = gtk_flow_box_new ();
  /* A flow box without children to go to would keep the focus. */
  gtk_widget_set_can_focus (self->flow, FALSE);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), FEW_COLUMNS);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), MOST_COLUMNS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->flow), 10);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->flow), 8);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
}

GtkWidget *
edge_words_grid_new (void)
{
  return g_object_new (EDGE_TYPE_WORDS_GRID, NULL);
}

const char *
edge_words_grid_get_key (EdgeWordsGrid *self)
{
  g_return_val_if_fail (EDGE_IS_WORDS_GRID (self), NULL);

  return self->key;
}

/**
 * edge_words_grid_set_key:
 * @self: a grid
 * @key: (nullable): a key or id
 */
void
edge_words_grid_set_key (EdgeWordsGrid *self,
                         const char    *key)
{
  g_return_if_fail (EDGE_IS_WORDS_GRID (self));

  if (!g_set_str (&self->key, key))
    return;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}
