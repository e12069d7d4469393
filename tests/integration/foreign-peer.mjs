// SPDX-License-Identifier: GPL-3.0-or-later
// A peer in another language, written from docs/protocol.md, docs/ledger.md and docs/invitation.md:
// what of it can be done with a node is done here, well and badly.
//
//   foreign-peer.mjs '{"scenario": NAME, …}'
//
// Tells how far it came in lines of JSON; ends with status 0 when all was as the documents say.
import { Book } from './foreign-book.mjs';
import { misbehave } from './foreign-hostile.mjs';
import { Peer, padded, within } from './foreign-link.mjs';
import { Key, fromBase64, openNetwork, sha256 } from './foreign-wire.mjs';

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
  const answer = link.heard('the node says something', (frame) => frame.type === 'message');
  link.say(0, { type: 'message', text: 'from elsewhere' });
  await answer;
  tell('heard', { types: [...new Set(heard)], join: join.id });
  link.close();
  peer.leave();
}

const scenarios = {
  stranger,
  id: () => tell('id', { id: ownKey().id }),
  talk,
  ledger,
  hostile: () => misbehave(network, options, tell),
};

await scenarios[options.scenario]();
process.exit(0);
