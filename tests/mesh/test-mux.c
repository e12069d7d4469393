/* test-mux.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux-private.h"

#include <string.h>

#include "vectors.h"

/* Two muxes and what is under way between them. */
typedef struct
{
  EdgeMux *mux;
  GQueue   out[EDGE_N_CHANNELS];
  GString *heard[EDGE_N_CHANNELS];
  GString *loose;
  gboolean blocked;
  gsize    under_way;
} End;

static gboolean
transmit (EdgeChannel  channel,
          GBytes      *message,
          gpointer     user_data)
{
  End *end = user_data;

  g_assert_cmpuint (g_bytes_get_size (message), <=, EDGE_TRANSPORT_MAX_MESSAGE);
  if (end->blocked)
    return FALSE;
  g_queue_push_tail (&end->out[channel], g_bytes_ref (message));
  return TRUE;
}

static void
frame (EdgeChannel  stream,
       GBytes      *bytes,
       gpointer     user_data)
{
  End *end = user_data;
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes);

  g_string_append_printf (end->heard[stream], "%s ", sum);
}

static void
loose (GBytes   *bytes,
       gpointer  user_data)
{
  End *end = user_data;

  g_string_append_len (end->loose, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static const EdgeMuxFuncs funcs = { transmit, frame, loose };
static const guint32 none[EDGE_N_CHANNELS] = { 0 };

static void
end_init (End *end)
{
  *end = (End) { 0 };
  end->mux = edge_mux_new (&funcs, end);
  end->loose = g_string_new (NULL);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      g_queue_init (&end->out[i]);
      end->heard[i] = g_string_new (NULL);
    }
}

static void
end_drop_all (End *end)
{
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    g_queue_clear_full (&end->out[i], (GDestroyNotify) g_bytes_unref);
}

static void
end_clear (End *end)
{
  end_drop_all (end);
  g_assert_finalize_object (end->mux);
  g_string_free (end->loose, TRUE);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    g_string_free (end->heard[i], TRUE);
}

static void
end_resume (End           *end,
            const guint32 *received)
{
  g_autoptr(GError) error = NULL;

  edge_mux_resume (end->mux, EDGE_TRANSPORT_MAX_MESSAGE, received, &error);
  g_assert_no_error (error);
}

/* Passes one message on; channels are apart, each in order. */
static gboolean
pass_one (End         *from,
          End         *to,
          EdgeChannel  channel,
          gint64       now)
{
  g_autoptr(GBytes) message = g_queue_pop_head (&from->out[channel]);
  g_autoptr(GError) error = NULL;

  if (message == NULL)
    return FALSE;
  edge_mux_receive (to->mux, channel, message, now, &error);
  g_assert_no_error (error);
  return TRUE;
}

static void
pass_all (End    *a,
          End    *b,
          gint64  now)
{
  gboolean moved = TRUE;

  while (moved)
    {
      moved = FALSE;
      for (guint i = 0; i < EDGE_N_CHANNELS; i++)
        {
          moved |= pass_one (a, b, i, now);
          moved |= pass_one (b, a, i, now);
        }
      edge_mux_flush (a->mux, now);
      edge_mux_flush (b->mux, now);
    }
}

static void
send (End         *end,
      EdgeChannel  stream,
      gsize        size,
      guint8       fill,
      GString     *expected)
{
  g_autofree guint8 *data = g_malloc (size);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *sum = NULL;
  g_autoptr(GError) error = NULL;

  memset (data, fill, size);
  bytes = g_bytes_new (data, size);
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes);
  g_string_append_printf (expected, "%s ", sum);
  edge_mux_send (end->mux, stream, bytes, &error);
  g_assert_no_error (error);
}

static void
assert_windows (End *end)
{
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      EdgeMuxStream *stream = &end->mux->streams[i];

      g_assert_cmpuint (stream->window.size, <=, EDGE_MUX_MAX_WINDOW);
      g_assert_cmpuint (stream->window.size, >=, EDGE_MUX_MIN_WINDOW);
      /* A window that shrank may be overdrawn by what went out before. */
      g_assert_cmpuint (stream->under_way, <=, EDGE_MUX_MAX_WINDOW);
    }
}

