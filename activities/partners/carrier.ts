import type { Partner, Transport } from '../../db/partners/registry';
import type { Letter, TestLetter } from '../../machines/letters/letters';

/** A letter to be carried, as it was written once. */
export interface Carrying<Kind extends Transport['kind']> {
  readonly partner: string;
  readonly transport: Extract<Transport, { kind: Kind }>;
  readonly id: string;
  readonly letter: Letter | TestLetter;
  /** What is posted, byte for byte. */
  readonly body: string;
}

/**
 * What came of carrying a letter once. `refused`: the partner said no to what it was asked, and is not
 * asked again. `later`: it did not take it.
 */
export type Carried = {
  /** The HTTP status, where one was answered. */
  readonly status?: number;
  /** The beginning of the answer, or what was done. */
  readonly excerpt?: string;
} & (
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly why: string }
  | { readonly outcome: 'later'; readonly why: string; readonly notBeforeMs?: number }
);

/** A way to a partner; carrying a letter again is harmless. */
export type Carrier<Kind extends Transport['kind']> = (
  carrying: Carrying<Kind>,
) => Promise<Carried>;

/** Every way to partners. */
export type Carriers = { readonly [Kind in Transport['kind']]: Carrier<Kind> };

/** Carries a letter the way that its partner has. */
export function carry(
  carriers: Carriers,
  { code, transport }: Partner,
  written: Pick<Carrying<'http'>, 'id' | 'letter' | 'body'>,
): Promise<Carried> {
  const carrying = { partner: code, ...written };
  switch (transport.kind) {
    case 'http':
      return carriers.http({ ...carrying, transport });
    case 'folder':
      return carriers.folder({ ...carrying, transport });
    case 'sftp':
      return carriers.sftp({ ...carrying, transport });
  }
}
