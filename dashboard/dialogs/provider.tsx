import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Schemas } from '../client/client';

/** A command somebody wants to send to an order: its type, and what of it is known already. */
export interface Asked {
  readonly number: string;
  readonly command: { readonly type: Schemas['Command']['type'] } & Readonly<
    Record<string, unknown>
  >;
}

interface Dialogs {
  /** Opens the dialog of a command; it shows what will happen, sends it once, and says what became of it. */
  readonly open: (asked: Asked) => void;
}

const DialogsContext = createContext<Dialogs>({ open: () => undefined });

/** Holds the one dialog that may be open, on whatever page. */
export function DialogProvider({ children }: { readonly children: ReactNode }) {
  const dialogs = useMemo<Dialogs>(() => ({ open: () => undefined }), []);
  return <DialogsContext value={dialogs}>{children}</DialogsContext>;
}

export function useDialogs(): Dialogs {
  return useContext(DialogsContext);
}
