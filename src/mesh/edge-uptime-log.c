/* edge-uptime-log.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-uptime-log.h"

#include <string.h>

#include "base/edge-json.h"

#define VERSION     1
#define HOUR_MS     G_GUINT64_CONSTANT (3600000)
#define MAX_DAY     1000000000
#define MAX_SIZE    (2 * 1024 * 1024)
/* What one call adds is bounded: a wrong clock must not make it loop for long. */
#define MAX_SPAN_MS (24 * HOUR_MS)

typedef struct
{
  EdgeId  peer;
  guint64 day;
  guint32 measured[EDGE_UPTIME_HOURS];
} Record;

struct _EdgeUptimeLog
{
  GHashTable *records;
};

static guint
record_hash (gconstpointer data)
{
  const Record *record = data;

  return edge_id_hash (&record->peer) ^ (guint) record->day;
}

static gboolean
record_equal (gconstpointer a,
              gconstpointer b)
{
  const Record *first = a;
  const Record *second = b;

  return first->day == second->day && edge_id_equal (&first->peer, &second->peer);
}

/**
 * edge_uptime_log_new:
 *
 * Returns: (transfer full): a log in which nothing was measured
 */
EdgeUptimeLog *
edge_uptime_log_new (void)
{
  EdgeUptimeLog *self = g_new0 (EdgeUptimeLog, 1);

  self->records = g_hash_table_new_full (record_hash, record_equal, NULL, g_free);
  return self;
}

/**
 * edge_uptime_log_free:
 * @self: (transfer full): a log
 *
 * Frees it.
 */
void
edge_uptime_log_free (EdgeUptimeLog *self)
{
  g_hash_table_unref (self->records);
  g_free (self);
}

static Record *
find (EdgeUptimeLog *self,
      const EdgeId  *peer,
      guint64        day)
{
  Record wanted = { *peer, day, { 0 } };

  return g_hash_table_lookup (self->records, &wanted);
}

static guint
count_day (EdgeUptimeLog *self,
           guint64        day)
{
  GHashTableIter iter;
  Record *record;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &record))
    n += record->day == day ? 1 : 0;
  return n;
}

static Record *
ensure (EdgeUptimeLog *self,
        const EdgeId  *peer,
        guint64        day)
{
  Record *record = find (self, peer, day);

  if (record != NULL)
    return record;
  if (g_hash_table_size (self->records) >= EDGE_UPTIME_LOG_MAX ||
      count_day (self, day) >= EDGE_UPTIME_LOG_MAX_DAY)
    return NULL;
  record = g_new0 (Record, 1);
  record->peer = *peer;
  record->day = day;
  g_hash_table_add (self->records, record);
  return record;
}

/**
 * edge_uptime_log_add:
 * @self: a log
 * @peer: who was measured
 * @from: since when, milliseconds since the epoch
 * @to: until when; at most a day later, what is before is left out
 *
 * Notes a span of time in which a peer answered. Spans of one peer must not overlap.
 *
 * Returns: whether there was room for all of it
 */
gboolean
edge_uptime_log_add (EdgeUptimeLog *self,
                     const EdgeId  *peer,
                     guint64        from,
                     guint64        to)
{
  if (to > from && to - from > MAX_SPAN_MS)
    from = to - MAX_SPAN_MS;
  while (from < to)
    {
      guint64 hour = from / HOUR_MS;
      guint64 end = MIN (to, (hour + 1) * HOUR_MS);
      Record *record = ensure (self, peer, hour / EDGE_UPTIME_HOURS);
      guint32 *measured;

      if (record == NULL)
        return FALSE;
      measured = &record->measured[hour % EDGE_UPTIME_HOURS];
      *measured = (guint32) MIN (HOUR_MS, *measured + (end - from));
      from = end;
    }
  return TRUE;
}

static gboolean
is_before (gpointer key,
           gpointer value,
           gpointer user_data)
{
  return ((Record *) value)->day < *(guint64 *) user_data;
}

/**
 * edge_uptime_log_forget:
 * @self: a log
 * @before: a day, counted from the epoch
 *
 * Forgets all days before one.
 */
