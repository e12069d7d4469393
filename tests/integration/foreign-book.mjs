// SPDX-License-Identifier: GPL-3.0-or-later
// The events of a network as docs/ledger.md has them: structure, reconciliation,
// checkpoints, and events of one's own. Balances are left to the nodes.
import sodium from 'libsodium-wrappers-sumo';
import { base64, canonical, fromBase64, readJws, sha256, uint, writeJws } from './foreign-wire.mjs';

const LIST_MOST = 32;
const LEAF_MOST = 16;
const EVENTS_A_FRAME = 40;
const NOTHING = Buffer.alloc(32);
const BULK = 1;
const CONTROL = 0;

const before = (event) => [...(event.parents ?? []), ...(event.prev ? [event.prev] : [])];
const nibble = (key, i) => (i % 2 ? key[i >> 1] & 15 : key[i >> 1] >> 4);

function fingerprint(keys, depth = 0) {
  const head = [Buffer.from([keys.length > LEAF_MOST ? 1 : 0]), uint(keys.length, 8)];
  if (keys.length <= LEAF_MOST)
    return sha256(Buffer.concat([...head, ...keys]));
  const parts = Array.from({ length: 16 }, (_, i) => keys.filter((key) => nibble(key, depth) === i));
  return sha256(Buffer.concat([...head, ...parts.map((part) => (part.length ? fingerprint(part, depth + 1) : NOTHING))]));
}

export class Book {
  constructor(genesis) {
    this.genesis = readJws(genesis);
    this.net = this.genesis.id;
    this.events = new Map([[this.net, this.genesis]]);
    this.final = new Set();
    this.last = { n: 0, hash: this.net };
    this.waiting = [];
  }

  add(text) {
    const event = readJws(text);
    if (event.net === this.net && !this.events.has(event.id))
      this.waiting.push(event);
    for (let found = true; found;) {
      found = this.waiting.find((one) => before(one).every((id) => this.events.has(id)));
      if (found)
        this.enter(this.waiting.splice(this.waiting.indexOf(found), 1)[0]);
    }
    return event;
  }

  enter(event) {
    const builtOn = before(event).map((id) => this.events.get(id));
    const previous = event.prev && this.events.get(event.prev);
    if (event.height !== 1 + Math.max(...builtOn.map((one) => one.height)) || builtOn.some((one) => one.time > event.time) ||
        (previous && (previous.author !== event.author || event.seq !== previous.seq + 1)))
      throw new Error(`an event of wrong structure: ${event.text}`);
    this.events.set(event.id, event);
  }

  // ---- reconciliation

  keys(prefix = '') {
    return [...this.events.values()].filter((event) => !this.final.has(event.id))
      .map((event) => Buffer.concat([uint(event.time, 8), fromBase64(event.id)]))
      .filter((key) => key.toString('hex').startsWith(prefix)).sort(Buffer.compare);
  }

  short(prefix) {
    const keys = this.keys(prefix);
    return ['h', prefix, keys.length, base64(fingerprint(keys, prefix.length))];
  }

  first() {
    return { ranges: [this.short('')], want: [] };
  }

  answerShort([, prefix, count, hash], answer) {
    const own = this.short(prefix);
    const keys = this.keys(prefix);
    if (own[3] === hash)
      return;
    if (count === 0)
      keys.forEach((key) => answer.give.add(base64(key.subarray(8))));
    else if (keys.length <= LIST_MOST)
      answer.ranges.push(['l', prefix, keys.map((key) => base64(key.subarray(8)))]);
    else
      this.split(prefix, answer);
  }

  split(prefix, answer) {
    const digits = [...'0123456789abcdef'];
    const held = digits.filter((digit) => this.keys(prefix + digit).length > 0);
    const mask = digits.reduce((bits, digit, i) => (held.includes(digit) ? bits : bits | 1 << i), 0);
    if (mask)
      answer.ranges.push(['e', prefix, mask]);
    if (held.length === 1)
      this.split(prefix + held[0], answer);
    else
      held.forEach((digit) => answer.ranges.push(this.short(prefix + digit)));
  }

