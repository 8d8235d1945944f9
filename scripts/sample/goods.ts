/** Something that the sample shop sells. */
export interface Good {
  readonly sku: string;
  readonly title: string;
  /** With British tax, in pence; other currencies are worked out from it. */
  readonly price: number;
  /** What is left on the shelf when every order is placed. */
  readonly left: number;
  /** At how many people are told that it runs low. */
  readonly lowAt: number;
}

const good = (sku: string, title: string, price: number, left = 60, lowAt = 10): Good => {
  return { sku, title, price, left, lowAt };
};

/** A shop of things for the kitchen and the desk; some of them run low. */
export const goods: readonly Good[] = [
  good('MUG-BLUE', 'Stoneware mug, blue', 1200, 140, 20),
  good('MUG-SAND', 'Stoneware mug, sand', 1200, 6),
  good('TEA-ASSAM-250', 'Assam tea, loose, 250 g', 850, 80),
  good('TEA-SENCHA-100', 'Sencha, 100 g', 1400, 3, 8),
  good('POT-TEA-1L', 'Teapot with infuser, 1 litre', 3400),
  good('KETTLE-STEEL', 'Pouring kettle, brushed steel', 6900, 25, 5),
  good('PRESS-8', 'Coffee press, 8 cups', 4200),
  good('GRINDER-HAND', 'Hand grinder, adjustable', 7900, 4, 5),
  good('BOARD-OAK-L', 'Chopping board, oiled oak, large', 5400),
  good('KNIFE-CHEF-20', 'Chef’s knife, 20 cm', 8900, 18, 5),
  good('APRON-LINEN', 'Linen apron, natural', 3800),
  good('TOWEL-SET-3', 'Tea towels, set of three', 1800, 200, 30),
  good('BOWL-NEST-4', 'Nesting bowls, set of four', 4600, 9),
  good('JAR-CLIP-1L', 'Clip-top jar, 1 litre', 750, 300, 40),
  good('LAMP-DESK', 'Desk lamp, dimmable, with a clamp for table tops up to six centimetres', 9900),
  good('BULB-E27-6W', 'LED bulb, E27, 6 W, warm white', 650, 400, 50),
  good('NOTEBOOK-A5', 'Notebook A5, dotted', 950, 150, 25),
  good('PEN-BRASS', 'Brass pen, refillable', 2600, 7, 8),
  good('CANDLE-FIG', 'Fig candle, 40 hours', 2200),
  good('BLANKET-WOOL', 'Lambswool blanket, herringbone', 11900, 12, 4),
];
