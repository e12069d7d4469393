/* edge-address-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-address-group.h"

#include "app/edge-format.h"
#include "node/edge-relay-address.h"

#include <glib/gi18n.h>

/**
 * EdgeAddressGroup:
 *
 * The relays of the node, or its STUN and TURN servers. What each relay
 * answers stands beside it.
 */

typedef struct
{
  GtkWidget *widget;
  GtkWidget *icon;
  char      *address; /* NULL for the built-in relay */
} AddressRow;

struct _EdgeAddressGroup
{
  EdgeNodeGroup  parent_instance;

  GtkWidget     *add_row;
  GPtrArray     *rows;
  GListModel    *backends;
  gboolean       ice;
};

typedef enum
{
  PROP_ICE = 1,
} EdgeAddressGroupProperty;

static GParamSpec *properties[PROP_ICE + 1];

G_DEFINE_FINAL_TYPE (EdgeAddressGroup, edge_address_group, EDGE_TYPE_NODE_GROUP)

/**
 * edge_address_is_relay:
 * @text: what the person typed
 *
 * Returns: whether it is the address of a relay, as [func@relay_address_read] takes it
 */
gboolean
edge_address_is_relay (const char *text)
{
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  return strlen (text) <= EDGE_ADDRESS_GROUP_MAX_LENGTH
         && edge_relay_address_read (text, &url, &token, NULL);
}

/**
 * edge_address_is_ice:
 * @text: what the person typed
 *
 * Returns: whether it is the address of a STUN or TURN server, as in RFC 7064 and 7065; a
 *   name and password may stand before the host
 */
gboolean
edge_address_is_ice (const char *text)
{
  static const char *schemes[] = { "stun:", "stuns:", "turn:", "turns:" };

  if (strlen (text) > EDGE_ADDRESS_GROUP_MAX_LENGTH || strpbrk (text, " \t\r\n") != NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_str_has_prefix (text, schemes[i]) && text[strlen (schemes[i])] != '\0')
        return TRUE;
    }

  return FALSE;
}

static const char *
get_key (EdgeAddressGroup *self)
{
  return self->ice ? "stun-servers" : "relays";
}

static GStrv
dup_addresses (EdgeAddressGroup *self)
{
  GStrv addresses = NULL;

  g_object_get (edge_node_group_get_node (self), get_key (self), &addresses, NULL);

  return addresses != NULL ? addresses : g_new0 (char *, 1);
}

/* A backend has its address without the token and with the path that was left out. */
static EdgeSignaling *
find_backend (EdgeAddressGroup *self,
              const char       *address)
{
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  if (self->ice || !edge_relay_address_read (address, &url, &token, NULL))
    return NULL;

  for (guint i = 0; self->backends != NULL && i < g_list_model_get_n_items (self->backends); i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (self->backends, i);

      if (g_strcmp0 (edge_signaling_get_url (backend), url) == 0)
        return g_steal_pointer (&backend);
    }

  return NULL;
}

static void
remove_cb (EdgeAddressGroup *self,
           GtkWidget        *button)
{
  const char *address = g_object_get_data (G_OBJECT (button), "edge-address");
  g_auto(GStrv) addresses = dup_addresses (self);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) left = NULL;

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      if (!g_str_equal (addresses[i], address))
        g_strv_builder_add (builder, addresses[i]);
    }

  left = g_strv_builder_end (builder);
  g_object_set (edge_node_group_get_node (self), get_key (self), left, NULL);
}

/* A name and password before the host are no business of whoever looks on. */
static char *
dup_shown_address (const char *address)
{
  const char *at = strrchr (address, '@');
  const char *colon = strchr (address, ':');

  if (at == NULL || colon == NULL || colon > at)
    return g_strdup (address);

  return g_strdup_printf ("%.*s:…%s", (int) (colon - address), address, at);
}

static void
address_row_free (AddressRow *row)
{
  g_free (row->address);
  g_free (row);
}

