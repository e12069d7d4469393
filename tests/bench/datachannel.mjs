// SPDX-License-Identifier: GPL-3.0-or-later
// datachannel.mjs: the rounds of bench-link between two processes on
// node-datachannel (libdatachannel). Prints one JSON object. Without a role it
// is the offering side and starts the other as its child; the two exchange
// descriptions over the pipe between them.
import { fork } from 'node:child_process';
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nodeDataChannel from 'node-datachannel';

const options = JSON.parse(process.argv[2] ?? '{}');
const CONNECTIONS = options.connections ?? 5;
const ROUND_TRIPS = options.roundTrips ?? 2000;
const MESSAGES = options.messages ?? 60000;
const BULK_BYTES = options.bulkBytes ?? 96 * 1024 * 1024;
const MESSAGE_SIZE = 1024;
const CHUNK_SIZE = 16384;
const MESSAGE_BUFFER = 1024 * 1024;
const BULK_BUFFER = 4 * 1024 * 1024;
const LIMIT_MS = 120000;

const answering = process.env.EDGE_BENCH_ROLE === 'answer';
const limit = setTimeout(() => { console.error('datachannel.mjs: no end within its limit'); process.exit(1); }, LIMIT_MS);
limit.unref();

/** One end of a link; signals go out through send(). */
class Peer {
  constructor(send, offering) {
    this.connection = new nodeDataChannel.PeerConnection(offering ? 'offer' : 'answer', { iceServers: [] });
    this.connection.onLocalDescription((sdp, type) => send({ sdp, type }));
    this.connection.onLocalCandidate((candidate, mid) => send({ candidate, mid }));
    this.opened = new Promise((resolve) => {
      const take = (channel) => {
        this.channel = channel;
        channel.onOpen(() => resolve(channel));
        if (channel.isOpen()) resolve(channel);
      };
      if (offering) take(this.connection.createDataChannel('edge-net'));
      else this.connection.onDataChannel(take);
    });
  }

  signal(message) {
    if (message.sdp) this.connection.setRemoteDescription(message.sdp, message.type);
    else {
      // One of the connection before this may still have been on its way.
      try { this.connection.addRemoteCandidate(message.candidate, message.mid); } catch { /* left out */ }
    }
  }

  close() {
    this.connection.close();
  }
}

// The add-on may crash while it is torn down, so a process that is done ends at once.
function leave() {
  process.kill(process.pid, 'SIGKILL');
}

const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

function quantile(values, q) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}

// Sends count messages, never more than `most` bytes ahead of the network.
function pour(channel, size, count, most) {
  const message = Buffer.alloc(size, 'b');
  return new Promise((resolve) => {
    let sent = 0;
    const more = () => {
      while (sent < count && channel.bufferedAmount() < most) {
        channel.sendMessageBinary(message);
        sent++;
      }
      if (sent === count) resolve();
    };
    channel.setBufferedAmountLowThreshold(most / 2);
    channel.onBufferedAmountLow(() => { if (sent < count) more(); });
    more();
  });
}

// Sends `count` messages of `size` and waits until the other side has counted them all.
async function flow(channel, size, count, most) {
  const done = new Promise((resolve) => channel.onMessage(resolve));
  channel.sendMessage(`count ${count}`);
  const started = process.hrtime.bigint();
  await pour(channel, size, count, most);
  await done;
  return seconds(started);
}

async function offer() {
  const child = fork(fileURLToPath(import.meta.url), [process.argv[2] ?? '{}'],
    { env: { ...process.env, EDGE_BENCH_ROLE: 'answer' } });
  const connectMs = [];
  let peer;
  child.on('message', (message) => peer.signal(message));
  child.on('exit', (code) => {
    if (code === null) return;
    console.error(`the other side ended with ${code}`);
    process.exit(1);
  });

  for (let i = 0; i < CONNECTIONS; i++) {
    peer?.close();
    child.send({ fresh: true });
    const started = process.hrtime.bigint();
    peer = new Peer((message) => child.send(message), true);
    await peer.opened;
    connectMs.push(seconds(started) * 1e3);
  }
  const { channel } = peer;

  const payload = Buffer.alloc(64, 'p');
  const roundTrips = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const back = new Promise((resolve) => channel.onMessage(resolve));
    const started = process.hrtime.bigint();
    channel.sendMessageBinary(payload);
    await back;
    roundTrips.push(seconds(started) * 1e6);
  }
  const used = process.cpuUsage();
  const messagesIn = await flow(channel, MESSAGE_SIZE, MESSAGES, MESSAGE_BUFFER);
  const chunks = Math.floor(BULK_BYTES / CHUNK_SIZE);
  const bulkIn = await flow(channel, CHUNK_SIZE, chunks, BULK_BUFFER);
  const spent = process.cpuUsage(used);

  writeSync(1, `${JSON.stringify({
    peer: 'node-datachannel',
    version: JSON.parse(readFileSync(new URL('./node_modules/node-datachannel/package.json', import.meta.url))).version,
    connect_ms: connectMs,
    rtt_us: { p50: quantile(roundTrips, 0.5), p99: quantile(roundTrips, 0.99) },
    messages_per_s: MESSAGES / messagesIn,
    bulk_mb_per_s: chunks * CHUNK_SIZE / 1e6 / bulkIn,
    sender_cpu_s: (spent.user + spent.system) / 1e6,
  })}\n`);
  child.kill('SIGKILL');
  leave();
}

// Echoes, except while it has been told to count.
function answer() {
  let peer;
  process.on('disconnect', leave);
  process.on('message', async (message) => {
    if (message.fresh) {
      peer?.close();
      peer = new Peer((signal) => process.send(signal), false);
      const channel = await peer.opened;
      let awaited = 0;
      channel.onMessage((data) => {
        if (typeof data === 'string') awaited = Number(data.split(' ')[1]);
        else if (awaited === 0) channel.sendMessageBinary(data);
        else if (--awaited === 0) channel.sendMessage('counted');
      });
    } else {
      peer.signal(message);
    }
  });
}

if (answering) answer();
else await offer();
