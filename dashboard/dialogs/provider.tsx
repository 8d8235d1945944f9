import {
  createContext,
  lazy,
  Suspense,
  useContext,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
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

const CommandDialog = lazy(async () => ({
  default: (await import('./command-dialog')).CommandDialog,
}));

/** Holds the one dialog that may be open, on whatever page. */
export function DialogProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked & { readonly turn: number }>();
  const [opened, setOpened] = useState(false);
  const dialogs = useMemo<Dialogs>(
    () => ({
      open: (next) => {
        setAsked((last) => ({ ...next, turn: (last?.turn ?? 0) + 1 }));
        setOpened(true);
      },
    }),
    [],
  );
  return (
    <DialogsContext value={dialogs}>
      {children}
      {asked && (
        <Suspense>
          <CommandDialog
            key={asked.turn}
            asked={asked}
            opened={opened}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </DialogsContext>
  );
}

export function useDialogs(): Dialogs {
  return useContext(DialogsContext);
}
