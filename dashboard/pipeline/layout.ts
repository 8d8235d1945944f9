import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Schemas } from '../client/client';

export type Pipeline = Schemas['Pipeline'];

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface PlacedStatus extends Point {
  readonly status: string;
  readonly width: number;
  readonly height: number;
}

interface PlacedMove {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

/** Where everything of a drawing is, in pixels from its corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly statuses: readonly PlacedStatus[];
  readonly moves: readonly PlacedMove[];
}

const BOX_HEIGHT = 58;
const BOX_PADDING = 52;
const LETTER_WIDTH = 8;
const NARROWEST = 132;
const WIDEST = 260;

/** Smaller than this, names are hard to read: then it is drawn downwards. */
const READABLE = 0.8;

const elk = new ELK();

function boxWidth(name: string): number {
  return Math.min(WIDEST, Math.max(NARROWEST, name.length * LETTER_WIDTH + BOX_PADDING));
}

function graphOf({ statuses }: Pipeline, direction: 'RIGHT' | 'DOWN'): ElkNode {
  return {
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.spacing.nodeNodeBetweenLayers': direction === 'RIGHT' ? '64' : '44',
      'elk.spacing.nodeNode': '28',
      'elk.padding': '[top=6,left=6,bottom=6,right=6]',
    },
    children: statuses.map(({ status }) => ({
      id: status,
      width: boxWidth(status),
      height: BOX_HEIGHT,
    })),
    edges: statuses.flatMap(({ status, next }) =>
      next.map(({ to }) => ({ id: `${status} → ${to}`, sources: [status], targets: [to] })),
    ),
  };
}

function moveOf({ sources, targets, sections = [] }: ElkExtendedEdge): PlacedMove {
  return {
    from: sources[0] ?? '',
    to: targets[0] ?? '',
    points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ]),
  };
}

async function laidOut(pipeline: Pipeline, direction: 'RIGHT' | 'DOWN'): Promise<Layout> {
  const {
    width = 0,
    height = 0,
    children = [],
    edges = [],
  } = await elk.layout(graphOf(pipeline, direction));
  return {
    width,
    height,
    statuses: children.map(({ id, x = 0, y = 0, width: wide = 0, height: high = 0 }) => ({
      status: id,
      x,
      y,
      width: wide,
      height: high,
    })),
    moves: edges.map(moveOf),
  };
}

/** A pipeline from left to right where that is readable in `room` pixels, else downwards. */
export async function layoutIn(pipeline: Pipeline, room: number): Promise<Layout> {
  const across = await laidOut(pipeline, 'RIGHT');
  return across.width * READABLE <= room ? across : laidOut(pipeline, 'DOWN');
}
