// SPDX-License-Identifier: GPL-3.0-or-later
// Offers and answers of docs/invitation.md.
import { fromBase64, base64, uint, verify } from './foreign-wire.mjs';

const DOMAIN = Buffer.from('edge-net invitation 1\n');
const ICE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SETUPS = ['actpass', 'active', 'passive'];
const MIDS = ['0', 'application0', 'data'];
const OFFER = 2;
const ANSWER = 3;

/** Takes pieces off the front. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
  }

  take(size) {
    if (size > this.bytes.length)
      throw new Error('an invitation that was cut off');
    const piece = this.bytes.subarray(0, size);
    this.bytes = this.bytes.subarray(size);
    return piece;
  }

  number(size) {
    return this.take(size).readUIntBE(0, size);
  }

  credential() {
    const count = this.number(1);
    const bits = [...this.take(Math.ceil(count * 6 / 8))].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return Array.from({ length: count }, (_, i) => ICE[parseInt(bits.slice(i * 6, i * 6 + 6), 2)]).join('');
  }
}

/** An offer as a link: whose it is, for which network, and the SDP. */
export function readOffer(link) {
  const payload = fromBase64(link.replace('edge-net:i/', ''));
  const body = payload.subarray(0, -64);
  const reader = new Reader(body);
  if (reader.number(1) !== 1 || reader.number(1) !== OFFER)
    throw new Error('no offer');
  const network = base64(reader.take(32));
  const inviter = base64(reader.take(32));
  if (!verify(payload.subarray(-64), Buffer.concat([DOMAIN, body]), inviter))
    throw new Error('the signature of the invitation does not hold');
  const expires = reader.number(4);
  const session = Buffer.from(reader.take(16));

  const head = reader.number(1);
  const ufrag = reader.credential();
  const password = reader.credential();
  const fingerprint = reader.take(32).toString('hex').toUpperCase().match(/../g).join(':');
  const mid = MIDS[head >> 2 & 3] ?? reader.take(reader.number(1)).toString();
  const candidates = [];
  for (let i = 0; i < head >> 4; i++) {
    // On loopback there is nothing but hosts with IPv4 and UDP.
    if (reader.number(1) !== 0)
      throw new Error('a candidate of another kind');
    const address = [...reader.take(4)].join('.');
    const priority = 126 * 2 ** 24 + (65_535 - i) * 2 ** 8 + 255;
    candidates.push(`a=candidate:${i + 1} 1 UDP ${priority} ${address} ${reader.number(2)} typ host`);
  }
  if (reader.bytes.length > 0)
    throw new Error('bytes are left over');
  const sdp = ['v=0', 'o=- 0 0 IN IP4 0.0.0.0', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`,
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', `a=mid:${mid}`,
    `a=setup:${SETUPS[head & 3]}`, `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${password}`,
    `a=fingerprint:sha-256 ${fingerprint}`, 'a=sctp-port:5000', ...candidates, 'a=end-of-candidates', ''].join('\r\n');
  return { network, inviter, expires, session, sdp };
}

function credential(text) {
  const bits = [...text].map((character) => ICE.indexOf(character).toString(2).padStart(6, '0')).join('');
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  return Buffer.from([text.length, ...padded.match(/.{8}/g).map((byte) => parseInt(byte, 2))]);
}

/** The answer to an offer, as a link. */
export function writeAnswer(key, offer, sdp) {
  const line = (name) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)[1];
  const mid = line('mid');
  const candidates = [...sdp.matchAll(/^a=candidate:\S+ 1 UDP \d+ (\d+\.\d+\.\d+\.\d+) (\d+) typ host/gm)].slice(0, 4);
  const fingerprint = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)[1].replaceAll(':', '');
  const number = MIDS.indexOf(mid) < 0 ? 3 : MIDS.indexOf(mid);
  const body = Buffer.concat([
    Buffer.from([1, ANSWER]), fromBase64(offer.network), fromBase64(key.id),
    uint(Math.floor(Date.now() / 1000) + 300, 4), offer.session,
    Buffer.from([SETUPS.indexOf(line('setup')) | number << 2 | candidates.length << 4]),
    credential(line('ice-ufrag')), credential(line('ice-pwd')), Buffer.from(fingerprint, 'hex'),
    ...(number === 3 ? [uint(mid.length, 1), Buffer.from(mid)] : []),
    ...candidates.flatMap(([, address, port]) => [Buffer.from([0, ...address.split('.').map(Number)]), uint(Number(port), 2)]),
  ]);
  return `edge-net:i/${base64(Buffer.concat([body, key.sign(Buffer.concat([DOMAIN, body]))]))}`;
}
