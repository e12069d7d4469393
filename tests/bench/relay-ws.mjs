// SPDX-License-Identifier: GPL-3.0-or-later
// relay-ws.mjs: a relay on npm's ws that does for peer_message what
// edge-net-relay does: size and rate limits, rooms, a lookup, and the frame
// passed on with its sender. Prints its address as its first line.
import { WebSocketServer } from 'ws';

const FRAMES_PER_MINUTE = 100000000;
const MAX_FRAME = 65536;
const MAX_QUEUE = 524288;

const rooms = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: MAX_FRAME, perMessageDeflate: false });

class Bucket {
  tokens = FRAMES_PER_MINUTE;
  at = performance.now();

  take() {
    const now = performance.now();
    this.tokens = Math.min(FRAMES_PER_MINUTE, this.tokens + (now - this.at) * FRAMES_PER_MINUTE / 60000);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}

server.on('connection', (socket) => {
  const bucket = new Bucket();
  let id;
  let members;
  const send = (frame) => socket.send(JSON.stringify(frame));

  socket.on('message', (data, binary) => {
    if (binary || !bucket.take()) return;
    let frame;
    try { frame = JSON.parse(data); } catch { return; }
    if (typeof frame !== 'object' || frame === null) return;

    if (frame.type === 'register' && typeof frame.nodeId === 'string') {
      const room = String(frame.room ?? '');
      id = frame.nodeId;
      members = rooms.get(room) ?? new Map();
      rooms.set(room, members);
      members.set(id, socket);
      send({ type: 'welcome', nodeId: id, networkState: { totalNodes: members.size }, peers: [] });
    } else if (frame.type === 'peer_message' && members && typeof frame.targetId === 'string') {
      const target = members.get(frame.targetId);
      if (!target || target.bufferedAmount > MAX_QUEUE) send({ type: 'error', message: 'Target peer not available' });
      else target.send(JSON.stringify({ type: 'peer_message', from: id, payload: frame.payload }));
    } else {
      send({ type: 'error', message: 'Register first' });
    }
  });
  socket.on('close', () => members?.delete(id));
  socket.on('error', () => socket.terminate());
});
server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}/`));
process.on('SIGTERM', () => process.exit(0));
