// SPDX-License-Identifier: GPL-3.0-or-later
// What a peer that means harm sends, and what docs/protocol.md says comes of it.
import { Peer, loose, padded, record, within } from './foreign-link.mjs';
import { Key, base64, random } from './foreign-wire.mjs';

const invented = (n) => Array.from({ length: n }, () => base64(random(32)));
const frame = Buffer.from('{"type":"unknown"}');
const thrice = (link, stream, what) => [0, 1, 2].forEach(() => link.say(stream, what));
const ranges = (...all) => JSON.stringify({ type: 'qdag_sync_request', ranges: { ranges: all, want: [] } });
const deep = (depth) => `{"type":"unknown","x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
const changed = (sdp) => sdp.replace(/(sha-256 )(..)/, (all, name, byte) => name + (byte === 'AA' ? 'BB' : 'AA'));

/** Each ends the link, by a bye where there is a lane. */
const ENDS = {
  'a record too long': (link) => link.send(0, record(1, 0, 1, 0, Buffer.alloc(4081, 0x20))),
  'a record of no type': (link) => link.send(0, record(3, 0, 0, 0, frame)),
  'a record cut short': (link) => link.send(0, record(1, 0, 1, 0, frame).subarray(0, 15)),
  'a gap': (link) => link.send(0, record(1, 0, 1, 5, frame)),
  'data on the wrong channel': (link) => link.send(1, record(1, 0, 1, 0, frame)),
  'an acknowledgement of what was not sent': (link) => link.send(0, record(2, 1, 0, 100_000)),
  'a frame too long': (link) => link.say(0, padded(65_537)),
  'a frame without an end': (link) => {
    for (let i = 0; i < 64; i++)
      link.send(1, record(1, 1, 0, i, Buffer.alloc(4080)));
  },
  'three frames that are no object': (link) => thrice(link, 0, '[]'),
  'three frames too deep': (link) => thrice(link, 0, deep(17)),
  'three frames very deep': (link) => thrice(link, 1, deep(30_000)),
  'three frames that are no UTF-8': (link) => thrice(link, 0, Buffer.from([...Buffer.from('{"type":"'), 0xff, 0x22, 0x7d])),
  'three types too long': (link) => thrice(link, 0, { type: 'x'.repeat(65) }),
  'three texts that are none': (link) => thrice(link, 0, { type: 'message', text: 5 }),
  'three lists of neighbours too long': (link) => thrice(link, 0, { type: 'peers', peers: invented(51) }),
  'three loose frames that are none': (link) => [0, 1, 2].forEach(() => link.send(0, loose('{"type":"ping","t":"now"}'))),
  'three messages with a wrong prefix': (link) => thrice(link, 1, ranges(['h', 'AB', 1, base64(random(32))])),
  'three lists of events that are none': (link) => thrice(link, 1, { type: 'qdag_sync_response', contributions: [5] }),
  'three empty bundles of notes': (link) => thrice(link, 0, { type: 'qdag_note', notes: [] }),
  'the genesis asked for over and over': (link) => [0, 1, 2, 3].forEach(() => link.say(0, { type: 'genesis_request' })),
  'pings without a pause': async (link) => {
    for (let i = 0; i < 60_000 && !link.ended; i++) {
      link.send(0, loose('{"type":"ping","t":1}'));
      if (i % 1000 === 0)
        await new Promise(setImmediate);
    }
  },
};

/** Each is borne. */
const STAYS = {
  'two faults': (link) => [0, 1].forEach(() => link.say(0, '[]')),
  'a frame of full length': (link) => link.say(0, padded(65_536)),
  'a frame of full depth': (link) => link.say(0, deep(16)),
  'records that came before': (link) => {
    link.say(0, frame);
    [0, 1, 2].forEach(() => link.send(0, record(1, 0, 1, 0, frame)));
  },
  'neighbours without end': (link) => {
    for (let i = 0; i < 300; i++)
      link.say(0, { type: 'peers', peers: invented(50) });
  },
  'ranges that overlap': (link) => {
    link.mute = true;
    for (let i = 0; i < 20; i++)
      link.say(1, ranges(...Array(3000).fill(['e', '', 65_535])));
  },
  'what nobody has': (link) => link.say(1, ranges(['l', '', invented(32).sort()])),
};

/** Each peer gets no further than the handshake. */
const UNVERIFIED = {
  'a signature over other certificates': (peer) => {
    peer.acknowledge = (link) => {
      const other = link.agreed(true).split('\n');
      other[6] = base64(random(32));
      return base64(peer.key.sign(other.join('\n')));
    };
  },
  'a signature of another key': (peer) => {
    peer.acknowledge = (link) => base64(new Key().sign(link.agreed(true)));
  },
  'another fingerprint in the description': (peer) => {
    peer.describe = changed;
  },
};

async function linked(network, options) {
  const peer = new Peer(network, Key.beside(options.node, true));
  const link = await peer.link(options.relay, options.node);
  link.on('over', () => { link.ended = true; });
  await within('the lane is verified', link.up);
  return { peer, link };
}

export async function misbehave(network, options, tell) {
  for (const [name, act] of Object.entries(ENDS)) {
    const { peer, link } = await linked(network, options);
    await act(link);
    await within(`the node ends the link after ${name}`, link.over);
    tell('ended', { name });
    peer.leave();
  }
  for (const [name, act] of Object.entries(STAYS)) {
    const { peer, link } = await linked(network, options);
    await act(link);
    await link.read();
    tell('borne', { name });
    link.close();
    peer.leave();
  }
  for (const [name, change] of Object.entries(UNVERIFIED)) {
    const peer = new Peer(network, Key.beside(options.node, true));
    change(peer);
    tell('unverified', { name, id: peer.key.id });
    const link = await peer.link(options.relay, options.node);
    await within(`the lane fails for ${name}`, link.over);
    peer.leave();
  }
}
