/* edge-relay-config.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-config.h"

#include <string.h>

#include "signaling/edge-relay-message.h"

#define MAX_TURN_URLS 8
#define MAX_ORIGINS   64

G_DEFINE_QUARK (edge-relay-config-error, edge_relay_config_error)

typedef enum
{
  KIND_TEXT,
  KIND_LIST,
  KIND_NUMBER,
  KIND_FLAG,
} SettingKind;

typedef struct
{
  const char  *group;
  const char  *key;
  SettingKind  kind;
  gsize        offset;
  guint        min;
  guint        max;
} Setting;

#define SETTING(group, key, kind, field, min, max) \
  { group, key, kind, G_STRUCT_OFFSET (EdgeRelayConfig, field), min, max }

static const Setting settings[] = {
  SETTING ("relay", "listen", KIND_TEXT, listen, 0, 0),
  SETTING ("relay", "tls-cert", KIND_TEXT, tls_cert, 0, 0),
  SETTING ("relay", "tls-key", KIND_TEXT, tls_key, 0, 0),
  SETTING ("relay", "room-token", KIND_TEXT, room_token, 0, 0),
  SETTING ("relay", "origins", KIND_LIST, origins, 0, MAX_ORIGINS),
  SETTING ("relay", "trust-proxy", KIND_FLAG, trust_proxy, 0, 0),
  SETTING ("ice", "stun-urls", KIND_LIST, stun_urls, 0, MAX_TURN_URLS),
  SETTING ("ice", "turn-urls", KIND_LIST, turn_urls, 0, MAX_TURN_URLS),
  SETTING ("ice", "turn-secret", KIND_TEXT, turn_secret, 0, 0),
  SETTING ("ice", "turn-ttl", KIND_NUMBER, turn_ttl, 60, 7 * 86400),
  SETTING ("limits", "frame-bytes", KIND_NUMBER, max_frame, 1024, 1024 * 1024),
  SETTING ("limits", "frames-per-minute-before-auth", KIND_NUMBER, frames_before_auth, 10, 100000000),
  SETTING ("limits", "frames-per-minute", KIND_NUMBER, frames_after_auth, 10, 100000000),
  SETTING ("limits", "requests-per-minute", KIND_NUMBER, requests_per_minute, 10, 100000000),
  SETTING ("limits", "connections-per-address", KIND_NUMBER, per_address, 1, 10000000),
  SETTING ("limits", "connections", KIND_NUMBER, max_connections, 0, 10000000),
  SETTING ("limits", "rooms", KIND_NUMBER, max_rooms, 1, 10000000),
  SETTING ("limits", "queue-bytes", KIND_NUMBER, max_queue, 65536, 64 * 1024 * 1024),
  SETTING ("limits", "idle-ms", KIND_NUMBER, idle_ms, 100, 86400000),
  SETTING ("limits", "drain-ms", KIND_NUMBER, drain_ms, 0, 600000),
};

/**
 * edge_relay_config_new:
 *
 * Returns: (transfer full): the settings of a relay for this machine alone
 */
EdgeRelayConfig *
edge_relay_config_new (void)
{
  EdgeRelayConfig *self = g_new0 (EdgeRelayConfig, 1);

  self->listen = g_strdup ("127.0.0.1:8080");
  self->turn_ttl = 43200;
  self->max_frame = EDGE_RELAY_MAX_FRAME;
  self->frames_before_auth = 100;
  self->frames_after_auth = 6000;
  self->requests_per_minute = 600;
  self->per_address = 64;
  self->max_rooms = 10000;
  self->max_queue = 512 * 1024;
  self->idle_ms = 30000;
  self->drain_ms = 5000;
  return self;
}

EdgeRelayConfig *
edge_relay_config_copy (const EdgeRelayConfig *self)
{
  EdgeRelayConfig *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gpointer *field = (gpointer *) ((char *) copy + settings[i].offset);

      if (settings[i].kind == KIND_TEXT)
        *field = g_strdup (*field);
      else if (settings[i].kind == KIND_LIST)
        *field = g_strdupv (*field);
    }
  return copy;
}

