import { useQuery } from '@tanstack/react-query';
import { actionsQuery } from '../client/queries';
import { actionsFor } from '../dialogs/actions-for';
import type { Asked } from '../dialogs/provider';

/** Whether whoever is signed in may send the order a command now; no until the API has said so. */
export function useAllowed(number: string): (command: Asked['command']) => boolean {
  const { data } = useQuery(actionsQuery(number));
  return (command) => actionsFor(data?.actions ?? [], command).some(({ allowed }) => allowed);
}