static void
show_state (EdgeAddressGroup *self,
            AddressRow       *row,
            EdgeSignaling    *backend,
            const char       *prefix)
{
  EdgeSignalingState state = edge_signaling_get_state (backend);
  g_autofree char *detail = edge_signaling_dup_detail (backend);
  g_autofree char *words = NULL;
  g_autofree char *subtitle = NULL;
  const char *classes[] = { NULL, NULL };
  const char *icon;
  guint n_known;

  g_object_get (edge_node_group_get_node (self), "n-known", &n_known, NULL);
  words = edge_format_signaling_state (state, n_known);
  if (detail != NULL && *detail != '\0')
    /* Translators: what a relay answers, and why */
    subtitle = g_strdup_printf (_("%s: %s"), words, detail);

  switch (state)
    {
    case EDGE_SIGNALING_STATE_UP:
      icon = "object-select-symbolic";
      classes[0] = "accent";
      break;
    case EDGE_SIGNALING_STATE_CONNECTING:
      icon = "content-loading-symbolic";
      classes[0] = "dim-label";
      break;
    case EDGE_SIGNALING_STATE_STOPPED:
    case EDGE_SIGNALING_STATE_WAITING:
    case EDGE_SIGNALING_STATE_REFUSED:
    default:
      icon = "dialog-warning-symbolic";
      classes[0] = "warning";
    }

  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), icon);
  gtk_widget_set_css_classes (row->icon, classes);
  gtk_widget_set_tooltip_text (row->icon, words);
  if (prefix != NULL)
    {
      g_autofree char *all = g_strdup_printf ("%s\n%s", prefix, subtitle ? subtitle : words);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget), all);
    }
  else
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget), subtitle ? subtitle : words);
    }
}

/* The rows stay: one that is rebuilt under the pointer would lose the press. */
static void
show_states (EdgeAddressGroup *self)
{
  g_autofree char *own = NULL;

  g_object_get (edge_node_group_get_node (self), "own-relay", &own, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      AddressRow *row = g_ptr_array_index (self->rows, i);
      const char *address = row->address != NULL ? row->address : own;
      g_autoptr(EdgeSignaling) backend = address != NULL ? find_backend (self, address) : NULL;

      gtk_widget_set_visible (row->icon, backend != NULL);
      if (backend != NULL)
        show_state (self, row, backend, row->address == NULL ? own : NULL);
      else if (row->address == NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget),
                                     own != NULL ? own : _("starts with the network"));
      else
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row->widget), "");
    }
}

static void
add_address_row (EdgeAddressGroup *self,
                 const char       *address)
{
  AddressRow *row = g_new0 (AddressRow, 1);
  g_autofree char *shown = address != NULL ? dup_shown_address (address)
                                           : g_strdup (_("Built-in relay"));

  row->address = g_strdup (address);
  row->widget = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->widget), shown);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row->widget), 1);

  row->icon = gtk_image_new ();
  adw_action_row_add_prefix (ADW_ACTION_ROW (row->widget), row->icon);

  if (address != NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *tooltip = g_strdup_printf (_("Remove %s"), shown);

      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "edge-address", g_strdup (address), g_free);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row->widget), button);
    }

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->widget);
  g_ptr_array_add (self->rows, row);
}

static gboolean
has_focus_within (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Returns whether the row held the keyboard's focus. */
static gboolean
remove_address_row (EdgeAddressGroup *self,
                    guint             index)
{
  AddressRow *row = g_ptr_array_index (self->rows, index);
  gboolean had_focus = has_focus_within (row->widget);

  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row->widget);
  g_ptr_array_remove_index (self->rows, index);

  return had_focus;
}

/* Brings the rows in line with the addresses, touching none that may stay. */
static void
show_addresses (EdgeAddressGroup *self)
{
  const char *none[] = { NULL, NULL };
  g_auto(GStrv) addresses = NULL;
  const char * const *wanted;
  guint n_wanted, n_same = 0;
  gboolean focus_add_row;

  addresses = dup_addresses (self);
  wanted = (const char * const *) addresses;
  n_wanted = g_strv_length (addresses);
  gtk_widget_set_sensitive (self->add_row, n_wanted < EDGE_ADDRESS_GROUP_MAX);
  if (!self->ice && n_wanted == 0)
    {
      wanted = none;
      n_wanted = 1;
    }

  focus_add_row = has_focus_within (self->add_row);
  for (guint i = self->rows->len; i-- > 0;)
    {
      AddressRow *row = g_ptr_array_index (self->rows, i);

      if (row->address == NULL ? wanted != none
                               : !g_strv_contains ((const char * const *) addresses, row->address))
        focus_add_row |= remove_address_row (self, i);
    }

  while (n_same < self->rows->len && n_same < n_wanted
         && g_strcmp0 (((AddressRow *) g_ptr_array_index (self->rows, n_same))->address,
                       wanted[n_same]) == 0)
    n_same++;
  while (self->rows->len > n_same)
    focus_add_row |= remove_address_row (self, self->rows->len - 1);

  if (n_same < n_wanted)
    {
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add_row);
      for (guint i = n_same; i < n_wanted; i++)
        add_address_row (self, wanted[i]);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);
    }
  if (focus_add_row)
    gtk_widget_grab_focus (self->add_row);

  show_states (self);
}

