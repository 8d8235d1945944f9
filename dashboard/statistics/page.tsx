import { SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { date, digitsOf, money } from '../parts/format';
import { Page } from '../parts/page';
import { Empty, Failed, Loading } from '../parts/states';
import { Best } from './best';
import { Chart } from './chart';
import { Controls } from './controls';
import { statisticsQuery, type Figures } from './queries';
import { periodsOf, spanBefore, spanOf, type Span } from './span';
import { currenciesOf, totalOf } from './summing';
import { Times } from './times';
import { Totals } from './totals';

const route = getRouteApi('/house/statistics');

/** Orders, money and time over some days; every currency for itself. */
export function StatisticsPage() {
  const span = spanOf(route.useSearch());
  const { data, error, refetch } = useQuery({
    ...statisticsQuery(span),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="Statistics" about={`Days of ${span.zone}`}>
      <Controls span={span} />
      {error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Shown figures={data} span={span} />
      ) : (
        <Loading rows={4} height={160} />
      )}
    </Page>
  );
}

function Shown({ figures, span }: { readonly figures: Figures; readonly span: Span }) {
  const currencies = currenciesOf(figures);
  const { currency: wanted } = route.useSearch();
  const currency = currencies.find((each) => each === wanted) ?? currencies[0];
  return (
    <Stack>
      {currency === undefined ? (
        <Empty kind="filtered" title="No orders in these days">
          Choose other days above.
        </Empty>
      ) : (
        <InCurrency figures={figures} span={span} currencies={currencies} currency={currency} />
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Times statuses={figures.statuses} />
        {figures.best.length > 0 && <Best best={figures.best} />}
      </SimpleGrid>
    </Stack>
  );
}

function InCurrency({
  figures,
  span,
  currencies,
  currency,
}: {
  readonly figures: Figures;
  readonly span: Span;
  readonly currencies: readonly string[];
  readonly currency: string;
}) {
  const navigate = route.useNavigate();
  const { data: before } = useQuery(statisticsQuery(spanBefore(span)));
  const units = 10 ** digitsOf(currency);
  const rows = periodsOf(span).map((period) => {
    const ofPeriod = <Row extends { period: string; currency: string }>(list: readonly Row[]) =>
      list.find((each) => each.period === period && each.currency === currency);
    return {
      period,
      label: date(period),
      sales: ofPeriod(figures.sales),
      money: ofPeriod(figures.money),
    };
  });
  const amount = (value: number) => money(Math.round(value * units), currency);
  return (
    <>
      {currencies.length > 1 && (
        <SegmentedControl
          aria-label="Currency"
          style={{ alignSelf: 'flex-start' }}
          value={currency}
          onChange={(chosen) =>
            void navigate({ search: (search) => ({ ...search, currency: chosen }), replace: true })
          }
          data={[...currencies]}
        />
      )}
      <Totals
        currency={currency}
        now={totalOf(figures, currency)}
        before={before && totalOf(before, currency)}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Chart
          title="Sold"
          names={['Sold']}
          rows={rows.map(({ sales, ...row }) => ({
            ...row,
            values: { Sold: (sales?.sold ?? 0) / units },
          }))}
          written={amount}
        />
        <Chart
          title="Orders"
          names={['Orders', 'Cancelled']}
          rows={rows.map(({ sales, ...row }) => ({
            ...row,
            values: { Orders: sales?.orders ?? 0, Cancelled: sales?.cancelled ?? 0 },
          }))}
          written={(value) => value.toLocaleString()}
        />
      </SimpleGrid>
      <Chart
        title="Money in and out"
        names={['Captured', 'Refunded']}
        rows={rows.map((row) => ({
          ...row,
          values: {
            Captured: (row.money?.captured ?? 0) / units,
            Refunded: (row.money?.refunded ?? 0) / units,
          },
        }))}
        written={amount}
      />
    </>
  );
}
