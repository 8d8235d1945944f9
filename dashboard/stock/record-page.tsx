import { Stack, Title } from '@mantine/core';
import { IconChecklist, IconPackageImport, IconPackageOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { useFeed } from '../client/live';
import { MayButton } from '../parts/may';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { Adjustment } from './adjustment';
import { Ledger } from './ledger';
import { recordQuery, stockKey } from './queries';
import { Shelves } from './shelves';
import { Stocktake } from './stocktake';

const route = getRouteApi('/house/stock/$sku');

type Doing = 'count' | 'in' | 'out';

/** One SKU: what is where, what changed it, and what people do at the shelf. */
export function StockRecordPage() {
  const { sku } = route.useParams();
  const record = useQuery(recordQuery(sku));
  const [doing, setDoing] = useState<Doing>();
  useStockLive(sku);
  return (
    <Page title={sku} actions={record.data && <Actions onChoose={setDoing} />}>
      {record.isPending && <Loading rows={6} />}
      {record.isError && <Failed error={record.error} onRetry={() => void record.refetch()} />}
      {record.data && (
        <Stack gap="xl">
          <Shelves record={record.data} />
          <section aria-labelledby="ledger">
            <Title order={2} id="ledger" mb="sm">
              Ledger
            </Title>
            <Ledger record={record.data} />
          </section>
          {doing && (
            <Dialog doing={doing} record={record.data} onClose={() => setDoing(undefined)} />
          )}
        </Stack>
      )}
    </Page>
  );
}

/** Orders move stock: what is shown of it comes up to date when one of them says so. */
function useStockLive(sku: string): void {
  const queries = useQueryClient();
  useFeed(({ about }) => {
    if (about.includes('stock')) {
      void queries.invalidateQueries({ queryKey: stockKey('record', sku) });
    }
  });
}

function Actions({ onChoose }: { readonly onChoose: (doing: Doing) => void }) {
  return (
    <>
      <MayButton
        needs="setStock"
        onClick={() => onChoose('count')}
        leftSection={<IconChecklist size={18} aria-hidden />}
      >
        Count
      </MayButton>
      <MayButton
        needs="adjustStock"
        variant="default"
        onClick={() => onChoose('in')}
        leftSection={<IconPackageImport size={18} aria-hidden />}
      >
        Receive
      </MayButton>
      <MayButton
        needs="adjustStock"
        variant="default"
        onClick={() => onChoose('out')}
        leftSection={<IconPackageOff size={18} aria-hidden />}
      >
        Write off
      </MayButton>
    </>
  );
}

function Dialog({
  doing,
  record,
  onClose,
}: {
  readonly doing: Doing;
  readonly record: Schemas['StockRecord'];
  readonly onClose: () => void;
}) {
  const [first] = record.locations;
  if (!first) return null;
  const shared = { record, location: first.location, onClose };
  return doing === 'count' ? <Stocktake {...shared} /> : <Adjustment {...shared} way={doing} />;
}
