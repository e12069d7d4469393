/* edge-application.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application-private.h"

#include "identity/edge-words.h"
#include "node/edge-relay-address.h"
#include "work/edge-policy.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

/**
 * EdgeApplication:
 *
 * Owns the node, its history and the settings, and joins them.
 *
 * The settings are the one place for what the person set: widgets and the
 * policy are bound to them.
 */

/* The node takes leave of its peers at the end, but nobody waits longer for it. */
#define QUIT_LIMIT_SECONDS 4
#define EXIT_USAGE 2

/* Invitations opened at once. */
#define MAX_TO_OPEN 4

G_DEFINE_FINAL_TYPE (EdgeApplication, edge_application, ADW_TYPE_APPLICATION)

static void open_waiting (EdgeApplication *self);

static void
remember_network_cb (EdgeApplication *self)
{
  g_autofree char *name = NULL;
  g_autofree char *kind = NULL;

  g_object_get (self->node, "network-name", &name, "network-kind", &kind, NULL);
  if (name != NULL && g_strcmp0 (kind, "open") == 0)
    g_settings_set_string (self->settings, "network", name);
}

/* A folder that a command made an archive stays one until the person says something. */
static void
archive_changed_cb (EdgeApplication *self)
{
  g_autoptr(GVariant) chosen = g_settings_get_user_value (self->settings, "archive");

  if (chosen != NULL)
    edge_node_set_archive (self->node, g_variant_get_boolean (chosen));
}

static void
bind_settings (EdgeApplication *self)
{
  static const char *policy_keys[] = {
    "share-away", "share-here", "pause-on-battery", "pause-on-power-saver", "pause-on-metered",
    "schedule",
  };
  g_autoptr(EdgePolicy) policy = NULL;

  g_object_get (self->node, "policy", &policy, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (policy_keys); i++)
    g_settings_bind (self->settings, policy_keys[i], policy, policy_keys[i],
                     G_SETTINGS_BIND_GET);

  g_settings_bind (self->settings, "stun-servers", self->node, "stun-servers",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "degree", self->node, "degree", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::archive", G_CALLBACK (archive_changed_cb), self,
                           G_CONNECT_SWAPPED);
  archive_changed_cb (self);

  /* What the command line says holds for this run and is not remembered. */
  if (self->relays != NULL)
    g_object_set (self->node, "relays", self->relays, NULL);
  else
    g_settings_bind (self->settings, "relays", self->node, "relays", G_SETTINGS_BIND_DEFAULT);
}

/* Until the person chooses another, the name is the first word of the key. */
static void
bind_name (EdgeApplication *self,
           EdgeIdentity    *identity)
{
  g_autofree char *name = g_settings_get_string (self->settings, "name");

  if (self->name != NULL)
    {
      g_object_set (self->node, "name", self->name, NULL);
      return;
    }

  if (*name == '\0')
    {
      g_auto(GStrv) words = edge_words_for_key (edge_identity_get_id (identity));

      words[0][0] = g_ascii_toupper (words[0][0]);
      g_settings_set_string (self->settings, "name", words[0]);
    }
  g_settings_bind (self->settings, "name", self->node, "name", G_SETTINGS_BIND_DEFAULT);
}

static void
identity_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(EdgeApplication) self = user_data;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *network = NULL;

  identity = edge_identity_loader_load_finish (EDGE_IDENTITY_LOADER (source), result, &error);
  if (identity == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_printerr (_("edge-net: the key file cannot be used: %s\n"), error->message);
      edge_application_begin_quit (self);
      return;
    }

  edge_node_start (self->node, identity);
  bind_name (self, identity);

  network = g_settings_get_string (self->settings, "network");
  if (edge_node_join_last (self->node))
    return;
  if (*network != '\0')
    edge_node_join_open (self->node, network);
  else if (self->join)
    edge_node_join_default (self->node);
}

static void
load_identity (EdgeApplication *self)
{
  g_autofree char *vault = g_build_filename (self->state_dir, "identity.vault", NULL);
  g_autofree char *usual = g_build_filename (g_get_user_data_dir (), "edge-net", NULL);

  /* Another folder is another person to the network, with a key of its own. */
  g_clear_object (&self->loader);
  self->loader = edge_identity_loader_new (g_str_equal (usual, self->state_dir) ? NULL : self->state_dir,
                                           self->key_file, vault, self->settings);
  edge_identity_loader_load_async (self->loader, (GtkWidget *) self->window, self->cancellable,
                                   identity_loaded_cb, g_object_ref (self));
}

static void
explain_dir (EdgeApplication *self)
{
  g_debug ("Cannot use %s: %s", self->state_dir, self->dir_error->message);

  if (g_error_matches (self->dir_error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE))
    edge_window_show_error (self->window, _("Edge-Net Runs Already"),
                            _("Another Edge-Net without a window, such as edge-net-node, uses the same folder. End it with “edge-net-node quit”, then start again."));
  else
    edge_window_show_error (self->window, _("The Folder Cannot Be Used"),
                            self->dir_error->message);
}

