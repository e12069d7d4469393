d='/work/wt/relay/src/signaling/'
p=d+'edge-relay-client.c'
s=open(p).read()
i=s.index("static EdgeRelayMessageType\ntype_of_kind ("); j=s.index("static gboolean\nedge_relay_client_send (")
s=s[:i]+'''static const EdgeRelayMessageType types_of_kinds[] = {
  [EDGE_SIGNAL_HELLO] = EDGE_RELAY_MESSAGE_PEER_MESSAGE,
  [EDGE_SIGNAL_OFFER] = EDGE_RELAY_MESSAGE_OFFER,
  [EDGE_SIGNAL_ANSWER] = EDGE_RELAY_MESSAGE_ANSWER,
  [EDGE_SIGNAL_CANDIDATES] = EDGE_RELAY_MESSAGE_ICE,
  [EDGE_SIGNAL_BYE] = EDGE_RELAY_MESSAGE_DISCONNECT,
  [EDGE_SIGNAL_DATA] = EDGE_RELAY_MESSAGE_PEER_MESSAGE,
};

'''+s[j:]
s=s.replace('''  edge_relay_message_append_to (frame, type_of_kind (kind, peer_id), peer_id, blob);
''','''  edge_relay_message_append_to (frame, peer_id == NULL ? EDGE_RELAY_MESSAGE_BROADCAST
                                                       : types_of_kinds[kind], peer_id, blob);
''')
s=s.replace('''      (peer_id != NULL && !edge_relay_id_is_valid (peer_id, -1)))
    return FALSE;
''','''      kind >= G_N_ELEMENTS (types_of_kinds) ||
      (peer_id != NULL && !edge_relay_id_is_valid (peer_id, -1)))
    return FALSE;
''')
a=s.index("  g_auto(GStrv) uris = NULL;\n\n  uris = edge_ice"); b=s.index("  if (self->ice_servers != NULL &&")
s=s[:a]+'''  g_auto(GStrv) uris = edge_ice_servers_from_json (message->ice_servers.text,
                                                   message->ice_servers.length);

'''+s[b:]
open(p,'w').write(s)
p=d+'edge-ice-servers.c'
s=open(p).read()
s=s.replace(" * @text: JSON text of"," * @text: (nullable): JSON text of")
s=s.replace('''  g_string_append_len (wrapped, text, length);
''','''  if (text == NULL)
    return g_strv_builder_end (builder);

  g_string_append_len (wrapped, text, length);
''')
open(p,'w').write(s)
