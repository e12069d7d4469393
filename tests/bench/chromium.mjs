// SPDX-License-Identifier: GPL-3.0-or-later
// chromium.mjs: the rounds of bench-link between two peers in one page of a
// headless Chromium, driven through its DevTools pipe. Prints one JSON object.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const options = { connections: 5, roundTrips: 2000, messages: 30000, bulkBytes: 48 * 1024 * 1024,
  ...JSON.parse(process.argv[2] ?? '{}') };
const LIMIT_MS = 120000;

const folder = mkdtempSync(join(tmpdir(), 'edge-chromium-'));
const browser = spawn(process.env.CHROMIUM ?? 'chromium', [
  '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${folder}`, '--no-first-run', '--no-sandbox',
  '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions', '--disable-background-networking',
  '--disable-features=WebRtcHideLocalIpsWithMdns', '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding', 'about:blank',
], { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true });
let log = '';
browser.stderr.on('data', (data) => { log = (log + data).slice(-4000); });

function finish(code) {
  try { process.kill(-browser.pid, 'SIGKILL'); } catch { /* it has ended by itself */ }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
function fail(reason) {
  console.error(`chromium.mjs: ${reason}\n${log}`);
  finish(1);
}
setTimeout(() => fail('no end within its limit'), LIMIT_MS).unref();
browser.on('error', (error) => fail(error.message));
browser.on('exit', (code) => fail(`Chromium ended with ${code}`));
process.on('SIGTERM', () => finish(143));

const waiting = new Map();
let rest = '';
browser.stdio[4].setEncoding('utf8').on('data', (data) => {
  const parts = (rest + data).split('\0');
  rest = parts.pop();
  for (const part of parts) {
    const { id, result, error } = JSON.parse(part);
    if (!waiting.has(id)) continue;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  }
});
let last = 0;
function call(method, params = {}, sessionId = undefined) {
  const id = ++last;
  browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

// Runs in the page: everything it needs is inside.
async function measure({ connections, roundTrips, messages, bulkBytes }) {
  const MESSAGE_SIZE = 1024, CHUNK_SIZE = 16384, MESSAGE_BUFFER = 1 << 20, BULK_BUFFER = 4 << 20;

  async function link() {
    const a = new RTCPeerConnection(), b = new RTCPeerConnection();
    a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
    b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
    const near = a.createDataChannel('edge-net');
    const far = new Promise((resolve) => { b.ondatachannel = ({ channel }) => resolve(channel); });
    const open = new Promise((resolve) => { near.onopen = resolve; });
    await a.setLocalDescription(await a.createOffer());
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription(await b.createAnswer());
    await a.setRemoteDescription(b.localDescription);
    await open;
    return { near, far: await far, close: () => { a.close(); b.close(); } };
  }

  const connectMs = [];
  let pair;
  for (let i = 0; i < connections; i++) {
    pair?.close();
    const started = performance.now();
    pair = await link();
    connectMs.push(performance.now() - started);
  }
  const { near, far } = pair;
  near.binaryType = far.binaryType = 'arraybuffer';

  let awaited = 0;
  far.onmessage = ({ data }) => {
    if (awaited === 0) far.send(data);
    else if (--awaited === 0) far.send('counted');
  };
  const payload = new Uint8Array(64);
  const times = [];
  for (let i = 0; i < roundTrips; i++) {
    const back = new Promise((resolve) => { near.onmessage = resolve; });
    const started = performance.now();
    near.send(payload);
    await back;
    times.push((performance.now() - started) * 1e3);
  }
  times.sort((x, y) => x - y);

  async function flow(size, count, most) {
    const message = new Uint8Array(size);
    const done = new Promise((resolve) => { near.onmessage = resolve; });
    awaited = count;
    near.bufferedAmountLowThreshold = most / 2;
    const started = performance.now();
    for (let sent = 0; sent < count;) {
      while (sent < count && near.bufferedAmount < most) {
        near.send(message);
        sent++;
      }
      if (sent < count) await new Promise((resolve) => { near.onbufferedamountlow = resolve; });
    }
    await done;
    return (performance.now() - started) / 1e3;
  }

  const messagesIn = await flow(MESSAGE_SIZE, messages, MESSAGE_BUFFER);
  const chunks = Math.floor(bulkBytes / CHUNK_SIZE);
  const bulkIn = await flow(CHUNK_SIZE, chunks, BULK_BUFFER);
  pair.close();
  return {
    connect_ms: connectMs,
    rtt_us: { p50: times[Math.floor(times.length / 2)], p99: times[Math.ceil(times.length * 0.99) - 1] },
    messages_per_s: messages / messagesIn,
    bulk_mb_per_s: chunks * CHUNK_SIZE / 1e6 / bulkIn,
  };
}

try {
  const { product } = await call('Browser.getVersion');
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const { result, exceptionDetails } = await call('Runtime.evaluate', {
    expression: `(${measure})(${JSON.stringify(options)})`, awaitPromise: true, returnByValue: true,
  }, sessionId);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  console.log(JSON.stringify({ peer: 'Chromium', version: product, ...result.value }));
  finish(0);
} catch (error) {
  fail(error.message);
}
