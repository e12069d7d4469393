// SPDX-License-Identifier: GPL-3.0-or-later
// A link of docs/protocol.md: direct lane on node-datachannel, relayed lane, records, handshake.
import { EventEmitter } from 'node:events';
import nodeDataChannel from 'node-datachannel';
import { Key, Relay, Sealer, base64, fromBase64, random, uint, verify } from './foreign-wire.mjs';

const CONTROL = 0;
const BULK = 1;
const LOOSE = 0;
const DATA = 1;
const ACKNOWLEDGEMENT = 2;
const HEADER = 10;
const PAYLOAD = 4080;
const WINDOW = 128 * 1024;
const ACKNOWLEDGE_AFTER = 32 * 1024;
const LIMIT_MS = 60_000;

/** The promise, or an error that says what did not happen. */
export function within(what, promise, ms = LIMIT_MS) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not happen in time: ${what}`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export function record(type, stream, flags, sequence, payload = Buffer.alloc(0)) {
  return Buffer.concat([Buffer.from([type, stream, flags, 0]), uint(sequence, 4), uint(payload.length, 2), payload]);
}

export const loose = (text) => record(LOOSE, CONTROL, 0, 0, Buffer.from(text));

/** A frame that means nothing, of so many bytes. */
export const padded = (size) => '{"type":"unknown"}'.padEnd(size);

const fingerprintOf = (sdp) => base64(Buffer.from(
  /a=fingerprint:sha-256 (\S+)/i.exec(sdp)[1].replaceAll(':', ''), 'hex'));

export class Link extends EventEmitter {
  constructor(peer, id) {
    super();
    Object.assign(this, { peer, id, next: [0, 0], partial: [[], []], unacknowledged: [0, 0], sent: [0, 0], out: [[], []] });
    this.challenge = base64(random(32));
    this.binding = this.theirs = 'relayed';
    this.early = [];
    this.up = new Promise((resolve) => { this.once('up', resolve); });
    this.over = new Promise((resolve) => { this.once('over', resolve); });
  }

  // ---- lanes

  /** A direct lane, numbered as its offer is. Who offers opens both channels. */
  direct(attempt, offer) {
    this.attempt = attempt;
    this.connection = new nodeDataChannel.PeerConnection('foreign', { iceServers: [], bindAddress: '127.0.0.1' });
    this.channels = [];
    this.connection.onStateChange((state) => {
      if (['closed', 'failed', 'disconnected'].includes(state))
        this.emit('over', state);
    });
    this.connection.onLocalDescription((sdp, type) => this.peer.post(type, this.id, { attempt, sdp: this.peer.describe(sdp) }));
    this.connection.onLocalCandidate((candidate) => this.peer.post('candidates', this.id,
      { attempt, candidates: [candidate.replace(/^a=/, '')] }));
    this.connection.onDataChannel((channel) => this.adopt(channel));
    if (offer)
      this.connection.setRemoteDescription(offer, 'offer');
    else
      ['edge-net', 'edge-net-bulk'].forEach((label) => this.adopt(this.connection.createDataChannel(label)));
  }

  adopt(channel) {
    const number = channel.getLabel() === 'edge-net' ? CONTROL : BULK;
    const opened = () => {
      if (this.live || ![CONTROL, BULK].every((one) => this.channels[one]?.isOpen()))
        return;
      this.live = true;
      this.binding = fingerprintOf(this.connection.localDescription().sdp);
      this.theirs = base64(Buffer.from(this.connection.remoteFingerprint().value.replaceAll(':', ''), 'hex'));
      this.greet();
      for (const [early, message] of this.early.splice(0))
        this.take(early, message);
    };
    this.channels[number] = channel;
    channel.onOpen(opened);
    // The channels overtake each other: what comes before both are open waits.
    channel.onMessage((message) => (this.live ? this.take(number, Buffer.from(message))
      : this.early.push([number, Buffer.from(message)])));
    opened();
  }

  relayed() {
    this.live = true;
    this.greet();
  }

  send(channel, bytes) {
    if (!this.channels)
      this.peer.post('data', this.id, Buffer.concat([Buffer.from([channel]), bytes]));
    else
      this.sendDirect(this.channels[channel], bytes);
  }

  /** The node may have closed the channel a moment ago. */
  sendDirect(channel, bytes) {
    try {
      if (channel.isOpen())
        channel.sendMessageBinary(bytes);
    } catch (error) {
      this.emit('over', error.message);
    }
  }

  // ---- handshake

  greet(other = {}) {
    this.send(CONTROL, loose(JSON.stringify({
      type: 'hello', nodeId: this.peer.key.id, publicKey: this.peer.key.id, name: 'Foreign', net: this.peer.claims,
      session: base64(this.peer.sealer.session), challenge: this.challenge, time: Date.now(), versions: [1],
      capabilities: [], received: [0, 0], ...other,
    })));
  }

  agreed(own) {
    const mine = [this.peer.key.id, this.challenge, this.binding];
    const theirs = [this.id, this.hello.challenge, this.theirs];
    const [signer, other] = own ? [mine, theirs] : [theirs, mine];
    const network = own ? this.peer.claims : this.hello.net;
    return ['edge-net hello 1', network, ...signer.flatMap((line, i) => [line, other[i]])].join('\n');
  }

  takeLoose(payload) {
    const frame = JSON.parse(payload);
    if (frame.type === 'hello') {
      if (frame.nodeId !== this.id || frame.net !== this.peer.network.id)
        throw new Error('a hello of somebody else');
      this.hello = frame;
      this.send(CONTROL, loose(JSON.stringify({ type: 'hello_ack', signature: this.peer.acknowledge(this) })));
    } else if (frame.type === 'hello_ack') {
      if (!verify(fromBase64(frame.signature), this.agreed(false), this.id))
        throw new Error('the signature over the lane does not hold');
      this.emit('up');
    } else if (frame.type === 'ping') {
      this.send(CONTROL, loose(JSON.stringify({ type: 'pong', t: frame.t })));
      this.acknowledge(CONTROL);
      this.acknowledge(BULK);
    } else if (frame.type === 'bye') {
      this.emit('over', `bye ${frame.reason}`);
    } else {
      this.emit('loose', frame);
    }
  }

  // ---- records

  take(channel, message) {
    for (let at = 0; at < message.length;) {
      const [type, stream, flags, zero] = message.subarray(at);
      const sequence = message.readUInt32BE(at + 4);
      const end = at + HEADER + message.readUInt16BE(at + 8);
      const payload = message.subarray(at + HEADER, end);
      if (zero !== 0 || end > message.length || channel !== (type === DATA ? stream : CONTROL))
        throw new Error('a record that is not right');
      if (type === LOOSE)
        this.takeLoose(payload);
      else if (type === ACKNOWLEDGEMENT)
        this.takeAcknowledgement(stream, sequence);
      else
        this.takeData(stream, flags, sequence, payload);
      at = end;
    }
  }

  takeData(stream, flags, sequence, payload) {
    if (sequence !== this.next[stream])
      throw new Error(`record ${sequence} where ${this.next[stream]} follows`);
    this.next[stream]++;
    this.partial[stream].push(payload);
    this.unacknowledged[stream] += payload.length;
    if (this.unacknowledged[stream] >= ACKNOWLEDGE_AFTER)
      this.acknowledge(stream);
    if (flags & 1)
      this.emit('frame', JSON.parse(Buffer.concat(this.partial[stream].splice(0))));
  }

  acknowledge(stream) {
    if (this.mute)
      return;
    this.unacknowledged[stream] = 0;
    this.send(CONTROL, record(ACKNOWLEDGEMENT, stream, 0, this.next[stream]));
  }

  takeAcknowledgement(stream, sequence) {
    while (this.out[stream].length > 0 && this.out[stream][0].sequence < sequence)
      this.out[stream].shift();
    this.flush(stream);
    if (this.out[stream].length === 0)
      this.emit('idle');
  }

  flush(stream) {
    let under = 0;
    for (const one of this.out[stream]) {
      under += one.bytes.length;
      if (under > WINDOW)
        break;
      if (!one.gone)
        this.send(stream, one.bytes);
      one.gone = true;
    }
  }

  /** Puts a frame on a stream: an object, or text as who means harm writes it. */
  say(stream, frame) {
    const bytes = Buffer.isBuffer(frame) ? frame : Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame));
    for (let at = 0; at < bytes.length; at += PAYLOAD) {
      const sequence = this.sent[stream]++;
      const last = at + PAYLOAD >= bytes.length ? 1 : 0;
      this.out[stream].push({ sequence, bytes: record(DATA, stream, last, sequence, bytes.subarray(at, at + PAYLOAD)) });
    }
    this.flush(stream);
  }

  /** The next frame for which wanted() is true. */
  heard(what, wanted) {
    return within(what, new Promise((resolve) => {
      const take = (frame) => {
        if (!wanted(frame))
          return;
        this.off('frame', take);
        resolve(frame);
      };
      this.on('frame', take);
    }));
  }

  /** All that was said was read. */
  async read() {
    const ended = this.over.then((why) => { throw new Error(`the link ended: ${why}`); });
    while (this.out.some((records) => records.length > 0))
      await within('what was said is acknowledged',
        Promise.race([ended, new Promise((resolve) => { this.once('idle', resolve); })]));
  }

  close(reason = 'leaving') {
    this.send(CONTROL, loose(JSON.stringify({ type: 'bye', reason })));
  }
}

/** One key in one network, with at most one link to a node. */
export class Peer {
  constructor(network, key = new Key()) {
    this.network = network;
    // The network it says it is in; the room is that of the network it knows.
    this.claims = network.id;
    this.key = key;
    this.sealer = new Sealer(key, network);
    this.describe = (sdp) => sdp;
    this.acknowledge = (link) => base64(key.sign(link.agreed(true)));
  }

  async join(url) {
    this.relay = new Relay(url, this.key, this.sealer.tag);
    this.relay.on('blob', (blob) => this.take(this.sealer.open(blob)));
    await within('the relay takes us in', this.relay.up);
  }

  post(kind, to, body) {
    const text = Buffer.isBuffer(body) ? body : JSON.stringify(body);
    this.relay?.pass(kind, to, this.sealer.seal(kind, to, this.boxKey, text));
  }

  greet(id, wanted) {
    this.post('hello', id, { box: base64(this.sealer.box.publicKey), wanted });
  }

  /** Links to a node of the room, over the relay alone if so. */
  async link(url, id, relayed = false) {
    const link = new Link(this, id);
    this.node = link;
    this.relayed = relayed;
    await this.join(url);
    this.greet(id, true);
    return link;
  }

  take(envelope) {
    const link = this.node;
    if (envelope.from !== link?.id)
      return;
    if (envelope.kind === 'hello') {
      const { box, wanted } = JSON.parse(envelope.body);
      const first = this.boxKey === undefined;
      this.boxKey = fromBase64(box);
      if (wanted)
        this.greet(link.id, false);
      if (first && this.relayed)
        link.relayed();
      else if (first && this.key.id < link.id)
        link.direct(1);
    } else if (envelope.kind === 'data') {
      if (this.relayed)
        link.take(envelope.body[0], envelope.body.subarray(1));
    } else if (envelope.kind === 'bye') {
      link.emit('over', 'bye');
    } else if (!this.relayed) {
      this.takeSignal(link, envelope.kind, JSON.parse(envelope.body));
    }
  }

  takeSignal(link, kind, body) {
    if (kind === 'offer')
      link.direct(body.attempt, body.sdp);
    else if (body.attempt !== link.attempt)
      return;
    else if (kind === 'answer')
      link.connection.setRemoteDescription(body.sdp, 'answer');
    else
      body.candidates?.forEach((candidate) => link.connection.addRemoteCandidate(candidate, '0'));
  }

  leave() {
    this.node?.connection?.close();
    this.relay?.close();
  }
}
