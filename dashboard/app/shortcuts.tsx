import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { createKeyReader, isTyping } from './keys';
import { ShortcutsHelp } from './shortcuts-help';

/** A key, or keys one after the other (`g o`), that does something while what registered it is on the screen. */
export interface Shortcut {
  readonly keys: string;
  /** What it does, for the help that `?` opens. */
  readonly says: string;
  readonly run: () => void;
  /** On every page; on the present one only unless said. */
  readonly isEverywhere?: boolean;
}

interface Shortcuts {
  readonly register: (shortcuts: readonly Shortcut[]) => () => void;
  /** WCAG 2.1.4: who speaks to the computer, or hits keys by accident, switches single keys off. */
  readonly isOn: boolean;
  readonly setOn: (isOn: boolean) => void;
  readonly showHelp: () => void;
}

const ShortcutsContext = createContext<Shortcuts>({
  register: () => () => undefined,
  isOn: true,
  setOn: () => undefined,
  showHelp: () => undefined,
});

/** Listens to the keyboard wherever nobody types. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const registered = useRef(new Set<readonly Shortcut[]>());
  const [isOn, setOn] = useLocalStorage({
    ...{ key: 'conveyor-shortcuts', defaultValue: true, getInitialValueInEffect: false },
  });
  const [isHelpOpen, help] = useDisclosure();

  useEffect(() => {
    if (!isOn) return;
    const read = createKeyReader(() => [
      { keys: '?', run: help.open },
      // What came last wins: a page over the frame.
      ...[...registered.current].reverse().flat(),
    ]);
    const listen = (event: KeyboardEvent) => {
      if (!isTyping(event) && read(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isOn, help.open]);

  const shortcuts = useMemo<Shortcuts>(
    () => ({
      register: (some) => {
        registered.current.add(some);
        return () => void registered.current.delete(some);
      },
      isOn,
      setOn,
      showHelp: help.open,
    }),
    [isOn, setOn, help.open],
  );
  return (
    <ShortcutsContext value={shortcuts}>
      {children}
      <ShortcutsHelp
        opened={isHelpOpen}
        onClose={help.close}
        list={() => [...registered.current].flat()}
        isOn={isOn}
        onSwitch={setOn}
      />
    </ShortcutsContext>
  );
}

/** Makes shortcuts work while the component is shown; the array should keep its identity (`useMemo`). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useContext(ShortcutsContext);
  useEffect(() => register(shortcuts), [register, shortcuts]);
}

/** Opens the help, which also switches shortcuts on and off. */
export function useShortcutsHelp(): () => void {
  return useContext(ShortcutsContext).showHelp;
}
