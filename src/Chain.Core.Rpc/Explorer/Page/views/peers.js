// The node's peers: the farther from the middle, the longer the round trip; the colour tells their health.
import { el, standing, svg, table } from '../dom.js';
import { milliseconds, short, toNumber } from '../format.js';
import { call } from '../rpc.js';

const refresh = 2000;
const wide = { width: 640, height: 430, nearest: 70, farthest: 170, stretch: 1.5 };
const narrow = { width: 340, height: 350, nearest: 60, farthest: 125, stretch: 0.95 }; // so that letters stay letters on a phone

export async function render(page) {
  const body = el('div');
  page.replaceChildren(el('h1', {}, 'Peers'), body);
  const draw = async () => {
    const { peers } = await call('peers_v1_list');
    body.replaceChildren(graph(peers), peerTable(peers));
  };
  await draw();
  const timer = setInterval(() => draw().catch(() => {}), refresh);
  return () => clearInterval(timer);
}

function graph(peers) {
  const { width, height, nearest, farthest, stretch } = matchMedia('(max-width: 40rem)').matches ? narrow : wide;
  const longest = Math.max(1, ...peers.map(peer => peer.roundTripMilliseconds ?? 0));
  const placed = peers.map((peer, i) => {
    const angle = 2 * Math.PI * i / Math.max(1, peers.length) - Math.PI / 6;
    const distance = nearest + (farthest - nearest) * (peer.roundTripMilliseconds ?? longest) / longest;
    const isLower = Math.sin(angle) > 0; // what is written at a peer stands on the side away from the middle
    const lines = isLower ? [22, 36] : [-28, -14];
    return { peer, lines, x: width / 2 + stretch * distance * Math.cos(angle), y: height / 2 + distance * Math.sin(angle) };
  });
  return svg('svg', { class: 'graph', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `This node and its ${peers.length} ${peers.length === 1 ? 'peer' : 'peers'}` },
    placed.map(({ x, y }) => svg('line', { x1: width / 2, y1: height / 2, x2: x, y2: y })),
    svg('g', { class: 'self' }, svg('circle', { cx: width / 2, cy: height / 2, r: 12 }), svg('text', { x: width / 2, y: height / 2 + 28 }, 'this node')),
    placed.map(({ peer, lines, x, y }) => svg('g', { class: /^[a-z]+$/.test(peer.health) ? peer.health : '' },
      svg('title', {}, `${peer.address}: ${peer.health}, score ${peer.score}, round trip ${milliseconds(peer.roundTripMilliseconds)}`),
      svg('circle', { cx: x, cy: y, r: 9 }),
      svg('text', { x, y: y + lines[0] }, peer.address),
      svg('text', { class: 'soft', x, y: y + lines[1] }, `${milliseconds(peer.roundTripMilliseconds)} · score ${peer.score}`))));
}

const peerTable = peers => table('Peers', [
  { title: 'Peer', class: 'secondary', show: peer => el('span', { class: 'id', title: peer.id }, short(peer.id)) },
  { title: 'Address', class: 'any', show: peer => peer.address },
  { title: 'Direction', class: 'secondary', show: peer => peer.direction },
  { title: 'Software', class: 'secondary any', show: peer => peer.agent },
  { title: 'Height', class: 'number secondary', show: peer => toNumber(peer.height) },
  { title: 'Round trip', class: 'number', show: peer => milliseconds(peer.roundTripMilliseconds) },
  { title: 'Score', class: 'number', show: peer => peer.score },
  { title: 'Health', show: peer => standing(peer.health) },
], peers, 'No peer: this node is alone.');
