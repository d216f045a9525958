// One block: its header, and its transactions decoded.
import { el, facts, standing, table } from '../dom.js';
import { accountLink, blockLink, bytes, clock, grouped, toNumber, transactionLink } from '../format.js';
import { call } from '../rpc.js';
import { shapeOf } from '../chain.js';
import { show } from '../decode.js';

export async function render(page, selector) {
  const block = await call('chain_v1_getBlock', { block: selector, detail: 'full' });
  const header = block.header;
  const transactions = block.transactions ?? [];
  page.replaceChildren(
    el('h1', {}, `Block #${toNumber(header.height)} `, standing(header.standing)),
    facts('Header', [
      ['Id', el('code', {}, header.id)],
      ['Parent', blockLink(header.parent)],
      ['Time', clock(header.time)],
      ['Transactions', `${transactions.length}, ${block.bytes} bytes in all`],
      ['Transactions root', el('code', {}, header.transactionsRoot)],
      ['State root', el('code', {}, header.stateRoot)],
      ['History root', el('code', {}, header.historyRoot)],
      ['Seal', bytes(header.seal)],
    ]),
    el('h2', {}, 'Transactions'),
    table('Transactions of the block', [
      { title: 'Transaction', show: ({ transaction }) => transactionLink(transaction.id) },
      { title: 'Sender', class: 'secondary', show: ({ transaction }) => accountLink(transaction.sender) },
      { title: 'Call', show: ({ transaction }) => callOf(transaction) },
      { title: 'Fee', class: 'number secondary', show: ({ transaction }) => grouped(transaction.fee) },
      { title: 'Outcome', show: ({ receipt }) => receipt ? standing(receipt.status) : '' },
    ], transactions, 'None.'));
}

export function callOf(transaction) {
  return el('span', {}, el('strong', {}, `${transaction.module}.${transaction.method}`), ' ',
    show(transaction.arguments, shapeOf('methods', transaction.module, transaction.method)));
}
