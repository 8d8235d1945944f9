export { Books, type Entry, type Hold, type Served } from './books';
export * from './moves';
export * from './rules';
export { settle, type Settled, type Short, type Shelved } from './settling';
