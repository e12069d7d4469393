/* bench-relay.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Loads a relay and reads what that cost its process.
 *
 *   bench-relay PORT PID CLIENTS WINDOW SECONDS IDLE
 *
 * CLIENTS clients (an even number) pass frames of 300 bytes to and fro in pairs;
 * each has WINDOW of them under way and sends one for each it gets. Pairs, since
 * in a larger ring the frames bunch up and are cheap to pass on. Then IDLE more
 * clients connect and say who they are. Prints one JSON object.
 *
 * It speaks WebSocket by itself, so that its own cost stays small. */

#define FRAME_BYTES 300
#define EVENTS      256
#define WARM_UP     (G_USEC_PER_SEC / 2)

typedef struct
{
  int      fd;
  guint    id;
  GString *in;
  GString *out;
  gboolean open;
  gboolean welcomed;
} Client;

static int epoll_fd;
static guint n_welcomed;
static guint64 n_received;
static guint n_paired;
static GPtrArray *frames;

static void
die (const char *what)
{
  fprintf (stderr, "bench-relay: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

static void
append_frame (GString    *out,
              const char *payload,
              gsize       length)
{
  static const guint8 mask[4] = { 0x12, 0x34, 0x56, 0x78 };
  gsize at;

  g_string_append_c (out, (char) 0x81);
  if (length < 126)
    g_string_append_c (out, (char) (0x80 | length));
  else
    {
      g_string_append_c (out, (char) (0x80 | 126));
      g_string_append_c (out, (char) (length >> 8));
      g_string_append_c (out, (char) (length & 255));
    }
  g_string_append_len (out, (const char *) mask, 4);
  at = out->len;
  g_string_append_len (out, payload, length);
  for (gsize i = 0; i < length; i++)
    out->str[at + i] ^= mask[i & 3];
}

static void
watch (Client   *client,
       int       operation,
       gboolean  writable)
{
  struct epoll_event event = {
    .events = EPOLLIN | (writable ? EPOLLOUT : 0),
    .data.ptr = client,
  };

  if (epoll_ctl (epoll_fd, operation, client->fd, &event) < 0)
    die ("epoll");
}

static void
flush (Client *client)
{
  gssize n;

  if (client->out->len == 0)
    return;
  n = send (client->fd, client->out->str, client->out->len, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n < 0 && errno != EAGAIN)
    die ("send");
  if (n > 0)
    g_string_erase (client->out, 0, n);
  watch (client, EPOLL_CTL_MOD, client->out->len > 0);
}

static Client *
client_new (guint port,
            guint id)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  Client *client = g_new0 (Client, 1);
  int one = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  client->fd = socket (AF_INET, SOCK_STREAM, 0);
  if (client->fd < 0 || connect (client->fd, (struct sockaddr *) &address, sizeof address) < 0)
    die ("connect");
  setsockopt (client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  client->id = id;
  client->in = g_string_new (NULL);
  client->out = g_string_new ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                              "Sec-WebSocket-Version: 13\r\n\r\n");
  watch (client, EPOLL_CTL_ADD, FALSE);
  flush (client);
  return client;
}

static void
handle_text (Client     *client,
             const char *text,
             gsize       length)
{
  if (g_str_has_prefix (text, "{\"type\":\"peer_message\""))
    {
      n_received++;
      g_string_append_len (client->out, ((GString *) frames->pdata[client->id])->str,
                           ((GString *) frames->pdata[client->id])->len);
    }
  else if (!client->welcomed && g_str_has_prefix (text, "{\"type\":\"welcome\""))
    {
      client->welcomed = TRUE;
      n_welcomed++;
    }
  else if (g_str_has_prefix (text, "{\"type\":\"error\""))
    {
      fprintf (stderr, "bench-relay: the relay says %.*s\n", (int) length, text);
      exit (1);
    }
}

static void
open_client (Client *client)
{
  char *end = strstr (client->in->str, "\r\n\r\n");
  g_autofree char *text = NULL;

  if (end == NULL)
    return;
  if (!g_str_has_prefix (client->in->str, "HTTP/1.1 101"))
    {
      fprintf (stderr, "bench-relay: no handshake: %s\n", client->in->str);
      exit (1);
    }
  g_string_erase (client->in, 0, end + 4 - client->in->str);
  client->open = TRUE;
  /* The idle ones in rooms of their own: nobody's presence is announced to them. */
  text = g_strdup_printf ("{\"type\":\"register\",\"nodeId\":\"client-%u\",\"room\":\"%s%u\"}",
                          client->id, client->id < n_paired ? "pairs" : "idle",
                          client->id < n_paired ? 0 : client->id);
  append_frame (client->out, text, strlen (text));
}

static void
receive (Client *client)
{
  static char space[256 * 1024];
  gssize n = recv (client->fd, space, sizeof space, MSG_DONTWAIT);
  gsize at = 0;

  if (n < 0 && errno == EAGAIN)
    return;
  if (n <= 0)
    die ("the relay closed a connection");

  g_string_append_len (client->in, space, n);
  if (!client->open)
    open_client (client);

  while (client->open && client->in->len - at >= 2)
    {
      const guint8 *data = (const guint8 *) client->in->str + at;
      gsize have = client->in->len - at;
      gsize length = data[1] & 127;
      gsize header = length == 126 ? 4 : length == 127 ? 10 : 2;

      if (have < header)
        break;
      if (length == 126)
        length = data[2] << 8 | data[3];
      if (have < header + length)
        break;
      if ((data[0] & 15) == 1)
        handle_text (client, (const char *) data + header, length);
      at += header + length;
    }
  g_string_erase (client->in, 0, at);
  flush (client);
}

static void
turn (void)
{
  struct epoll_event events[EVENTS];
  int n = epoll_wait (epoll_fd, events, EVENTS, 100);

  for (int i = 0; i < n; i++)
    {
      if (events[i].events & EPOLLOUT)
        flush (events[i].data.ptr);
      if (events[i].events & (EPOLLIN | EPOLLHUP))
        receive (events[i].data.ptr);
    }
}

static double
cpu_seconds (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  unsigned long user, system;
  const char *after;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (after = strrchr (text, ')')) == NULL ||
      sscanf (after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    die ("/proc");
  return (double) (user + system) / sysconf (_SC_CLK_TCK);
}

static double
resident_bytes (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  g_autofree char *text = NULL;
  unsigned long pages;

  if (!g_file_get_contents (path, &text, NULL, NULL) ||
      sscanf (text, "%*u %lu", &pages) != 1)
    die ("/proc");
  return (double) pages * sysconf (_SC_PAGESIZE);
}

static void
run_until (gint64 end)
{
  while (g_get_monotonic_time () < end)
    turn ();
}

static void
settle (int pid)
{
  double before;

  do
    {
      before = resident_bytes (pid);
      run_until (g_get_monotonic_time () + G_USEC_PER_SEC / 2);
    }
  while (resident_bytes (pid) != before);
}

int
main (int    argc,
      char **argv)
{
  guint port, window, idle;
  int pid;
  double seconds, cpu, before, after;
  guint64 received;
  gint64 start;
  struct rlimit files;
  GPtrArray *clients = g_ptr_array_new ();

  if (argc != 7)
    {
      fprintf (stderr, "Usage: bench-relay PORT PID CLIENTS WINDOW SECONDS IDLE\n");
      return 2;
    }
  port = atoi (argv[1]);
  pid = atoi (argv[2]);
  n_paired = atoi (argv[3]);
  window = atoi (argv[4]);
  seconds = g_ascii_strtod (argv[5], NULL);
  idle = atoi (argv[6]);

  getrlimit (RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit (RLIMIT_NOFILE, &files);
  epoll_fd = epoll_create1 (0);

  frames = g_ptr_array_new ();
  for (guint i = 0; i < n_paired; i++)
    {
      g_autofree char *start_text = NULL, *filling = NULL, *text = NULL;
      GString *frame = g_string_new (NULL);

      start_text = g_strdup_printf ("{\"type\":\"peer_message\",\"targetId\":\"client-%u\",\"payload\":\"",
                                    i ^ 1);
      filling = g_strnfill (FRAME_BYTES - 2 - strlen (start_text), 'x');
      text = g_strconcat (start_text, filling, "\"}", NULL);
      append_frame (frame, text, strlen (text));
      g_ptr_array_add (frames, frame);
    }

  for (guint i = 0; i < n_paired; i++)
    {
      g_ptr_array_add (clients, client_new (port, i));
      turn ();
    }
  while (n_welcomed < n_paired)
    turn ();
  run_until (g_get_monotonic_time () + WARM_UP);

  for (guint i = 0; i < n_paired; i++)
    for (guint j = 0; j < window; j++)
      {
        Client *client = clients->pdata[i];

        g_string_append_len (client->out, ((GString *) frames->pdata[i])->str,
                             ((GString *) frames->pdata[i])->len);
        flush (client);
      }
  run_until (g_get_monotonic_time () + 2 * WARM_UP);

  received = n_received;
  cpu = cpu_seconds (pid);
  start = g_get_monotonic_time ();
  run_until (start + (gint64) (seconds * G_USEC_PER_SEC));
  cpu = cpu_seconds (pid) - cpu;
  received = n_received - received;
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  /* All comes to rest, since nobody sends without having got. */
  for (guint i = 0; i < n_paired; i++)
    g_string_truncate (frames->pdata[i], 0);
  settle (pid);
  before = resident_bytes (pid);
  for (guint i = 0; i < idle; i++)
    {
      g_ptr_array_add (clients, client_new (port, n_paired + i));
      turn ();
    }
  while (n_welcomed < n_paired + idle)
    turn ();
  settle (pid);
  after = resident_bytes (pid);

  printf ("{\"frames\":%" G_GUINT64_FORMAT ",\"seconds\":%.3f,\"cpu\":%.3f,\"frames_per_s\":%.0f,"
          "\"frames_per_cpu_s\":%.0f,\"held\":%u,\"rss\":%.0f,\"bytes_per_connection\":%.0f}\n",
          received, seconds, cpu, received / seconds, received / cpu, n_welcomed, before,
          idle > 0 ? (after - before) / idle : 0);
  return 0;
}
