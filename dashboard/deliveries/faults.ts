import { isProblem } from '../client/problem';

/** What the API has against a field, by its JSON pointer and those beneath it. */
export function faultAt(error: unknown, pointer: string): string | undefined {
  if (!isProblem(error)) return undefined;
  const found = error.problem?.errors?.filter(
    (each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`),
  );
  return found?.map(({ detail }) => detail).join(' ') || undefined;
}
