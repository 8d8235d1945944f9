import { Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconMapPinFilled } from '@tabler/icons-react';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { date } from '../parts/format';
import type { Standing } from './standing';

export type StatusBoxNode = Node<{ readonly standing: Standing }, 'status'>;

/** A status: a button that opens its dialog where it is open from here, else only to be looked at. */
export function StatusBox({ data }: NodeProps<StatusBoxNode>) {
  const { status, tone, isHere, visits, says, onOpen } = data.standing;
  const words = wordsUnder(data.standing);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Tooltip label={<Sentences says={says} />} multiline maw={320} disabled={says.length === 0}>
        <button
          type="button"
          className="pipeline-status"
          data-status-box
          data-tone={tone}
          data-here={isHere || undefined}
          data-visited={visits.length > 0 || undefined}
          aria-disabled={!onOpen}
          aria-current={isHere ? 'step' : undefined}
          onClick={onOpen}
        >
          <span className="pipeline-name">
            {isHere && <IconMapPinFilled size={15} aria-hidden />}
            {status}
            {onOpen && <IconArrowRight size={15} aria-hidden />}
          </span>
          {words && <span className="pipeline-note">{words}</span>}
          {onOpen && <VisuallyHidden>open from here</VisuallyHidden>}
        </button>
      </Tooltip>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}

function Sentences({ says }: { readonly says: readonly string[] }) {
  return says.map((sentence) => <div key={sentence}>{sentence}</div>);
}

/** "2 · 26 Nov 2026": its numbers on the way, and when it was entered last. */
function wordsUnder({ visits, note }: Standing): string | undefined {
  const last = visits.at(-1);
  if (!last) return note;
  return `${visits.map(({ step }) => step).join(', ')} · ${date(last.at)}`;
}
