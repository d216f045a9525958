// What the page knows of the chain: the node, its modules, the newest blocks, and who wants to hear of changes.
import { ask, call, callMany } from './rpc.js';
import { toNumber, toQuantity } from './format.js';

const kept = 32;

export const chain = { status: null, modules: new Map(), blocks: [], undone: [], finalHeight: 0 };
const listeners = new Set();
const retry = 2000;
let loading = Promise.resolve();
let waiting = null; // events that came while the newest blocks were loaded: they are taken in after them

/** Calls back after each change; the result ends that. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const tell = happened => listeners.forEach(listener => listener(happened));

/** The shape of a call's arguments or of an event's content; undefined where the chain does not say. */
export function shapeOf(kind, module, name) {
  return chain.modules.get(module)?.[kind].find(each => each.name === name)?.shape;
}

/** Loads the newest blocks, one time after the other. What happens meanwhile is not lost where the chain is followed already. */
export function load() {
  return loading = loading.catch(() => {}).then(async () => {
    waiting = [];
    try {
      await loadNow();
    } finally {
      const happened = waiting;
      waiting = null;
      happened.forEach(take => take());
    }
  });
}

async function loadNow() {
  chain.status = await call('node_v1_status');
  const described = await ask('node_v1_modules');
  chain.modules = new Map((described?.modules ?? []).map(module => [module.name, module]));
  const head = toNumber(chain.status.head.height);
  const heights = Array.from({ length: Math.min(kept, head + 1) }, (_, back) => head - back);
  const blocks = await callMany('chain_v1_getBlock', heights.map(height => ({ block: toQuantity(height) })));
  chain.finalHeight = toNumber(chain.status.finalized.height);
  chain.blocks = blocks.filter(block => block !== null).map(({ header, transactionCount }) =>
    ({ id: header.id, height: header.height, time: header.time, transactions: transactionCount }));
  tell('loaded');
}

/**
 * Follows the chain. The browser connects again by itself, and goes on after the last event that it had; whoever hears that the link
 * is up loads what there is, as before the first event nobody knows what was missed.
 */
export function follow(onUp, onLost) {
  const events = new EventSource('/v1/events?after=latest');
  events.onopen = onUp;
  events.onerror = () => {
    onLost();
    if (events.readyState === EventSource.CLOSED) { // the node answered, but not with events
      setTimeout(() => follow(onUp, onLost), retry);
    }
  };
  const on = (name, take) => events.addEventListener(name, ({ data }) => {
    if (waiting) {
      waiting.push(() => take(JSON.parse(data)));
    } else {
      take(JSON.parse(data));
    }
  });
  on('added', onAdded);
  on('removed', onRemoved);
  on('finalized', onFinalized);
  events.addEventListener('lagged', () => load().catch(onLost));
}

function onAdded(block) {
  chain.blocks = [{ id: block.block, height: block.height, time: block.time, transactions: block.transactions, isNew: true },
    ...chain.blocks.filter(each => each.id !== block.block)].slice(0, kept);
  chain.undone = chain.undone.filter(each => each.id !== block.block);
  tell('added');
}

function onRemoved(block) {
  const undone = chain.blocks.find(each => each.id === block.block);
  chain.blocks = chain.blocks.filter(each => each.id !== block.block);
  if (undone) {
    chain.undone = [undone, ...chain.undone].slice(0, kept);
  }
  tell('removed');
}

function onFinalized(block) {
  chain.finalHeight = Math.max(chain.finalHeight, toNumber(block.height));
  tell('finalized');
}