void
edge_relay_config_free (EdgeRelayConfig *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gpointer *field = (gpointer *) ((char *) self + settings[i].offset);

      if (settings[i].kind == KIND_TEXT)
        g_free (*field);
      else if (settings[i].kind == KIND_LIST)
        g_strfreev (*field);
    }
  g_free (self);
}

static const Setting *
find_setting (const char *group,
              const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].group, group) && g_str_equal (settings[i].key, key))
      return &settings[i];

  return NULL;
}

static gboolean
wrong (GError     **error,
       const char  *group,
       const char  *key,
       const char  *reason)
{
  g_set_error (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_VALUE,
               "Setting “%s” in [%s] %s", key, group, reason);
  return FALSE;
}

static gboolean
read_list (GStrv          *field,
           GKeyFile       *file,
           const Setting  *setting,
           GError        **error)
{
  g_auto(GStrv) list = g_key_file_get_string_list (file, setting->group, setting->key, NULL, NULL);
  g_autofree char *reason = NULL;

  if (list != NULL && g_strv_length (list) > setting->max)
    {
      reason = g_strdup_printf ("has more than %u entries", setting->max);
      return wrong (error, setting->group, setting->key, reason);
    }

  g_strfreev (*field);
  *field = list != NULL && list[0] != NULL ? g_steal_pointer (&list) : NULL;
  return TRUE;
}

static gboolean
read_number (guint          *field,
             GKeyFile       *file,
             const Setting  *setting,
             GError        **error)
{
  g_autofree char *text = g_key_file_get_string (file, setting->group, setting->key, NULL);
  g_autofree char *reason = NULL;
  guint64 value;

  if (text != NULL &&
      g_ascii_string_to_unsigned (g_strstrip (text), 10, setting->min, setting->max, &value, NULL))
    {
      *field = (guint) value;
      return TRUE;
    }

  reason = g_strdup_printf ("must be a number from %u to %u", setting->min, setting->max);
  return wrong (error, setting->group, setting->key, reason);
}

static gboolean
read_setting (EdgeRelayConfig  *self,
              GKeyFile         *file,
              const Setting    *setting,
              GError          **error)
{
  gpointer field = (char *) self + setting->offset;

  switch (setting->kind)
    {
    case KIND_TEXT:
      {
        g_autofree char *text = g_key_file_get_string (file, setting->group, setting->key, NULL);

        if (text == NULL)
          return wrong (error, setting->group, setting->key, "is not UTF-8 text");
        g_set_str ((char **) field, text[0] != '\0' ? text : NULL);
        return TRUE;
      }
    case KIND_LIST:
      return read_list (field, file, setting, error);
    case KIND_NUMBER:
      return read_number (field, file, setting, error);
    case KIND_FLAG:
    default:
      {
        g_autoptr(GError) local_error = NULL;

        *(gboolean *) field = g_key_file_get_boolean (file, setting->group, setting->key,
                                                      &local_error);
        return local_error == NULL ||
               wrong (error, setting->group, setting->key, "must be true or false");
      }
    }
}

