import '@xyflow/react/dist/base.css';
import './drawing.css';
import { Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { MarkerType, ReactFlow, type Edge } from '@xyflow/react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type KeyboardEvent } from 'react';
import { layoutIn, type Layout, type Pipeline } from './layout';
import { MoveLine } from './move-line';
import { StatusBox, type StatusBoxNode } from './status-box';
import type { Standing } from './standing';
import { nearestIn } from './walking';

const nodeTypes = { status: StatusBox };
const edgeTypes = { move: MoveLine };
const HEIGHT_UNTIL_DRAWN = 180;

interface DrawingProps {
  readonly label: string;
  readonly pipeline: Pipeline;
  readonly standings: readonly Standing[];
}

/** A pipeline drawn as boxes and arrows, as wide as there is room; arrow keys walk through its boxes. */
export function Drawing({ label, pipeline, standings }: DrawingProps) {
  const { ref, width } = useElementSize();
  const room = Math.round(width);
  const { data: layout } = useQuery({
    queryKey: ['layout', pipeline, room],
    queryFn: () => layoutIn(pipeline, room),
    enabled: room > 0,
    staleTime: Infinity,
    placeholderData: (drawn) => drawn,
  });
  return (
    <div ref={ref} role="group" aria-label={label} onKeyDown={walk}>
      {layout && room > 0 ? (
        <Drawn layout={layout} room={room} standings={standings} />
      ) : (
        <Skeleton height={HEIGHT_UNTIL_DRAWN} />
      )}
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const boxes = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-status-box]')];
  const next = nearestIn(event.key, boxes, document.activeElement);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Drawn({
  layout,
  room,
  standings,
}: {
  readonly layout: Layout;
  readonly room: number;
  readonly standings: readonly Standing[];
}) {
  const zoom = Math.min(1, room / layout.width);
  const nodes = useMemo(() => nodesOf(layout, standings), [layout, standings]);
  const edges = useMemo(() => edgesOf(layout, standings), [layout, standings]);
  return (
    <div className="pipeline" style={{ height: layout.height * zoom }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        viewport={{ x: (room - layout.width * zoom) / 2, y: 0, zoom }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        panOnDrag={false}
        zoomOnScroll={false}
        zoomOnPinch={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        disableKeyboardA11y
      />
    </div>
  );
}

function nodesOf({ statuses }: Layout, standings: readonly Standing[]): StatusBoxNode[] {
  return statuses.flatMap(({ status, x, y, width, height }) => {
    const standing = standings.find((each) => each.status === status);
    if (!standing) return [];
    const size = { width, height };
    return [{ id: status, type: 'status', position: { x, y }, data: { standing }, ...size }];
  });
}

/** Which arrows were gone along: from each status of the way to the one after it. */
function goneAlong(standings: readonly Standing[]): Set<string> {
  const way = standings
    .flatMap(({ status, visits }) => visits.map(({ step }) => ({ step, status })))
    .sort((one, other) => one.step - other.step);
  return new Set(way.slice(1).map(({ status }, index) => `${way[index]?.status} → ${status}`));
}

function edgesOf({ moves }: Layout, standings: readonly Standing[]): Edge[] {
  const gone = goneAlong(standings);
  return moves.map(({ from, to, points }) => {
    const id = `${from} → ${to}`;
    const isGone = gone.has(id);
    const color = isGone ? 'var(--pipeline-gone)' : 'var(--pipeline-line)';
    return {
      id,
      type: 'move',
      source: from,
      target: to,
      data: { points },
      style: { stroke: color, strokeWidth: isGone ? 2.5 : 1.5 },
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 16, height: 16 },
      zIndex: isGone ? 1 : 0,
    };
  });
}