void
edge_uptime_log_forget (EdgeUptimeLog *self,
                        guint64        before)
{
  g_hash_table_foreach_remove (self->records, is_before, &before);
}

/**
 * edge_uptime_log_get_mask:
 * @self: a log
 * @peer: who was measured
 * @day: a day, counted from the epoch
 *
 * Returns: the hours, UTC, that were measured for %EDGE_UPTIME_HOUR_MS at least: a bit each
 */
guint32
edge_uptime_log_get_mask (EdgeUptimeLog *self,
                          const EdgeId  *peer,
                          guint64        day)
{
  Record *record = find (self, peer, day);
  guint32 mask = 0;

  for (guint hour = 0; record != NULL && hour < EDGE_UPTIME_HOURS; hour++)
    {
      if (record->measured[hour] >= EDGE_UPTIME_HOUR_MS)
        mask |= 1u << hour;
    }
  return mask;
}

/**
 * edge_uptime_log_list_peers:
 * @self: a log
 * @day: a day, counted from the epoch
 *
 * Returns: (transfer full) (element-type EdgeId): who was measured on that day
 */
GArray *
edge_uptime_log_list_peers (EdgeUptimeLog *self,
                            guint64        day)
{
  GArray *peers = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  GHashTableIter iter;
  Record *record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &record))
    {
      if (record->day == day)
        g_array_append_val (peers, record->peer);
    }
  return peers;
}

/**
 * edge_uptime_log_print:
 * @self: a log
 *
 * Returns: (transfer full): all of it as JSON, for a file of our own
 */
char *
edge_uptime_log_print (EdgeUptimeLog *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  Record *record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &record))
    {
      g_autofree char *peer = edge_id_to_text (&record->peer);
      JsonObject *item = json_object_new ();
      JsonArray *hours = json_array_new ();

      for (guint hour = 0; hour < EDGE_UPTIME_HOURS; hour++)
        json_array_add_int_element (hours, record->measured[hour]);
      json_object_set_string_member (item, "peer", peer);
      json_object_set_int_member (item, "day", (gint64) record->day);
      json_object_set_array_member (item, "hours", hours);
      json_array_add_object_element (array, item);
    }
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_array_member (object, "measured", array);
  return edge_json_print (object);
}

static void
read_record (EdgeUptimeLog *self,
             JsonObject    *item)
{
  const char *text = NULL;
  JsonArray *hours = NULL;
  gint64 day = -1;
  EdgeId peer;
  Record *record;

  if (!edge_json_read_string (item, "peer", EDGE_ID_TEXT_SIZE - 1, &text, NULL) || text == NULL ||
      !edge_id_parse (&peer, text, -1) ||
      !edge_json_read_int (item, "day", 0, MAX_DAY, &day, NULL) || day < 0 ||
      !edge_json_read_array (item, "hours", EDGE_UPTIME_HOURS, &hours, NULL) || hours == NULL)
    return;
  record = ensure (self, &peer, (guint64) day);
  for (guint hour = 0; record != NULL && hour < json_array_get_length (hours); hour++)
    {
      JsonNode *node = json_array_get_element (hours, hour);
      gint64 measured = json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

      record->measured[hour] = (guint32) CLAMP (measured, 0, (gint64) HOUR_MS);
    }
}

/**
 * edge_uptime_log_parse:
 * @self: a new log
 * @text: (array length=length): what edge_uptime_log_print() wrote
 * @length: its bytes
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * What in it makes no sense is left out.
 *
 * Returns: whether it could be read
 */
gboolean
edge_uptime_log_parse (EdgeUptimeLog  *self,
                       const char     *text,
                       gsize           length,
                       GError        **error)
{
  g_autoptr(JsonObject) object = edge_json_parse (text, length, MAX_SIZE, error);
  JsonArray *array = NULL;
  gint64 version;

  if (object == NULL ||
      !edge_json_require (object, "version", error) ||
      !edge_json_read_int (object, "version", VERSION, VERSION, &version, error) ||
      !edge_json_read_array (object, "measured", EDGE_UPTIME_LOG_MAX, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_record (self, json_node_get_object (node));
    }
  return TRUE;
}
