// Who votes, by stake.
import { el, table, tiles } from '../dom.js';
import { accountLink, bytes, grouped, heightLink } from '../format.js';
import { call } from '../rpc.js';

export async function render(page) {
  const set = await call('validators_v1_list').catch(error => error);
  if (set instanceof Error) {
    page.replaceChildren(el('h1', {}, 'Validators'), el('p', { class: 'empty' }, 'On this chain nobody votes: blocks are chosen by work, or sealed by one node.'));
    return;
  }
  const total = BigInt(set.totalStake);
  const share = stake => total === 0n ? 0 : Number(BigInt(stake) * 10000n / total) / 100;
  page.replaceChildren(
    el('h1', {}, 'Validators'),
    tiles([['Validators', `${set.validators.length}`], ['Stake', grouped(set.totalStake)], ['At block', heightLink(set.block.height)]]),
    el('h2', {}, 'By stake'),
    table('Validators by stake', [
      { title: 'Key', show: each => bytes(each.key) },
      { title: 'Operator', class: 'secondary', show: each => each.operator ? accountLink(each.operator) : '–' },
      { title: 'Stake', class: 'number', show: each => grouped(each.stake) },
      { title: 'Share', class: 'number', show: each => `${share(each.stake).toFixed(2)} %` },
      { title: '', class: 'secondary', show: each => el('meter', { min: 0, max: 100, value: share(each.stake), 'aria-label': 'share of stake' }) },
    ], [...set.validators].sort((a, b) => (BigInt(b.stake) > BigInt(a.stake) ? 1 : -1)), 'None.'));
}
