// One transaction: what it calls, where it is, what came of it.
import { el, facts, standing, table } from '../dom.js';
import { accountLink, blockLink, bytes, grouped, toNumber } from '../format.js';
import { call } from '../rpc.js';
import { onChange, shapeOf } from '../chain.js';
import { show } from '../decode.js';
import { callOf } from './block.js';

export async function render(page, id) {
  await draw(page, id);
  return onChange(() => draw(page, id).catch(() => {})); // it may wait now and be in a block soon
}

async function draw(page, id) {
  const found = await call('tx_v1_get', { id });
  const transaction = found.transaction;
  const receipt = found.receipt;
  page.replaceChildren(
    el('h1', {}, 'Transaction ', standing(found.status)),
    facts('Transaction', [
      ['Id', el('code', {}, found.id)],
      ['Block', found.block ? el('span', {}, blockLink(found.block.id, `#${toNumber(found.block.height)}`), `, place ${found.position}`) : 'none yet'],
      ['Sender', accountLink(transaction.sender)],
      ['Call', callOf(transaction)],
      ['Nonce', grouped(transaction.nonce)],
      ['Fee offered', grouped(transaction.fee)],
      ['Valid until', `#${grouped(transaction.validUntil)}`],
      ['Scheme', transaction.scheme],
      ['Outcome', receipt ? el('span', {}, standing(receipt.status), ' ', receipt.reason) : null],
      ['Fee paid', receipt ? grouped(receipt.fee) : null],
      ['Cost', receipt ? grouped(receipt.cost) : null],
      ['Bytes', bytes(transaction.encoded)],
    ]),
    receipt ? el('h2', {}, 'Events') : '',
    receipt ? table('Events', [
      { title: 'Event', show: event => `${event.module}.${event.name}` },
      { title: 'Content', class: 'any', show: event => show(event.content, shapeOf('events', event.module, event.name)) },
    ], receipt.events, 'None.') : '');
}
