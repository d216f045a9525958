// Starts the page: loads what there is, follows the chain, and shows the view that the address names.
import { el } from './dom.js';
import { chain, follow, load, onChange } from './chain.js';
import { ask, RpcError } from './rpc.js';
import { toNumber, toQuantity } from './format.js';
import * as account from './views/account.js';
import * as block from './views/block.js';
import * as blocks from './views/blocks.js';
import * as mempool from './views/mempool.js';
import * as peers from './views/peers.js';
import * as transaction from './views/transaction.js';
import * as validators from './views/validators.js';

const views = { '': blocks, account, block, mempool, peers, transaction, validators };
const main = document.getElementById('main');
let leave = null;
let shown = 0;

async function show() {
  const mine = ++shown;
  leave?.();
  leave = null;
  const [, name = '', ...rest] = location.hash.split('/');
  const view = Object.hasOwn(views, name) ? views[name] : null;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${name}`) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  const page = el('div'); // of this view alone: what it draws late, after another was asked for, shows nowhere
  main.replaceChildren(page);
  try {
    const left = view ? await view.render(page, decodeURIComponent(rest.join('/'))) : say(page, 'There is no such page.');
    if (mine === shown) {
      leave = left ?? null;
    } else {
      left?.(); // another page was asked for meanwhile
    }
  } catch (error) {
    say(page, error instanceof RpcError ? `${error.message} (${error.code})` : 'The node does not answer.');
  }
  if (mine === shown) {
    const heading = page.querySelector('h1')?.textContent.trim();
    document.title = [heading, chain.status.chainName, 'explorer'].filter(Boolean).join(' · ');
  }
}

function say(page, text) {
  page.replaceChildren(el('p', { class: 'error', role: 'alert' }, text));
}

async function search(term) {
  if (/^#?\d{1,18}$/.test(term)) {
    return `#/block/${toQuantity(term.replace('#', ''))}`;
  }
  const id = term.startsWith('0x') ? term.toLowerCase() : `0x${term.toLowerCase()}`;
  if (!/^0x[0-9a-f]{64}$/.test(id)) {
    return null;
  }
  return await ask('chain_v1_getHeader', { block: id }) ? `#/block/${id}`
    : await ask('tx_v1_get', { id }) ? `#/transaction/${id}`
    : `#/account/${id}`;
}

document.getElementById('search').addEventListener('submit', async event => {
  event.preventDefault();
  const target = await search(document.getElementById('term').value.trim());
  if (target === null) {
    say(main, 'That is neither a height nor 32 bytes in hexadecimal.');
  } else {
    location.hash = target;
  }
});

// The reader of a page goes where it goes: else the keyboard and a screen reader would stay at the link that was followed.
window.addEventListener('hashchange', async () => {
  await show();
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});

// An anchor would be taken for a page.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

onChange(happened => {
  const newest = chain.blocks[0];
  if (happened === 'added' && newest) {
    document.getElementById('news').textContent = `Block ${toNumber(newest.height)}`;
  } else if (happened === 'removed') {
    document.getElementById('news').textContent = 'A block was undone';
  }
});

function showLink(isUp) {
  document.getElementById('link').textContent = isUp ? '' : 'The connection to the node is lost; trying again …';
}

let isShown = false;

// With each connection anew: what there is now; what happens from then on comes by itself.
async function meet() {
  try {
    await load();
  } catch {
    showLink(false);
    setTimeout(meet, 2000);
    return;
  }
  showLink(true);
  if (!isShown) {
    isShown = true;
    document.getElementById('chain').textContent = chain.status.chainName;
    document.getElementById('software').textContent = chain.status.software;
    document.getElementById('genesis').textContent = `genesis ${chain.status.genesis}`;
    await show();
  }
}

follow(meet, () => showLink(false));
