/** Within which the second key of two follows the first. */
const WINDOW_MS = 1_000;

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const OWN_KEYS = '[role="menu"], [role="listbox"], [role="tablist"], [role="radiogroup"]';

/** Whether a key belongs to something else: a field, a menu, an open dialog, a command of the browser. */
export function isTyping({ target, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent) {
  if (ctrlKey || metaKey || altKey || isComposing) return true;
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return true;
  return target instanceof Element && target.closest(`${FIELDS}, ${OWN_KEYS}`) !== null;
}

/** Enter and space do what the button or link that has the focus is for. */
function isPress({ key, target }: KeyboardEvent): boolean {
  const presses = key === 'Enter' || key === ' ';
  return presses && target instanceof Element && target.closest('a, button, summary') !== null;
}

interface Bound {
  readonly keys: string;
  readonly run: () => void;
}

/** Reads keys one by one; true where one was of use: it ran something, or begins what two keys do. */
export function createKeyReader(bound: () => readonly Bound[]) {
  let before: { readonly key: string; readonly at: number } | undefined;
  return (event: KeyboardEvent): boolean => {
    const isCapital = event.shiftKey && /^[A-Z]$/.test(event.key);
    if (event.repeat || isCapital || isPress(event)) return false;
    const key = event.key.toLowerCase();
    const both =
      before && event.timeStamp - before.at < WINDOW_MS ? `${before.key} ${key}` : undefined;
    before = undefined;
    const all = bound().map(({ keys, run }) => ({ keys: keys.toLowerCase(), run }));
    const found = all.find(({ keys }) => keys === both) ?? all.find(({ keys }) => keys === key);
    if (found) {
      found.run();
      return true;
    }
    if (!all.some(({ keys }) => keys.startsWith(`${key} `))) return false;
    before = { key, at: event.timeStamp };
    return true;
  };
}
