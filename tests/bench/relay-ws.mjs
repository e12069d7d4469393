// SPDX-License-Identifier: GPL-3.0-or-later
// The relay of docs/protocol.md on npm's ws, as one would write it there: what
// edge-net-relay is measured beside. Same frames, rooms, token bucket and idle
// limit; prints its port.
import http from 'node:http';
import { WebSocketServer } from 'ws';

const FRAMES_PER_MINUTE = 100_000_000;
const IDLE_MS = 3_600_000;
const PASSED_ON = {
  webrtc_offer: 'offer',
  webrtc_answer: 'answer',
  webrtc_ice: 'candidate',
  webrtc_disconnect: 'payload',
  peer_message: 'payload',
};
const ID = /^[!#-[\]-~]{1,128}$/;

const rooms = new Map();

function fail(socket, code, message, targetId) {
  socket.send(JSON.stringify({ type: 'error', code, message, targetId }));
}

function tell(session, frame) {
  const text = JSON.stringify(frame);
  for (const other of session.room.values())
    if (other !== session)
      other.socket.send(text);
}

function register(session, message) {
  const { nodeId, room = '' } = message;
  if (session.id || typeof nodeId !== 'string' || !ID.test(nodeId)) {
    fail(session.socket, 'malformed', 'Bad registration');
    return;
  }
  session.id = nodeId;
  session.tag = room;
  if (!rooms.has(room))
    rooms.set(room, new Map());
  session.room = rooms.get(room);
  const totalNodes = session.room.size;
  session.socket.send(JSON.stringify({
    type: 'welcome', nodeId, networkState: { totalNodes, activeNodes: totalNodes },
    peers: [...session.room.keys()].slice(0, 500),
  }));
  session.room.set(nodeId, session);
  tell(session, { type: 'node_joined', nodeId, totalNodes: session.room.size });
}

function take(session, now) {
  session.tokens = Math.min(FRAMES_PER_MINUTE,
    session.tokens + (now - session.refilled) * FRAMES_PER_MINUTE / 60_000);
  session.refilled = now;
  if (session.tokens < 1)
    return false;
  session.tokens -= 1;
  return true;
}

function receive(session, data, isBinary) {
  const now = Date.now();
  session.active = now;
  if (!take(session, now)) {
    fail(session.socket, 'rate', 'Rate limit exceeded');
    return;
  }
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    fail(session.socket, 'malformed', 'The frame is not one JSON object');
    return;
  }
  if (isBinary || message === null || typeof message !== 'object') {
    fail(session.socket, 'malformed', 'The frame is not one JSON object');
    return;
  }
  if (message.type === 'register') {
    register(session, message);
  } else if (message.type === 'heartbeat') {
    session.socket.send(JSON.stringify({ type: 'heartbeat_ack', timestamp: now }));
  } else if (!session.room) {
    fail(session.socket, 'register', 'Register first');
  } else if (message.type === 'broadcast') {
    tell(session, { type: 'broadcast', from: session.id, payload: message.payload });
  } else if (Object.hasOwn(PASSED_ON, message.type)) {
    const target = session.room.get(message.targetId);
    const member = PASSED_ON[message.type];
    if (!target)
      fail(session.socket, 'target', 'Target peer not available', message.targetId);
    else
      target.socket.send(JSON.stringify({ type: message.type, from: session.id, [member]: message[member] }));
  }
}

const server = http.createServer((request, response) => response.end('relay\n'));
const sockets = new WebSocketServer({ server, maxPayload: 65536, perMessageDeflate: false });
const sessions = new Set();

sockets.on('connection', (socket) => {
  const session = { socket, tokens: FRAMES_PER_MINUTE, refilled: Date.now(), active: Date.now() };
  sessions.add(session);
  socket.on('message', (data, isBinary) => receive(session, data, isBinary));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    sessions.delete(session);
    if (!session.room)
      return;
    session.room.delete(session.id);
    tell(session, { type: 'node_left', nodeId: session.id, totalNodes: session.room.size });
    if (session.room.size === 0)
      rooms.delete(session.tag);
  });
});

setInterval(() => {
  for (const session of sessions)
    if (Date.now() - session.active > IDLE_MS)
      session.socket.terminate();
}, 1000);

server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => console.log(`ws://127.0.0.1:${server.address().port}/`));
process.on('SIGTERM', () => process.exit(0));