  answer({ ranges, want }) {
    const answer = { ranges: [], want: [], give: new Set(want) };
    for (const range of ranges) {
      const [kind, prefix, third] = range;
      if (kind === 'h')
        this.answerShort(range, answer);
      for (const key of kind === 'h' ? [] : this.keys(prefix)) {
        const id = base64(key.subarray(8));
        if (kind === 'l' ? !third.includes(id) : third >> nibble(key, prefix.length) & 1)
          answer.give.add(id);
      }
      if (kind === 'l')
        answer.want.push(...third.filter((id) => !this.events.has(id)));
    }
    const give = [...this.events.values()].filter((event) => answer.give.has(event.id))
      .sort((a, b) => a.time - b.time || a.height - b.height);
    return { give, message: { ranges: answer.ranges, want: answer.want } };
  }

  // ---- checkpoints

  /** Takes a proposal and its certificate, which founder alone can have signed. */
  close(notes, founder) {
    const [proposal, ...votes] = notes.map(readJws);
    const { checkpoint } = proposal;
    if (checkpoint.n <= this.last.n)
      return;
    const hash = base64(sha256(canonical(checkpoint)));
    const held = new Set();
    const collect = (id) => {
      if (held.has(id) || this.final.has(id))
        return;
      held.add(id);
      before(this.events.get(id)).forEach(collect);
    };
    checkpoint.tips.forEach(collect);
    if (checkpoint.n !== this.last.n + 1 || checkpoint.prev !== this.last.hash || checkpoint.count !== held.size ||
        !votes.some((vote) => vote.author === founder && vote.note === 'finalize' && vote.hash === hash))
      throw new Error(`a checkpoint that does not hold: ${canonical(checkpoint)}`);
    held.forEach((id) => this.final.add(id));
    this.last = { n: checkpoint.n, hash };
  }

  // ---- events of one's own

  make(key, type, body) {
    const all = [...this.events.values()];
    const previous = all.filter((event) => event.author === key.id && event.type !== 'genesis').at(-1);
    const builtOn = new Set(all.flatMap(before));
    const parents = all.filter((event) => !builtOn.has(event.id)).slice(-2).map((event) => event.id).sort();
    const below = [...parents, ...(previous ? [previous.id] : [])].map((id) => this.events.get(id));
    return this.add(writeJws(key, {
      type, body, net: this.net, parents, seq: previous ? previous.seq + 1 : 0,
      height: 1 + Math.max(...below.map((event) => event.height)),
      time: Math.max(Date.now(), ...below.map((event) => event.time)),
      ...(previous ? { prev: previous.id } : {}),
    }));
  }

  work(key) {
    const { join_bits: bits, join_kib: kib } = this.genesis.body;
    const net = fromBase64(this.net);
    for (let work = 0; ; work++) {
      const output = sodium.crypto_pwhash(32, Buffer.concat([key.bytes, net, uint(work, 8)]), net.subarray(0, 16), 1,
        kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
      if (bits === 0 || Buffer.from(output).readUInt32BE() >>> (32 - bits) === 0)
        return work;
    }
  }

  // ---- over a link

  /** Keeps in step with the other end. */
  follow(link) {
    const founder = this.genesis.author;
    link.on('frame', (frame) => {
      (frame.contributions ?? []).concat(frame.contribution ?? []).forEach((text) => this.add(text));
      (frame.checkpoints ?? []).forEach((notes) => this.close(notes, founder));
      if (frame.ranges)
        this.reply(link, frame.ranges);
      if (frame.type === 'qdag_checkpoints_request')
        link.say(CONTROL, { ...this.last, type: 'qdag_checkpoints_response' });
      if (frame.type === 'qdag_note' || (frame.type === 'qdag_checkpoints_request' && frame.n > this.last.n))
        link.say(CONTROL, { ...this.last, type: 'qdag_checkpoints_request' });
      this.changed?.();
    });
  }

  reply(link, ranges) {
    const { give, message } = this.answer(ranges);
    for (let at = 0; at < give.length; at += EVENTS_A_FRAME)
      link.say(BULK, { type: 'qdag_sync_response', contributions: give.slice(at, at + EVENTS_A_FRAME).map((event) => event.text) });
    if (ranges.ranges.length > 0 || ranges.want.length > 0)
      link.say(BULK, { type: 'qdag_sync_response', count: this.events.size, ranges: message });
  }

  ask(link) {
    link.say(CONTROL, { ...this.last, type: 'qdag_checkpoints_request' });
    link.say(BULK, { type: 'qdag_sync_request', count: this.events.size, ranges: this.first() });
  }

  push(link, event) {
    link.say(CONTROL, { type: 'qdag_contribution', contribution: event.text });
  }
}
