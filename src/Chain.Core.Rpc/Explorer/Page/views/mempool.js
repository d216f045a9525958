// What waits.
import { el, table, tiles } from '../dom.js';
import { accountLink, grouped, transactionLink } from '../format.js';
import { call } from '../rpc.js';
import { onChange } from '../chain.js';
import { callOf } from './block.js';

const listed = 100;

export async function render(page) {
  await draw(page);
  return onChange(() => draw(page).catch(() => {}));
}

async function draw(page) {
  const [full, list] = await Promise.all([call('mempool_v1_status'), call('mempool_v1_list', { limit: listed })]);
  page.replaceChildren(
    el('h1', {}, 'Mempool'),
    tiles([
      ['Transactions', grouped(full.count)],
      ['Room taken', `${(100 * Number(BigInt(full.bytes)) / Number(BigInt(full.maxBytes))).toFixed(1)} %`],
    ]),
    el('h2', {}, list.count > listed ? `The first ${listed}` : 'Waiting'),
    table('Waiting transactions', [
      { title: 'Transaction', show: each => transactionLink(each.id) },
      { title: 'Sender', class: 'secondary', show: each => accountLink(each.sender) },
      { title: 'Call', show: callOf },
      { title: 'Fee', class: 'number', show: each => grouped(each.fee) },
    ], list.transactions, 'Nothing waits.'));
}
