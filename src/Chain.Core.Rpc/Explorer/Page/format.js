// How values of the chain are shown.
import { el } from './dom.js';

/** A hex quantity as a number; heights, counts and times stay below 2^53. */
export const toNumber = quantity => Number(BigInt(quantity));

export const toQuantity = number => '0x' + BigInt(number).toString(16);

/** A hex quantity of any size with thin spaces between groups of three. */
export const grouped = quantity => BigInt(quantity).toString().replace(/\B(?=(\d{3})+$)/g, '\u202f');

export const short = id => `${id.slice(0, 10)}…${id.slice(-4)}`;

export const clock = time => new Date(toNumber(time)).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

export const milliseconds = value => value === null || value === undefined ? '–' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export const blockLink = (id, text) => el('a', { href: `#/block/${id}`, class: 'id', title: id }, text ?? short(id));

export const heightLink = height => el('a', { href: `#/block/${height}` }, `#${toNumber(height)}`);

export const transactionLink = id => el('a', { href: `#/transaction/${id}`, class: 'id', title: id }, short(id));

export const accountLink = address => el('a', { href: `#/account/${address}`, class: 'id', title: address }, short(address));

/** Bytes that mean something to programs only: the beginning, and how many there are. */
export const bytes = hex => el('code', { title: hex.length <= 2050 ? hex : null },
  hex.length <= 66 ? hex : `${hex.slice(0, 42)}… ${(hex.length - 2) / 2} bytes`);
