import { Text, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconCheck, IconMapPinFilled } from '@tabler/icons-react';
import { Handle, Position, type Node } from '@xyflow/react';
import type { Tone } from '../parts/pill';
import classes from './pipeline.module.css';

/** What a status is to an order: where it is, where it was, where it may go now, or neither. */
export type Standing = 'present' | 'past' | 'open' | 'closed';

export type StatusNodeData = {
  readonly status: string;
  readonly tone: Tone;
  readonly isDown: boolean;
  readonly standing: Standing | undefined;
  readonly onChoose: ((status: string) => void) | undefined;
};

const icons = { present: IconMapPinFilled, past: IconCheck, open: IconArrowRight } as const;

/** A status of a drawn pipeline; one that is open to the order is a button. */
export function StatusNode({ data }: { readonly data: Node<StatusNodeData>['data'] }) {
  const { status, tone, isDown, standing, onChoose } = data;
  const Icon = standing && standing !== 'closed' ? icons[standing] : undefined;
  const face = (
    <>
      {Icon && <Icon size={16} aria-hidden />}
      <Text span size="sm" fw={600} lineClamp={2} ta="center">
        {status}
      </Text>
    </>
  );
  const looks = { className: classes.node, 'data-standing': standing, 'data-tone': tone };
  return (
    <>
      <Handle
        type="target"
        position={isDown ? Position.Top : Position.Left}
        className={classes.handle}
      />
      {standing === 'open' && onChoose ? (
        <UnstyledButton
          {...looks}
          onClick={() => onChoose(status)}
          aria-label={`Move to ${status}`}
        >
          {face}
        </UnstyledButton>
      ) : (
        <div {...looks} aria-current={standing === 'present' ? 'step' : undefined}>
          {face}
        </div>
      )}
      <Handle
        type="source"
        position={isDown ? Position.Bottom : Position.Right}
        className={classes.handle}
      />
    </>
  );
}
