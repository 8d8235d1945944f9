import ELK, { type ElkEdgeSection, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Schemas } from '../client/client';
import { moveId } from './move-id';

export type Pipeline = Schemas['Pipeline'];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where each status of a pipeline stands; pixels from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Point>;
  /** The corners of each arrow, by the id of its move. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

export const NODE = { width: 164, height: 52 };

const elk = new ELK();

/** Lays a pipeline out in layers, from left to right or downwards, with as few crossings as can be. */
export async function layOut({ statuses }: Pipeline, direction: 'RIGHT' | 'DOWN'): Promise<Layout> {
  const laid: ElkNode = await elk.layout({
    id: 'pipeline',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.spacing.nodeNode': '28',
      'elk.layered.spacing.nodeNodeBetweenLayers': direction === 'RIGHT' ? '64' : '40',
      'elk.edgeRouting': 'ORTHOGONAL',
      // Statuses of a layer stand in the order of the table.
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: statuses.map(({ status }) => ({ id: status, ...NODE })),
    edges: statuses.flatMap(({ status, next }) =>
      next.map(({ to }) => ({ id: moveId(status, to), sources: [status], targets: [to] })),
    ),
  });
  const { children = [], edges = [], width = 0, height = 0 } = laid;
  return {
    ...{ width, height },
    places: new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
    routes: new Map(edges.map(({ id, sections = [] }) => [id, sections.flatMap(corners)])),
  };
}

function corners({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection): readonly Point[] {
  return [startPoint, ...bendPoints, endPoint];
}
