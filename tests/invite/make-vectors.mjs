// SPDX-License-Identifier: GPL-3.0-or-later
// make-vectors.mjs > vectors/invitation.json: the test vectors of docs/invitation.md, made by an
// implementation of its own (Node's crypto), so that two programs have to agree on every byte.
import crypto from 'node:crypto';

const DOMAIN = 'edge-net invitation 1\n';
const ICE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const TYPES = ['host', 'srflx', 'prflx', 'relay'];
const TRANSPORTS = ['udp', 'active', 'passive', 'so'];
const SETUPS = ['actpass', 'active', 'passive'];
const MIDS = ['0', 'application0', 'data'];

const key = seed => crypto.createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
const publicKey = seed => crypto.createPublicKey(key(seed)).export({ format: 'der', type: 'spki' }).subarray(-32);
const b64 = bytes => Buffer.from(bytes).toString('base64url');
const text = s => { const b = Buffer.from(s); return Buffer.concat([Buffer.from([b.length]), b]); };
const u32 = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };

function credential(s) {
  let bits = '';
  for (const c of s) bits += ICE.indexOf(c).toString(2).padStart(6, '0');
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  return Buffer.from([s.length, ...bits.match(/.{8}/g).map(b => parseInt(b, 2))]);
}

function v6(address) {
  const [head, tail] = address.split('::');
  const parts = s => s ? s.split(':') : [];
  const left = parts(head), right = parts(tail);
  const all = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(all.map(p => p.padStart(4, '0')).join(''), 'hex');
}

function compactSdp(sdp) {
  const mid = MIDS.indexOf(sdp.mid), out = [];
  out.push(Buffer.from([SETUPS.indexOf(sdp.setup) | (mid < 0 ? 3 : mid) << 2 | sdp.candidates.length << 4]));
  out.push(credential(sdp.ufrag), credential(sdp.password), Buffer.from(sdp.fingerprint, 'hex'));
  if (mid < 0) out.push(text(sdp.mid));
  let prefix;
  for (const c of sdp.candidates) {
    const six = c.address.includes(':');
    let address = six ? v6(c.address) : Buffer.from(c.address.split('.').map(Number));
    let family = six ? 1 : 0;
    if (six) {
      const own = address.subarray(0, 8);
      if (prefix && prefix.equals(own)) { family = 2; address = address.subarray(8); }
      prefix = own;
    }
    out.push(Buffer.from([TYPES.indexOf(c.type) | TRANSPORTS.indexOf(c.transport) << 2 | family << 4]));
    out.push(address, Buffer.from([c.port >> 8, c.port & 255]));
  }
  return Buffer.concat(out);
}

function payload(v, seed) {
  const out = [Buffer.from([v.version ?? 1, { network: 1, offer: 2, answer: 3 }[v.kind] ?? v.kind]),
    Buffer.from(v.network_id, 'base64url'), publicKey(seed), u32(v.expires / 1000)];
  if (v.raw !== undefined) out.push(v.raw);
  else if (v.kind === 'network') {
    out.push(Buffer.from([(v.room_secret ? 1 : 0) | (v.relay_token ? 2 : 0)]), Buffer.from(v.ticket, 'base64url'));
    out.push(text(v.network_name), text(v.inviter_name));
    if (v.room_secret) out.push(Buffer.from(v.room_secret, 'base64url'));
    if (v.relay_token) out.push(text(v.relay_token));
    out.push(Buffer.from([v.addresses.length]), ...v.addresses.map(text));
  } else out.push(Buffer.from(v.session, 'base64url'), compactSdp(v.sdp));
  const body = Buffer.concat(out);
  return Buffer.concat([body, crypto.sign(null, Buffer.concat([Buffer.from(DOMAIN), body]), key(seed))]);
}

