const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** What lies aside counts for more than what lies ahead. */
const ASIDE = 2;

function middleOf(element: Element): readonly [x: number, y: number] {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}

/** The element that an arrow key leads to from `from`; undefined for another key, or where there is none. */
export function nearestIn(
  key: string,
  elements: readonly HTMLElement[],
  from: Element | null,
): HTMLElement | undefined {
  const direction = directions[key];
  if (!direction || !from) return undefined;
  const [dx, dy] = direction;
  const [fromX, fromY] = middleOf(from);
  const ranked = elements.flatMap((element) => {
    const [x, y] = middleOf(element);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    return ahead > 1 ? [{ element, distance: ahead + aside * ASIDE }] : [];
  });
  return ranked.sort((one, other) => one.distance - other.distance)[0]?.element;
}
