/** By what a move from one status to another is known in a drawing. */
export const moveId = (from: string, to: string) => `${from}→${to}`;
