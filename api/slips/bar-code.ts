import { toSVG } from 'bwip-js';

/** The number of an order as a bar code (Code 128), as SVG; numbers are visible ASCII, which it can hold. */
export function barCode(number: string): string {
  const margins = { paddingleft: 10, paddingright: 10 };
  const drawn = toSVG({ bcid: 'code128', text: number, scale: 1, height: 10, ...margins });
  return drawn.replace('<svg ', '<svg class="code" role="img" aria-label="Bar code" ');
}