static void
move_to_new_transport (End *a,
                       End *b)
{
  guint32 received[2][EDGE_N_CHANNELS];

  edge_mux_suspend (a->mux);
  edge_mux_suspend (b->mux);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      received[0][i] = edge_mux_get_received (a->mux, i);
      received[1][i] = edge_mux_get_received (b->mux, i);
    }
  end_drop_all (a);
  end_drop_all (b);
  end_resume (a, received[1]);
  end_resume (b, received[0]);
}

/* Random frames both ways over transports that die at random moments. */
static void
run_random (guint32 seed,
            guint32 first_sequence)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  GString *expected[2][EDGE_N_CHANNELS];
  End ends[2];
  gint64 now = 1;

  for (guint i = 0; i < 2; i++)
    {
      end_init (&ends[i]);
      for (guint s = 0; s < EDGE_N_CHANNELS; s++)
        {
          expected[i][s] = g_string_new (NULL);
          ends[i].mux->streams[s].next_sequence = first_sequence;
          ends[i].mux->streams[s].sent_end = first_sequence;
          ends[i].mux->streams[s].received = first_sequence;
        }
    }
  move_to_new_transport (&ends[0], &ends[1]);

  for (guint step = 0; step < 3000; step++)
    {
      guint from = (guint) g_rand_int_range (rand, 0, 2);
      EdgeChannel stream = (EdgeChannel) g_rand_int_range (rand, 0, EDGE_N_CHANNELS);

      now += g_rand_int_range (rand, 0, 20000);
      switch (g_rand_int_range (rand, 0, 40))
        {
        case 0:
          move_to_new_transport (&ends[0], &ends[1]);
          break;
        case 1:
          edge_mux_acknowledge (ends[from].mux);
          break;
        case 2: case 3:
          ends[from].blocked = !ends[from].blocked;
          break;
        case 4: case 5: case 6: case 7: case 8: case 9:
          if (edge_mux_get_waiting (ends[from].mux, stream) < 1024 * 1024)
            send (&ends[from], stream, (gsize) g_rand_int_range (rand, 1, EDGE_MUX_MAX_FRAME + 1),
                  (guint8) step, expected[1 - from][stream]);
          break;
        case 10: case 11: case 12: case 13: case 14: case 15:
          send (&ends[from], stream, (gsize) g_rand_int_range (rand, 1, 100), (guint8) step,
                expected[1 - from][stream]);
          break;
        case 16: case 17: case 18:
          edge_mux_flush (ends[from].mux, now);
          break;
        default:
          pass_one (&ends[from], &ends[1 - from], stream, now);
          break;
        }
      assert_windows (&ends[from]);
    }

  ends[0].blocked = ends[1].blocked = FALSE;
  move_to_new_transport (&ends[0], &ends[1]);
  edge_mux_flush (ends[0].mux, now);
  edge_mux_flush (ends[1].mux, now);
  pass_all (&ends[0], &ends[1], now);
  for (guint i = 0; i < 2; i++)
    {
      edge_mux_acknowledge (ends[1 - i].mux);
      pass_all (&ends[0], &ends[1], now);
      for (guint s = 0; s < EDGE_N_CHANNELS; s++)
        {
          g_assert_cmpstr (ends[i].heard[s]->str, ==, expected[i][s]->str);
          g_assert_cmpuint (edge_mux_get_waiting (ends[i].mux, s), ==, 0);
        }
    }
  for (guint i = 0; i < 2; i++)
    {
      for (guint s = 0; s < EDGE_N_CHANNELS; s++)
        {
          g_assert_cmpuint (g_queue_get_length (&ends[i].mux->streams[s].records), ==, 0);
          g_string_free (expected[i][s], TRUE);
        }
      end_clear (&ends[i]);
    }
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 12; seed++)
    run_random (seed, 0);
}

static void
test_wrap (void)
{
  for (guint32 seed = 100; seed <= 106; seed++)
    run_random (seed, G_MAXUINT32 - 20);
}

