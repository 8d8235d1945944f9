import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { Point } from './layout';

const ROUND = 8;

/** A point on the way from one to the other, at most so far from the first. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

const at = ({ x, y }: Point) => `${x},${y}`;

/** A line through points, its corners rounded. */
function pathThrough(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      return `L${at(towards(point, before, ROUND))} Q${at(point)} ${at(towards(point, after, ROUND))}`;
    })
    .join(' ');
}

/** An arrow between two statuses, along the way that the layout found around the boxes. */
export function MoveLine({
  data,
  style,
  markerEnd,
}: EdgeProps<Edge<{ readonly points: readonly Point[] }>>) {
  return <BaseEdge path={pathThrough(data?.points ?? [])} style={style} markerEnd={markerEnd} />;
}
