import '@xyflow/react/dist/base.css';
import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { MarkerType, ReactFlow, type Edge } from '@xyflow/react';
import { useMemo } from 'react';
import { layOut, NODE, type Layout, type Pipeline } from './layout';
import { MoveEdge } from './move-edge';
import { moveId } from './move-id';
import classes from './pipeline.module.css';
import { StatusNode, type Standing, type StatusNodeData } from './status-node';

const nodeTypes = { status: StatusNode };
const edgeTypes = { move: MoveEdge };

interface DrawingProps {
  readonly pipeline: Pipeline;
  /** What each status is to the order that is shown; nothing where no order is. */
  readonly standings?: ReadonlyMap<string, Standing>;
  /** Moves between two statuses that were made. */
  readonly taken?: ReadonlySet<string>;
  readonly onChoose?: (status: string) => void;
}

/** A pipeline as a drawing: statuses, and arrows to what may follow each. */
export function Drawing(props: DrawingProps) {
  const { pipeline } = props;
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const direction = isNarrow ? 'DOWN' : 'RIGHT';
  const { data: layout } = useQuery({
    queryKey: ['layout', direction, pipeline],
    queryFn: () => layOut(pipeline, direction),
    staleTime: Infinity,
  });
  if (!layout) return <Skeleton height={160} />;
  return <Drawn {...props} layout={layout} isDown={isNarrow} />;
}

function Drawn({
  pipeline,
  standings,
  taken,
  onChoose,
  layout,
  isDown,
}: DrawingProps & { readonly layout: Layout; readonly isDown: boolean }) {
  const nodes = useMemo(
    () =>
      pipeline.statuses.map(({ status, tone }) => ({
        id: status,
        type: 'status' as const,
        position: layout.places.get(status) ?? { x: 0, y: 0 },
        width: NODE.width,
        height: NODE.height,
        focusable: false,
        data: {
          status,
          tone,
          isDown,
          standing: standings?.get(status),
          onChoose,
        } satisfies StatusNodeData,
      })),
    [pipeline, layout, standings, isDown, onChoose],
  );
  const edges = useMemo(
    () =>
      pipeline.statuses.flatMap(({ status, next }): Edge[] =>
        next.map(({ to }) => {
          const id = moveId(status, to);
          return {
            id,
            source: status,
            target: to,
            type: 'move',
            data: { corners: layout.routes.get(id) ?? [] },
            focusable: false,
            className: taken?.has(id) ? classes.taken : classes.edge,
            markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 },
          };
        }),
      ),
    [pipeline, layout, taken],
  );
  return (
    <div className={classes.drawing} style={{ height: Math.min(560, layout.height + 32) }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={{ padding: 0.04, maxZoom: 1 }}
        minZoom={0.2}
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