static gboolean
read_file (EdgeRelayConfig  *self,
           GKeyFile         *file,
           GError          **error)
{
  g_auto(GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto(GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
        {
          const Setting *setting = find_setting (groups[g], keys[k]);

          if (setting == NULL)
            return wrong (error, groups[g], keys[k], "is not known; edge-net-relay(1) lists all");
          if (!read_setting (self, file, setting, error))
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * edge_relay_config_load_data:
 * @self: settings to change
 * @data: text of a configuration file
 * @length: its bytes
 * @error: return location for an error in the `EDGE_RELAY_CONFIG_ERROR` domain
 *
 * Reads settings, each within its range. A setting that is not known is an
 * error, so that a slip of the pen does not leave a limit off.
 *
 * Returns: whether all of it was right
 */
gboolean
edge_relay_config_load_data (EdgeRelayConfig  *self,
                             const char       *data,
                             gsize             length,
                             GError          **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local_error = NULL;

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_FILE,
                   "The configuration can't be read: %s", local_error->message);
      return FALSE;
    }
  return read_file (self, file, error);
}

/**
 * edge_relay_config_load:
 * @self: settings to change
 * @path: a configuration file
 * @error: return location for an error in the `EDGE_RELAY_CONFIG_ERROR` domain
 *
 * Returns: whether all of it was right
 */
gboolean
edge_relay_config_load (EdgeRelayConfig  *self,
                        const char       *path,
                        GError          **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) local_error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_FILE,
                   "%s can't be read: %s", path, local_error->message);
      return FALSE;
    }
  if (read_file (self, file, error))
    return TRUE;

  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/**
 * edge_relay_config_dup_address:
 * @self: settings
 * @error: return location for an error in the `EDGE_RELAY_CONFIG_ERROR` domain
 *
 * Reads `listen`: a numeric address and a port, `[::]:8080` in IPv6.
 *
 * Returns: (transfer full) (nullable): where to listen
 */
GSocketAddress *
edge_relay_config_dup_address (const EdgeRelayConfig  *self,
                               GError                **error)
{
  const char *colon = self->listen != NULL ? strrchr (self->listen, ':') : NULL;
  g_autofree char *host = NULL;
  GSocketAddress *address = NULL;
  guint64 port;

  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    {
      if (self->listen[0] == '[' && colon > self->listen + 1 && colon[-1] == ']')
        host = g_strndup (self->listen + 1, colon - self->listen - 2);
      else
        host = g_strndup (self->listen, colon - self->listen);
      if (g_str_equal (host, "localhost"))
        g_set_str (&host, "127.0.0.1");
      address = g_inet_socket_address_new_from_string (host, (guint) port);
    }

  if (address == NULL)
    g_set_error (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_VALUE,
                 "“%s” is no address to listen on; give one like 0.0.0.0:8080 or [::]:8080",
                 self->listen != NULL ? self->listen : "");
  return address;
}

static gboolean
check_urls (const GStrv   urls,
            const char   *first,
            const char   *second,
            GError      **error)
{
  for (guint i = 0; urls != NULL && urls[i] != NULL; i++)
    if ((!g_str_has_prefix (urls[i], first) && !g_str_has_prefix (urls[i], second)) ||
        !g_str_is_ascii (urls[i]) || strpbrk (urls[i], "\"\\ ") != NULL || strlen (urls[i]) > 256)
      {
        g_set_error (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_VALUE,
                     "“%s” must begin with %s, like %sexample.org:3478", urls[i], first, first);
        return FALSE;
      }
  return TRUE;
}

/**
 * edge_relay_config_check:
 * @self: settings
 * @error: return location for an error in the `EDGE_RELAY_CONFIG_ERROR` domain
 *
 * Returns: whether the settings go together
 */
gboolean
edge_relay_config_check (const EdgeRelayConfig  *self,
                         GError                **error)
{
  g_autoptr(GSocketAddress) address = edge_relay_config_dup_address (self, error);
  const char *reason = NULL;

  if (address == NULL || !check_urls (self->stun_urls, "stun:", "stuns:", error) ||
      !check_urls (self->turn_urls, "turn:", "turns:", error))
    return FALSE;

  if ((self->tls_cert == NULL) != (self->tls_key == NULL))
    reason = "Give both the TLS certificate and its key, or neither";
  else if (self->turn_urls != NULL && self->turn_secret == NULL)
    reason = "A TURN server was given without the secret that makes credentials for it";
  else if (self->turn_secret != NULL && self->turn_urls == NULL)
    reason = "A TURN secret was given without the URL of a TURN server";
  else if (self->room_token != NULL && strlen (self->room_token) > EDGE_RELAY_MAX_TOKEN)
    reason = "The room token is longer than 256 bytes";

  if (reason == NULL)
    return TRUE;

  g_set_error_literal (error, EDGE_RELAY_CONFIG_ERROR, EDGE_RELAY_CONFIG_ERROR_VALUE, reason);
  return FALSE;
}
