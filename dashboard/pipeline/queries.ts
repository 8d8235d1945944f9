import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';

/** The pipelines of an order's table, as of the event that `order` is shown after, and its whole way until now. */
export const pipelineQuery = ({ number, seq, shop }: Schemas['Order']) =>
  queryOptions({
    // A table stays what it is between its revisions, so that moving through the past draws nothing anew.
    queryKey: orderKey(number, 'pipeline', shop.name, shop.revision),
    queryFn: async () => {
      const params = { path: { number }, query: { at: String(seq) } };
      return dataOf(await api.GET('/v1/orders/{number}/pipeline', { params }));
    },
  });
