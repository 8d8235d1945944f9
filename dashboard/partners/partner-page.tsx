import { Alert, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Facts } from '../deliveries/facts';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { Figures } from './figures';
import { MessageLog } from './message-log';
import { PartnerActions } from './partner-actions';
import { partnerQuery, partnersQuery, type Partner } from './queries';
import { saysFeed, saysTransport } from './words';

/** One partner: how it is reached, what stands out, and everything that it was told and said. */
export function PartnerPage() {
  const { code } = useParams({ from: '/house/partners/$code' });
  const { data: partner, error, refetch } = useQuery(partnerQuery(code));
  if (!partner) {
    return (
      <Page title={code}>
        {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page title={partner.name} about={code} actions={<PartnerActions partner={partner} />}>
      {!partner.active && <Alert color="yellow">It is not active: nothing is sent to it.</Alert>}
      <Standing code={code} />
      <Facts facts={factsOf(partner)} />
      <Stack component="section" gap="sm" aria-labelledby="log">
        <Title order={2} id="log">
          Messages
        </Title>
        <MessageLog code={code} />
      </Stack>
    </Page>
  );
}

function Standing({ code }: { readonly code: string }) {
  const { data } = useQuery(partnersQuery);
  const partner = data?.partners.find((each) => each.code === code);
  return data && partner && <Figures partner={partner} statuses={data.statuses} />;
}

function factsOf({ transport, feed, formerUntil, updatedAt }: Partner) {
  return [
    ['Is told', saysTransport(transport)],
    ['Tells us', saysFeed(feed)],
    ['Former secret', formerUntil && <>holds until {<When at={formerUntil} as="date" />}</>],
    ['Last changed', <When key="changed" at={updatedAt} />],
  ] as const;
}
