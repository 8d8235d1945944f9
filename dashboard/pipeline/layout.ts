import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Schemas } from '../client/client';

export type Pipeline = Schemas['Pipeline'];

/** Where each status of a pipeline stands; pixels from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
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
      // Statuses of a layer stand in the order of the table.
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: statuses.map(({ status }) => ({ id: status, ...NODE })),
    edges: statuses.flatMap(({ status, next }) =>
      next.map(({ to }) => ({ id: `${status}→${to}`, sources: [status], targets: [to] })),
    ),
  });
  const places = (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }] as const);
  return { width: laid.width ?? 0, height: laid.height ?? 0, places: new Map(places) };
}