/* Nothing goes beyond the window before it is acknowledged. */
static void
test_window (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  End a, b;
  gsize out = 0;

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  for (guint i = 0; i < 40; i++)
    send (&a, EDGE_CHANNEL_BULK, EDGE_MUX_MAX_FRAME, (guint8) i, expected);
  edge_mux_flush (a.mux, 1);
  for (GList *l = a.out[EDGE_CHANNEL_BULK].head; l != NULL; l = l->next)
    out += g_bytes_get_size (l->data);
  g_assert_cmpuint (out, <=, EDGE_MUX_MIN_WINDOW);
  g_assert_cmpuint (out, >, EDGE_MUX_MIN_WINDOW - EDGE_TRANSPORT_MAX_MESSAGE);
  edge_mux_flush (a.mux, 1);
  g_assert_true (g_queue_is_empty (&a.out[EDGE_CHANNEL_CONTROL]));

  /* Control does not wait behind bulk. */
  send (&a, EDGE_CHANNEL_CONTROL, 10, 0, expected);
  edge_mux_flush (a.mux, 1);
  g_assert_cmpuint (g_queue_get_length (&a.out[EDGE_CHANNEL_CONTROL]), ==, 1);
  g_string_truncate (expected, 33 * 40);
  pass_all (&a, &b, 2);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_BULK]->str, ==, expected->str);
  end_clear (&a);
  end_clear (&b);
}

static void
test_acknowledgements (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  End a, b;

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  send (&a, EDGE_CHANNEL_BULK, 20 * 1024, 1, expected);
  edge_mux_flush (a.mux, 1);
  while (pass_one (&a, &b, EDGE_CHANNEL_BULK, 1))
    ;
  g_assert_true (g_queue_is_empty (&b.out[EDGE_CHANNEL_CONTROL]));
  send (&a, EDGE_CHANNEL_BULK, 20 * 1024, 2, expected);
  edge_mux_flush (a.mux, 1);
  while (pass_one (&a, &b, EDGE_CHANNEL_BULK, 1))
    ;
  g_assert_cmpuint (g_queue_get_length (&b.out[EDGE_CHANNEL_CONTROL]), ==, 1);
  pass_all (&a, &b, 2);
  edge_mux_acknowledge (b.mux);
  pass_all (&a, &b, 2);
  g_assert_cmpuint (g_queue_get_length (&a.mux->streams[EDGE_CHANNEL_BULK].records), ==, 0);
  g_assert_cmpuint (a.mux->streams[EDGE_CHANNEL_BULK].under_way, ==, 0);

  /* Nothing is due: nothing is said. */
  edge_mux_acknowledge (b.mux);
  g_assert_true (g_queue_is_empty (&b.out[EDGE_CHANNEL_CONTROL]));
  end_clear (&a);
  end_clear (&b);
}

/* The receiver has a whole window already and its acknowledgements were lost:
 * the copies are acknowledged again, so the sender goes on. */
static void
test_copies_are_acknowledged (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  End a, b;

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  for (guint i = 0; i < 8; i++)
    send (&a, EDGE_CHANNEL_BULK, EDGE_MUX_MAX_FRAME, (guint8) i, expected);
  edge_mux_flush (a.mux, 1);
  while (pass_one (&a, &b, EDGE_CHANNEL_BULK, 1))
    ;
  end_drop_all (&b);

  /* a heard of the state of b before all that. */
  edge_mux_suspend (a.mux);
  edge_mux_suspend (b.mux);
  end_resume (&a, none);
  end_resume (&b, none);
  edge_mux_flush (a.mux, 2);
  pass_all (&a, &b, 3);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_BULK]->str, ==, expected->str);
  end_clear (&a);
  end_clear (&b);
}

/* An acknowledgement of what went over the earlier transport comes over the
 * new one, before it was sent again. */
static void
test_late_acknowledgement (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GBytes) late = NULL;
  g_autoptr(GError) error = NULL;
  End a, b;

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  for (guint i = 0; i < 4; i++)
    send (&a, EDGE_CHANNEL_CONTROL, 20 * 1024, (guint8) i, expected);
  edge_mux_flush (a.mux, 1);
  while (pass_one (&a, &b, EDGE_CHANNEL_CONTROL, 1))
    ;
  late = g_queue_pop_tail (&b.out[EDGE_CHANNEL_CONTROL]);
  g_assert_nonnull (late);
  end_drop_all (&b);
  edge_mux_suspend (a.mux);
  end_resume (&a, none);
  edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, late, 2, &error);
  g_assert_no_error (error);
  edge_mux_flush (a.mux, 2);
  pass_all (&a, &b, 3);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_CONTROL]->str, ==, expected->str);
  g_assert_cmpuint (edge_mux_get_waiting (a.mux, EDGE_CHANNEL_CONTROL), ==, 0);
  end_clear (&a);
  end_clear (&b);
}

