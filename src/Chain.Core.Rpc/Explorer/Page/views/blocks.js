// The newest blocks, live; blocks that a reorganisation undid stay visible, struck through.
import { el, standing, table, tiles } from '../dom.js';
import { blockLink, clock, heightLink, toNumber } from '../format.js';
import { chain, onChange } from '../chain.js';

export function render(page) {
  const body = el('div');
  page.replaceChildren(el('h1', {}, 'Newest blocks'), body);
  const draw = () => body.replaceChildren(summary(), undoneNotice(), blockTable());
  draw();
  return onChange(draw);
}

function summary() {
  const newest = chain.blocks[0];
  return tiles([
    ['Height', newest ? `${toNumber(newest.height)}` : '–'],
    ['Final', chain.finalHeight > 0 ? `${chain.finalHeight}` : '–'],
    ['Block time', interval()],
    ['Consensus', chain.status.consensus],
  ]);
}

function interval() {
  const times = chain.blocks.filter(block => toNumber(block.height) > 0).map(block => toNumber(block.time));
  return times.length < 2 ? '–' : `${((times[0] - times[times.length - 1]) / (times.length - 1) / 1000).toFixed(1)} s`;
}

function undoneNotice() {
  const count = chain.undone.length;
  return count === 0 ? '' : el('p', { class: 'notice' }, `${count} ${count === 1 ? 'block was' : 'blocks were'} undone by a heavier chain.`);
}

function blockTable() {
  const rows = [...chain.blocks, ...chain.undone.map(block => ({ ...block, isUndone: true }))]
    .sort((a, b) => toNumber(b.height) - toNumber(a.height));
  return table('Newest blocks', [
    { title: 'Height', show: block => heightLinkOf(block) },
    { title: 'Block', show: block => blockLink(block.id) },
    { title: 'Time', class: 'secondary', show: block => clock(block.time) },
    { title: 'Transactions', class: 'number', show: block => block.transactions ?? '' },
    { title: 'Standing', show: block => standing(block.isUndone ? 'abandoned' : toNumber(block.height) <= chain.finalHeight ? 'finalized' : 'onChain') },
  ], rows, 'No block yet.', block => ({ class: block.isUndone ? 'removed' : block.isNew ? 'new' : null, 'data-block': block.id }));
}

// A height names the block that is on the chain now, so an undone one is linked by its id.
const heightLinkOf = block => block.isUndone ? blockLink(block.id, `#${toNumber(block.height)}`) : heightLink(block.height);
