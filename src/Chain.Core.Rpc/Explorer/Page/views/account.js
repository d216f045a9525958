// One account at the head.
import { el, facts } from '../dom.js';
import { blockLink, grouped, toNumber } from '../format.js';
import { call } from '../rpc.js';
import { onChange } from '../chain.js';

export async function render(page, address) {
  await draw(page, address);
  return onChange(happened => happened === 'added' && draw(page, address).catch(() => {}));
}

async function draw(page, address) {
  const account = await call('state_v1_getAccount', { account: address });
  page.replaceChildren(el('h1', {}, 'Account'), facts('Account', [
    ['Address', el('code', {}, address)],
    ['Balance', account.balance === null ? 'the chain has no coin' : grouped(account.balance)],
    ['Next nonce', grouped(account.nextNonce)],
    ['After block', blockLink(account.block.id, `#${toNumber(account.block.height)}`)],
  ]));
}
