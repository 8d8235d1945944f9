export { Books, type Entry, type Served } from './books';
export * from './moves';
export * from './rules';
export { settle, type Settled, type Short, type Shelved } from './settling';
