// SPDX-License-Identifier: GPL-3.0-or-later
// A peer in another language, written from docs/protocol.md, docs/ledger.md and docs/invitation.md:
// what of it can be done with a node is done here, well and badly.
//
//   foreign-peer.mjs '{"scenario": NAME, …}'
//
// Tells how far it came in lines of JSON; ends with status 0 when all was as the documents say.
import { Book } from './foreign-book.mjs';
import { misbehave } from './foreign-hostile.mjs';
import { readOffer, writeAnswer } from './foreign-invitation.mjs';
import { Link, Peer, loose, padded, within } from './foreign-link.mjs';
import { Key, base64, fromBase64, openNetwork, random, readJws, sha256 } from './foreign-wire.mjs';

const options = JSON.parse(process.argv[2]);
const tell = (event, more = {}) => process.stdout.write(`${JSON.stringify({ event, ...more })}\n`);
const network = options.room ? openNetwork(options.room)
  : options.secret ? { id: options.network, secret: fromBase64(options.secret), genesis: options.genesis } : null;
const ownKey = () => new Key(sha256(options.seed));

/** Links, says something, hears something, moves large frames, takes leave. */
async function talk() {
  const peer = new Peer(network, Key.beside(options.node, options.offers));
  const link = await peer.link(options.relay, options.node, options.relayed);
  const answer = link.heard('the node says something', (frame) => frame.type === 'message');
  await within('the lane is verified', link.up);
  tell('linked', { id: peer.key.id });
  link.say(0, { type: 'message', text: 'from afar' });
  tell('heard', { text: (await answer).text });

  for (const stream of [0, 1])
    for (let i = 0; i < (options.relayed ? 1 : 20); i++)
      link.say(stream, padded(65_536));
  await link.read();
  link.close();
  // Who is heard of again is linked to again.
  peer.relay.close();
  // Who ends before the other heard it leaves without a word: the test says when.
  const told = new Promise((resolve) => { process.on('SIGTERM', resolve); });
  const alive = setInterval(() => {}, 1000);
  tell('left');
  await told;
  clearInterval(alive);
}

/** Comes to hold what the node holds, joins, and pays. */
async function ledger() {
  const peer = new Peer(network, ownKey());
  const link = await peer.link(options.relay, options.node);
  const book = new Book(network.genesis);
  const until = (what, condition) => within(what, new Promise((resolve) => {
    book.changed = () => condition() && resolve();
    book.changed();
  }));
  book.follow(link);
  await within('the lane is verified', link.up);
  book.ask(link);
  await until('all events are here', () => book.events.size >= options.events);
  await until('a checkpoint is final', () => book.last.n > 0);
  tell('synced', { events: book.events.size, checkpoint: book.last });

  book.push(link, book.make(peer.key, 'join', { work: book.work(peer.key) }));
  book.push(link, book.make(peer.key, 'transfer', { to: options.node, amount: 3_000_000_000, memo: 'from afar' }));
  // A whole round: the node holds what was pushed when its answer has nothing to give or to ask.
  const round = link.heard('both hold the same', (frame) => frame.type === 'qdag_sync_response' &&
    JSON.stringify(frame.ranges) === JSON.stringify(book.first()));
  await link.read();
  link.say(1, { type: 'qdag_sync_request', count: book.events.size, ranges: book.first() });
  await round;
  tell('in step', { events: book.events.size });
  link.close();
  peer.leave();
}

/** Is in the room, and says that it is of another network. */
async function stranger() {
  const peer = new Peer(network, ownKey());
  peer.claims = openNetwork('elsewhere').id;
  const link = await peer.link(options.relay, options.node);
  const book = new Book(network.genesis);
  const heard = [];
  link.on('frame', (frame) => heard.push(frame.type));
  // A person may say something at once.
  const answer = link.heard('the node says something', (frame) => frame.type === 'message');
  await within('the lane is verified', link.up);
  tell('linked', { id: peer.key.id, network: peer.claims });

  // All that a member asks, an event that is good in the node's network, and what a member pushes.
  const join = book.make(peer.key, 'join', { work: book.work(peer.key) });
  book.ask(link);
  link.say(0, { type: 'qdag_state_request' });
  link.say(0, { type: 'uptime_request', day: 20_000 });
  link.say(0, { type: 'genesis_request' });
  book.push(link, join);
  await link.read();
  link.say(0, { type: 'message', text: 'from elsewhere' });
  await answer;
  tell('heard', { types: [...new Set(heard)], join: join.id });
  link.close();
  peer.leave();
}

/** Knows nothing of a founded network but an offer, is let in over the link, and has another lane built. */
async function guest() {
  const offer = readOffer(options.offer);
  const key = Key.beside(offer.inviter, false);
  const peer = new Peer({ id: offer.network, secret: random(16) }, key);
  const link = new Link(peer, offer.inviter);
  const given = link.heard('the network is handed over', (frame) => frame.type === 'genesis');
  const relink = within('the node offers another lane',
    new Promise((resolve) => { link.on('loose', (frame) => frame.type === 'relink' && frame.kind === 'offer' && resolve(frame)); }));
  // What would go through a relay is carried by hand.
  peer.post = () => {};
  link.direct(0, offer.sdp);
  await within('candidates are there', new Promise((resolve) => {
    const look = () => link.connection.gatheringState() === 'complete' && resolve();
    link.connection.onGatheringStateChange(look);
    look();
  }));
  tell('answer', { id: key.id, link: writeAnswer(key, offer, link.connection.localDescription().sdp) });

  await within('the lane is verified', link.up);
  link.say(0, { type: 'invite_taken', ticket: base64(offer.session) });
  link.say(0, { type: 'genesis_request' });
  const frame = await given;
  if (readJws(frame.genesis).id !== offer.network)
    throw new Error('the genesis of another network');
  tell('let in', { secret: frame.room_secret, relays: frame.relays, addresses: frame.addresses });

  link.send(0, loose(JSON.stringify({ type: 'relink', kind: 'wish' })));
  const { attempt, sdp } = await relink;
  if (!Number.isInteger(attempt) || !sdp.startsWith('v=0'))
    throw new Error('an offer that is none');
  tell('relink', { attempt });
  link.close();
  peer.leave();
}

const scenarios = {
  guest,
  stranger,
  id: () => tell('id', { id: ownKey().id }),
  talk,
  ledger,
  hostile: () => misbehave(network, options, tell),
};

await scenarios[options.scenario]();
process.exit(0);
