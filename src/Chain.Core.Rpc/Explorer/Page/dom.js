// Builds elements. Whatever comes from the chain is put in as text and never read as markup.

/** An element with attributes and children; a child is an element, text, or nothing. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

/** A table in a box that scrolls by itself. Each column: title, what a row shows, and perhaps a class. */
export function table(caption, columns, rows, emptyText, rowAttributes = () => ({})) {
  if (rows.length === 0) {
    return el('div', { class: 'wide' }, el('p', { class: 'empty' }, emptyText));
  }
  const head = el('tr', {}, columns.map(column => el('th', { scope: 'col', class: column.class }, column.title)));
  const body = rows.map(row => el('tr', rowAttributes(row), columns.map(column => el('td', { class: column.class }, column.show(row)))));
  return el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', { class: 'unseen' }, caption), el('thead', {}, head), el('tbody', {}, body)));
}

/** Names and values, one below the other. */
export function facts(caption, pairs) {
  const rows = pairs.filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', { class: 'any' }, value)));
  return el('div', { class: 'wide' }, el('table', {}, el('caption', { class: 'unseen' }, caption), el('tbody', {}, rows)));
}

export function tiles(pairs) {
  return el('dl', { class: 'tiles' }, pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/** A word of the interface as people write it, coloured by what it says. */
export const standing = word => el('span', { class: `standing ${/^[A-Za-z]+$/.test(word) ? word : ''}` },
  word.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`));
