/** Where each partner takes orders; a shop writes its own here. */
export const partners: Readonly<Record<string, string>> = {
  lumen: 'http://127.0.0.1:4010/orders',
  oak: 'http://127.0.0.1:4020/orders',
};
