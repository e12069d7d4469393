/* edge-network-card.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-network-card.h"

#include "app/edge-book-words.h"
#include "app/edge-chip.h"
#include "app/edge-format.h"
#include "app/edge-network-words.h"
#include "app/edge-validator-row.h"
#include "app/edge-words-grid.h"

#include <glib/gi18n.h>

/**
 * EdgeNetworkCard:
 *
 * The network that is joined: what kind it is, who is in it, who closes its book and
 * how far it is closed.
 */

struct _EdgeNetworkCard
{
  AdwPreferencesGroup  parent_instance;

  GtkWidget           *name_label;
  GtkWidget           *kind_chip;
  GtkWidget           *standing_chip;
  GtkWidget           *closing_label;
  GtkWidget           *facts_list;
  GtkWidget           *members_row;
  GtkWidget           *last_row;
  GtkWidget           *validators_box;
  GtkWidget           *sleep_label;
  GtkWidget           *validators_list;
  GtkWidget           *id_box;
  GtkWidget           *words;
  GtkWidget           *id_label;

  GSignalGroup        *node_signals;
  GSignalGroup        *books_signals;
  GSignalGroup        *finality_signals;
  guint                tick;
};

typedef enum
{
  PROP_NODE = 1,
} EdgeNetworkCardProperty;

static GParamSpec *properties[PROP_NODE + 1];

G_DEFINE_FINAL_TYPE (EdgeNetworkCard, edge_network_card, ADW_TYPE_PREFERENCES_GROUP)

static void
show_checkpoint (EdgeNetworkCard        *self,
                 GObject                *node,
                 const EdgeNetworkFacts *facts)
{
  g_autoptr(GListModel) peers = NULL;
  g_autofree char *own_id = NULL;
  g_autofree char *by = NULL;
  g_autofree char *text = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *title = NULL;

  g_object_get (node, "peers", &peers, "id", &own_id, NULL);
  if (facts->by != NULL)
    by = edge_book_dup_name (peers, own_id, facts->by);
  text = edge_network_words_checkpoint (facts, by, g_get_real_time () / 1000);
  exact = edge_format_exact_time ((gint64) facts->time);
  title = facts->n > 0 ? g_strdup_printf (_("Checkpoint %u"), facts->n)
                       : g_strdup (_("Last Checkpoint"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->last_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->last_row), text);
  gtk_widget_set_tooltip_text (self->last_row, facts->n > 0 ? exact : NULL);
}

static void
update (EdgeNetworkCard *self)
{
  g_autoptr(GObject) node = g_signal_group_dup_target (self->node_signals);
  g_auto(EdgeNetworkFacts) facts = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autofree char *members = NULL;
  g_autofree char *closing = NULL;
  g_autofree char *sleep = NULL;
  gboolean awake;

  if (node == NULL)
    return;

  g_object_get (node, "network-name", &name, "network-id", &id, NULL);
  edge_network_facts_read (&facts, node);
  gtk_label_set_label (GTK_LABEL (self->name_label), name != NULL ? name : _("No network yet"));
  gtk_widget_set_visible (self->kind_chip, id != NULL);
  gtk_widget_set_visible (self->standing_chip, facts.known);
  gtk_widget_set_visible (self->facts_list, id != NULL);
  gtk_widget_set_visible (self->id_box, id != NULL);
  gtk_widget_set_visible (self->validators_box, facts.known && !facts.open);
  gtk_widget_set_visible (self->last_row, !facts.open);
  edge_chip_set_label (EDGE_CHIP (self->kind_chip), edge_network_words_kind (facts.open));
  edge_chip_set_label (EDGE_CHIP (self->standing_chip), edge_network_words_standing (&facts));

  closing = id != NULL ? edge_network_words_closing (&facts)
                       : g_strdup (_("Join or start one: nothing is shared before."));
  awake = facts.open || !facts.known || facts.n_awake >= facts.n_needed;
  gtk_label_set_label (GTK_LABEL (self->closing_label), closing);
  if (awake)
    gtk_widget_remove_css_class (self->closing_label, "warning");
  else
    gtk_widget_add_css_class (self->closing_label, "warning");

  members = facts.known ? g_strdup_printf ("%'u", facts.n_members)
                        : g_strdup (EDGE_FORMAT_UNKNOWN);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->members_row), members);
  show_checkpoint (self, node, &facts);
  sleep = edge_network_words_sleep (&facts);
  gtk_label_set_label (GTK_LABEL (self->sleep_label), sleep);
  edge_words_grid_set_key (EDGE_WORDS_GRID (self->words), id);
  gtk_label_set_label (GTK_LABEL (self->id_label), id != NULL ? id : "");
}