static void
export_node (EdgeApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr(GError) error = NULL;

  self->service = edge_node_service_new (self->node);
  g_signal_connect_swapped (self->service, "quit", G_CALLBACK (edge_application_begin_quit), self);

  if (connection != NULL && !edge_node_service_export (self->service, connection, &error))
    g_warning ("The node is not offered on the session bus: %s", error->message);
  g_clear_error (&error);

  if (self->dir != NULL && !edge_node_service_listen (self->service, g_steal_pointer (&self->dir), &error))
    g_warning ("The node is not offered in its folder: %s", error->message);
}

static GSettings *
open_settings (EdgeApplication *self,
               gboolean         own_folder)
{
  g_autoptr(GSettingsBackend) backend = NULL;
  g_autofree char *path = NULL;

  if (!own_folder)
    return g_settings_new (EDGE_APP_ID);

  path = g_build_filename (self->state_dir, "settings.ini", NULL);
  backend = g_keyfile_settings_backend_new (path, "/org/edgenet/EdgeNet/", "edge-net");

  return g_settings_new_with_backend (EDGE_APP_ID, backend);
}

static gboolean
terminated_cb (gpointer user_data)
{
  edge_application_begin_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
edge_application_startup (GApplication *application)
{
  EdgeApplication *self = EDGE_APPLICATION (application);
  gboolean own_folder = self->state_dir != NULL;

  G_APPLICATION_CLASS (edge_application_parent_class)->startup (application);

  if (own_folder)
    {
      g_autofree char *given = g_steal_pointer (&self->state_dir);

      self->state_dir = g_canonicalize_filename (given, NULL);
    }
  else
    {
      self->state_dir = g_build_filename (g_get_user_data_dir (), "edge-net", NULL);
    }
  gtk_window_set_default_icon_name (EDGE_APP_ID);
  self->settings = open_settings (self, own_folder);
  self->dir = edge_state_dir_open (self->state_dir, &self->dir_error);
  self->node = edge_node_new (self->state_dir);
  self->history = edge_history_new (self->node);
  bind_settings (self);

  g_signal_connect_swapped (self->node, "notify::network-name", G_CALLBACK (remember_network_cb),
                            self);
  g_signal_connect_swapped (self->node, "notify::id", G_CALLBACK (open_waiting), self);
  edge_application_watch_notices (self);
  self->background = edge_background_new (application, self->node, self->settings);

  export_node (self);
  edge_application_add_actions (self);
  self->term_source = g_unix_signal_add (SIGTERM, terminated_cb, self);
  self->int_source = g_unix_signal_add (SIGINT, terminated_cb, self);
}

static void
edge_application_activate (GApplication *application)
{
  EdgeApplication *self = EDGE_APPLICATION (application);

  if (self->stopping)
    return;

  /* Without a folder there is nothing to run: the window says why. */
  if (self->start_hidden && self->dir_error == NULL)
    edge_background_set_hidden (self->background, TRUE);
  else
    edge_application_show_window (self);
  self->start_hidden = FALSE;

  if (self->loading)
    return;

  self->loading = TRUE;
  if (self->dir_error == NULL)
    load_identity (self);
  else
    explain_dir (self);
}

/* Links wait until the key is there: a node without one joins nothing. */
static void
open_waiting (EdgeApplication *self)
{
  if (self->window == NULL || edge_node_get_id (self->node) == NULL)
    return;

  while (self->to_open->len > 0)
    {
      g_autoptr(GFile) file = g_ptr_array_steal_index (self->to_open, 0);
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *scheme = g_uri_parse_scheme (uri);

      if (scheme != NULL && g_ascii_strcasecmp (scheme, "file") == 0)
        edge_window_open_picture (self->window, file);
      else
        edge_window_open_link (self->window, uri);
    }
}

static void
edge_application_open (GApplication  *application,
                       GFile        **files,
                       int            n_files,
                       const char    *hint)
{
  EdgeApplication *self = EDGE_APPLICATION (application);

  for (int i = 0; i < n_files && self->to_open->len < MAX_TO_OPEN; i++)
    g_ptr_array_add (self->to_open, g_object_ref (files[i]));
  g_application_activate (application);
  open_waiting (self);
}

/**
 * edge_application_open_link:
 * @self: the application
 * @link: a link to an invitation; a stranger's
 *
 * Shows the invitation in the window.
 */
void
edge_application_open_link (EdgeApplication *self,
                            const char      *link)
{
  g_autoptr(GFile) file = g_file_new_for_uri (link);

  edge_application_open (G_APPLICATION (self), &file, 1, "");
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(EdgeApplication) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!edge_node_stop_finish (EDGE_NODE (source), result, &error))
    g_debug ("The node did not stop in order: %s", error->message);

  g_clear_handle_id (&self->quit_limit, g_source_remove);
  g_application_quit (G_APPLICATION (self));
}

