import { instance } from '@viz-js/viz';
import { drawnAsDot } from '../../machines/drawing/dot';
import type { Shop } from '../../machines/table';

/** A shop's pipelines as an SVG picture; the same table gives the same text. */
export async function drawnAsSvg(shop: Shop): Promise<string> {
  const viz = await instance();
  return viz.renderString(drawnAsDot(shop), { format: 'svg' });
}