static GtkWidget *
make_validator_row (gpointer item,
                    gpointer user_data)
{
  return edge_validator_row_new (EDGE_CLOSER (item));
}

static void
node_changed_cb (EdgeNetworkCard *self)
{
  g_autoptr(GObject) node = g_signal_group_dup_target (self->node_signals);
  g_autoptr(GObject) before = g_signal_group_dup_target (self->finality_signals);
  g_autoptr(GObject) books = NULL;
  g_autoptr(GObject) finality = NULL;
  g_autoptr(GListModel) validators = NULL;

  if (node == NULL)
    return;
  g_object_get (node, "books", &books, NULL);
  if (books != NULL)
    g_object_get (books, "finality", &finality, NULL);
  g_signal_group_set_target (self->books_signals, books);
  if (finality != before)
    {
      g_signal_group_set_target (self->finality_signals, finality);
      if (finality != NULL)
        g_object_get (finality, "validators", &validators, NULL);
      gtk_list_box_bind_model (GTK_LIST_BOX (self->validators_list), validators,
                               make_validator_row, NULL, NULL);
    }
  update (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeNetworkCard *self = user_data;
  g_autoptr(GObject) node = g_signal_group_dup_target (self->node_signals);
  g_auto(EdgeNetworkFacts) facts = { 0 };
  GtkWidget *row;

  if (node == NULL)
    return G_SOURCE_CONTINUE;
  edge_network_facts_read (&facts, node);
  show_checkpoint (self, node, &facts);
  for (row = gtk_widget_get_first_child (self->validators_list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    edge_validator_row_update (EDGE_VALIDATOR_ROW (row), g_get_real_time () / 1000);
  return G_SOURCE_CONTINUE;
}

static void
copy_id_cb (EdgeNetworkCard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (GTK_LABEL (self->id_label)));
}

static void
edge_network_card_map (GtkWidget *widget)
{
  EdgeNetworkCard *self = EDGE_NETWORK_CARD (widget);

  GTK_WIDGET_CLASS (edge_network_card_parent_class)->map (widget);
  tick_cb (self);
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

static void
edge_network_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&EDGE_NETWORK_CARD (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (edge_network_card_parent_class)->unmap (widget);
}

static void
edge_network_card_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeNetworkCard *self = EDGE_NETWORK_CARD (object);

  switch ((EdgeNetworkCardProperty) property_id)
    {
    case PROP_NODE:
      g_value_take_object (value, g_signal_group_dup_target (self->node_signals));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_network_card_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgeNetworkCard *self = EDGE_NETWORK_CARD (object);

  switch ((EdgeNetworkCardProperty) property_id)
    {
    case PROP_NODE:
      g_signal_group_set_target (self->node_signals, g_value_get_object (value));
      node_changed_cb (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_network_card_dispose (GObject *object)
{
  EdgeNetworkCard *self = EDGE_NETWORK_CARD (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->node_signals);
  g_clear_object (&self->books_signals);
  g_clear_object (&self->finality_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_NETWORK_CARD);

  G_OBJECT_CLASS (edge_network_card_parent_class)->dispose (object);
}

static void
edge_network_card_class_init (EdgeNetworkCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_network_card_get_property;
  object_class->set_property = edge_network_card_set_property;
  object_class->dispose = edge_network_card_dispose;
  widget_class->map = edge_network_card_map;
  widget_class->unmap = edge_network_card_unmap;

  /**
   * EdgeNetworkCard:node:
   *
   * An object with the properties of [class@Node].
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, G_TYPE_OBJECT,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                               | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_CHIP);
  g_type_ensure (EDGE_TYPE_WORDS_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-network-card.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeNetworkCard, child)
  BIND (name_label);
  BIND (kind_chip);
  BIND (standing_chip);
  BIND (closing_label);
  BIND (facts_list);
  BIND (members_row);
  BIND (last_row);
  BIND (validators_box);
  BIND (sleep_label);
  BIND (validators_list);
  BIND (id_box);
  BIND (words);
  BIND (id_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, copy_id_cb);
}

static void
edge_network_card_init (EdgeNetworkCard *self)
{
  static const char *const followed[] = {
    "notify::network-name", "notify::network-id", "notify::books", "notify::state",
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->node_signals = g_signal_group_new (G_TYPE_OBJECT);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_group_connect_swapped (self->node_signals, followed[i],
                                    G_CALLBACK (node_changed_cb), self);
  self->books_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->books_signals, "notify", G_CALLBACK (update), self);
  self->finality_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->finality_signals, "notify", G_CALLBACK (update), self);
}
