import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Schemas } from '../client/client';
import { meQuery } from '../client/queries';

/** Signs somebody in by a call of the API, and takes them to where they wanted to go. */
export function useEntering<Form>(
  signIn: (form: Form) => Promise<Schemas['Me']>,
  { to = '/' }: { readonly to?: string },
) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: signIn,
    async onSuccess(me) {
      // What the one before was shown is not for whoever comes next.
      queries.clear();
      queries.setQueryData(meQuery.queryKey, me);
      router.history.replace(to);
      await router.invalidate();
    },
  });
}
