import { toSVG } from 'bwip-js';

/** What Code 128 can hold; a scanner would read anything else as something else. */
const HOLDABLE = /^[\x20-\x7e]+$/;

/** A bar code (Code 128) of a text, as SVG; nothing for a text that none can hold. */
export function barCode(text: string): string {
  if (!HOLDABLE.test(text)) return '';
  const drawn = toSVG({
    bcid: 'code128',
    text,
    scale: 1,
    height: 10,
    paddingleft: 10,
    paddingright: 10,
  });
  return drawn.replace('<svg ', '<svg class="code" role="img" aria-label="Bar code" ');
}
