// SPDX-License-Identifier: GPL-3.0-or-later
// relay-load.mjs OPTIONS: starts the relay that options.relay names, has pairs of
// clients send each other peer_message frames, and prints what the relay passed
// on for each second of its own processor time. Counting that rather than plain
// seconds keeps this program's own speed out of the figure.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const options = { pairs: 50, inFlight: 8, seconds: 4, payloadBytes: 300, idle: 2000, ...JSON.parse(process.argv[2]) };
const TICKS_PER_SECOND = 100;
const LIMIT_MS = 120000;

const relay = spawn(options.relay[0], options.relay.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
function fail(reason) {
  console.error(`relay-load.mjs: ${reason}`);
  relay.kill('SIGKILL');
  process.exit(1);
}
setTimeout(() => fail('no end within its limit'), LIMIT_MS).unref();
relay.on('error', (error) => fail(error.message));
relay.on('exit', (code) => { if (!finished) fail(`the relay ended with ${code}`); });
let finished = false;

function cpuSeconds() {
  const fields = readFileSync(`/proc/${relay.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
function residentBytes() {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${relay.pid}/status`, 'utf8'))[1]) * 1024;
}

async function join(url, id) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  socket.on('error', (error) => fail(`${id}: ${error.message}`));
  const welcome = once(socket, 'message');
  socket.send(JSON.stringify({ type: 'register', nodeId: id, room: 'bench' }));
  const frame = JSON.parse((await welcome)[0]);
  if (frame.type !== 'welcome') fail(`${id} got ${JSON.stringify(frame)} for a welcome`);
  return socket;
}

const lines = createInterface({ input: relay.stdout });
const [url] = await once(lines, 'line');

// Memory of a connection, in a relay that has had no traffic yet.
const empty = residentBytes();
const idle = [];
for (let i = 0; i < options.idle; i += 50) {
  const count = Math.min(50, options.idle - i);
  idle.push(...await Promise.all(Array.from({ length: count }, (_, n) => join(url, `idle${i + n}`))));
}
const held = idle.filter((socket) => socket.readyState === WebSocket.OPEN).length;
const full = residentBytes();

idle.forEach((socket) => socket.terminate());

let passed = 0;
let running = true;
const payload = 'x'.repeat(options.payloadBytes);
const sockets = [];
for (let i = 0; i < options.pairs; i++) {
  const pair = await Promise.all([join(url, `a${i}`), join(url, `b${i}`)]);
  const frames = [`b${i}`, `a${i}`].map((targetId) => JSON.stringify({ type: 'peer_message', targetId, payload }));
  pair.forEach((socket, side) => socket.on('message', (data) => {
    // Presence of others is told too; only what was passed on is counted.
    if (data.length < options.payloadBytes) return;
    passed++;
    if (running) socket.send(frames[side]);
  }));
  sockets.push(...pair);
  pair.start = () => { for (let n = 0; n < options.inFlight; n++) pair[0].send(frames[0]); };
  sockets.starts = [...(sockets.starts ?? []), pair.start];
}

sockets.starts.forEach((start) => start());
await new Promise((resolve) => setTimeout(resolve, 500));
const before = { passed, cpu: cpuSeconds(), at: performance.now() };
await new Promise((resolve) => setTimeout(resolve, options.seconds * 1000));
const after = { passed, cpu: cpuSeconds(), at: performance.now() };
running = false;
await new Promise((resolve) => setTimeout(resolve, 200));
sockets.forEach((socket) => socket.terminate());

console.log(JSON.stringify({
  frames_per_s: (after.passed - before.passed) / (after.at - before.at) * 1000,
  frames_per_cpu_s: (after.passed - before.passed) / Math.max(1 / TICKS_PER_SECOND, after.cpu - before.cpu),
  connections_held: held,
  bytes_per_connection: Math.max(0, full - empty) / Math.max(1, held),
  resident_mb: full / 1e6,
}));
finished = true;
relay.kill('SIGKILL');
process.exit(0);
