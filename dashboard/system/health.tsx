import { useQuery } from '@tanstack/react-query';
import { Pill } from '../parts/pill';
import { Facts } from './facts';
import { readyQuery } from './queries';

/** Whether the API, PostgreSQL and Temporal answer, as it is now. */
export function Health() {
  const { data, isPending, isError } = useQuery(readyQuery);
  const isKnown = !isPending && !isError;
  return (
    <div role="status">
      <Facts
        facts={[
          ['API', <Answers does={isPending ? undefined : !isError} />],
          ['PostgreSQL', <Answers does={isKnown ? data.postgres : undefined} />],
          ['Temporal', <Answers does={isKnown ? data.temporal : undefined} />],
        ]}
      />
    </div>
  );
}

function Answers({ does }: { readonly does: boolean | undefined }) {
  if (does === undefined) return <Pill tone="neutral">Not known</Pill>;
  return does ? <Pill tone="success">Answers</Pill> : <Pill tone="danger">Does not answer</Pill>;
}