static void
test_reset (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GString) gone = g_string_new (NULL);
  End a, b;

  /* Never sent: all is kept. */
  end_init (&a);
  end_init (&b);
  send (&a, EDGE_CHANNEL_CONTROL, 9000, 1, expected);
  send (&a, EDGE_CHANNEL_CONTROL, 5, 2, expected);
  edge_mux_reset (a.mux);
  move_to_new_transport (&a, &b);
  edge_mux_flush (a.mux, 1);
  pass_all (&a, &b, 1);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_CONTROL]->str, ==, expected->str);
  end_clear (&b);

  /* Partly sent to a peer that started anew: the frame it has the start of is
   * dropped with what was sent before, the whole ones behind it are kept. */
  end_init (&b);
  edge_mux_reset (a.mux);
  g_string_truncate (expected, 0);
  for (guint i = 0; i < 3; i++)
    send (&a, EDGE_CHANNEL_BULK, EDGE_MUX_MAX_FRAME, (guint8) i, i < 2 ? gone : expected);
  end_resume (&a, none);
  end_resume (&b, none);
  edge_mux_flush (a.mux, 1);
  end_drop_all (&a);
  g_assert_cmpuint (edge_mux_get_waiting (a.mux, EDGE_CHANNEL_BULK), >, EDGE_MUX_MAX_FRAME);
  edge_mux_suspend (a.mux);
  edge_mux_reset (a.mux);
  end_resume (&a, none);
  edge_mux_flush (a.mux, 1);
  pass_all (&a, &b, 1);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_BULK]->str, ==, expected->str);
  end_clear (&a);
  end_clear (&b);
}

