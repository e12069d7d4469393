// SPDX-License-Identifier: GPL-3.0-or-later
// What a peer that was written from docs/ alone says to a relay: keys, rooms, sealed
// envelopes (docs/protocol.md), and the signed texts of the ledger (docs/ledger.md).
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import sodium from 'libsodium-wrappers-sumo';
import WebSocket from 'ws';

await sodium.ready;

const ENVELOPE_HEAD = 99;
const SIGNATURE = 64;
const PADDING = 256;
export const KIND = { hello: 0, offer: 1, answer: 2, candidates: 3, bye: 4, data: 5 };
/** The frame of the relay for a kind, and the member that holds the envelope. */
const WAYS = {
  hello: ['peer_message', 'payload'],
  offer: ['webrtc_offer', 'offer'],
  answer: ['webrtc_answer', 'answer'],
  candidates: ['webrtc_ice', 'candidate'],
  bye: ['webrtc_disconnect', 'payload'],
  data: ['peer_message', 'payload'],
};

export const base64 = (bytes) => Buffer.from(bytes).toString('base64url');
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const random = (size) => randomBytes(size);
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();

export function fromBase64(text) {
  const bytes = Buffer.from(text, 'base64url');
  if (base64(bytes) !== text)
    throw new Error(`not base64url in its one spelling: ${text}`);
  return bytes;
}

export function uint(value, size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - size);
}

export class Key {
  constructor(seed = random(32)) {
    const pair = sodium.crypto_sign_seed_keypair(seed);
    this.bytes = Buffer.from(pair.publicKey);
    this.id = base64(this.bytes);
    this.secret = pair.privateKey;
  }

  sign(message) {
    return Buffer.from(sodium.crypto_sign_detached(Buffer.from(message), this.secret));
  }

  /** A key whose id sorts before, or after, that of another. */
  static beside(id, before) {
    for (;;) {
      const key = new Key();
      if ((key.id < id) === before)
        return key;
    }
  }
}

export const verify = (signature, message, id) =>
  sodium.crypto_sign_verify_detached(signature, Buffer.from(message), fromBase64(id));

export function canonical(value) {
  if (Array.isArray(value))
    return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object')
    return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
  return typeof value === 'string' ? `"${value.replace(/["\\]/g, (c) => `\\${c}`)}"` : String(value);
}

export function writeJws(key, payload) {
  const signed = `${base64(`{"alg":"EdDSA","kid":"${key.id}"}`)}.${base64(canonical(payload))}`;
  return `${signed}.${base64(key.sign(signed))}`;
}

export function readJws(text) {
  const [header, payload, signature] = text.split('.');
  const { kid } = JSON.parse(fromBase64(header));
  const signed = `${header}.${payload}`;
  const members = JSON.parse(fromBase64(payload));
  if (canonical(members) !== fromBase64(payload).toString() || !verify(fromBase64(signature), signed, kid))
    throw new Error('an event that is not right');
  return { ...members, text, author: kid, id: base64(sha256(signed)) };
}

const GENESIS = {
  decay_cpu_hours: 1e6, fee: 1e6, grants: [], join_bits: 10, join_kib: 8192, max_bonus: 1, mint_cap: 1e12,
  open: 1, payout_lock: 3_600_000, referral_percent: 0, rules: 1, settle_window: 86_400_000, slash_fork: 10,
  slash_wrong: 10, stake: 5e10, unstake_delay: 604_800_000, uptime_per_hour: 1e8, validators: [],
  vouchers: 0, welcome: 1e11,
};

export function openNetwork(name) {
  const founder = new Key(sha256(`edge-net open network\n${name}`));
  const genesis = writeJws(founder, {
    type: 'genesis', seq: 0, height: 0, time: 1_767_225_600_000, body: { ...GENESIS, name },
  });
  return { genesis, id: readJws(genesis).id, secret: sha256(`edge-net open room\n${name}`).subarray(0, 16) };
}

/** Writes and opens the sealed envelopes of one session in one room. */
export class Sealer {
  constructor(key, network) {
    const extracted = hmac(fromBase64(network.id), network.secret);
    const expand = (info) => hmac(extracted, Buffer.concat([Buffer.from(info), Buffer.from([1])]));
    this.key = key;
    this.network = network.id;
    this.sealKey = expand('edge-net seal');
    this.tag = base64(hmac(expand('edge-net topic'), 'relay'));
    this.session = random(16);
    this.sequence = 0;
    this.box = sodium.crypto_box_keypair();
  }

  signed(head, body) {
    return Buffer.concat([Buffer.from('edge-net envelope 1\n'), fromBase64(this.network), head, body]);
  }

  close(plain) {
    const nonce = random(24);
    return base64(Buffer.concat([nonce,
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, null, null, nonce, this.sealKey)]));
  }

  /** what may hold other members of the head, as who means harm writes them. */
  seal(kind, to, boxKey, text, what = {}) {
    const body = Buffer.from(text);
    const boxed = !['hello', 'bye'].includes(kind);
    const head = Buffer.concat([
      Buffer.from([what.version ?? 1, KIND[kind], 1 | (boxed ? 2 : 0)]), this.key.bytes, fromBase64(to),
      this.session, uint(what.sequence ?? ++this.sequence, 8), uint(Date.now(), 8),
    ]);
    const shown = boxed ? Buffer.from(sodium.crypto_box_seal(body, boxKey)) : body;
    const plain = Buffer.concat([head, uint(shown.length, 2), shown, this.key.sign(this.signed(head, body))]);
    return this.close(Buffer.concat([plain, Buffer.alloc((PADDING - plain.length % PADDING) % PADDING)]));
  }

  open(text) {
    const blob = fromBase64(text);
    const plain = Buffer.from(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null, blob.subarray(24), null, blob.subarray(0, 24), this.sealKey));
    const end = ENVELOPE_HEAD + 2 + plain.readUInt16BE(ENVELOPE_HEAD);
    const from = base64(plain.subarray(3, 35));
    let body = plain.subarray(ENVELOPE_HEAD + 2, end);
    if (plain[2] & 2)
      body = Buffer.from(sodium.crypto_box_seal_open(body, this.box.publicKey, this.box.privateKey));
    if (!verify(plain.subarray(end, end + SIGNATURE), this.signed(plain.subarray(0, ENVELOPE_HEAD), body), from))
      throw new Error('an envelope whose signature does not hold');
    return { from, kind: Object.keys(KIND)[plain[1]], session: plain.subarray(67, 83), body };
  }
}

/** A connection to a relay that proves its id. */
export class Relay extends EventEmitter {
  constructor(url, key, tag) {
    super();
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket.on('open', () => this.send({ type: 'register', nodeId: key.id, room: tag }));
    this.socket.on('message', (data) => {
      const frame = JSON.parse(data);
      if (frame.type === 'welcome') {
        this.peers = frame.peers;
        this.send({ type: 'auth', signature: base64(key.sign(frame.challenge + key.id)) });
      }
      this.emit(frame.type === 'error' ? 'refused' : frame.type, frame);
      const blob = frame.payload ?? frame.offer ?? frame.answer ?? frame.candidate;
      if (blob !== undefined)
        this.emit('blob', blob);
    });
    this.up = new Promise((resolve, reject) => {
      this.once('auth_ok', resolve);
      this.socket.on('error', reject);
    });
  }

  send(frame) {
    if (this.socket.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(frame));
  }

  pass(kind, targetId, blob) {
    const [type, member] = WAYS[kind];
    this.send({ type, targetId, [member]: blob });
  }

  close() {
    this.socket.close();
  }
}
