/* edge-address-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-address-group.h"

#include "app/edge-format.h"

#include <glib/gi18n.h>

/**
 * EdgeAddressGroup:
 *
 * The relays of the node, or its STUN and TURN servers. What each relay
 * answers stands beside it.
 */

struct _EdgeAddressGroup
{
  AdwPreferencesGroup  parent_instance;

  GtkWidget           *add_row;
  GPtrArray           *rows;
  EdgeNode            *node;
  GListModel          *backends;
  gboolean             ice;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_ICE,
} EdgeAddressGroupProperty;

static GParamSpec *properties[PROP_ICE + 1];

G_DEFINE_FINAL_TYPE (EdgeAddressGroup, edge_address_group, ADW_TYPE_PREFERENCES_GROUP)

/**
 * edge_address_is_relay:
 * @text: what the person typed
 *
 * Returns: whether it is the address of a relay: ws:// or wss:// and a host
 */
gboolean
edge_address_is_relay (const char *text)
{
  g_autoptr(GUri) uri = NULL;

  if (strlen (text) > EDGE_ADDRESS_GROUP_MAX_LENGTH)
    return FALSE;

  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  return uri != NULL
         && (g_str_equal (g_uri_get_scheme (uri), "ws") || g_str_equal (g_uri_get_scheme (uri), "wss"))
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
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

  g_object_get (self->node, get_key (self), &addresses, NULL);

  return addresses != NULL ? addresses : g_new0 (char *, 1);
}

static EdgeSignaling *
find_backend (EdgeAddressGroup *self,
              const char       *url)
{
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
  g_object_set (self->node, get_key (self), left, NULL);
}

static void
set_row_state (GtkWidget     *row,
               EdgeSignaling *backend)
{
  EdgeSignalingState state = edge_signaling_get_state (backend);
  g_autofree char *words = edge_format_signaling_state (state);
  g_autofree char *detail = edge_signaling_dup_detail (backend);
  g_autofree char *subtitle = NULL;
  GtkWidget *icon = gtk_image_new_from_icon_name (state == EDGE_SIGNALING_STATE_UP
                                                  ? "object-select-symbolic"
                                                  : state == EDGE_SIGNALING_STATE_CONNECTING
                                                  ? "content-loading-symbolic"
                                                  : "dialog-warning-symbolic");

  if (detail != NULL && *detail != '\0')
    subtitle = g_strdup_printf (_("%s: %s"), words, detail);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle ? subtitle : words);
  gtk_widget_add_css_class (icon, state == EDGE_SIGNALING_STATE_UP ? "accent"
                                  : state == EDGE_SIGNALING_STATE_CONNECTING ? "dim-label"
                                  : "warning");
  gtk_widget_set_tooltip_text (icon, words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
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

static GtkWidget *
add_address_row (EdgeAddressGroup *self,
                 const char       *address,
                 gboolean          removable)
{
  g_autoptr(EdgeSignaling) backend = self->ice ? NULL : find_backend (self, address);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *shown = dup_shown_address (address);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  if (backend != NULL)
    set_row_state (row, backend);

  if (removable)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *tooltip = g_strdup_printf (_("Remove %s"), shown);

      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "edge-address", g_strdup (address), g_free);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);

  return row;
}

static void
add_own_relay_row (EdgeAddressGroup *self)
{
  g_autofree char *own = NULL;
  GtkWidget *row;

  g_object_get (self->node, "own-relay", &own, NULL);
  row = add_address_row (self, own != NULL ? own : _("Built-in relay"), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Built-in relay"));
  if (own != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), own);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("starts with the network"));
}

static void
rebuild (EdgeAddressGroup *self)
{
  g_auto(GStrv) addresses = NULL;

  if (self->node == NULL)
    return;

  while (self->rows->len > 0)
    {
      GtkWidget *row = g_ptr_array_steal_index (self->rows, self->rows->len - 1);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
    }

  addresses = dup_addresses (self);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->add_row);
  for (guint i = 0; addresses[i] != NULL; i++)
    add_address_row (self, addresses[i], TRUE);
  if (!self->ice && addresses[0] == NULL)
    add_own_relay_row (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);

  gtk_widget_set_sensitive (self->add_row, g_strv_length (addresses) < EDGE_ADDRESS_GROUP_MAX);
}

static gboolean
typed_is_good (EdgeAddressGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_row));

  return self->ice ? edge_address_is_ice (text) : edge_address_is_relay (text);
}

static void
typed_cb (EdgeAddressGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_row));

  if (*text == '\0' || typed_is_good (self))
    gtk_widget_remove_css_class (self->add_row, "error");
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
      gtk_widget_add_css_class (self->add_row, "error");
      gtk_accessible_announce (GTK_ACCESSIBLE (self->add_row),
                               self->ice ? _("An address begins with stun: or turn:")
                                         : _("An address begins with ws:// or wss://"),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
  if (g_strv_contains ((const char * const *) addresses, text))
    return;

  g_strv_builder_addv (builder, (const char **) addresses);
  g_strv_builder_add (builder, text);
  all = g_strv_builder_end (builder);
  g_object_set (self->node, get_key (self), all, NULL);
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

      g_signal_connect_object (backend, "notify::state", G_CALLBACK (rebuild), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (backend, "notify::detail", G_CALLBACK (rebuild), self,
                               G_CONNECT_SWAPPED);
    }
  rebuild (self);
}

static void
edge_address_group_constructed (GObject *object)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  G_OBJECT_CLASS (edge_address_group_parent_class)->constructed (object);

  self->rows = g_ptr_array_new ();
  /* It leaves the list and comes back at its end when the list changes. */
  self->add_row = g_object_ref_sink (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row),
                                 self->ice ? _("Add a server, stun: or turn:")
                                           : _("Add a relay, ws:// or wss://"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->add_row), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->add_row), GTK_INPUT_PURPOSE_URL);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (self->add_row), EDGE_ADDRESS_GROUP_MAX_LENGTH);
  g_signal_connect_swapped (self->add_row, "apply", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (self->add_row, "changed", G_CALLBACK (typed_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->add_row);
}

static void
set_node (EdgeAddressGroup *self,
          EdgeNode         *node)
{
  if (node == NULL || !g_set_object (&self->node, node))
    return;

  g_object_get (node, "backends", &self->backends, NULL);
  g_signal_connect_object (self->backends, "items-changed", G_CALLBACK (backends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (node, self->ice ? "notify::stun-servers" : "notify::relays",
                           G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::own-relay", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  backends_changed_cb (self, 0, 0, g_list_model_get_n_items (self->backends));
}

static void
edge_address_group_dispose (GObject *object)
{
  EdgeAddressGroup *self = EDGE_ADDRESS_GROUP (object);

  g_clear_object (&self->node);
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
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
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
    case PROP_NODE:
      set_node (self, g_value_get_object (value));
      break;
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

  properties[PROP_NODE] =
    g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ICE] =
    g_param_spec_boolean ("ice", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_address_group_init (EdgeAddressGroup *self)
{
}