static gboolean
typed_is_good (EdgeAddressGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_row));

  return self->ice ? edge_address_is_ice (text) : edge_address_is_relay (text);
}

/* The title of the row under which an address is typed says what is wrong with it. */
static void
show_mistake (EdgeAddressGroup *self,
              gboolean          mistaken)
{
  const char *title;

  if (mistaken)
    title = self->ice ? _("An address begins with stun: or turn:")
                      : _("An address begins with ws:// or wss://");
  else
    title = self->ice ? _("Add a server, stun: or turn:") : _("Add a relay, ws:// or wss://");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), title);
  if (!mistaken)
    {
      gtk_widget_remove_css_class (self->add_row, "error");
      return;
    }

  gtk_widget_add_css_class (self->add_row, "error");
  gtk_accessible_announce (GTK_ACCESSIBLE (self->add_row), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
typed_cb (EdgeAddressGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_row));

  if (*text == '\0' || typed_is_good (self))
    show_mistake (self, FALSE);
}

static void
add_cb (EdgeAddressGroup *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->add_row)));
  g_auto(GStrv) addresses = dup_addresses (self);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;

  if (!typed_is_good (self))
    {
      show_mistake (self, TRUE);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
  if (g_strv_contains ((const char * const *) addresses, text))
    return;

  g_strv_builder_addv (builder, (const char **) addresses);
  g_strv_builder_add (builder, text);
  all = g_strv_builder_end (builder);
  g_object_set (edge_node_group_get_node (self), get_key (self), all, NULL);
}

static void
backends_changed_cb (EdgeAddressGroup *self,
                     guint             position,
                     guint             removed,
                     guint             added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (self->backends, i);

      g_signal_connect_object (backend, "notify::state", G_CALLBACK (show_states), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (backend, "notify::detail", G_CALLBACK (show_states), self,
                               G_CONNECT_SWAPPED);
    }
  show_states (self);
}

static void
edge_address_group_constructed (GObject *object)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  G_OBJECT_CLASS (edge_address_group_parent_class)->constructed (object);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) address_row_free);
  /* It leaves the list and comes back at its end when the list changes. */
  self->add_row = g_object_ref_sink (adw_entry_row_new ());
  show_mistake (self, FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->add_row), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->add_row), GTK_INPUT_PURPOSE_URL);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (self->add_row), EDGE_ADDRESS_GROUP_MAX_LENGTH);
  g_signal_connect_swapped (self->add_row, "apply", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->add_row, "changed", G_CALLBACK (typed_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);
}

static void
edge_address_group_follow (EdgeNodeGroup *group,
                           EdgeNode      *node)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (group);

  g_object_get (node, "backends", &self->backends, NULL);
  g_signal_connect_object (self->backends, "items-changed", G_CALLBACK (backends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (node, self->ice ? "notify::stun-servers" : "notify::relays",
                           G_CALLBACK (show_addresses), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::own-relay", G_CALLBACK (show_states), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::n-known", G_CALLBACK (show_states), self,
                           G_CONNECT_SWAPPED);
  show_addresses (self);
  backends_changed_cb (self, 0, 0, g_list_model_get_n_items (self->backends));
}

static void
edge_address_group_dispose (GObject *object)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  g_clear_object (&self->backends);
  g_clear_object (&self->add_row);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_address_group_parent_class)->dispose (object);
}

static void
edge_address_group_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  switch ((EdgeAddressGroupProperty) property_id)
    {
    case PROP_ICE:
      g_value_set_boolean (value, self->ice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_address_group_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  switch ((EdgeAddressGroupProperty) property_id)
    {
    case PROP_ICE:
      self->ice = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_address_group_class_init (EdgeAddressGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = edge_address_group_constructed;
  object_class->dispose = edge_address_group_dispose;
  object_class->get_property = edge_address_group_get_property;
  object_class->set_property = edge_address_group_set_property;
  EDGE_NODE_GROUP_CLASS (klass)->follow = edge_address_group_follow;

  properties[PROP_ICE] =
    g_param_spec_boolean ("ice", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_address_group_init (EdgeAddressGroup *self)
{
}