static void
test_limits (void)
{
  g_autofree guint8 *data = g_malloc0 (EDGE_MUX_MAX_FRAME + 1);
  g_autoptr(GBytes) largest = g_bytes_new (data, EDGE_MUX_MAX_FRAME);
  g_autoptr(GBytes) larger = g_bytes_new (data, EDGE_MUX_MAX_FRAME + 1);
  g_autoptr(GBytes) empty = g_bytes_new (data, 0);
  g_autoptr(GError) error = NULL;
  guint sent = 0;
  End a;

  end_init (&a);
  g_assert_false (edge_mux_send (a.mux, EDGE_CHANNEL_BULK, larger, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (edge_mux_send (a.mux, EDGE_CHANNEL_BULK, empty, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_TOO_LARGE);
  g_clear_error (&error);
  while (edge_mux_send (a.mux, EDGE_CHANNEL_BULK, largest, &error))
    sent++;
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_BUSY);
  g_assert_cmpuint (sent, >=, 60);
  g_assert_cmpuint (sent, <=, EDGE_MUX_MAX_QUEUE / EDGE_MUX_MAX_FRAME);
  /* The other stream is another queue. */
  g_assert_true (edge_mux_send (a.mux, EDGE_CHANNEL_CONTROL, largest, NULL));
  end_clear (&a);
}

typedef struct
{
  const char  *what;
  EdgeChannel  channel;
  guint8       bytes[48];
  gsize        size;
  EdgeMuxError code;
} Hostile;

static const Hostile hostile[] = {
  { "cut off", 0, { 1, 0, 0, 0, 0, 0, 0, 0, 0 }, 9, EDGE_MUX_ERROR_MALFORMED },
  { "one byte", 0, { 0 }, 1, EDGE_MUX_ERROR_MALFORMED },
  { "payload cut off", 0, { 1, 0, 1, 0, 0, 0, 0, 0, 0, 2, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "unknown type", 0, { 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "unknown stream", 0, { 1, 2, 1, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "unknown flag", 0, { 1, 0, 2, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "reserved byte", 0, { 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "empty data", 0, { 1, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 10, EDGE_MUX_ERROR_MALFORMED },
  { "bulk on control", 0, { 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "control on bulk", 1, { 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "gap", 0, { 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_SEQUENCE },
  { "far gap", 0, { 1, 0, 1, 0, 0x7f, 0xff, 0xff, 0xff, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_SEQUENCE },
  { "ack of never sent", 0, { 2, 0, 0, 0, 0, 0, 0, 1, 0, 0 }, 10, EDGE_MUX_ERROR_SEQUENCE },
  { "ack of the past", 0, { 2, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0 }, 10, EDGE_MUX_ERROR_SEQUENCE },
  { "ack on bulk", 1, { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 10, EDGE_MUX_ERROR_MALFORMED },
  { "ack with payload", 0, { 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "ack with flag", 0, { 2, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 10, EDGE_MUX_ERROR_MALFORMED },
  { "loose on bulk", 1, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "loose of a stream", 0, { 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "loose with number", 0, { 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "loose with flag", 0, { 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'x' }, 11, EDGE_MUX_ERROR_MALFORMED },
  { "empty loose", 0, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 10, EDGE_MUX_ERROR_MALFORMED },
  { "rubbish after a record", 0, { 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'x', 7 }, 12, EDGE_MUX_ERROR_MALFORMED },
};

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr(GBytes) message = g_bytes_new (hostile[i].bytes, hostile[i].size);
      g_autoptr(GError) error = NULL;
      End a;

      g_test_message ("%s", hostile[i].what);
      end_init (&a);
      end_resume (&a, none);
      g_assert_false (edge_mux_receive (a.mux, hostile[i].channel, message, 1, &error));
      g_assert_error (error, EDGE_MUX_ERROR, (int) hostile[i].code);
      end_clear (&a);
    }
}

static void
test_hostile_sizes (void)
{
  g_autofree guint8 *data = g_malloc0 (EDGE_TRANSPORT_MAX_MESSAGE + 1);
  g_autoptr(GBytes) huge = g_bytes_new (data, EDGE_TRANSPORT_MAX_MESSAGE + 1);
  g_autoptr(GError) error = NULL;
  guint32 n = 0;
  End a;

  end_init (&a);
  end_resume (&a, none);
  g_assert_false (edge_mux_receive (a.mux, EDGE_CHANNEL_BULK, huge, 1, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_TOO_LARGE);
  g_clear_error (&error);

  /* A payload over the limit of a record. */
  _edge_mux_write_header (data, EDGE_MUX_TYPE_DATA, EDGE_CHANNEL_BULK, 0, 0, EDGE_MUX_MAX_PAYLOAD + 1);
  {
    g_autoptr(GBytes) message = g_bytes_new (data, EDGE_MUX_HEADER_SIZE + EDGE_MUX_MAX_PAYLOAD + 1);

    g_assert_false (edge_mux_receive (a.mux, EDGE_CHANNEL_BULK, message, 1, &error));
    g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_MALFORMED);
    g_clear_error (&error);
  }

  /* A frame that never ends is cut at its limit, not kept. */
  while (error == NULL)
    {
      g_autoptr(GBytes) message = NULL;

      _edge_mux_write_header (data, EDGE_MUX_TYPE_DATA, EDGE_CHANNEL_BULK, 0, n++, 4000);
      message = g_bytes_new (data, EDGE_MUX_HEADER_SIZE + 4000);
      edge_mux_receive (a.mux, EDGE_CHANNEL_BULK, message, 1, &error);
      g_assert_cmpuint (n, <, 20);
    }
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_TOO_LARGE);
  g_assert_cmpuint (n, ==, 17);
  end_clear (&a);
}

/* Before the handshake only loose frames are read. */
static void
test_not_running (void)
{
  const guint8 data[] = { 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'x' };
  const guint8 ack[] = { 2, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr(GBytes) data_message = g_bytes_new_static (data, sizeof data);
  g_autoptr(GBytes) ack_message = g_bytes_new_static (ack, sizeof ack);
  g_autoptr(GBytes) text = g_bytes_new_static ("hey", 3);
  g_autoptr(GBytes) loose_message = edge_mux_wrap_loose (text);
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  End a;

  end_init (&a);
  g_assert_false (edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, data_message, 1, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_SEQUENCE);
  g_clear_error (&error);
  g_assert_false (edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, ack_message, 1, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_SEQUENCE);
  g_clear_error (&error);
  g_assert_true (edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, loose_message, 1, &error));
  g_assert_cmpstr (a.loose->str, ==, "hey");
  send (&a, EDGE_CHANNEL_CONTROL, 10, 1, expected);
  g_assert_true (edge_mux_flush (a.mux, 1));
  g_assert_true (g_queue_is_empty (&a.out[EDGE_CHANNEL_CONTROL]));
  end_clear (&a);
}

static void
test_resume_refused (void)
{
  const guint32 made_up[EDGE_N_CHANNELS] = { 5, 0 };
  g_autoptr(GError) error = NULL;
  End a;

  end_init (&a);
  g_assert_false (edge_mux_resume (a.mux, EDGE_TRANSPORT_MAX_MESSAGE, made_up, &error));
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_SEQUENCE);
  end_clear (&a);
}

static void
test_blocked (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  End a, b;

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  a.blocked = TRUE;
  send (&a, EDGE_CHANNEL_CONTROL, 10, 1, expected);
  g_assert_false (edge_mux_flush (a.mux, 1));
  a.blocked = FALSE;
  g_assert_true (edge_mux_flush (a.mux, 1));
  pass_all (&a, &b, 1);
  g_assert_cmpstr (b.heard[EDGE_CHANNEL_CONTROL]->str, ==, expected->str);
  end_clear (&a);
  end_clear (&b);
}

static void
test_vectors (void)
{
  g_autoptr(JsonNode) node = vectors_load ("records.json");
  JsonObject *file = json_node_get_object (node);
  g_autoptr(GBytes) expected = vectors_hex (file, "control_message");
  g_autoptr(GBytes) ack = vectors_hex (file, "acknowledgement_of_control");
  g_autoptr(GBytes) wrong_ack = vectors_hex (file, "acknowledgement_of_bulk");
  g_autoptr(GBytes) loose_expected = vectors_hex (file, "loose_message");
  const char *loose_text = vectors_text (file, "loose_frame");
  g_autoptr(GBytes) loose_frame = g_bytes_new (loose_text, strlen (loose_text));
  g_autoptr(GBytes) loose_message = edge_mux_wrap_loose (loose_frame);
  g_autoptr(GBytes) small = g_bytes_new_static ("{}", 2);
  g_autofree char *x = g_strnfill (EDGE_MUX_MAX_PAYLOAD + 1, 'x');
  g_autoptr(GBytes) large = g_bytes_new (x, EDGE_MUX_MAX_PAYLOAD + 1);
  End a, b;

  g_assert_true (g_bytes_equal (loose_message, loose_expected));

  end_init (&a);
  end_init (&b);
  move_to_new_transport (&a, &b);
  edge_mux_send (a.mux, EDGE_CHANNEL_CONTROL, small, NULL);
  edge_mux_send (a.mux, EDGE_CHANNEL_CONTROL, large, NULL);
  edge_mux_flush (a.mux, 1);
  g_assert_cmpuint (g_queue_get_length (&a.out[EDGE_CHANNEL_CONTROL]), ==, 1);
  g_assert_true (g_bytes_equal (g_queue_peek_head (&a.out[EDGE_CHANNEL_CONTROL]), expected));
  pass_one (&a, &b, EDGE_CHANNEL_CONTROL, 1);
  edge_mux_acknowledge (b.mux);
  g_assert_true (g_bytes_equal (g_queue_peek_head (&b.out[EDGE_CHANNEL_CONTROL]), ack));
  g_assert_true (edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, ack, 2, NULL));
  g_assert_false (edge_mux_receive (a.mux, EDGE_CHANNEL_CONTROL, wrong_ack, 2, NULL));
  end_clear (&a);
  end_clear (&b);
}

/* The credit window by itself: grows on a long path that is not full, shrinks
 * where bytes queue, and stays within its bounds. */
static void
test_credit (void)
{
  EdgeMuxWindow window;

  edge_mux_window_init (&window);
  g_assert_cmpuint (window.size, ==, EDGE_MUX_MIN_WINDOW);
  for (guint i = 0; i < 100; i++)
    {
      window.limited = TRUE;
      edge_mux_window_acknowledged (&window, 40000);
    }
  g_assert_cmpuint (window.size, ==, EDGE_MUX_MAX_WINDOW);
  for (guint i = 0; i < 100; i++)
    edge_mux_window_acknowledged (&window, 40000 * 2 + 20000);
  g_assert_cmpuint (window.size, ==, EDGE_MUX_MIN_WINDOW);

  /* Not where the sender did not need more, nor on nonsense. */
  edge_mux_window_acknowledged (&window, 40000);
  g_assert_cmpuint (window.size, ==, EDGE_MUX_MIN_WINDOW);
  window.limited = TRUE;
  edge_mux_window_acknowledged (&window, -5);
  edge_mux_window_acknowledged (&window, 0);
  edge_mux_window_acknowledged (&window, 500);
  g_assert_cmpuint (window.size, >, EDGE_MUX_MIN_WINDOW);
  g_assert_cmpint (window.least_delay, ==, 500);

  /* On a short path the queue, a matter of milliseconds, is all there is to see. */
  for (guint i = 0; i < 100; i++)
    {
      window.limited = TRUE;
      edge_mux_window_acknowledged (&window, 500 + 4501);
    }
  g_assert_cmpuint (window.size, ==, EDGE_MUX_MIN_WINDOW);
}

/* Who can't follow lets the sender's window run full; who sends on is in error. */
static void
test_held (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GString) control = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  End ends[2];
  gsize got;

  end_init (&ends[0]);
  end_init (&ends[1]);
  end_resume (&ends[0], none);
  end_resume (&ends[1], none);
  edge_mux_hold (ends[1].mux, EDGE_CHANNEL_BULK, TRUE);
  for (guint i = 0; i < 40; i++)
    send (&ends[0], EDGE_CHANNEL_BULK, 50000, (guint8) i, expected);
  edge_mux_flush (ends[0].mux, 1);
  pass_all (&ends[0], &ends[1], 2);
  got = ends[1].heard[EDGE_CHANNEL_BULK]->len;
  g_assert_cmpuint (got, <, expected->len);
  edge_mux_acknowledge (ends[1].mux);
  pass_all (&ends[0], &ends[1], 3);
  g_assert_cmpuint (ends[1].heard[EDGE_CHANNEL_BULK]->len, ==, got);

  /* The other stream goes on meanwhile. */
  send (&ends[0], EDGE_CHANNEL_CONTROL, 100, 1, control);
  edge_mux_flush (ends[0].mux, 4);
  pass_all (&ends[0], &ends[1], 4);
  g_assert_cmpstr (ends[1].heard[EDGE_CHANNEL_CONTROL]->str, ==, control->str);

  edge_mux_hold (ends[1].mux, EDGE_CHANNEL_BULK, FALSE);
  pass_all (&ends[0], &ends[1], 5);
  g_assert_cmpstr (ends[1].heard[EDGE_CHANNEL_BULK]->str, ==, expected->str);

  edge_mux_hold (ends[1].mux, EDGE_CHANNEL_BULK, TRUE);
  for (guint32 sequence = edge_mux_get_received (ends[1].mux, EDGE_CHANNEL_BULK); error == NULL; sequence++)
    {
      guint8 record[EDGE_MUX_HEADER_SIZE + EDGE_MUX_MAX_PAYLOAD] = { 0 };
      g_autoptr(GBytes) message = NULL;

      _edge_mux_write_header (record, EDGE_MUX_TYPE_DATA, EDGE_CHANNEL_BULK, EDGE_MUX_FLAG_END, sequence,
                              EDGE_MUX_MAX_PAYLOAD);
      message = g_bytes_new (record, sizeof record);
      edge_mux_receive (ends[1].mux, EDGE_CHANNEL_BULK, message, 6, &error);
      got += sizeof record;
      g_assert_cmpuint (got, <, 4 * EDGE_MUX_MAX_WINDOW);
    }
  g_assert_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_SEQUENCE);
  end_clear (&ends[0]);
  end_clear (&ends[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mesh/mux/random", test_random);
  g_test_add_func ("/mesh/mux/wrap", test_wrap);
  g_test_add_func ("/mesh/mux/window", test_window);
  g_test_add_func ("/mesh/mux/acknowledgements", test_acknowledgements);
  g_test_add_func ("/mesh/mux/copies-are-acknowledged", test_copies_are_acknowledged);
  g_test_add_func ("/mesh/mux/late-acknowledgement", test_late_acknowledgement);
  g_test_add_func ("/mesh/mux/reset", test_reset);
  g_test_add_func ("/mesh/mux/limits", test_limits);
  g_test_add_func ("/mesh/mux/hostile", test_hostile);
  g_test_add_func ("/mesh/mux/hostile-sizes", test_hostile_sizes);
  g_test_add_func ("/mesh/mux/not-running", test_not_running);
  g_test_add_func ("/mesh/mux/resume-refused", test_resume_refused);
  g_test_add_func ("/mesh/mux/blocked", test_blocked);
  g_test_add_func ("/mesh/mux/held", test_held);
  g_test_add_func ("/mesh/mux/vectors", test_vectors);
  g_test_add_func ("/mesh/mux/credit", test_credit);
  return g_test_run ();
}