static gboolean
quit_limit_cb (gpointer user_data)
{
  EdgeApplication *self = user_data;

  self->quit_limit = 0;
  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_REMOVE;
}

/**
 * edge_application_begin_quit:
 * @self: the application
 *
 * Hides the window, lets the node take leave of its peers, then ends.
 */
void
edge_application_begin_quit (EdgeApplication *self)
{
  if (self->stopping)
    return;

  self->stopping = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->window != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);

  self->quit_limit = g_timeout_add_seconds (QUIT_LIMIT_SECONDS, quit_limit_cb, self);
  edge_node_stop_async (self->node, NULL, stopped_cb, g_object_ref (self));
}

static void
edge_application_shutdown (GApplication *application)
{
  EdgeApplication *self = EDGE_APPLICATION (application);

  /* The session ends, or the last window was taken away: nobody took leave yet. */
  edge_application_begin_quit (self);
  while (self->quit_limit != 0)
    g_main_context_iteration (NULL, TRUE);

  g_clear_handle_id (&self->notifier_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->term_source, g_source_remove);
  g_clear_handle_id (&self->int_source, g_source_remove);

  G_APPLICATION_CLASS (edge_application_parent_class)->shutdown (application);

  if (self->service != NULL)
    edge_node_service_stop (self->service);
  g_clear_object (&self->service);
  g_clear_object (&self->background);
  g_clear_object (&self->loader);
  g_clear_object (&self->history);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->dir, edge_state_dir_close);
  g_clear_error (&self->dir_error);
}

static int
edge_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  EdgeApplication *self = EDGE_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("edge-net %s\n", EDGE_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "state", "^ay", &self->state_dir);
  g_variant_dict_lookup (options, "key-file", "^ay", &self->key_file);
  g_variant_dict_lookup (options, "name", "s", &self->name);
  g_variant_dict_lookup (options, "relay", "^as", &self->relays);
  g_variant_dict_lookup (options, "join", "b", &self->join);
  g_variant_dict_lookup (options, "background", "b", &self->start_hidden);

  for (guint i = 0; self->relays != NULL && self->relays[i] != NULL; i++)
    {
      g_autofree char *url = NULL;
      g_autofree char *token = NULL;
      g_autoptr(GError) error = NULL;

      if (!edge_relay_address_read (self->relays[i], &url, &token, &error))
        {
          g_printerr ("edge-net: %s\n", error->message);
          return EXIT_USAGE;
        }
    }

  /* One that runs already stays as it is, with its window or without. */
  if (self->start_hidden && g_application_register (application, NULL, NULL) &&
      g_application_get_is_remote (application))
    return 0;

  return -1;
}

static void
edge_application_finalize (GObject *object)
{
  EdgeApplication *self = EDGE_APPLICATION (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->to_open, g_ptr_array_unref);
  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->relays, g_strfreev);

  G_OBJECT_CLASS (edge_application_parent_class)->finalize (object);
}

static void
edge_application_class_init (EdgeApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = edge_application_finalize;

  application_class->startup = edge_application_startup;
  application_class->activate = edge_application_activate;
  application_class->open = edge_application_open;
  application_class->shutdown = edge_application_shutdown;
  application_class->handle_local_options = edge_application_handle_local_options;
}

static void
edge_application_init (EdgeApplication *self)
{
  const GOptionEntry entries[] = {
    { "relay", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, NULL,
      N_("Find people through this relay; can be given again"), N_("URL") },
    { "state", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
      N_("Keep everything, settings too, in this folder"), N_("DIR") },
    { "key-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, NULL,
      N_("Take the identity from this file instead of the keyring"), N_("FILE") },
    { "name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
      N_("The name that others read"), N_("NAME") },
    { "join", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_("Join the network that the Join button joins, without asking"), NULL },
    { "background", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_("Run without a window until the app is started again"), NULL },
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_("Print the version and end"), NULL },
    { NULL },
  };

  self->cancellable = g_cancellable_new ();
  self->to_open = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/**
 * edge_application_new:
 *
 * Returns: (transfer full): the application, of which one runs in a session
 */
EdgeApplication *
edge_application_new (void)
{
  return g_object_new (EDGE_TYPE_APPLICATION,
                       "application-id", EDGE_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/edgenet/EdgeNet",
                       "register-session", TRUE,
                       NULL);
}

/**
 * edge_application_restart:
 * @self: the application
 *
 * Ends in order, to be started again with another identity.
 */
void
edge_application_restart (EdgeApplication *self)
{
  g_return_if_fail (EDGE_IS_APPLICATION (self));

  self->restart = TRUE;
  edge_application_begin_quit (self);
}

/**
 * edge_application_wants_restart:
 * @self: an application that has ended
 *
 * Returns: whether it is to be started again
 */
gboolean
edge_application_wants_restart (EdgeApplication *self)
{
  g_return_val_if_fail (EDGE_IS_APPLICATION (self), FALSE);

  return self->restart;
}
