// Reads the canonical form (a subset of MessagePack) and names its parts by what the chain's modules declare.
import { el } from './dom.js';
import { accountLink, bytes, clock, grouped, heightLink, toQuantity } from './format.js';

const maxDepth = 16;

/** The one value that fills the hex bytes: BigInt, boolean, string, Uint8Array or array. Throws where it is no such value. */
export function decode(hex) {
  const octets = Uint8Array.from({ length: (hex.length - 2) / 2 }, (_, i) => parseInt(hex.slice(2 + 2 * i, 4 + 2 * i), 16));
  const reader = { view: new DataView(octets.buffer), at: 0 };
  const value = read(reader, 0);
  if (reader.at !== octets.length) {
    throw new RangeError('bytes follow the value');
  }
  return value;
}

function read(reader, depth) {
  if (depth > maxDepth) {
    throw new RangeError('nested too deep');
  }
  const head = Number(unsigned(reader, 1));
  if (head < 0x80) return BigInt(head);
  if (head >= 0x90 && head < 0xa0) return array(reader, head - 0x90, depth);
  if (head >= 0xa0 && head < 0xc0) return text(reader, head - 0xa0);
  switch (head) {
    case 0xc2: return false;
    case 0xc3: return true;
    case 0xc4: case 0xc5: case 0xc6: return take(reader, Number(unsigned(reader, 1 << (head - 0xc4))));
    case 0xcc: case 0xcd: case 0xce: case 0xcf: return unsigned(reader, 1 << (head - 0xcc));
    case 0xd9: case 0xda: case 0xdb: return text(reader, Number(unsigned(reader, 1 << (head - 0xd9))));
    case 0xdc: case 0xdd: return array(reader, Number(unsigned(reader, 2 << (head - 0xdc))), depth);
    default: throw new RangeError('not canonical');
  }
}

function unsigned(reader, length) {
  let value = 0n;
  for (const octet of take(reader, length)) {
    value = value * 256n + BigInt(octet);
  }
  return value;
}

function take(reader, length) {
  if (length > reader.view.byteLength - reader.at) {
    throw new RangeError('cut short');
  }
  reader.at += length;
  return new Uint8Array(reader.view.buffer, reader.at - length, length);
}

const text = (reader, length) => new TextDecoder('utf-8', { fatal: true }).decode(take(reader, length));

function array(reader, length, depth) {
  if (length > reader.view.byteLength - reader.at) {
    throw new RangeError('cut short');
  }
  return Array.from({ length }, () => read(reader, depth + 1));
}

const toHex = octets => '0x' + Array.from(octets, octet => octet.toString(16).padStart(2, '0')).join('');

/** The bytes as an element: named parts where the shape fits, else the bytes themselves. */
export function show(hex, shape) {
  try {
    return shown(decode(hex), shape);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError) {
      return bytes(hex);
    }
    throw error;
  }
}

function shown(value, shape) {
  if (Array.isArray(value)) {
    const isTuple = shape?.kind === 'tuple' && shape.fields.length === value.length;
    const parts = value.map((part, i) => {
      const field = isTuple ? shape.fields[i] : { name: '', shape: shape?.element };
      return el('span', {}, field.name ? `${field.name} ` : '', shown(part, field.shape), i + 1 < value.length ? ', ' : '');
    });
    return el('span', {}, parts.length === 0 ? 'none' : parts);
  }
  if (value instanceof Uint8Array) {
    return shape?.kind === 'address' ? accountLink(toHex(value)) : bytes(toHex(value));
  }
  switch (shape?.kind) {
    case 'height': return heightLink(toQuantity(value));
    case 'time': return clock(toQuantity(value));
    default: return typeof value === 'bigint' ? grouped(value) : String(value);
  }
}