const seedA = Buffer.alloc(32, 1), seedB = Buffer.alloc(32, 2);
const network = b64(crypto.createHash('sha256').update('network of the test vectors').digest());
const bytes = (n, start) => b64(Buffer.from(Array.from({ length: n }, (_, i) => start + i)));
const expires = 1900000000000;
const udp = (type, address, port) => ({ type, transport: 'udp', address, port });
const sdpA = { setup: 'actpass', mid: 'application0', ufrag: '+PUBuMz9GjLdMjCGieM12aFg+/R/E04d',
  password: '4RTWw0Qajw7Jb+IHvOm4ifBmxtl1CdFT',
  fingerprint: 'afaefd111e12985c62a8c3e825129474ce241d4850345a984 0dbe5bc3d855f39'.replace(' ', ''),
  candidates: [udp('host', '192.0.2.2', 38158), udp('host', '2001:db8:1:2::5', 37254),
    udp('srflx', '198.51.100.7', 50001), udp('host', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', 37255)] };
const sdpB = { setup: 'active', mid: 'sctp-1', ufrag: 'abcd', password: 'ABCDEFGHIJKLMNOPQRSTUV',
  fingerprint: '00'.repeat(31) + '7f',
  candidates: [udp('host', '10.0.0.1', 1024), udp('relay', '203.0.113.9', 65535),
    { type: 'host', transport: 'passive', address: '10.0.0.1', port: 9 }] };

const good = [
  { name: 'open network', kind: 'network', network_id: network, expires, ticket: bytes(16, 0),
    network_name: 'edge-net', inviter_name: '', addresses: [] },
  { name: 'founded network', kind: 'network', network_id: network, expires, ticket: bytes(16, 16),
    network_name: 'Köln West', inviter_name: 'Mara', room_secret: bytes(16, 100), relay_token: 'let-me-in',
    addresses: ['wss://relay.example/', 'ws://[2001:db8::1]:8080/edge'] },
  { name: 'offer of four candidates', kind: 'offer', network_id: network, expires, session: bytes(16, 32), sdp: sdpA },
  { name: 'answer', kind: 'answer', network_id: network, expires, session: bytes(16, 32), sdp: sdpB, by: 'B' },
].map(v => {
  const { by, ...rest } = v, seed = by === 'B' ? seedB : seedA, data = payload(v, seed);
  return { ...rest, inviter: b64(publicKey(seed)), seed: b64(seed), size: data.length, link: 'edge-net:i/' + b64(data) };
});

const link = data => 'edge-net:i/' + b64(data);
const base = payload(good[0], seedA), flip = (data, at) => { const c = Buffer.from(data); c[at] ^= 1; return c; };
const raw = (kind, bytesOf) => payload({ kind, network_id: network, expires, raw: Buffer.from(bytesOf) }, seedA);
const offerBody = Buffer.concat([Buffer.alloc(16, 9), compactSdp(sdpA)]);
const bad = [
  ['no link', 'malformed', 'hello'], ['empty', 'malformed', 'edge-net:i/'],
  ['version 0', 'malformed', link(Buffer.alloc(200))],
  ['newer version', 'newer', link(payload({ ...good[0], version: 2 }, seedA))],
  ['newer version of another shape', 'newer', link(Buffer.from([7, 1, 2, 3]))],
  ['cut off', 'tampered', link(base.subarray(0, 100))], ['cut off by one', 'tampered', link(base.subarray(0, -1))],
  ['not base64url', 'tampered', link(base).slice(0, 62)],
  ['network changed', 'tampered', link(flip(base, 2))], ['inviter changed', 'tampered', link(flip(base, 34))],
  ['expiry changed', 'tampered', link(flip(base, 69))], ['name changed', 'tampered', link(flip(base, 89))],
  ['signature changed', 'tampered', link(flip(base, base.length - 1))],
  ['unknown kind', 'malformed', link(raw(9, Buffer.alloc(30)))],
  ['unknown flag', 'malformed', link(raw('network', [4, ...Buffer.alloc(16), 1, 97, 0, 0]))],
  ['empty network name', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 0, 0, 0]))],
  ['line break in a name', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 2, 97, 10, 0, 0]))],
  ['name is not UTF-8', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 1, 255, 0, 0]))],
  ['NUL in a name', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 2, 97, 0, 0, 0]))],
  ['five addresses', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 1, 97, 0, 5, ...Array(5).fill([...text('ws://a/')]).flat()]))],
  ['address of another scheme', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 1, 97, 0, 1, ...text('file:///etc/passwd')]))],
  ['address with a user', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 1, 97, 0, 1, ...text('wss://u:p@a/')]))],
  ['bytes left over', 'malformed', link(raw('network', [0, ...Buffer.alloc(16), 1, 97, 0, 0, 0]))],
  ['offer cut off', 'malformed', link(raw('offer', offerBody.subarray(0, -1)))],
  ['offer with bytes left over', 'malformed', link(raw('offer', Buffer.concat([offerBody, Buffer.alloc(1)])))],
  ['offer without a session', 'malformed', link(raw('offer', [1, 2, 3]))],
].map(([name, error, l]) => ({ name, error, link: l }));

console.log(JSON.stringify({ good, bad }, null, 1));
