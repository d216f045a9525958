// Shows every move of every item as the node tells of it. What the chain says is put into the page as text, never as markup.
const node = await (await fetch('node')).text();
const moves = document.getElementById('moves');
const state = document.getElementById('state');

async function call(method, ...params) {
  const response = await fetch(node, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
  const answer = await response.json();
  if (answer.error) {
    throw new Error(`${answer.error.data.code}: ${answer.error.message}`);
  }
  return answer.result;
}

/** The parts of an event of this module: texts and bytes in an array, in the canonical form (a subset of MessagePack). */
function parts(hex) {
  const octets = Uint8Array.from({ length: (hex.length - 2) / 2 }, (_, i) => parseInt(hex.slice(2 + 2 * i, 4 + 2 * i), 16));
  let at = 1;
  return Array.from({ length: octets[0] & 0x0f }, () => {
    const head = octets[at++];
    const length = head >= 0xa0 && head < 0xc0 ? head & 0x1f : octets[at++];
    const bytes = octets.slice(at, at += length);
    return head === 0xc4 ? '0x' + Array.from(bytes, each => each.toString(16).padStart(2, '0')).join('') : new TextDecoder().decode(bytes);
  });
}

function show(block, [item, owner, note]) {
  const row = moves.insertRow(0);
  row.dataset.block = block;
  for (const text of [item, `#${parseInt(block)}`, owner.slice(0, 12) + '…', note]) {
    row.insertCell().textContent = text;
  }
}

async function onBlock(place) {
  const block = await call('chain_v1_getBlock', place.block, 'full');
  for (const { receipt } of block.transactions ?? []) {
    receipt.events.filter(each => each.module === 'items' && each.name === 'moved').forEach(each => show(place.height, parts(each.content)));
  }
}

let queue = Promise.resolve();
const events = new EventSource(new URL('v1/events?after=genesis', node));
events.addEventListener('added', told => {
  queue = queue.then(() => onBlock(JSON.parse(told.data))).catch(fault => { state.textContent = fault.message; });
});
events.addEventListener('removed', told => {
  const { height } = JSON.parse(told.data);
  queue = queue.then(() => moves.querySelectorAll(`tr[data-block="${CSS.escape(height)}"]`).forEach(row => row.remove()));
});
events.onopen = () => { state.textContent = 'live'; };
events.onerror = () => { state.textContent = 'the node does not answer; trying again…'; };
