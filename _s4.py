d='/work/wt/relay/src/signaling/'
p=d+'edge-relay-client.c'
s=open(p).read()
i=s.index("static void\nread_limits ("); j=s.index("static void\nread_ice_servers (")
s=s[:i]+s[j:]
i=s.index("/* Of a relay that does not tell its limits"); j=s.index("/* As in the relay: a broadcast")
s=s[:i]+s[j:]
s=s.replace('''  read_limits (self, message);
  read_ice_servers (self, message);

  if (message''','''  edge_relay_pacer_set_rate (self->pacer, edge_relay_message_read_rate (message));
  read_ice_servers (self, message);
  if (self->state != EDGE_SIGNALING_STATE_CONNECTING)
    return;

  if (message''')
s=s.replace('#include "base/edge-json.h"\n','')
open(p,'w').write(s)
p=d+'edge-relay-message.c'
s=open(p).read()
s=s.replace('''/**
 * edge_relay_challenge_document:''','''/**
 * edge_relay_message_read_rate:
 * @self: a welcome
 *
 * Returns: frames a minute that the relay takes from whoever answers this welcome
 */
gint64
edge_relay_message_read_rate (const EdgeRelayMessage *self)
{
  gboolean proves = self->challenge.text != NULL;
  gint64 rate = proves ? DEFAULT_RATE : DEFAULT_RATE_BEFORE_AUTH;
  g_autoptr(JsonObject) limits = NULL;

  if (self->limits.text != NULL)
    limits = edge_json_parse (self->limits.text, self->limits.length, EDGE_RELAY_MAX_FRAME, NULL);
  if (limits != NULL)
    edge_json_read_int (limits, proves ? "framesPerMinute" : "framesPerMinuteBeforeAuth",
                        MIN_RATE, MAX_RATE, &rate, NULL);
  return rate;
}

/**
 * edge_relay_challenge_document:''',1)
s=s.replace('''G_DEFINE_QUARK (edge-relay-message-error''','''/* Frames a minute, of a relay that does not tell its limits. */
#define DEFAULT_RATE             6000
#define DEFAULT_RATE_BEFORE_AUTH 100

#define MIN_RATE 10
#define MAX_RATE 100000000

G_DEFINE_QUARK (edge-relay-message-error''',1)
open(p,'w').write(s)
p=d+'edge-relay-message.h'
s=open(p).read()
s=s.replace('''const char *edge_relay_message_type_to_string ''','''gint64      edge_relay_message_read_rate           (const EdgeRelayMessage *self);
const char *edge_relay_message_type_to_string ''')
open(p,'w').write(s)
