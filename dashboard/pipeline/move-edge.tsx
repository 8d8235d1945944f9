import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { Point } from './layout';

/** An arrow along the way that was found for it, around the statuses that are between. */
export function MoveEdge({ id, data, markerEnd }: EdgeProps<Edge<{ corners: readonly Point[] }>>) {
  const corners = data?.corners ?? [];
  const path = corners.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'} ${x} ${y}`).join(' ');
  return <BaseEdge id={id} path={path} {...(markerEnd !== undefined && { markerEnd })} />;
}
