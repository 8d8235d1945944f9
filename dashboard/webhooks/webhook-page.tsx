import { Alert, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Facts } from '../deliveries/facts';
import { Page } from '../parts/page';
import { Pill } from '../parts/pill';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { DeliveryLog } from './delivery-log';
import { EndpointActions } from './endpoint-actions';
import { webhookQuery, type Endpoint } from './queries';

/** One endpoint: whether it takes what it is sent, and everything that it was sent. */
export function WebhookPage() {
  const { id } = useParams({ from: '/house/webhooks/$id' });
  const { data: endpoint, error, refetch } = useQuery(webhookQuery(id));
  if (!endpoint) {
    return (
      <Page title="Webhook">
        {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  }
  return (
    <Page
      title={new URL(endpoint.url).host}
      about={endpoint.description}
      actions={<EndpointActions endpoint={endpoint} />}
    >
      {endpoint.why !== null && (
        <Alert color="yellow" title={endpoint.says}>
          {endpoint.why}
        </Alert>
      )}
      <Facts facts={factsOf(endpoint)} />
      <Stack component="section" gap="sm" aria-labelledby="deliveries">
        <Title order={2} id="deliveries">
          Deliveries
        </Title>
        <DeliveryLog id={id} />
      </Stack>
    </Page>
  );
}

function factsOf({ url, says, tone, events, failingSince, formerSecretUntil }: Endpoint) {
  return [
    [
      'Status',
      <Pill key="status" tone={tone}>
        {says}
      </Pill>,
    ],
    ['Address', url],
    ['Told of', events.length === 0 ? 'Everything' : events.join(', ')],
    ['Fails since', failingSince && <When at={failingSince} as="date" />],
    [
      'Former secret',
      formerSecretUntil && <>signs until {<When at={formerSecretUntil} as="date" />}</>,
    ],
  ] as const;
}
